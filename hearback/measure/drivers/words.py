"""What trust goes with, said for people. Nothing here says that one thing makes another."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from hearback.fiscal import parse_quarter
from hearback.measure.facts import DriverFact
from hearback.measure.rules.drivers import DRIVER_FLAGS, NOT_A_CAUSE
from hearback.stats import Reason
from hearback.ui.numbers import mean_high, mean_low, rounded, share_ends_to_one_decimal, share_to_one_decimal
from hearback.ui.words import plain


def driver_lines(facts: Iterable[DriverFact]) -> list[str]:
    """Say the figures of some subjects, largest share first, with what they do not say."""
    together = groupby(facts, key=attrgetter("quarter", "level", "subject", "pool"))
    lines = [line for _, rows in together for line in _subject_lines(list(rows))]
    return [*lines, NOT_A_CAUSE]


def _subject_lines(rows: list[DriverFact]) -> Iterator[str]:
    first = rows[0]
    n = "" if first.n is None else f", {first.n:,} people who answered every question"
    yield f"{parse_quarter(first.quarter).label}, {first.level} {first.subject} ({first.pool} trust){n}"
    if first.r_squared is None:
        yield f"  No figures: {_reason(first)}"
    else:
        found = _percent(first.r_squared, first.r_squared_low, first.r_squared_high)
        yield f"  {found} of the differences in trust go with the answers to these questions together:"
        yield from (_driver_line(row) for row in sorted(rows, key=lambda row: -(row.share or 0)))
    for flag in sorted({flag for row in rows for flag in row.flags}):
        named = [plain(row.driver) for row in rows if flag in row.flags]
        of = "" if len(named) == len(rows) else f" ({', '.join(named)})"
        yield f"  Mind{of}: {DRIVER_FLAGS[flag]}"


def _driver_line(row: DriverFact) -> str:
    name = plain(row.driver)
    mean = "" if row.performance is None else f"; mean answer {_mean(row)}"
    if row.share is None:
        return f"  {name}: no share ({_reason(row)}){mean}"
    found = _percent(row.share, row.low, row.high)
    place = "" if row.rank_low is None else f", place {_range(row.rank_low, row.rank_high)}"
    return f"  {name}: goes with {found} of that{place}{mean}"


def _reason(row: DriverFact) -> str:
    return Reason(row.reason).sentence if row.reason else ""


def _percent(value: float, low: float | None, high: float | None) -> str:
    said = share_to_one_decimal(value)
    if low is None or high is None:
        return said
    return f"{said} ({share_ends_to_one_decimal(low, high)})"


def _mean(row: DriverFact) -> str:
    low, high = row.performance_low, row.performance_high
    ends = "" if low is None or high is None else f" ({mean_low(low)} to {mean_high(high)})"
    return f"{rounded(row.performance or 0.0, 2)}{ends}"


def _range(low: int, high: int | None) -> str:
    return str(low) if low == high else f"{low} to {high}"
