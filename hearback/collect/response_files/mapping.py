"""What stands in the columns of a file of responses that another program made: a mapping. It is data.

It is told in the words of the layouts for answers of single people (`collect.answers.layout`): columns with
codes, and the same ways to say when answers were given. `docs/responses.md` describes the format.
"""

from typing import Any, Literal

import msgspec

from hearback.collect.answers.layout import (
    CodedColumn,
    DateColumn,
    DayOfMonthColumn,
    FixedDay,
    Part,
    QuarterColumn,
    Text,
)
from hearback.collect.instruments import yaml_text
from hearback.collect.instruments.checking import Fault

FORMAT: Literal["hearback-mapping-1"] = "hearback-mapping-1"
CHOSEN, NOT_CHOSEN = "chosen", "not_chosen"
"""What the codes of a column for one choice lead to."""


class MappingNotValid(Exception):
    """A text is no usable mapping; `faults` says where and what to do."""

    def __init__(self, found: list[Fault]) -> None:
        super().__init__("; ".join(f"{one.where}: {one.message}" for one in found))
        self.faults = found


class MomentColumn(Part, frozen=True, kw_only=True, tag_field="kind", tag="moment"):
    """Moments as a column has them: as 2026-10-01T09:00-04:00, or by `pattern` in the letters of `strptime`.

    A moment without its distance from UTC is one in the `zone` of the mapping.
    """

    column: Text
    pattern: str = ""


When = MomentColumn | DateColumn | DayOfMonthColumn | QuarterColumn | FixedDay


class KeyColumn(Part, frozen=True, kw_only=True):
    """The column that names each response; `prefix` keeps names of several files of one form apart."""

    column: Text
    prefix: str = ""


class TextColumn(Part, frozen=True, kw_only=True):
    """A column whose text is taken as it stands."""

    column: Text


class AnswerColumn(Part, frozen=True, kw_only=True):
    """A column with answers to a question, and what its cells mean; an empty cell is no answer.

    Attributes:
        question: code of the question; with .text behind it, what was written beside a choice.
        codes: from what the file says to codes of the form; left out, the cells hold those codes. With
            `choice`, to chosen and not_chosen.
        no_answer, not_asked: cells of people who gave no answer, and of those who never saw the question.
        choice: the one choice of a question with several that the column tells of.
        separator: what stands between the choices of a question with several in one cell.
        other: the choice that stands in a cell as what the person wrote beside it.
        pattern: how days are written, in the letters of `strptime`.
    """

    column: Text
    question: Text
    codes: dict[str, str] = {}
    no_answer: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    choice: str = ""
    separator: str = ""
    other: str = ""
    pattern: str = ""


class Mapping(Part, frozen=True, kw_only=True, omit_defaults=True):
    """What a file of responses holds.

    Attributes:
        received: when people answered; left out, the quarter is named with the import. A day without an hour
            counts as its noon in `zone`.
        key: the column that names each response; left out, a response is named by file and line.
        language: for all, or by code; left out, the form's first language or the one that the import names.
        version: of the form, for all rows or as a column tells; left out, the newest that is published.
        constants: answers that hold for every row, by code of the question.
        left_out: columns that are not taken. A column that is neither here nor above stops the import.
        leave_out_rows: rows that are not taken, by column and cells, as deleted ones.
    """

    format: Literal["hearback-mapping-1"]
    answers: tuple[AnswerColumn, ...]
    name: str = ""
    source: str = ""
    licence: str = ""
    note: str = ""
    zone: str = ""
    received: When | None = None
    key: KeyColumn | None = None
    version: int | TextColumn | None = None
    language: str | CodedColumn = ""
    channel: str | CodedColumn = ""
    place: str | TextColumn = ""
    campaign: str | TextColumn = ""
    constants: dict[str, str] = {}
    left_out: tuple[str, ...] = ()
    leave_out_rows: dict[str, tuple[str, ...]] = {}

    @property
    def columns(self) -> dict[str, str]:
        """Name every column that is read, with the field that names it first."""
        parts: list[tuple[str, Any]] = [
            (name, getattr(self, name))
            for name in ("key", "received", "version", "language", "channel", "place", "campaign")
        ]
        parts += [(f"answers[{at}]", one) for at, one in enumerate(self.answers)]
        named = [(field, part.column) for field, part in parts if hasattr(part, "column")]
        named += [("leave_out_rows", column) for column in self.leave_out_rows]
        return {column: field for field, column in reversed(named)}


def read_mapping(text: str) -> Mapping:
    """Read a mapping; `checking.check_mapping` then says whether it fits a form and a file.

    Raises:
        MappingNotValid: if the text is not YAML, or a field is missing, misspelt or of the wrong type.
    """
    try:
        return yaml_text.read(text, Mapping)
    except yaml_text.NotRead as problem:
        raise MappingNotValid([problem.fault]) from problem


def write_mapping(mapping: Mapping) -> str:
    """Write a mapping so that reading it gives the same."""
    return yaml_text.written(_without_defaults(msgspec.to_builtins(mapping), mapping))


def _without_defaults(held: dict[str, Any], mapping: Mapping) -> dict[str, Any]:
    """Leave out of the parts too what says nothing, so that a person sees what matters."""
    answers = [{k: v for k, v in one.items() if v not in ("", (), [], {})} for one in held["answers"]]
    found: dict[str, Any] = {"format": mapping.format, **held}
    found.pop("answers")
    return {**found, "answers": answers}


def schema() -> dict[str, Any]:
    """Give the JSON Schema (2020-12) of the YAML file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Hearback mapping of a file of responses",
        **msgspec.json.schema(Mapping),
    }
