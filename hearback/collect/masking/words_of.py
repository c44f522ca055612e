"""Words of every language: what stands in the place of personal data, and what is no name and no street."""

from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec

from hearback.collect.masking.found import KINDS, Kind


class LanguageNotKnown(LookupError):
    """No file of `words/` speaks this language."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one language, as its file in `words/` has them."""

    language: str
    replacements: dict[Kind, str]
    no_names: tuple[str, ...]
    rarely_names: tuple[str, ...]
    no_streets: tuple[str, ...]


@cache
def languages() -> dict[str, Words]:
    """Read the words of every language there is."""
    folder = resources.files("hearback.collect.masking") / "words"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".json")), key=lambda f: f.name)
    found = [msgspec.json.decode(file.read_bytes(), type=Words) for file in files]
    return {words.language: words for words in found}


def replacements(language: str) -> dict[Kind, str]:
    """Give what stands in the place of each kind.

    Raises:
        LanguageNotKnown: if no file has words of this language.
    """
    if language not in languages():
        raise LanguageNotKnown(f"masking has no words of {language!r}; it has {', '.join(languages())}")
    return {kind: languages()[language].replacements[kind] for kind in KINDS}


@cache
def no_names() -> frozenset[str]:
    """Give the words, in any language, that are no name although they stand where one may stand."""
    return _words(line for words in languages().values() for line in words.no_names)


@cache
def rarely_names() -> frozenset[str]:
    """Give more words that are no name, unless written large after "Mr": some people are called Short."""
    return _words(line for words in languages().values() for line in words.rarely_names)


@cache
def no_streets() -> frozenset[str]:
    """Give the words, in any language, that are in no street's name although a number stands before them."""
    return _words(line for words in languages().values() for line in words.no_streets)


def _words(lines: Iterable[str]) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())
