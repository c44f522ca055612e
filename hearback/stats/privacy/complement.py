"""Which further cells to hide so that the small ones cannot be reckoned from the rest, at the least loss.

The choice is a programme in whole numbers: hide or not, one number per cell. Each demand on it is found by
asking the outsider's linear program how far a small cell can be pinned down, and turning its dual into a cut.
Where tables are too large for that, cells are added along the cheapest moves, and needless ones given back.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint, OptimizeResult, milp

from hearback.stats.privacy.moves import MOVED, Choice, Floats, Moves, cheapest_moves, moves_among
from hearback.stats.privacy.outsider import NotSolved, Outsider
from hearback.stats.privacy.tables import Cell, Tables

EXACT_UP_TO = 600
"""So many candidates are chosen from exactly; from more, nearly."""
CELLS_OVER_ROUNDS, RELAXED_ROUNDS, NODES = 4_000, 20, 3_000
"""Free cells times rounds, and branches of all rounds together, that end the search for the best choice.

They count work and no time: every machine comes to the same choice.
"""
SLACK = 1e-6
"""Loss of precision allowed to the solver; counts are whole."""


@dataclass(frozen=True)
class Complement:
    """The cells to hide besides the small ones, in the tables' order, and the sum of their counts.

    No choice costs less than `at_least`; where `cost` is no more, the choice is the best there is.
    """

    cells: tuple[Cell, ...]
    cost: int
    at_least: int

    @property
    def is_optimal(self) -> bool:
        """Say whether it is proved that no choice costs less."""
        return self.cost <= self.at_least


def choose_complement(
    tables: Tables,
    primary: Collection[Cell],
    *,
    width: int,
    candidates: Collection[Cell] | None = None,
    exact_up_to: int = EXACT_UP_TO,
) -> Complement | None:
    """Choose further cells to hide, so that no primary cell can be told more closely than the width.

    The loss that is kept small is the sum of the counts hidden. None where hiding every candidate would not
    do: then margins too, or the whole table, must be withheld.

    Args:
        primary: cells hidden for being small.
        width: how far, at least, the most a primary cell can be must be above the least.
        candidates: cells that may be hidden; None for all that are no total and not 0.
        exact_up_to: candidates up to which the best choice is looked for.

    Source: Fischetti and Salazar-González (2001), Solving the cell suppression problem on tabular data with
    linear constraints, Management Science 47; the heuristic follows Kelly, Golden and Assad (1992), Cell
    suppression: disclosure protection for sensitive tabular data, Networks 22.

    >>> from hearback.stats.privacy.tables import crossed
    >>> table = crossed({("a", "x"): 4, ("b", "x"): 71, ("a", "y"): 90, ("b", "y"): 28})
    >>> choose_complement(table, [("a", "x")], width=9)
    Complement(cells=(('a', 'y'), ('b', 'x'), ('b', 'y')), cost=189, at_least=189)
    """
    hidden = frozenset(primary)
    allowed = tables.inner if candidates is None else frozenset(candidates)
    free = [cell for cell in tables.cells if cell in allowed - hidden and tables.counts[cell] > 0]
    search = _Search(tables, tuple(cell for cell in tables.cells if cell in hidden), tuple(free), width)
    if search.narrow(np.ones(len(free), dtype=np.bool_)):
        return None
    chosen = search.exact() if len(free) <= exact_up_to else None
    if chosen is None:
        chosen = search.near()
    cells = tuple(cell for cell, hide in zip(free, chosen, strict=True) if hide)
    cost = sum(int(tables.counts[cell]) for cell in cells)
    return Complement(cells, cost, min(cost, search.at_least))


@dataclass
class _Search:
    """A search for cells to hide. In vectors of cells the primary ones come first, then the free ones."""

    tables: Tables
    primary: tuple[Cell, ...]
    free: tuple[Cell, ...]
    width: int
    at_least: int = 0
    nodes: int = NODES
    nearest: list[Choice] = field(default_factory=list)
    demands: list[tuple[Floats, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.widths = np.full(len(self.primary), float(self.width))
        self.demands += self._not_alone()

    @cached_property
    def moves(self) -> Moves:
        return moves_among(self.tables, (*self.primary, *self.free), self.width)

    @cached_property
    def costs(self) -> Floats:
        return np.array([self.tables.counts[cell] for cell in self.free], dtype=np.float64)

    def narrow(self, chosen: Choice) -> list[int]:
        """Audit a choice: name the primary cells that could be told too closely."""
        hidden = {cell for cell, hide in zip(self.free, chosen, strict=True) if hide}
        outsider = Outsider(self.tables, frozenset(hidden.union(self.primary)))
        return [i for i, cell in enumerate(self.primary) if outsider.is_narrower(cell, self.width)]

    def exact(self) -> Choice | None:
        """Find the best choice; None where the search takes too long."""
        self.relaxed()
        proved = True
        for _ in range(CELLS_OVER_ROUNDS // max(1, len(self.free))):
            found = self._cheapest(whole=True)
            if found is None or found.status != 0:
                return None
            self.nodes -= int(found.get("mip_node_count") or 0)
            self.at_least = round(found.fun) if proved else self.at_least
            chosen: Choice = found.x > 0.5
            self.nearest = [chosen]
            if self._add_cuts(chosen.astype(np.float64)):
                continue
            narrow = self.narrow(chosen)
            if not narrow:
                return chosen
            self.widths[narrow] += 1  # whole numbers reach less far than the linear program says
            proved = False
        return None

    def relaxed(self) -> Floats:
        """Find how much of each free cell would be hidden if cells could be hidden in part."""
        part = np.zeros(len(self.free))
        for _ in range(RELAXED_ROUNDS):
            found = self._cheapest(whole=False)
            if found is None:
                break
            part = np.clip(found.x, 0.0, 1.0)
            self.at_least = max(self.at_least, int(np.ceil(found.fun - SLACK)))
            if not self._add_cuts(part):
                break
        return part

    def near(self) -> Choice:
        """Find a choice that protects and costs little, from nothing hidden and from what came nearest."""
        liked = self.costs * (1.0 - 0.9 * self.relaxed())
        nothing = np.zeros(len(self.free), dtype=np.bool_)
        starts = [nothing, *self.nearest]
        found = [chosen for start in starts if not self.narrow(chosen := self._mended(start, liked))]
        return min(found, key=self._cost_of) if found else self._published_while_safe()

    def _mended(self, start: Choice, liked: Floats) -> Choice:
        """Hide more cells for one primary cell after another, then publish what is not needed."""
        n = len(self.primary)
        hidden, prices = np.append(np.ones(n, dtype=np.bool_), start), np.append(np.zeros(n), liked)
        try:
            for i in range(n):
                if not self._is_wide(i, self.moves.reach(i, hidden)):
                    hidden |= cheapest_moves(self.moves, i, self.widths[i], np.where(hidden, 0.0, prices))
            return self._without_needless(hidden)
        except NotSolved:
            return np.ones(len(self.free), dtype=np.bool_)

    def _cost_of(self, chosen: Choice) -> float:
        return float(self.costs[chosen].sum())

    def _is_wide(self, i: int, moves: tuple[Floats, Floats]) -> bool:
        return bool(moves[0][i] - moves[1][i] >= self.widths[i] - SLACK)

    def _cheapest(self, *, whole: bool) -> OptimizeResult | None:
        """Find the cheapest cells that meet the demands so far; None where there are none."""
        if not self.demands:
            return OptimizeResult(x=np.zeros(len(self.free)), fun=0.0, status=0)
        rows = np.array([row for row, _ in self.demands])
        found = milp(
            self.costs,
            constraints=LinearConstraint(rows, np.array([least for _, least in self.demands])),
            bounds=(0, 1),
            integrality=np.full(len(self.free), int(whole)),
            options={"node_limit": max(0, self.nodes), "mip_rel_gap": 0.0},
        )
        return None if found.x is None else found

    def _not_alone(self) -> Iterable[tuple[Floats, float]]:
        """Demand that no hidden cell be the only one in a sum, where it would be the rest of it."""
        n = len(self.primary)
        matrix = self.moves.matrix
        for row in range(matrix.shape[0]):
            places = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
            n_primary = int((places < n).sum())
            others = np.zeros(len(self.free))
            others[places[places >= n] - n] = 1.0
            if n_primary == 1:
                yield others, 1.0
            for place in np.flatnonzero(others) if n_primary == 0 else ():
                demand = others.copy()
                demand[place] = -1.0
                yield demand, 0.0

    def _add_cuts(self, part: Floats) -> bool:
        """Add a demand for every primary cell that this choice leaves too narrow; say if there was one."""
        n = len(self.primary)
        hidden = np.append(np.ones(n), part)
        before = len(self.demands)
        for i in range(n):
            width, cut = self.moves.cut(i, hidden)
            if width < self.widths[i] - SLACK:
                needed = self.widths[i] - cut[:n].sum()
                self.demands.append((np.minimum(cut[n:], needed) / needed, 1.0))
        return len(self.demands) > before

    def _without_needless(self, hidden: Choice) -> Choice:
        """Publish again, dearest first, what no primary cell needs; see anew only to moves through it."""
        n = len(self.primary)
        reach = [self.moves.reach(i, hidden) for i in range(n)]
        for place in n + np.argsort(-self.costs, kind="stable"):
            if not hidden[place]:
                continue
            hidden[place] = False
            anew = {}
            for i in range(n):
                if max(abs(reach[i][0][place]), abs(reach[i][1][place])) > MOVED:
                    anew[i] = self.moves.reach(i, hidden)
                    if not self._is_wide(i, anew[i]):
                        hidden[place] = True
                        break
            else:
                for i, moves in anew.items():
                    reach[i] = moves
        return hidden[n:]

    def _published_while_safe(self) -> Choice:
        """Start from all free cells hidden and publish, dearest first, those the audit can spare."""
        chosen = np.ones(len(self.free), dtype=np.bool_)
        for place in np.argsort(-self.costs, kind="stable"):
            chosen[place] = False
            chosen[place] = bool(self.narrow(chosen))
        return chosen
