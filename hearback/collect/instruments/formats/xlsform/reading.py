"""Read an XLSForm workbook as an instrument."""

import re
from typing import Any

import msgspec

from hearback.collect.instruments.definition import (
    Choice,
    Clearance,
    Condition,
    Delivery,
    Instrument,
    Page,
    Words,
)
from hearback.collect.instruments.formats.building import Building, Languages
from hearback.collect.instruments.formats.codes import instrument_key
from hearback.collect.instruments.formats.expressions import XPATH
from hearback.collect.instruments.formats.format import FileNotRead, Read
from hearback.collect.instruments.formats.xlsform.language_names import tag_of
from hearback.collect.instruments.formats.xlsform.questions import METADATA, is_required, question_of
from hearback.collect.instruments.formats.xlsform.workbook import Row, read_sheets
from hearback.collect.instruments.formats.xlsform.writing import OWN_SHEET, PAGES
from hearback.ui.losses import quoted

_TRANSLATED = re.compile(r"(?P<column>label|hint)(?:\s*::?\s*(?P<language>.+))?\Z", re.I)
_SETTINGS = frozenset({"form_title", "form_id", "default_language"})
_GROUP = frozenset({"type", "name", "relevant", "appearance"})
_GROUPS = frozenset({"begin_group", "begin_repeat", "end_group", "end_repeat"})


def read(data: bytes) -> Read:
    """Read a workbook.

    Raises:
        FileNotRead: if it is none, or has no sheet named survey.
    """
    sheets = read_sheets(data)
    if "survey" not in sheets:
        named = ", ".join(sheets) or "none"
        raise FileNotRead(
            f"the workbook has no sheet named survey, as every XLSForm has; its sheets are {named}"
        )
    return _Form(sheets).read()


class _Apart(msgspec.Struct):
    """What Hearback alone reads of a workbook."""

    title: Words = {}
    thanks: Words = {}
    timing: str = "unknown"
    clearance: Clearance | None = None
    delivery: Delivery | None = None
    languages: str = ""
    countries: str = "us"


class _Form:
    def __init__(self, sheets: dict[str, list[Row]]) -> None:
        self.sheets = sheets
        self.building = Building()
        self.languages = Languages(self.building.losses)
        self.settings = next(iter(sheets.get("settings", [])), Row(2, {}))
        self.apart = self._apart()
        for tag in self.apart.languages.split():
            self.languages.tag(tag)
        default = self.settings["default_language"]
        self.default = self.languages.tag(tag_of(default)) if default and default != "default" else ""
        self.open: list[Condition | None] = []
        self.needs_page = True

    def read(self) -> Read:
        building, settings = self.building, self.settings
        self.lists = self._lists()
        for row in self.sheets["survey"]:
            self._row(row)
        in_steps = settings["style"] == PAGES
        building.rest("settings", settings.cells, _SETTINGS | ({"style"} if in_steps else set()))
        for sheet in self.sheets.keys() - {"survey", "choices", "settings", OWN_SHEET}:
            if self.sheets[sheet]:
                building.losses.add(sheet, "a sheet that XLSForm does not have", "it is not read")
        languages = self.languages.found or (self._default(),)
        key = instrument_key(settings["form_id"] or settings["form_title"])
        title = settings["form_title"]
        if not title:
            building.losses.add("title", "the settings have none", f"it is called {key}")
        made = Instrument(
            key, {languages[0]: title or key, **self.apart.title}, languages,
            building.finished_pages() or (Page(),),
            introduction=building.introduction, thanks=self.apart.thanks,
            timing=self.apart.timing,  # type: ignore[arg-type]
            clearance=self.apart.clearance, delivery=self.apart.delivery or Delivery(steps=in_steps),
            countries=tuple(self.apart.countries.split()),
        )  # fmt: skip
        return Read(made, tuple(building.losses))

    def _apart(self) -> _Apart:
        whole: dict[str, Any] = {}
        for row in self.sheets.get(OWN_SHEET, []):
            *path, last = row["name"].split(".")
            holder = whole
            for step in path:
                holder = holder.setdefault(step, {})
                if not isinstance(holder, dict):
                    raise FileNotRead(
                        f"sheet {OWN_SHEET}, row {row.number}: {row['name']} does not fit the rows before"
                    )
            holder[last] = row.cells.get("value", "")
        try:
            return msgspec.convert(whole, _Apart, strict=False)
        except msgspec.ValidationError as problem:
            raise FileNotRead(f"the sheet {OWN_SHEET} is not as Hearback writes it: {problem}") from problem

    def _default(self) -> str:
        """Give the language of what stands in columns that name none."""
        if not self.default:
            self.default = self.languages.tag("en")
            self.building.losses.add(
                "languages", "labels without a language", "they are taken to be in English"
            )
        return self.default

    def _words(self, row: Row, column: str) -> Words:
        found = {}
        for name, text in row.cells.items():
            match = _TRANSLATED.match(name)
            if match is not None and match["column"].lower() == column:
                language = match["language"]
                found[self.languages.tag(tag_of(language)) if language else self._default()] = text
        return found

    def _others(self, row: Row) -> dict[str, str]:
        """Give the cells that are not translated."""
        return {name: text for name, text in row.cells.items() if not _TRANSLATED.match(name)}

    def _lists(self) -> dict[str, list[tuple[str, Words, bool]]]:
        found: dict[str, list[tuple[str, Words, bool]]] = {}
        for row in self.sheets.get("choices", []):
            name = row["list_name"] or row["list name"]
            handled = {"list_name", "list name", "name", "value", "hearback_asks_text"}
            self.building.rest(f"choices.{row.number}", self._others(row), handled)
            words = self._words(row, "label")
            value = row["name"] or row["value"]
            found.setdefault(name, []).append((value, words, bool(row["hearback_asks_text"])))
        return found

    def _row(self, row: Row) -> None:
        kind = " ".join(row["type"].split())
        word = kind.lower().replace("begin ", "begin_").replace("end ", "end_")
        if word in _GROUPS:
            self._group(row, word)
        elif word == "note":
            self._note(row)
        elif word.split(" ")[0] in METADATA:
            self.building.losses.add(
                f"survey.{row.number}", f"{quoted(kind)} is filled in without asking", "it is dropped"
            )
        elif kind and row["hearback_type"] != "other_text":
            self._question(row, kind)

    def _group(self, row: Row, word: str) -> None:
        building = self.building
        if word.startswith("end"):
            if self.open:
                self.open.pop()
            self.needs_page = not self.open
            return
        where = f"survey.{row.number}"
        outer = self.open[-1] if self.open else None
        if word == "begin_repeat":
            building.losses.add(
                where, f"the group {quoted(row['name'])} can be answered many times", "it is asked once"
            )
        title = self._words(row, "label")
        if self.open:
            building.losses.add(
                where, f"a group within a group, {quoted(row['name'])}", "its questions stand on one page"
            )
            building.note(where, title)
        else:
            building.start_page(title)
            self.needs_page = False
        others = self._others(row)
        if others.get("appearance", "") == "field-list":
            others.pop("appearance")
        building.rest(where, others, _GROUP - {"appearance"})
        building.rest(where, self._words(row, "hint"), ())
        self.open.append(building.condition(f"{where}.relevant", row["relevant"], XPATH, outer))

    def _note(self, row: Row) -> None:
        words = self._words(row, "label")
        if row["hearback_type"] == "introduction":
            self.building.introduction = words
            return
        where = f"survey.{row.number}"
        self.building.rest(where, {**self._others(row), **self._words(row, "hint")}, {"type", "name"})
        self.building.note(where, words)

    def _question(self, row: Row, kind: str) -> None:
        building = self.building
        name = row["name"] or f"row_{row.number}"
        code = building.code(name, f"questions.{name}")
        where = f"questions.{code}"
        found = question_of(row, kind, where, self.lists, building)
        if found is None:
            return
        outer = self.open[-1] if self.open else None
        question = msgspec.structs.replace(
            found.question,
            code=code,
            words=self._words(row, "label"),
            help=self._words(row, "hint"),
            choices=tuple(self._with_words(choice) for choice in found.question.choices),
            required=is_required(row, where, building) and found.question.type != "hidden",
            show_when=building.condition(f"{where}.show_when", row["relevant"], XPATH, outer),
        )
        building.rest(where, self._others(row), found.handled)
        if self.needs_page:
            building.start_page()
            self.needs_page = False
        building.add(name, question, found.codes)

    def _with_words(self, choice: Choice) -> Choice:
        """Give a choice that or_other adds words in the first language."""
        return choice if choice.words else msgspec.structs.replace(choice, words={self._first(): "Other"})

    def _first(self) -> str:
        return next(iter(self.languages.found), "") or self._default()
