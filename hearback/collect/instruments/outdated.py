"""Which translations are older than what they translate: their original changed, and they did not."""

from collections.abc import Mapping

from hearback.collect.instruments.checking import texts
from hearback.collect.instruments.definition import Instrument

Outdated = dict[str, dict[str, str]]
"""By language and place, the original that a translation was made from; blank where that is not known."""


def outdated_after(before: Instrument, after: Instrument, known: Mapping[str, Mapping[str, str]]) -> Outdated:
    """Name the translations of an instrument that are out of date once it is changed, by whatever door.

    A translation that changes itself counts as made from the original as it then stands.

    Args:
        known: those that were out of date before.
    """
    if after.languages[:1] != before.languages[:1]:
        known = _turned(known, after)
    first = after.languages[0] if after.languages else ""
    old = dict(texts(before))
    found: Outdated = {language: {} for language in after.languages[1:]}
    for where, words in texts(after):
        was, original = old.get(where, {}), words.get(first, "")
        for language, marked in found.items():
            text = words.get(language, "")
            made_from = known.get(language, {}).get(where, was.get(first, original))
            if text.strip() and text == was.get(language) and made_from != original:
                marked[where] = made_from
    return {language: marked for language, marked in found.items() if marked}


def _turned(known: Mapping[str, Mapping[str, str]], after: Instrument) -> Outdated:
    """Mark texts anew where another language is the first: whatever differed from it, differs still."""
    first, *others = after.languages or ("",)
    apart = dict.fromkeys(known.get(first, {}), "")
    return {language: {**dict.fromkeys(known.get(language, {}), ""), **apart} for language in others}
