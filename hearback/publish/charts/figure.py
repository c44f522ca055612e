"""What a figure is: a picture, what it says in words, and every number in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hearback.publish.pages.dates import date_label
from hearback.ui import numbers as write
from hearback.ui.painting import Described

SHARES = {"share": write.share, "low": write.share_low, "high": write.share_high}
NUMBERS = frozenset({"count", "dollars", *SHARES})
BETWEEN = "; "
Raw = str | int | float | bool | None


@dataclass(frozen=True)
class Column:
    """One column of the numbers of a figure: its name in files, its heading, and what it holds.

    `kind` is text, date, quarter, count, dollars, share, or low or high: the ends of the interval of a share,
    which pages round outwards. Files hold quarters as `FY2021-Q1` and dates as
    `2023-07-06`, pages write them as people read them; several stand with `; ` between them. Shares are
    written with decimals by the answers in the column that `n` names. `missing` is what pages write where
    there is nothing.
    """

    name: str
    heading: str
    kind: str = "text"
    n: str | None = None
    missing: str | None = None

    @property
    def is_number(self) -> bool:
        """Say whether it is lined up as a number."""
        return self.kind in NUMBERS


@dataclass(frozen=True)
class Figure:
    """A picture before it is drawn, with all that stands beside it.

    Args:
        name: the last part of its address.
        kind: what kind of picture it is, for who cannot see it.
        says: sentences made by rule; none claims more than the intervals.
        note: how to read it.
        rows: every number in it, as in its file; None where one is not known or held back, and `reason` or
            another column says why.
        page: address of the page where it stands, and `page_name` its name.
        tables: the open data that hold the same numbers and more.
        numbers: what the drawing is made of: equal numbers give equal bytes.
        draw: makes the drawing, narrow or wide: a description for the drawing program, or the SVG itself.
        short: a shorter title, where the whole one is long.
        question: which kind of question it is about, where it is about one.
        about: level and subject of the trend that it shows.
        methods: method pages that say how its numbers are made.
        commands: what computes them again, and changes nothing.
    """

    name: str
    kind: str
    title: str
    says: tuple[str, ...]
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Raw, ...], ...]
    page: str
    page_name: str
    tables: tuple[str, ...]
    numbers: Any
    draw: Callable[[Any, bool], Described | str] = field(repr=False)
    short: str = ""
    question: str = ""
    about: tuple[str, str] | None = None
    methods: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """Give the title for places with little room."""
        return self.short or self.title

    @property
    def alt(self) -> str:
        """Give the text that stands for the picture."""
        return " ".join((f"{self.kind}.", *self.says, "The table gives every number."))

    def cells(self) -> list[list[tuple[str | None, bool]]]:
        """Give the rows as people read them: each cell in words, None where there is none, and whether it
        is a number."""
        places = {column.name: at for at, column in enumerate(self.columns)}
        return [
            [
                (_written(value, column, row[places[column.n]] if column.n else None), column.is_number)
                for value, column in zip(row, self.columns, strict=True)
            ]
            for row in self.rows
        ]


def _written(value: Raw, column: Column, n: Raw) -> str | None:
    if value is None or value == "":
        return column.missing
    if column.kind in {"date", "quarter"}:
        labels = BETWEEN.join(date_label(text) or text for text in str(value).split(BETWEEN))
        return labels.replace(" ", write.NO_BREAK) if column.kind == "quarter" else labels
    if column.kind in SHARES and isinstance(value, float | int):
        return SHARES[column.kind](value, n if isinstance(n, int) else None)
    if column.kind == "count" and isinstance(value, int):
        return write.count(value)
    if column.kind == "dollars" and isinstance(value, int):
        return write.dollars(value)
    return str(value)
