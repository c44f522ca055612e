"""Saying what rules wrote in English in the language that is spoken now.

Rules are plain Python and know of no translation, and a release holds what they said when it was made. So it
is translated where it is shown: a whole text, or a sentence of a known make with other words put into it.
What is not known stays as it is. In English nothing is looked up.
"""

import re
from functools import cache, lru_cache

from django.utils.translation import get_language, gettext, pgettext

from hearback.publish.rule_sentences import SENTENCES
from hearback.ui.speaking import ENGLISH

KEPT = 8192
LETTER = re.compile("[A-Za-z]")
RULE = "rule"
"""The context of words that mean something else elsewhere."""
SENTENCE_ENDS = re.compile(r"(?<=[a-z)%\d]\.) (?=[A-Z])")
COUNT_ENDS = re.compile(r"(?<=[a-z]), (?=\d+[ \u00a0][a-z])")
REASON_ENDS = re.compile(r"; (?=(?:customers|offered the survey|answered): )")
GAP = re.compile(r"%\((\w+)\)s")


def said(text: str | None) -> str:
    """Say a text of a rule in the language that is spoken now; nothing for None.

    >>> said("late by 2 quarters")
    'late by 2 quarters'
    """
    language, text = get_language(), str(text or "")
    if not text or language in {ENGLISH, None} or not LETTER.search(text):
        return text
    return _said(text, language)


@lru_cache(maxsize=KEPT)
def _said(text: str, language: str | None) -> str:
    """Say it, and keep what was said in each language."""
    return _whole(text) or _listed(text, " ", SENTENCE_ENDS) or _filled(text) or _in_parts(text) or text


def _whole(text: str) -> str | None:
    """Say a text that stands in a catalogue as it is, with or without its full stop."""
    for end in ("", "."):
        bare = text.removesuffix(end)
        for found in (pgettext(RULE, bare), gettext(bare)):
            if found != bare:
                return found + text[len(bare) :]
    return None


def _in_parts(text: str) -> str | None:
    """Say a list of reasons or of counts, one after the other."""
    return _listed(text, "; ", REASON_ENDS) or _listed(text, ", ", COUNT_ENDS)


def _listed(text: str, between: str, boundary: re.Pattern[str]) -> str | None:
    parts = boundary.split(text)
    return between.join(said(part) for part in parts) if len(parts) > 1 else None


def _filled(text: str) -> str | None:
    """Say a sentence with gaps."""
    for sentence, made in _made():
        if found := made.fullmatch(text):
            return gettext(sentence) % {name: said(part) for name, part in found.groupdict().items()}
    return None


@cache
def _made() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give every sentence with gaps, and what it looks like when they are filled; the longest first."""
    ordered = sorted(SENTENCES, key=lambda one: len(GAP.sub("", one)), reverse=True)
    return tuple((one, _pattern(one)) for one in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    """Give what a sentence looks like. A gap whose name begins with n holds a number and nothing else."""
    parts = GAP.split(sentence)
    written = [
        re.escape(part.replace("%%", "%")).replace("\\ ", "[ \u00a0]")
        if at % 2 == 0
        else rf"(?P<{part}>{_held(part)})"
        for at, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.DOTALL)


def _held(gap: str) -> str:
    return r"[\d.,\u00a0\u2060%+\u2212\u2013 -]+" if gap.startswith("n") else ".+?"
