"""How answers are masked: by the rules of the form's countries, in the words of the person's language."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache

from hearback.collect import masking
from hearback.collect.masking import LanguageNotKnown, Masker

Mask = Callable[[str], tuple[str, Mapping[str, int]]]
"""Gives a text without personal data, and how many of each kind were taken out."""


@cache
def mask_of(countries: tuple[str, ...], language: str) -> Mask:
    """Give what masks texts; a language without words of its own is answered in English.

    A country without rules is left out: the general rules hold always.
    """
    masker = _masker([country for country in countries if country in masking.countries()], language)

    def mask(text: str) -> tuple[str, Mapping[str, int]]:
        masked = masker.mask(text)
        return masked.text, Counter(one.kind for one in masked.found) if masked.found else {}

    return mask


def _masker(countries: Sequence[str], language: str) -> Masker:
    for name in (language, language.split("-", maxsplit=1)[0]):
        with suppress(LanguageNotKnown):
            return Masker(countries, name)
    return Masker(countries)
