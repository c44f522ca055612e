"""Languages of forms: which one to show, what it calls itself, and which way it is written."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf.locale import LANG_INFO

from hearback.collect.instruments.definition import Instrument

RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "dv", "fa", "ha", "he", "khw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"}
)
"""Languages commonly written from right to left. Source: Unicode CLDR, scripts of likely subtags."""


def best_language(instrument: Instrument, wanted: Iterable[str]) -> str:
    """Choose the first wanted language that the form has, or one of the same family; else its first."""
    for language in wanted:
        for has in instrument.languages:
            if has.lower() == language.lower():
                return has
        for has in instrument.languages:
            if has.split("-")[0].lower() == language.split("-")[0].lower():
                return has
    return instrument.languages[0]


def name_of(language: str) -> str:
    """Give what a language calls itself; its tag where Django does not know it."""
    for tag in (language.lower(), language.lower().split("-")[0]):
        if "name_local" in LANG_INFO.get(tag, {}):
            return str(LANG_INFO[tag]["name_local"])
    return language


def is_right_to_left(language: str) -> bool:
    """Say whether a language is written from right to left."""
    return language.split("-", maxsplit=1)[0].lower() in RIGHT_TO_LEFT


@cache
def of_the_interface() -> frozenset[str]:
    """Name the languages that the program itself speaks, in pages that ask people."""
    translated = (folder.name for folder in (Path(__file__).parent / "locale").iterdir())
    return frozenset({"en", *translated})


def is_of_the_interface(language: str) -> bool:
    """Say whether the program itself speaks a language; buttons of a form in another are in English."""
    return language.split("-", maxsplit=1)[0].lower() in of_the_interface()
