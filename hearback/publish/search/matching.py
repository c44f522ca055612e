"""Finding by the beginnings of words, without regard to case and accents.

The same rules stand in `static/publish/finding.js`; one table of cases holds both to them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from hearback.publish.search.kinds import ORDER, Signpost

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12
WHOLE_TITLE, BEGINS_TITLE = 1000, 15
IN_TITLE, TITLE_PREFIX, IN_WHERE, WHERE_PREFIX, IN_TEXT, TEXT_PREFIX = 60, 40, 12, 8, 3, 2
"""What finding one word is worth: most in a title, and a whole word more than one that it begins."""


@dataclass(frozen=True)
class Prepared:
    """A signpost with its words, made once for many questions."""

    signpost: Signpost
    title: tuple[str, ...]
    where: frozenset[str]
    text: frozenset[str]


def words_of(text: str) -> tuple[str, ...]:
    """Take a text apart into words without case and accents, in their order.

    >>> words_of("Élan, U.S. veterans’ care")
    ('elan', 'u', 's', 'veterans', 'care')
    """
    letters = (one for one in unicodedata.normalize("NFKD", text) if unicodedata.category(one)[0] != "M")
    return tuple(WORD.findall("".join(letters).lower()))


def prepared(signposts: Iterable[Signpost]) -> tuple[Prepared, ...]:
    """Take signposts apart into words."""
    return tuple(
        Prepared(one, words_of(one.title), frozenset(words_of(one.where)), frozenset(words_of(one.text)))
        for one in signposts
    )


def found(things: Iterable[Prepared], question: str) -> list[Signpost]:
    """Give the signposts that hold a word beginning with each word of the question, the best first."""
    asked = words_of(question)[:MOST_WORDS]
    if not asked:
        return []
    ranked = [(score, one) for one in things if (score := _score(one, asked))]
    ranked.sort(key=lambda pair: (-pair[0], *_place(pair[1])))
    return [one.signpost for _, one in ranked]


def _place(thing: Prepared) -> tuple[int, str, str]:
    """Say where a thing stands among those that fit as well."""
    return ORDER[thing.signpost.kind], " ".join(thing.title), thing.signpost.address


def _score(thing: Prepared, asked: tuple[str, ...]) -> int:
    """Say how well a thing fits; nothing where a word is not in it."""
    total = 0
    for word in asked:
        worth = _worth(thing, word)
        if not worth:
            return 0
        total += worth
    if thing.title == asked:
        return total + WHOLE_TITLE
    return total + BEGINS_TITLE * " ".join(thing.title).startswith(" ".join(asked))


def _worth(thing: Prepared, word: str) -> int:
    places = ((thing.title, IN_TITLE, TITLE_PREFIX), (thing.where, IN_WHERE, WHERE_PREFIX))
    for words, whole, part in (*places, (thing.text, IN_TEXT, TEXT_PREFIX)):
        if word in words:
            return whole
        if any(one.startswith(word) for one in words):
            return part
    return 0
