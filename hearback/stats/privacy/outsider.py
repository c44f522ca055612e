"""What someone outside can find out about hidden cells: the least and the most each can be."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import optimize
from scipy.optimize import LinearConstraint, OptimizeResult, linprog, milp
from scipy.sparse import bmat, csr_array
from scipy.sparse.csgraph import connected_components

from hearback.stats.privacy.tables import Cell, TableNotValid, Tables, named

WHOLE_WITHIN = 1e-6
"""A solver's result so near a whole number is one."""
Floats = NDArray[np.float64]
Program = tuple[csr_array, Floats, Floats]
"""Sums over hidden cells: the matrix, what they are known to be, and the true counts."""
NODES = 200
"""Branches a search for whole numbers may take in one cell; beyond, the range found so far is given."""


class NotSolved(RuntimeError):
    """A linear program that has a solution was not solved."""


@dataclass(frozen=True)
class Bounds:
    """The least and the most a hidden cell can be for an outsider; `high` is None without a limit."""

    cell: Cell
    count: int
    low: int
    high: int | None

    @property
    def width(self) -> int | None:
        """Give how far the most is above the least; None without a limit."""
        return None if self.high is None else self.high - self.low

    def is_narrower(self, width: int) -> bool:
        """Say whether an outsider can tell the count more closely than that."""
        return self.width is not None and self.width < width


@dataclass(frozen=True)
class End:
    """How far a cell can go down (sign 1) or up (-1), and whether whole counts are known that go there."""

    sign: float
    value: int | None
    is_whole: bool


@dataclass(frozen=True)
class Outsider:
    """Someone who sees all cells but the hidden ones and knows the sums.

    Also known is that counts are whole numbers and not below 0. Not reckoned with is what people know of
    themselves, nor which of the hidden cells are the small ones.

    Raises:
        TableNotValid: if a hidden cell is no cell of the tables.

    Source: Willenborg and de Waal (2001), Elements of statistical disclosure control, section 6.3; Hundepool
    et al. (2012), Statistical disclosure control, section 4.3.
    """

    tables: Tables
    hidden: frozenset[Cell]

    def __post_init__(self) -> None:
        unknown = next((cell for cell in self.hidden if cell not in self.tables.counts), None)
        if unknown is not None:
            raise TableNotValid(f"{named(unknown)} is to be hidden and is no cell of the tables")

    def bounds(self, cell: Cell) -> Bounds:
        """Find the least and the most a cell can be; a cell that is seen is what it is."""
        low, high = self._outer(cell, 1.0), self._outer(cell, -1.0)
        count = int(self.tables.counts[cell])
        return Bounds(cell, count, self._attained(cell, low) or 0, self._attained(cell, high))

    def is_narrower(self, cell: Cell, width: int) -> bool:
        """Say whether he can tell a cell more closely than that; quicker than finding its bounds."""
        low, high = self._outer(cell, 1.0), self._outer(cell, -1.0)
        if high.value is None:
            return False
        if high.value - (low.value or 0) < width:
            return True
        if low.is_whole and high.is_whole:
            return False
        count = self.tables.counts[cell]
        far = (1.0, count - width), (-1.0, count + width)
        return not any(self._can_be(cell, sign, value) for sign, value in far) and (
            self.bounds(cell).is_narrower(width)
        )

    def all_bounds(self, cells: Iterable[Cell]) -> tuple[Bounds, ...]:
        """Find the bounds of many cells, in their order."""
        return tuple(self.bounds(cell) for cell in cells)

    @cached_property
    def _columns(self) -> NDArray[np.int64]:
        return np.array(
            [i for i, cell in enumerate(self.tables.cells) if cell in self.hidden], dtype=np.int64
        )

    @cached_property
    def _groups(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Give the group of every sum and hidden cell: those of one group are tied by sums."""
        matrix = self.tables.matrix[:, self._columns]
        _, group = connected_components(bmat([[None, matrix], [matrix.T, None]]), directed=False)
        return group[: matrix.shape[0]], group[matrix.shape[0] :]

    @cached_property
    def _programs(self) -> dict[int, Program]:
        return {}

    def _program(self, cell: Cell) -> tuple[Program, int]:
        """Give what is known of the cells tied to a hidden one, and the cell's place among them."""
        place = int(np.searchsorted(self._columns, self.tables.place[cell]))
        of_sums, of_cells = self._groups
        group = int(of_cells[place])
        mine = np.flatnonzero(of_cells == group)
        if group not in self._programs:
            columns = self._columns[mine]
            matrix = self.tables.matrix[np.flatnonzero(of_sums == group)][:, columns]
            counts = self.tables.values[columns]
            self._programs[group] = matrix, matrix @ counts, counts
        return self._programs[group], int(np.searchsorted(mine, place))

    def _outer(self, cell: Cell, sign: float) -> End:
        """Find how low (sign 1) or high (-1) a cell can be if counts need not be whole."""
        if cell not in self.hidden:
            return End(sign, int(self.tables.counts[cell]), True)
        (matrix, known, counts), place = self._program(cell)
        if not matrix.shape[0]:
            return End(sign, 0 if sign > 0 else None, True)
        aim = np.zeros(len(counts))
        aim[place] = sign
        found = solve(aim, matrix, known)
        if found is None:
            return End(sign, None, True)
        is_whole = bool(np.abs(found.x - np.round(found.x)).max() <= WHOLE_WITHIN)
        return End(sign, round(sign * math.ceil(float(found.fun) - WHOLE_WITHIN)), is_whole)

    def _attained(self, cell: Cell, end: End) -> int | None:
        """Give the end that whole counts attain. Where the search is cut short, it is too near to the count,
        never too far: what is called safe is safe.
        """
        if end.is_whole:
            return end.value
        (matrix, known, counts), place = self._program(cell)
        aim = np.zeros(len(counts))
        aim[place] = end.sign
        found = whole_solution(aim, matrix, known, (np.zeros(len(counts)), np.full(len(counts), np.inf)))
        return round(float((counts if found is None else found)[place]))

    def _can_be(self, cell: Cell, sign: float, value: int) -> bool:
        """Say whether whole counts were found with the cell at a value or beyond: below (1) or above (-1)."""
        if value < 0:
            return False
        (matrix, known, counts), place = self._program(cell)
        least, most = np.zeros(len(counts)), np.full(len(counts), np.inf)
        (most if sign > 0 else least)[place] = value
        return whole_solution(np.zeros(len(counts)), matrix, known, (least, most)) is not None


def solve(
    aim: Floats,
    matrix: csr_array,
    known: Floats,
    limits: Floats | None = None,
) -> OptimizeResult | None:
    """Solve the linear program min aim'x, matrix x = known, within the limits or x >= 0; None if unbounded.

    Raises:
        NotSolved: if the solver fails; the programs here all have a feasible point.
    """
    for presolve in (True, False):
        found = linprog(
            aim, A_eq=matrix, b_eq=known, bounds=(0, None) if limits is None else limits,
            method="highs-ds", options={"presolve": presolve},
        )  # fmt: skip
        if found.status == 0:
            return found
        if found.status == 3:
            return None
    raise NotSolved(f"the linear program for a hidden cell was not solved: {found.message}")


def whole_solution(
    aim: Floats, matrix: csr_array, known: Floats, limits: tuple[Floats, Floats]
) -> Floats | None:
    """Find whole numbers with min aim'x, matrix x = known, within limits; the best of a limited search."""
    found = milp(
        aim,
        constraints=LinearConstraint(matrix, known, known),
        bounds=optimize.Bounds(*limits),
        integrality=np.ones(len(aim)),
        options={"node_limit": NODES},
    )
    return None if found.x is None else np.round(found.x)


def hidden_by(tables: Tables, hidden: Collection[Cell]) -> Outsider:
    """Give the outsider from whom these cells are hidden.

    >>> from hearback.stats.privacy.tables import crossed
    >>> table = crossed({("a", "x"): 8, ("b", "x"): 6, ("a", "z"): 4, ("b", "z"): 30})
    >>> hidden_by(table, [("a", "x"), ("a", "z")]).bounds(("a", "x"))
    Bounds(cell=('a', 'x'), count=8, low=8, high=8)
    """
    return Outsider(tables, frozenset(hidden))
