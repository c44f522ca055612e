"""What a table of open data is: named columns with their meaning, and rows taken from a release."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hearback.publish.frozen import Content

Cell = str | int | float | bool | tuple[str, ...] | None
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Column:
    """One column: its name in the files, and what it holds. Columns are added, never renamed."""

    name: str
    description: str


@dataclass(frozen=True)
class Table:
    """One table of open data. `rows` gives a tuple per row, in the order of `columns`."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[Content], Iterable[Row]] = field(repr=False)


def columns(**descriptions: str) -> tuple[Column, ...]:
    """Name columns with their descriptions, in order."""
    return tuple(Column(name, text) for name, text in descriptions.items())
