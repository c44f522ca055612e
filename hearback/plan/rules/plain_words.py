"""Hints for plain language: hard words and what to write instead. They advise, and never refuse."""

import re
from collections.abc import Mapping

PLAIN: Mapping[str, str] = {
    "accomplish": "do",
    "additional": "more",
    "approximately": "about",
    "assist": "help",
    "commence": "start",
    "demonstrate": "show",
    "endeavor": "try",
    "facilitate": "help",
    "identify": "find",
    "implement": "carry out",
    "in order to": "to",
    "in the event of": "if",
    "initiate": "start",
    "leverage": "use",
    "modify": "change",
    "numerous": "many",
    "obtain": "get",
    "prior to": "before",
    "provide": "give",
    "purchase": "buy",
    "pursuant to": "under",
    "regarding": "about",
    "require": "need",
    "subsequently": "later",
    "sufficient": "enough",
    "terminate": "end",
    "utilize": "use",
    "with respect to": "about",
}
"""Source: the list of simple words of the federal plain language guidelines (plainlanguage.gov); a choice."""
HARD = re.compile(rf"\b({'|'.join(sorted(PLAIN, key=len, reverse=True))})(?:s|d|es|ed|ing)?\b", re.I)


def hard_words(text: str) -> dict[str, str]:
    """Find hard words, in the order of the text, each once; gives a plainer one for each.

    >>> hard_words("We utilize it prior to May, and utilized it before.")
    {'utilize': 'use', 'prior to': 'before'}
    """
    return {found[1].lower(): PLAIN[found[1].lower()] for found in HARD.finditer(text)}
