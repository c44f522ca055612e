"""Read SurveyJS JSON as an instrument."""

from typing import Any

import msgspec

from hearback.collect.instruments.definition import (
    Clearance,
    Condition,
    Delivery,
    Instrument,
    Words,
)
from hearback.collect.instruments.formats.building import Building
from hearback.collect.instruments.formats.codes import instrument_key
from hearback.collect.instruments.formats.expressions import SURVEYJS
from hearback.collect.instruments.formats.format import FileNotRead, Read
from hearback.collect.instruments.formats.json_files import json_of
from hearback.collect.instruments.formats.markup import text_of
from hearback.collect.instruments.formats.surveyjs.elements import Element, question_of
from hearback.collect.instruments.formats.surveyjs.words import Localised
from hearback.ui.losses import quoted

_SURVEY = frozenset(
    {
        "title",
        "description",
        "completedHtml",
        "locale",
        "questionsOnPageMode",
        "pages",
        "elements",
        "questions",
        "hearback",
    }
)
_PAGE = frozenset({"name", "title", "elements", "questions", "visibleIf", "description", "type"})
_PANEL = _PAGE | {"state"}
DEEPEST = 20


def read(data: bytes) -> Read:
    """Read a survey.

    Raises:
        FileNotRead: if it is not JSON, or no survey.
    """
    survey = json_of(data)
    if not isinstance(survey, dict):
        raise FileNotRead("it is JSON, but no survey: a survey is an object with pages")
    return _Survey(survey).read()


class _Survey:
    def __init__(self, survey: dict[str, Any]) -> None:
        self.survey = survey
        self.building = Building()
        self.localised = Localised(survey, self.building.losses)

    def read(self) -> Read:
        apart = self._apart()
        survey, building = self.survey, self.building
        title = self.localised.words(survey.get("title"), "title")
        building.introduction = self._plain(
            "introduction", self.localised.words(survey.get("description"), "introduction")
        )
        thanks = self._plain("thanks", self.localised.words(survey.get("completedHtml"), "thanks"))
        pages = survey.get("pages")
        if pages is None:
            pages = [{"elements": survey.get("elements", survey.get("questions", []))}]
        for number, page in enumerate(_objects(pages, "pages"), start=1):
            self._page(page, f"pages.{number}")
        building.rest("survey", survey, _SURVEY)
        languages = tuple(apart.get("languages") or self.localised.languages)
        key = apart.get("key") or instrument_key(title.get(languages[0], ""))
        if not title:
            title = {languages[0]: key}
            building.losses.add("title", "the survey has none", f"it is called {key}")
        delivery = apart.get("delivery") or Delivery(steps=survey.get("questionsOnPageMode") != "singlePage")
        made = Instrument(
            key, title, languages, building.finished_pages(),
            introduction=building.introduction, thanks=thanks, timing=apart.get("timing", "unknown"),
            clearance=apart.get("clearance"), delivery=delivery,
            countries=tuple(apart.get("countries", ("us",))),
        )  # fmt: skip
        return Read(made, tuple(building.losses))

    def _apart(self) -> dict[str, Any]:
        """Read what a survey has no word for, and another program left as it was."""
        try:
            found = msgspec.convert(self.survey.get("hearback", {}), _Apart, strict=False)
        except msgspec.ValidationError as problem:
            raise FileNotRead(f"its property hearback is not as Hearback writes it: {problem}") from problem
        return {name: value for name, value in msgspec.structs.asdict(found).items() if value is not None}

    def _plain(self, where: str, words: Words) -> Words:
        found = {}
        for language, html in words.items():
            found[language], had_markup = text_of(html)
            if had_markup:
                self.building.losses.add(where, f"{quoted(html)} is HTML", "its text alone is kept")
        return found

    def _page(self, page: dict[str, Any], where: str) -> None:
        building = self.building
        building.start_page(self.localised.words(page.get("title"), f"{where}.title"))
        building.rest(where, page, _PAGE)
        building.note(f"{where}.description", self.localised.words(page.get("description"), where))
        outer = building.condition(f"{where}.visibleIf", _expression(page), SURVEYJS)
        self._elements(page, where, outer, 0)

    def _elements(self, holder: dict[str, Any], where: str, outer: Condition | None, depth: int) -> None:
        if depth > DEEPEST:
            raise FileNotRead(f"{where}: panels are nested too deeply")
        for element in _objects(holder.get("elements", holder.get("questions", [])), where):
            name = element.get("name")
            name = name if isinstance(name, str) and name else "question"
            if element.get("type") == "panel":
                self._panel(element, name, outer, depth)
            else:
                self._question(element, name, outer)

    def _panel(self, panel: dict[str, Any], name: str, outer: Condition | None, depth: int) -> None:
        building = self.building
        building.losses.add(name, "a panel within a page", "its questions stand on the page itself")
        building.note(f"{name}.title", self.localised.words(panel.get("title"), name))
        building.note(f"{name}.description", self.localised.words(panel.get("description"), name))
        building.rest(name, panel, _PANEL)
        condition = building.condition(f"{name}.visibleIf", _expression(panel), SURVEYJS, outer)
        self._elements(panel, name, condition, depth + 1)

    def _question(self, element: dict[str, Any], name: str, outer: Condition | None) -> None:
        building = self.building
        if element.get("type") in {"html", "image"} and isinstance(element.get("html", ""), str | dict):
            building.note(name, self._plain(name, self.localised.words(element.get("html"), name)))
            building.rest(name, element, {"type", "name", "html"})
            return
        for part in Element(element, name, self.localised, building).parts():
            code = building.code(part.name, f"questions.{part.name}")
            shown = building.condition(f"questions.{code}.show_when", _expression(element), SURVEYJS, outer)
            question, codes = question_of(part, code, self.localised, building)
            building.add(part.name, msgspec.structs.replace(question, show_when=shown), codes)


class _Apart(msgspec.Struct):
    """What Hearback alone reads of a survey."""

    key: str | None = None
    languages: tuple[str, ...] | None = None
    timing: str | None = None
    clearance: Clearance | None = None
    delivery: Delivery | None = None
    countries: tuple[str, ...] | None = None
    format: str | None = None


def _expression(holder: dict[str, Any]) -> str:
    found = holder.get("visibleIf")
    return found if isinstance(found, str) else ""


def _objects(value: Any, where: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise FileNotRead(f"{where} is no list of objects")
    return value
