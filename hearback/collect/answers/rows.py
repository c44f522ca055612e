"""Making one row of a file numbers, or refusing it with the column that is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hearback.collect.answers.layout import CodedColumn, Day, FixedDay, Layout, codes_of
from hearback.collect.archive import NO_ANSWER, NOT_ASKED, NOT_KNOWN, WEIGHT_UNITS
from hearback.collect.archive.batch import LARGEST_WEIGHT
from hearback.collect.parsed import FileRefused, RowRefused

WEIGHT = re.compile(r"^(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$", re.ASCII)
SHOWN, SHOWN_CODES = 60, 12
ZERO_WEIGHT = "The weight is zero, so the row counts for nobody. Leave it out of the file."
CONTEXT_PARTS = ("channel", "language")


@dataclass(frozen=True)
class RowReader:
    """Reads the cells of a row into numbers, in the order of `names`.

    Channels and languages are places in `words`; levels of groups are 1 and up in the order of the layout, 0
    for one that is not known; a weight is in billionths.
    """

    names: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    _steps: tuple[tuple[int, Callable[[str], int]], ...]

    def read(self, cells: Sequence[str]) -> list[int]:
        """Give one number per name.

        Raises:
            RowRefused: naming the column that is wrong and what to do.
        """
        return [read(cells[place].strip() if place >= 0 else "") for place, read in self._steps]


def row_reader(layout: Layout, places: Mapping[str, int], read_day: Callable[[str], int]) -> RowReader:
    """Give what reads the rows of a file.

    Args:
        places: where the columns stand that the layout names.
        read_day: gives the day of a cell, see `days.day_reader`.
    """
    steps: dict[str, tuple[int, Callable[[str], int]]] = {"day": (_day_place(layout.day, places), read_day)}
    words: dict[str, tuple[str, ...]] = {}
    for name in CONTEXT_PARTS:
        part: str | CodedColumn = getattr(layout, name)
        if isinstance(part, str):
            words[name], steps[name] = (part,), (-1, lambda cell: 0)
            continue
        known = tuple(dict.fromkeys(part.codes.values()))
        words[name] = ("unknown", *known)
        numbers = _numbers(part, known)
        steps[name] = (places[part.column], _looked_up(part.column, numbers, f"the {name}"))
    for name, group in layout.groups.items():
        numbers = _numbers(group, levels_of(group))
        steps[f"g_{name}"] = (places[group.column], _looked_up(group.column, numbers, f"group {name}"))
    for one in layout.questions:
        answers = codes_of(one.codes, {NO_ANSWER: one.no_answer, NOT_ASKED: one.not_asked})
        meaning = f"question {one.question}"
        steps[f"q_{one.question}"] = (places[one.column], _looked_up(one.column, answers, meaning))
    if layout.weight is not None:
        steps["weight"] = (places[layout.weight], _weight_reader(layout.weight))
    return RowReader(tuple(steps), words, tuple(steps.values()))


def levels_of(group: CodedColumn) -> tuple[str, ...]:
    """Name the levels of a group in the order of the layout."""
    return tuple(dict.fromkeys(group.codes.values()))


def find_columns(layout: Layout, header: Sequence[str]) -> dict[str, int]:
    """Find the columns that a layout names.

    Raises:
        FileRefused: if one is missing, or stands in the header twice.
    """
    names = [cell.strip() for cell in header]
    for field, column in layout.columns.items():
        if column not in names:
            near = next((name for name in names if name.strip("*# ").lower() == column.lower()), None)
            hint = f"; the nearest is {near!r}" if near else ""
            raise FileRefused(
                f"The layout looks for the column {column!r} ({field}), and the header has none of that "
                f"name{hint}. Correct the layout, or take the layout of this file.",
                row=1, column=column,
            )  # fmt: skip
        if names.count(column) > 1:
            raise FileRefused(
                f"The column {column!r} stands in the header twice. Keep one of them.", row=1, column=column
            )
    return {column: names.index(column) for column in layout.columns.values()}


def shown(cell: str) -> str:
    """Quote a cell for a message; a long one is cut."""
    return repr(cell) if len(cell) <= SHOWN else f"{cell[:SHOWN]!r} and more"


def read_weight(cell: str) -> int:
    """Read a weight as whole billionths.

    Raises:
        ValueError: saying what is wrong and what to do.

    >>> read_weight("0.2847177143")
    284717714
    """
    if not cell:
        raise ValueError("There is no weight. Give the row its weight, or leave it out of the file")
    if cell.startswith("-"):
        raise ValueError(f"{shown(cell)} is negative. A weight is a number above zero")
    if not WEIGHT.match(cell):
        raise ValueError(f"{shown(cell)} is no number. Write a weight as 0.85, without commas or signs")
    given = Decimal(cell)
    if given > LARGEST_WEIGHT:
        raise ValueError(f"{shown(cell)} is larger than {LARGEST_WEIGHT:,}. Divide all weights by one number")
    weight = round(given * WEIGHT_UNITS)
    if not given:
        raise ValueError(ZERO_WEIGHT.rstrip("."))
    if not weight:
        raise ValueError(f"{shown(cell)} is less than a billionth. Multiply all weights by one number")
    return weight


def _day_place(day: Day, places: Mapping[str, int]) -> int:
    return -1 if isinstance(day, FixedDay) else places[day.column]


def _numbers(part: CodedColumn, known: Sequence[str]) -> dict[str, int]:
    named = {code: known.index(word) + 1 for code, word in part.codes.items()}
    return codes_of(named, {NOT_KNOWN: part.not_known})


def _looked_up(column: str, numbers: Mapping[str, int], meaning: str) -> Callable[[str], int]:
    listed = ", ".join(repr(code) for code in list(numbers)[:SHOWN_CODES])
    more = ", …" if len(numbers) > SHOWN_CODES else ""

    def read(cell: str) -> int:
        try:
            return numbers[cell]
        except KeyError:
            raise RowRefused(
                column,
                f"{shown(cell) if cell else 'A blank'} is no code of {meaning}; the layout knows "
                f"{listed}{more}. Correct the cell, or say in the layout what the code means.",
            ) from None

    return read


def _weight_reader(column: str) -> Callable[[str], int]:
    def read(cell: str) -> int:
        try:
            return read_weight(cell)
        except ValueError as problem:
            raise RowRefused(column, f"{problem}.") from problem

    return read
