"""Tables made up for tests, the same for the same seed."""

from itertools import combinations

import numpy as np

from hearback.stats.privacy import Outsider, Tables, crossed
from hearback.stats.privacy.tables import Cell


def random_table(seed: int, *shape: int, middle: float = 3.3) -> Tables:
    """Make a table of that shape with skewed counts."""
    counts = np.random.default_rng(seed).lognormal(middle, 1.1, size=shape).astype(int)
    return crossed(
        {tuple(f"{axis}{i}" for axis, i in enumerate(at)): int(n) for at, n in np.ndenumerate(counts)}
    )


def small_inner(table: Tables, threshold: int) -> list[Cell]:
    """Name the small cells that are no margins."""
    return [cell for cell in table.cells if cell in table.inner and 0 < table.counts[cell] < threshold]


def cheapest_by_trying(table: Tables, small: list[Cell], width: int) -> int | None:
    """Try every set of further cells, cheapest first, until one protects."""
    free = [cell for cell in table.cells if cell in table.inner and cell not in small and table.counts[cell]]
    sets = [some for size in range(len(free) + 1) for some in combinations(free, size)]
    for some in sorted(sets, key=lambda cells: sum(table.counts[cell] for cell in cells)):
        outsider = Outsider(table, frozenset(some).union(small))
        if not any(outsider.bounds(cell).is_narrower(width) for cell in small):
            return sum(table.counts[cell] for cell in some)
    return None


def ranges_by_trying(table: Tables, hidden: list[Cell], most: int) -> list[tuple[int, int]]:
    """Try all whole counts up to a limit for the hidden cells; give the range of those that fit the sums."""
    tried = np.indices((most + 1,) * len(hidden)).reshape(len(hidden), -1).T
    columns = table.matrix.toarray()[:, [table.place[cell] for cell in hidden]]
    true = np.array([table.counts[cell] for cell in hidden])
    alike = tried[(tried @ columns.T == columns @ true).all(axis=1)]
    return list(zip(alike.min(axis=0).tolist(), alike.max(axis=0).tolist(), strict=True))
