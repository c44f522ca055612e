"""Which numbers with words around them are the address of a house."""

import re

from hearback.collect.masking.seen import Seen, Span
from hearback.collect.masking.words_of import no_streets

WORD = re.compile(r"[^\W_][\w'-]*")
PARTICLES = frozenset(["de", "del", "el", "la", "las", "los", "of", "the", "y"])
MOST_WORDS = 2
STREETS = frozenset({
    "avenue", "ave", "av", "blvd", "boulevard", "ct", "dr", "drive", "lane", "ln", "parkway", "pkwy", "rd",
    "road", "st", "street",
})  # fmt: skip
CALLES = frozenset(["avenida", "avda", "calle", "c/"])
"""Kinds that mean a street and little else, in English and in Spanish."""


def street(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a house number before a street, as in "12 Elm Street"."""
    return span if _is_street(seen, match, match["kind"] in STREETS) else None


def calle(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a street before a house number, as in "Calle Sol 45"."""
    return span if _is_street(seen, match, match["word"] in CALLES) else None


def named_street(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number and the words after it that are written as names: where somebody says to live."""
    end = None
    for word in WORD.finditer(seen.text, *match.span("street")):
        if not _is_written_as_name(word.group()) or word.group().lower() in no_streets():
            break
        if word.group().lower() not in PARTICLES:
            end = word.end()
    return (span[0], end) if end else None


def street_in_state(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take a number, names, a state and its postcode, if nothing among them is a word of a sentence."""
    words = WORD.findall(seen.text, *match.span("street"))
    is_state = seen.text[slice(*match.span("state"))].isupper()
    return span if is_state and all(_is_written_as_name(word) for word in words) else None


def _is_street(seen: Seen, match: re.Match[str], is_plain: bool) -> bool:
    """Say whether the street is written as a name, or can be nothing else.

    Where letters do not tell, the kind must be one that means a street and little else, and the street must
    have at most two words, none of them one that is said of time, distance or people.
    """
    words = WORD.findall(seen.text, *match.span("street"))
    if not seen.is_shouted and all(_is_written_as_name(word) for word in words):
        return True
    if len(words) > MOST_WORDS or not is_plain:
        return False
    return not any(word.lower() in no_streets() for word in words)


def _is_written_as_name(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word.lower() in PARTICLES
