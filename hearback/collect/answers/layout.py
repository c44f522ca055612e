"""The layout of a file of answers: which column holds what, and which code stands for what. It is data.

The format is described in `docs/collect.md`; `examples/airport` holds three layouts of one survey.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hearback.collect.rules import digest

FORMAT = "hearback-layout-1"
Text = Annotated[str, Meta(min_length=1, max_length=500)]
Version = Annotated[int, Meta(ge=1, le=9999)]
PLACE = re.compile(r"^(?P<problem>.*?) - at `\$\.?(?P<field>[^`]*)`$", re.DOTALL)
SEE = "docs/collect.md describes layouts"


class LayoutNotValid(ValueError):
    """A layout cannot be used; the message says which field, what is wrong and what to do."""


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of a layout; a field that is not known is refused."""


class DateColumn(Part, frozen=True, kw_only=True, tag_field="kind", tag="date"):
    """Days as a column has them; `pattern` says how they are written, in the letters of `strptime`."""

    column: Text
    pattern: Text = "%Y-%m-%d"


class DayOfMonthColumn(Part, frozen=True, kw_only=True, tag_field="kind", tag="day_of_month"):
    """Days of one month, `month` as 2017-05, of which a column has the number only."""

    column: Text
    month: Text
    note: str = ""


class QuarterColumn(Part, frozen=True, kw_only=True, tag_field="kind", tag="quarter"):
    """Fiscal quarters as a column has them; answers are archived on the first day of theirs."""

    column: Text


class FixedDay(Part, frozen=True, kw_only=True, tag_field="kind", tag="fixed"):
    """One day for every answer of the file, with the reason why no nearer one is known."""

    day: date
    because: Text


Day = DateColumn | DayOfMonthColumn | QuarterColumn | FixedDay


class CodedColumn(Part, frozen=True, kw_only=True):
    """A column, the words its codes stand for, and the codes that mean that nothing is known."""

    column: Text
    codes: dict[str, str]
    not_known: tuple[str, ...] = ()


class Question(Part, frozen=True, kw_only=True):
    """A question: where its answers stand and what they mean, and how they may be compared.

    `codes` leads from what the file says to the numbers that are archived. `about` says in a few words what
    was asked, for readers of the layout; `wording` is archived and holds the very words, or nothing.
    """

    column: Text
    question: str
    codes: dict[str, int]
    version: Version = 1
    about: str = ""
    wording: str = ""
    wording_class: str = "unknown"
    scale: str = "five_point"
    shown_when: tuple[str, int] | None = None
    no_answer: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()


class Layout(Part, frozen=True, kw_only=True):
    """What a file of answers holds. `period` is the time of all its answers: 2017, 2017-05 or FY2017-Q3."""

    format: str
    survey: str
    period: str
    name: Text
    service: Text
    provider: Text
    day: Day
    channel: str | CodedColumn
    language: str | CodedColumn
    questions: tuple[Question, ...]
    groups: dict[str, CodedColumn] = {}
    weight: Text | None = None
    version: Version = 1
    timing: str = "unknown"
    sample_type: str = "unknown"
    source: str = ""
    licence: str = ""
    note: str = ""

    @property
    def columns(self) -> dict[str, str]:
        """Name every column that is read, with the field that names it."""
        found = {} if isinstance(self.day, FixedDay) else {"day": self.day.column}
        for name, part in (("channel", self.channel), ("language", self.language)):
            if isinstance(part, CodedColumn):
                found[name] = part.column
        found |= {f"groups.{name}": group.column for name, group in self.groups.items()}
        found |= {f"questions.{one.question}": one.column for one in self.questions}
        return found if self.weight is None else {**found, "weight": self.weight}


@dataclass(frozen=True)
class ReadFile:
    """A small file that was read whole: its bytes are kept beside what was loaded with it."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Give the hash of its bytes."""
        return hashlib.sha256(self.data).hexdigest()


def read_small_file(path: Path) -> ReadFile:
    """Read a layout or margins."""
    return ReadFile(path.name, path.read_bytes())


def decode_layout(file: ReadFile) -> Layout:
    """Read a layout; `layout_rules.check_layout` then says whether it makes sense.

    Raises:
        LayoutNotValid: if the file is not JSON, or a field is missing, not known, or of another kind.
    """
    raw = decode_json(file)
    try:
        layout = msgspec.convert(raw, Layout)
    except msgspec.ValidationError as problem:
        found = PLACE.match(str(problem))
        field, what = (found["field"], found["problem"]) if found else ("", str(problem))
        raise refused(file.name, field, what, SEE) from problem
    if layout.format != FORMAT:
        raise refused(
            file.name, "format", f"{layout.format!r} is not known", f"this version reads {FORMAT!r}"
        )
    return layout


def decode_json(file: ReadFile) -> Any:
    """Read JSON in which no field stands twice.

    Raises:
        LayoutNotValid: if it is not JSON in UTF-8, or a field stands twice in one object.
    """

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise refused(file.name, twice, "it stands twice in one object", "keep one of them")
        return dict(pairs)

    try:
        return json.loads(file.data.decode("utf-8-sig"), object_pairs_hook=once)
    except UnicodeDecodeError as problem:
        raise LayoutNotValid(
            f"{file.name}: byte {problem.start} is not UTF-8; save the file as UTF-8."
        ) from problem
    except json.JSONDecodeError as problem:
        raise LayoutNotValid(
            f"{file.name}: line {problem.lineno}, column {problem.colno}: this is not JSON ({problem.msg}); "
            "correct it."
        ) from problem
    except RecursionError as problem:
        raise LayoutNotValid(f"{file.name}: lists or objects stand too deep in one another.") from problem


def refused(name: str, field: str, problem: str, remedy: str) -> LayoutNotValid:
    """Say which field of a file is wrong, what is wrong with it, and what to do."""
    where = f"{name}, field {field}" if field else name
    return LayoutNotValid(f"{where}: {problem}; {remedy}.")


def source_of(survey: str, period: str) -> str:
    """Name the place that a file's answers take in the archive: one survey in one period.

    A corrected file of the same survey and period takes the place of the earlier one, whatever its bytes,
    and never that of another period.
    """
    return digest("answers", survey, period)


def codes_of(names: Mapping[str, int], lists: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """Give one number for every code of a column: from the names, and from lists of codes of one meaning."""
    return {**names, **{code: number for number, codes in lists.items() for code in codes}}
