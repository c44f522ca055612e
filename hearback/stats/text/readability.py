"""How hard a text is to read: words, sentences, and the grade of school that they ask for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST_WORDS = 30
"""Below it one long name moves the grade by years, so none is given."""
LONG_SENTENCE = 25
"""Words. Source: GOV.UK content design guidance, which asks to split sentences longer than 25 words."""
WORD = re.compile(r"[^\W_](?:[^\W_]|['’.,-](?=[^\W_]))*")
SENTENCE_END = re.compile(
    r"""(?:(?<=[.!?…])|(?<=[.!?…]["'”’)\]]))\s+(?=["'“‘(\[¿¡]?[^\Wa-z_])"""  # a large letter follows
    r"""|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)"""
)
ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|No|vs|etc|approx|e\.g|i\.e))\.\Z")


@dataclass(frozen=True)
class Reading:
    """How a text reads.

    Attributes:
        n_words: words, numbers included.
        n_sentences: sentences, items of lists included.
        grade: the grade of an American school whose pupils read the text with ease, 1 or more; None for fewer
            than 30 words.
        long_sentences: sentences of more than 25 words, in order.
    """

    n_words: int
    n_sentences: int
    grade: float | None
    long_sentences: tuple[str, ...]


def reading_of(text: str) -> Reading:
    """Measure a text in English by the Automated Readability Index.

    grade = 4.71 × characters / words + 0.5 × words / sentences - 21.43, where characters are letters and
    digits. Source: Smith and Senter (1967), Automated Readability Index, AMRL-TR-66-220. It was fitted to
    English; for other languages only the lengths of sentences tell anything.

    >>> reading_of("We answer the phone. You can call us on weekdays.").n_sentences
    2
    """
    sentences = [one for one in sentences_of(text) if WORD.search(one)]
    words = [word for one in sentences for word in WORD.findall(one)]
    grade = None
    if len(words) >= FEWEST_WORDS:
        n_characters = sum(sum(map(str.isalnum, word)) for word in words)
        per_word, per_sentence = n_characters / len(words), len(words) / len(sentences)
        grade = max(1.0, 4.71 * per_word + 0.5 * per_sentence - 21.43)
    long = tuple(one for one in sentences if len(WORD.findall(one)) > LONG_SENTENCE)
    return Reading(len(words), len(sentences), grade, long)


def sentences_of(text: str) -> list[str]:
    """Split a text into sentences; a blank line and an item of a list end one too.

    A point after a single letter or a common abbreviation ends none.

    >>> sentences_of("Dr. Ruiz answers. Call her!")
    ['Dr. Ruiz answers.', 'Call her!']
    """
    return list(_joined(part.strip() for part in SENTENCE_END.split(text) if part.strip()))


def _joined(parts: Iterable[str]) -> Iterable[str]:
    waiting = ""
    for part in parts:
        whole = f"{waiting} {part}".strip()
        if ABBREVIATION.search(whole):
            waiting = whole
            continue
        yield whole
        waiting = ""
    if waiting:
        yield waiting
