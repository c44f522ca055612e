"""Saying what rules wrote in English in the language that is spoken now.

Rules are plain Python and know of no translation, and a release holds what they said when it was made. So it
is translated where it is shown: a whole text, or a sentence of a known make with other words put into it.
What is not known stays as it is. In English nothing is looked up.
"""

import re
from functools import cache

from django.utils.translation import get_language, gettext, pgettext

from hearback.publish.rule_words import SENTENCES
from hearback.ui.speaking import ENGLISH

RULE = "rule"
"""The context of words that mean something else elsewhere."""
GAP = re.compile(r"%\((\w+)\)s")


def said(text: str | None) -> str:
    """Say a text of a rule in the language that is spoken now; nothing for None.

    >>> said("late by 2 quarters")
    'late by 2 quarters'
    """
    if not text or get_language() in {ENGLISH, None}:
        return text or ""
    for whole in (pgettext(RULE, text), gettext(text)):
        if whole != text:
            return whole
    for sentence, made in _made():
        if found := made.fullmatch(text):
            return gettext(sentence) % {name: said(part) for name, part in found.groupdict().items()}
    return text


@cache
def _made() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Give every sentence with gaps, and what it looks like when they are filled; the longest first."""
    ordered = sorted(SENTENCES, key=lambda one: len(GAP.sub("", one)), reverse=True)
    return tuple((one, _pattern(one)) for one in ordered)


def _pattern(sentence: str) -> re.Pattern[str]:
    """Give what a sentence looks like. A gap whose name begins with n holds a number and nothing else."""
    parts = re.split(r"%\((\w+)\)s", sentence)
    written = [
        re.escape(part) if at % 2 == 0 else rf"(?P<{part}>{_held(part)})" for at, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.DOTALL)


def _held(gap: str) -> str:
    return r"[\d.,\u00a0%+\u2212 -]+" if gap.startswith("n") else ".+?"
