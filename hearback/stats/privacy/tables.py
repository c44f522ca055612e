"""Published tables as cells and the sums that tie them: what someone outside can reckon with.

A margin is a cell like any other. Tables that share people are joined: their common cells are one cell, and
further sums can be stated, as "all channels are web and the rest", or "the year is its four quarters".
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Cell = Hashable
"""The name of a cell; in a crossed table a tuple with one level per dimension, None where summed over."""

Levels = tuple[str | None, ...]


class TableNotValid(ValueError):
    """Counts of a table, or the sums said to tie them, contradict one another; the message says where."""


@dataclass(frozen=True)
class Sum:
    """A statement an outsider can make: the total cell is the sum of the parts."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Tables:
    """Cells with their true counts, and the sums that tie them. Make one with `crossed`, join with `joined`.

    Raises:
        TableNotValid: if a count is no whole number of zero or more, or a sum names an unknown cell or is
            not true of the counts.
    """

    counts: Mapping[Cell, int]
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        for cell, count in self.counts.items():
            if isinstance(count, bool) or not isinstance(count, int | np.integer) or count < 0:
                raise TableNotValid(
                    f"the count of {named(cell)} is {count!r}; give a whole number of 0 or more"
                )
        for one in self.sums:
            self._check(one)

    def _check(self, one: Sum) -> None:
        unknown = [cell for cell in (one.total, *one.parts) if cell not in self.counts]
        if unknown:
            raise TableNotValid(f"the sum of {named(one.total)} names {named(unknown[0])}, which is no cell")
        added = sum(self.counts[part] for part in one.parts)
        if added != self.counts[one.total]:
            raise TableNotValid(
                f"{named(one.total)} is {self.counts[one.total]} and its parts add up to {added}; "
                "state only sums that are true of the counts"
            )

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Give the cells in their order."""
        return tuple(self.counts)

    @cached_property
    def place(self) -> dict[Cell, int]:
        """Give the place of every cell in that order."""
        return {cell: place for place, cell in enumerate(self.cells)}

    @cached_property
    def values(self) -> NDArray[np.float64]:
        """Give the counts in that order."""
        return np.array([self.counts[cell] for cell in self.cells], dtype=np.float64)

    @cached_property
    def matrix(self) -> csr_array:
        """Give the sums as rows: 1 at the parts, -1 at the total; times the counts they are 0."""
        entries = [
            (row, self.place[cell], value)
            for row, one in enumerate(self.sums)
            for cell, value in [*((part, 1.0) for part in one.parts), (one.total, -1.0)]
        ]
        rows, columns, data = zip(*entries, strict=True) if entries else ((), (), ())
        return csr_array((data, (rows, columns)), shape=(len(self.sums), len(self.cells)), dtype=np.float64)

    @cached_property
    def inner(self) -> frozenset[Cell]:
        """Give the cells that are no total of a sum."""
        totals = {one.total for one in self.sums}
        return frozenset(cell for cell in self.cells if cell not in totals)

    @cached_property
    def outermost(self) -> frozenset[Cell]:
        """Give the totals that are no part of a sum, as the total of all."""
        parts = {part for one in self.sums for part in one.parts}
        return frozenset(one.total for one in self.sums if one.total not in parts)


def crossed(cells: Mapping[tuple[str, ...], int], margins: Iterable[Collection[int]] | None = None) -> Tables:
    """Make a table of any number of dimensions, with its margins as cells of their own.

    Combinations that are not given are counts of 0. The name of a margin has None in the dimensions summed
    over: ("web", None) is the row total of web, (None, None) the total of all.

    Args:
        cells: level of every dimension -> count.
        margins: the margins that are published, each as the dimensions it keeps: (0,) for row totals, () for
            the total of all. None for every margin there is.

    Raises:
        TableNotValid: if cells differ in their number of dimensions, or a count cannot be used.

    >>> table = crossed({("web", "en"): 120, ("web", "zh"): 7, ("mail", "en"): 15})
    >>> table.counts["web", None], table.counts["mail", "zh"], table.counts[None, None]
    (127, 0, 142)
    """
    given = {tuple(cell): count for cell, count in cells.items()}
    sizes = {len(cell) for cell in given}
    if len(sizes) > 1:
        raise TableNotValid(f"cells with {' and '.join(map(str, sorted(sizes)))} levels are not of one table")
    n = sizes.pop() if sizes else 0
    levels = [list(dict.fromkeys(cell[dimension] for cell in given)) for dimension in range(n)]
    inner = list(product(*levels)) if n else []
    counts: dict[Cell, int] = {cell: given.get(cell, 0) for cell in inner}
    kept = _kept(n, margins)
    for keep in kept:
        for cell in inner:
            total = _margin(cell, keep)
            counts[total] = counts.get(total, 0) + counts[cell]
    return Tables(counts, tuple(_sums(inner, kept)))


def joined(*tables: Tables, sums: Iterable[Sum] = ()) -> Tables:
    """Put tables on the same people together: cells of one name are one cell.

    Args:
        sums: further sums that tie cells of different tables.

    Raises:
        TableNotValid: if two tables give one cell different counts, or a sum is not true.

    >>> half_year = Sum("both", ("Q1", "Q2"))
    >>> tables = joined(Tables({"Q1": 40, "Q2": 45}), Tables({"both": 85}), sums=[half_year])
    >>> tables.cells, tables.inner == {"Q1", "Q2"}
    (('Q1', 'Q2', 'both'), True)
    """
    counts: dict[Cell, int] = {}
    for table in tables:
        for cell, count in table.counts.items():
            if counts.setdefault(cell, count) != count:
                raise TableNotValid(
                    f"{named(cell)} is {counts[cell]} in one table and {count} in another; "
                    "give cells that are not the same people different names"
                )
    return Tables(counts, tuple(dict.fromkeys([*(one for table in tables for one in table.sums), *sums])))


def with_rests(tables: Tables, wholes: Mapping[Cell, Cell]) -> Tables:
    """Add for every part the rest of its whole, n - x, as a cell of its own.

    A share of 97 % of 200 tells that 6 said otherwise: the rest is a count too, and small like one.

    Args:
        wholes: part -> the whole it is published with.

    Raises:
        TableNotValid: if a part or whole is no cell, or a part is larger than its whole.

    >>> answers = with_rests(Tables({"satisfied": 194, "answered": 200}), {"satisfied": "answered"})
    >>> answers.counts["rest", "satisfied"]
    6
    """
    counts, sums = dict(tables.counts), list(tables.sums)
    for part, whole in wholes.items():
        missing = next((cell for cell in (part, whole) if cell not in tables.counts), None)
        if missing is not None:
            raise TableNotValid(f"{named(missing)} is no cell")
        if tables.counts[part] > tables.counts[whole]:
            raise TableNotValid(f"{named(part)} is larger than {named(whole)}, of which it is a part")
        rest = ("rest", part)
        counts[rest] = tables.counts[whole] - tables.counts[part]
        sums.append(Sum(whole, (part, rest)))
    return Tables(counts, tuple(sums))


def named(cell: Cell) -> str:
    """Name a cell in a message: levels with commas, "all" where summed over.

    >>> named(("web", None))
    'web, all'
    """
    if isinstance(cell, tuple):
        return ", ".join("all" if level is None else str(level) for level in cell)
    return str(cell)


def _kept(n: int, margins: Iterable[Collection[int]] | None) -> list[tuple[bool, ...]]:
    """Give the published margins, those of most dimensions first, as which dimensions each keeps."""
    if margins is None:
        kept = {keep for keep in product((False, True), repeat=n) if not all(keep)}
    else:
        kept = {tuple(dimension in margin for dimension in range(n)) for margin in margins}
    return sorted(kept - {(True,) * n}, key=lambda keep: (-sum(keep), keep))


def _sums(inner: Sequence[Levels], kept: Sequence[tuple[bool, ...]]) -> Iterator[Sum]:
    """Tie every margin to the margins of one dimension more, or to the inner cells where there is none."""
    every = (True,) * len(kept[0]) if kept else ()
    for keep in kept:
        finer = [more for more in (every, *kept) if sum(more) == sum(keep) + 1 and _within(keep, more)]
        for more in finer or [every]:
            parts: dict[Levels, dict[Levels, None]] = {}
            for cell in inner:
                parts.setdefault(_margin(cell, keep), {})[_margin(cell, more)] = None
            yield from (Sum(total, tuple(some)) for total, some in parts.items())


def _within(keep: Sequence[bool], more: Sequence[bool]) -> bool:
    return all(wide or not narrow for narrow, wide in zip(keep, more, strict=True))


def _margin(cell: Levels, keep: Sequence[bool]) -> Levels:
    return tuple(level if kept else None for level, kept in zip(cell, keep, strict=True))
