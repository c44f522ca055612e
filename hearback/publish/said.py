"""Saying what rules wrote in English in the language that is spoken now.

Rules are plain Python and know of no translation, and a release holds what they said when it was made. So it
is translated where it is shown: a whole text, or a sentence of a known make with other words put into it.
What is not known stays as it is. In English nothing is looked up. On a page, `told` marks what
stayed in English.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override, pgettext

from hearback.publish.rule_sentences import COUNTED, SENTENCES
from hearback.ui.speaking import ENGLISH, mark_of_english

KEPT = 8192
LETTER, WORD = re.compile("[A-Za-z]"), re.compile("[a-z]{2}")
BEGINS, ENDS = "\x02", "\x03"
"""Around what stayed in English, until it is shown. No text may hold these two characters itself."""
BARE = str.maketrans("", "", BEGINS + ENDS)
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
    return _found(str(text or "")).translate(BARE)


def told(text: str | None) -> SafeString:
    """Say a text on a page as `said` does; within it, what stays in English is marked so.

    >>> told("<late> by 2 quarters")
    '&lt;late&gt; by 2 quarters'
    """
    shown = str(conditional_escape(_found(str(text or ""))))
    begin, end = str(format_html("<span{}>", mark_of_english())), "</span>"
    return mark_safe(shown.replace(BEGINS, begin).replace(ENDS, end))  # noqa: S308


def _found(text: str) -> str:
    """Say a text, with what stays in English between two characters."""
    language, text = get_language(), text.translate(BARE)
    return text if language in {ENGLISH, None} or not LETTER.search(text) else _said(text, language)


@lru_cache(maxsize=KEPT)
def _said(text: str, language: str | None) -> str:
    """Say it, and keep what was said in each language."""
    found = _whole(text) or _listed(text, " ", SENTENCE_ENDS) or _filled(text) or _in_parts(text)
    return found or (f"{BEGINS}{text}{ENDS}" if WORD.search(text) else text)


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
    return between.join(_found(part) for part in parts) if len(parts) > 1 else None


def _filled(text: str) -> str | None:
    """Say a sentence with gaps."""
    for made, tell in _made():
        if found := made.fullmatch(text):
            gaps = found.groupdict()
            return tell(_number(gaps.get("n", ""))) % {name: _found(part) for name, part in gaps.items()}
    return None


@cache
def _made() -> tuple[tuple[re.Pattern[str], Callable[[int], str]], ...]:
    """Give what every sentence with gaps looks like when they are filled, and how it is told of a number.

    The longest come first.
    """
    found: dict[str, Callable[[int], str]] = {one: partial(_of_any, one) for one in SENTENCES}
    with override(None):
        found |= {one(n): one for one in COUNTED for n in (1, 2)}
    ordered = sorted(found, key=lambda one: len(GAP.sub("", one)), reverse=True)
    return tuple((_pattern(one), found[one]) for one in ordered)


def _of_any(sentence: str, _n: int) -> str:
    """Tell a sentence that is the same for every number."""
    return gettext(sentence)


def _number(written: str) -> int:
    """Read a whole number. What is none, 1.5 or a range, is more than one thing to every grammar here."""
    bare = written.replace(",", "")
    return int(bare) if bare.isascii() and bare.isdigit() else 2


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
