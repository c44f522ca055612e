"""Localised strings of SurveyJS: a text, or texts by locale with `default`, which is English."""

from collections.abc import Iterator
from typing import Any

from hearback.collect.instruments.definition import Words
from hearback.collect.instruments.formats.building import Languages
from hearback.ui.losses import Losses, quoted

DEFAULT = "default"
DEFAULT_LANGUAGE = "en"


class Localised:
    """Reads localised strings.

    `default` and plain texts are English; where the survey names another locale, and nothing is written for
    that one by name, they are taken to be in that.
    """

    def __init__(self, survey: dict[str, Any], losses: Losses) -> None:
        self._losses = losses
        self._languages = Languages(losses)
        locale = survey.get("locale")
        self.first = ""
        if not _only_named(survey):
            named = isinstance(locale, str) and locale and locale not in set(_locales(survey))
            self.first = self._languages.tag(str(locale) if named else DEFAULT_LANGUAGE)

    def words(self, value: Any, where: str) -> Words:
        """Give the words of a localised string."""
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            if not isinstance(value, str | int | float) or isinstance(value, bool):
                self._losses.add(where, f"{quoted(value)} is no text", "it is dropped")
                return {}
            return {self._default(): str(value)}
        found = {}
        for locale, text in value.items():
            if isinstance(text, str):
                found[self._default() if locale == DEFAULT else self._languages.tag(str(locale))] = text
            else:
                self._losses.add(where, f"{quoted(text)} is no text", "it is dropped")
        return found

    def _default(self) -> str:
        self.first = self.first or self._languages.tag(DEFAULT_LANGUAGE)
        return self.first

    @property
    def languages(self) -> tuple[str, ...]:
        """Give the languages met, the default one first."""
        return self._languages.found or (self._default(),)


def _locales(value: Any) -> Iterator[str]:
    """Give all locales that some string is written for by name."""
    if isinstance(value, list):
        for one in value:
            yield from _locales(one)
    elif isinstance(value, dict):
        if value and all(isinstance(text, str) for text in value.values()):
            yield from value
        for one in value.values():
            yield from _locales(one)


def _only_named(survey: dict[str, Any]) -> bool:
    """Say whether the title is written for named locales alone, so that there is no default."""
    title = survey.get("title")
    return isinstance(title, dict) and DEFAULT not in title


def localised(words: Words) -> Any:
    """Write words: one text where they are English alone, else texts by locale."""
    found = {DEFAULT if language == DEFAULT_LANGUAGE else language: text for language, text in words.items()}
    return found[DEFAULT] if set(found) == {DEFAULT} else found
