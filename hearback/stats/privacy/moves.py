"""How counts of a table can move against one another without any published number changing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array, hstack, vstack

from hearback.stats.privacy.outsider import NotSolved, solve
from hearback.stats.privacy.tables import Cell, Tables

Floats = NDArray[np.float64]
Choice = NDArray[np.bool_]
PASSES = 3
"""Repetitions in which a move through a cell costs less, the more of it was used before."""
MOVED = 1e-7
TIGHTENED = 4
"""How often limits are carried on from sum to sum; more would only make the search a little shorter."""


@dataclass(frozen=True)
class Moves:
    """The cells that may be hidden: their sums, and how far each can go below and above its count.

    `below` and `above` hold for any choice of cells to hide; a move vector x keeps every sum, matrix x = 0.
    """

    matrix: csr_array
    below: Floats
    above: Floats

    def reach(self, cell: int, hidden: Choice) -> tuple[Floats, Floats]:
        """Move a cell as far up, and as far down, as the hidden cells allow; give both moves."""
        columns = np.flatnonzero(hidden)
        matrix = self.matrix[:, columns]
        used = np.flatnonzero(np.diff(matrix.indptr))
        limits = np.column_stack([-self.below[columns], self.above[columns]])
        moves = np.zeros((2, len(hidden)))
        for move, sign in zip(moves, (-1.0, 1.0), strict=True):
            move[columns] = _furthest(sign, int(np.searchsorted(columns, cell)), matrix[used], limits)[0]
        return moves[0], moves[1]

    def cut(self, cell: int, hidden: Floats) -> tuple[float, Floats]:
        """Give the range of a cell, and for every cell by how much it widens the range at most if hidden.

        For any choice of cells, the range is no more than the sum over those hidden: a bound by duality.

        Args:
            hidden: per cell from 0, published, to 1, hidden; between for a choice not made yet.
        """
        limits = np.column_stack([-self.below * hidden, self.above * hidden])
        width, cut = 0.0, np.zeros(len(hidden))
        for sign in (-1.0, 1.0):
            move, prices = _furthest(sign, cell, self.matrix, limits)
            reduced = -self.matrix.T @ prices
            reduced[cell] += sign
            cut += np.maximum(-reduced, 0) * self.above + np.maximum(reduced, 0) * self.below
            width += abs(float(move[cell]))
        return width, cut


def _furthest(sign: float, cell: int, matrix: csr_array, limits: Floats) -> tuple[Floats, Floats]:
    """Find the move that brings a cell furthest up (sign -1) or down (1), and the price of every sum."""
    aim = np.zeros(len(limits))
    aim[cell] = sign
    found = solve(aim, matrix, np.zeros(matrix.shape[0]), limits)
    if found is None:
        raise NotSolved("a move without end among cells that have limits")
    return found.x, found.eqlin.marginals


def moves_among(tables: Tables, cells: Sequence[Cell], width: float) -> Moves:
    """Describe how some cells can move while all others are published."""
    columns = np.array([tables.place[cell] for cell in cells], dtype=np.int64)
    matrix = tables.matrix[:, columns]
    used = np.flatnonzero(np.diff(matrix.indptr))
    counts = tables.values[columns]
    most = _most(tables, columns, float(tables.values.sum()) + width)
    return Moves(matrix[used], counts, most - counts)


def cheapest_moves(moves: Moves, cell: int, width: float, costs: Floats) -> Choice:
    """Find cells that give one cell a range of the width, at a cost near the least; say which they are.

    Raises:
        NotSolved: if no choice of cells gives it.
    """
    n = len(costs)
    signs = hstack([eye_array(n), -eye_array(n)])
    one = moves.matrix @ signs
    zero = csr_array(one.shape)
    range_of = np.zeros(4 * n)
    range_of[[cell, 3 * n + cell]], range_of[[n + cell, 2 * n + cell]] = 1.0, -1.0
    matrix = csr_array(vstack([hstack([one, zero]), hstack([zero, one]), csr_array(range_of[None, :])]))
    known = np.append(np.zeros(matrix.shape[0] - 1), width)
    most = np.tile(np.concatenate([moves.above, moves.below]), 2)
    limits = np.column_stack([np.zeros(4 * n), most])
    price = costs / np.maximum(1.0, np.minimum(width, moves.below + moves.above))
    used = np.zeros(n, dtype=np.bool_)
    for _ in range(PASSES):
        found = solve(np.tile(price, 4), matrix, known, limits)
        if found is None:
            raise NotSolved("cheapest moves without end")
        size = found.x.reshape(4, n).sum(axis=0)
        used = size > MOVED
        price = costs / (size + 0.01 * width)
    return used


def _most(tables: Tables, columns: NDArray[np.int64], unlimited: float) -> Floats:
    """Give the most each of some cells can be, if they are all hidden and the others are published."""
    most = tables.values.copy()
    most[columns] = np.inf
    least = tables.values.copy()
    least[columns] = 0
    for _ in range(TIGHTENED):
        for row in range(len(tables.sums)):
            _tighten(tables, row, least, most)
    return np.minimum(most[columns], unlimited)


def _tighten(tables: Tables, row: int, least: Floats, most: Floats) -> None:
    one = tables.sums[row]
    parts = [tables.place[part] for part in one.parts]
    total = tables.place[one.total]
    most[total] = min(most[total], most[parts].sum())
    spare = most[total] - least[parts].sum()
    most[parts] = np.minimum(most[parts], least[parts] + spare)
