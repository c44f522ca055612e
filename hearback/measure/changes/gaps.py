"""Every group beside the other groups of the same people, from the scores of groups that are shown.

Nothing is read but what is published of the groups, so nothing can be found that is not: who is held back is
in no group and among no others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from hearback.measure.answers.grouping import LEVELS_WITH_GROUPS, distinct_columns
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.changes.families import Family, judge
from hearback.measure.changes.means import METHOD as WELCH
from hearback.measure.changes.means import Errors, compare_means, smallest_means
from hearback.measure.changes.shares import METHOD as SCORE_TEST
from hearback.measure.changes.shares import Differences, Pairs, compare_shares, smallest_shares
from hearback.measure.changes.solving import Floats
from hearback.measure.rules import (
    CANNOT_TELL,
    GROUP_GAP,
    MEAN,
    MEASURES,
    NO_CLEAR_CHANGE,
    REST,
    is_compared,
)

VERSION = "1"
FAMILY = ("measure", "level", "subject", "pool", "dimension")
COPIED = (*FAMILY, "group", "quarter", "inputs_sha256")
WIDEST = 4.0
Smallest = Callable[[float], Floats]
GAPS = pa.schema([
    ("measure", pa.string()), ("level", pa.string()), ("subject", pa.string()), ("quarter", pa.string()),
    ("pool", pa.string()), ("dimension", pa.string()), ("group", pa.string()), ("verdict", pa.string()),
    ("value_before", pa.float64()), ("value_after", pa.float64()), ("n_before", pa.int64()),
    ("n_after", pa.int64()), ("difference", pa.float64()), ("low", pa.float64()), ("high", pa.float64()),
    ("p", pa.float64()), ("q_value", pa.float64()), ("smallest_found", pa.float64()), ("method", pa.string()),
    ("reason", pa.string()), ("inputs_sha256", pa.string()),
])  # fmt: skip


def gaps_of(groups: pa.Table) -> pa.Table:
    """Compare every group that is shown with the others of its dimension that are, put together.

    All shares of the quarter are one family, all means another. Groups of weighted surveys are left out: what
    is published of them does not say what the others together would be.

    Args:
        groups: the scores of a quarter's groups, see `measure.answers.table`.
    """
    compared = [key for key, measure in MEASURES.items() if is_compared(measure)]
    wanted = pc.is_in(groups["measure"], pa.array(compared))
    wanted = pc.and_(wanted, pc.is_in(groups["level"], pa.array(LEVELS_WITH_GROUPS)))
    table = groups.filter(wanted).combine_chunks()
    means = pc.is_in(table["measure"], pa.array([key for key in compared if MEASURES[key].kind == MEAN]))
    parts = [_gaps(table.filter(pc.invert(means)), means=False), _gaps(table.filter(means), means=True)]
    return pa.concat_tables(parts)


def gap_facts(table: pa.Table) -> Iterator[ComparisonFact]:
    """Give the rows of a table of gaps as comparisons."""
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield ComparisonFact(
                kind=GROUP_GAP, against=REST, parts_reason="not_rolled_up", method_version=VERSION, **row
            )


@dataclass(frozen=True)
class Sums:
    """Answers, their sum (for shares: those that agree) and the sum of their squares, one place per group."""

    n: Floats
    total: Floats
    squares: Floats

    def __getitem__(self, at: np.ndarray) -> "Sums":
        return Sums(self.n[at], self.total[at], self.squares[at])

    @property
    def variance(self) -> Floats:
        """Give the variance; exactly zero where all answers are the same, and where there is one."""
        n = np.maximum(self.n, 2)
        found: Floats = np.maximum(n * self.squares - self.total**2, 0) / (n * (n - 1))
        return found

    def others(self, family: np.ndarray) -> "Sums":
        """Give the sums of all other groups of the family of each."""
        columns = self.n, self.total, self.squares
        return Sums(*(np.bincount(family, weights=one)[family] - one for one in columns))


def _gaps(table: pa.Table, *, means: bool) -> pa.Table:
    """Compare the groups of one family."""
    if not table.num_rows:
        return GAPS.empty_table()
    shown = ~np.isnan(_numbers(table, "value"))
    own = _sums(table, shown)
    others = own.others(_families(table))
    alone, flat = others.n == 0, np.zeros(len(shown), dtype=bool)
    if means:
        flat = (own.variance == 0) | (others.variance == 0)
    places = np.flatnonzero(shown & ~alone & ~flat)
    tested, smallest = (_of_means if means else _of_shares)(others[places], own[places])
    family = judge(tested)
    reasons = np.full(len(shown), None, dtype=object)
    reasons[flat], reasons[alone] = "no_variance", "no_other_group"
    reasons[~shown] = table["reason"].filter(pa.array(~shown)).to_pylist()
    told = Told(tested, family, smallest(family.alpha), WELCH if means else SCORE_TEST)
    return _table(table, (others, shown & ~alone), places, told, reasons)


def _sums(table: pa.Table, shown: np.ndarray) -> Sums:
    """Give the sums behind the figures that are shown, zeros for the others; they are whole numbers."""
    n, total, se = (np.where(shown, _numbers(table, name), 0.0) for name in ("n", "numerator", "se"))
    safe = np.maximum(n, 1)
    squares = np.rint((safe - 1) * np.nan_to_num(se) ** 2 * safe + total**2 / safe)
    return Sums(n, total, np.where(shown, squares, 0.0))


def _of_shares(before: Sums, after: Sums) -> tuple[Differences, Smallest]:
    pairs = Pairs(before.total, before.n, after.total, after.n)
    return compare_shares(pairs), partial(smallest_shares, pairs)


def _of_means(before: Sums, after: Sums) -> tuple[Differences, Smallest]:
    errors = Errors(
        np.sqrt(before.variance / before.n), before.n - 1, np.sqrt(after.variance / after.n), after.n - 1
    )
    found = compare_means(before.total / before.n, after.total / after.n, errors, WIDEST)
    return found, partial(smallest_means, errors, widest=WIDEST)


@dataclass(frozen=True)
class Told:
    """What the tests of a family say."""

    tested: Differences
    family: Family
    smallest: Floats
    method: str


def _table(
    table: pa.Table, beside: tuple[Sums, np.ndarray], places: np.ndarray, told: Told, reasons: np.ndarray
) -> pa.Table:
    others, known = beside
    n_rows = table.num_rows

    def spread(numbers: Floats) -> pa.Array:
        column = np.full(n_rows, np.nan)
        column[places] = numbers
        return pa.array(column, mask=np.isnan(column))

    verdicts = np.full(n_rows, CANNOT_TELL, dtype=object)
    verdicts[places] = told.family.verdict
    methods = np.full(n_rows, None, dtype=object)
    methods[places] = told.method
    shown = ~np.isnan(_numbers(table, "value"))
    unclear = told.family.verdict == NO_CLEAR_CHANGE
    columns = {
        **{name: table[name].combine_chunks() for name in COPIED},
        "verdict": pa.array(verdicts.tolist(), pa.string()),
        "value_before": pa.array(others.total / np.maximum(others.n, 1), mask=~known),
        "value_after": table["value"].combine_chunks(),
        "n_before": pa.array(others.n.astype(np.int64), mask=~known),
        "n_after": pa.array(np.where(shown, _numbers(table, "n"), 0).astype(np.int64), mask=~shown),
        "difference": spread(told.tested.difference),
        "low": spread(told.tested.low),
        "high": spread(told.tested.high),
        "p": spread(told.tested.p),
        "q_value": spread(told.family.q_value),
        "smallest_found": spread(np.where(unclear, told.smallest, np.nan)),
        "method": pa.array(methods.tolist(), pa.string()),
        "reason": pa.array(reasons.tolist(), pa.string()),
    }
    return pa.Table.from_arrays([columns[name] for name in GAPS.names], schema=GAPS)


def _families(table: pa.Table) -> np.ndarray:
    """Number the groups that divide the same people."""
    codes = [table[name].combine_chunks().dictionary_encode().indices for name in FAMILY]
    return distinct_columns(np.stack([code.to_numpy().astype(np.int64) for code in codes]))[1]


def _numbers(table: pa.Table, name: str) -> Floats:
    """Give a column as numbers, nan where there is none."""
    column: Floats = table[name].cast(pa.float64()).to_numpy()
    return column
