"""Control charts of one series: has it left the level of its first year? Pure functions on scores."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from hearback.fiscal import parse_quarter
from hearback.measure.facts import ScoreFact
from hearback.measure.rules import BASELINE, MEAN, MEASURES
from hearback.stats.monitoring import (
    baseline_share,
    cusum,
    design_limit,
    design_threshold,
    ewma,
    run_length_for,
    share_errors,
    standard_scores,
)

CHARTED = ("trust_mean", "trust_agree_share", "trust_thumbs_up_share")
CHARTED_LEVELS = ("service", "provider")
ALLOWANCE, WEIGHT = 0.5, 0.2
"""Half the shift to find, in standard errors, and the weight of the newest quarter.

Source: Montgomery (2013), sections 9.1.3 and 9.2.2.
"""

FALSE_ALARMS_A_YEAR, SHORTEST_RUN = 1.0, 40.0
"""One false alarm a year over all charts is tolerated, and in no chart more than one in ten years: a choice
of this house."""

CHARTS_PER_SERIES = 2
MEAN_OF_MOVING_RANGES = 2 / math.sqrt(math.pi)
"""The mean distance of two independent standard normal numbers: about 1.128."""

VERSION = "1"


@dataclass(frozen=True)
class Alarm:
    """A quarter in which a chart was over its limit. `since` is where its run began (CUSUM only)."""

    chart: str  # cusum, ewma
    quarter: str
    side: str  # high, low
    since: str | None


@dataclass(frozen=True)
class ChartPoint:
    """One quarter of a chart; `value` is null where there is no figure, and the sums stay as they were.

    `score` is how many standard errors the value lies above the target. `ewma_low` and `ewma_high` are the
    limits of the weighted average.
    """

    quarter: str
    value: float | None
    n: int | None
    score: float | None
    cusum_high: float
    cusum_low: float
    ewma: float
    ewma_low: float
    ewma_high: float


@dataclass(frozen=True)
class Stretch:
    """One unbroken part of a series: made by one method, in the same words.

    `target` is the level of the `baseline` quarters. `spread` is by how much more than chance those moved
    from quarter to quarter, 1 at least; errors are widened by it. Without a chart, `reason` says why.
    """

    quarters: tuple[str, ...]
    method_version: str
    baseline: tuple[str, ...] = ()
    target: float | None = None
    spread: float | None = None
    points: tuple[ChartPoint, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    reason: str | None = None


@dataclass(frozen=True)
class ControlChart:
    """The charts of one series: `threshold` of the CUSUM and `limit` of the EWMA, and its stretches."""

    level: str
    subject: str
    measure: str
    pool: str
    n_series: int
    run_length: float
    threshold: float
    limit: float
    stretches: tuple[Stretch, ...]
    method_version: str = VERSION


def chart_of(scores: Sequence[ScoreFact], n_series: int) -> ControlChart:
    """Chart one series.

    It is broken where the method changes, and where a survey in it put its question in other words: each
    stretch has a target of its own.

    Args:
        scores: all scores of one level, subject, measure and pool, one at least, oldest first.
        n_series: how many series are watched; the more there are, the further out are the limits.

    Source: see `hearback.stats.monitoring`, and `BASELINE`, `ALLOWANCE`, `FALSE_ALARMS_A_YEAR`, `spread_of`.
    """
    first = scores[0]
    run_length, threshold, limit = limits_for(n_series)
    stretches = tuple(_stretch(one, threshold, limit) for one in unbroken(scores))
    return ControlChart(
        first.level,
        first.subject,
        first.measure,
        first.pool,
        n_series,
        run_length,
        threshold,
        limit,
        stretches,
    )


@cache
def limits_for(n_series: int) -> tuple[float, float, float]:
    """Give the run length between false alarms of each chart, and the limits of CUSUM and EWMA for it.

    >>> run_length, threshold, limit = limits_for(25)
    >>> run_length, round(threshold, 2), round(limit, 2)
    (200.0, 4.17, 2.64)
    """
    wanted = run_length_for(n_series * CHARTS_PER_SERIES, FALSE_ALARMS_A_YEAR / 4)
    run_length = max(wanted, SHORTEST_RUN)
    return run_length, design_threshold(run_length, ALLOWANCE), design_limit(run_length, WEIGHT)


def unbroken(scores: Sequence[ScoreFact]) -> list[list[ScoreFact]]:
    """Break a series where its method, or the words of a survey in it, changed."""
    found: list[list[ScoreFact]] = []
    for score in scores:
        before = found[-1][-1] if found else None
        same = before is not None and (before.method, before.method_version) == (
            score.method,
            score.method_version,
        )
        if same and "wording_changed" not in score.flags:
            found[-1].append(score)
        else:
            found.append([score])
    return found


def spread_of(scores: Sequence[float]) -> float:
    """Say by how much more than chance quarters differ from one to the next, 1 at least.

    With many answers a quarter chance moves a share so little that every ordinary difference between quarters
    would raise an alarm. The errors are therefore widened by what the quarters of the baseline show.

    Args:
        scores: standard scores of the baseline, by chance alone.

    Source: Laney (2002), Improved control charts for attributes, Quality Engineering 14: the mean moving
    range of the standard scores over that of standard normal numbers.

    >>> spread_of([0.5, -0.5, 0.5, -0.5]), round(spread_of([6.0, -3.0, 2.0, -5.0]), 2)
    (1.0, 6.2)
    """
    ranges = [abs(after - before) for before, after in pairwise(scores)]
    return max(1.0, math.fsum(ranges) / len(ranges) / MEAN_OF_MOVING_RANGES)


def _stretch(scores: Sequence[ScoreFact], threshold: float, limit: float) -> Stretch:
    """Chart one unbroken part of a series, if it is long enough."""
    by_quarter = {one.quarter: one for one in scores if one.value is not None}
    quarters = _all_between(scores[0].quarter, scores[-1].quarter)
    known = [quarter for quarter in quarters if quarter in by_quarter]
    bare = Stretch(quarters, scores[0].method_version, reason="too_few_quarters")
    if len(known) <= BASELINE:
        return bare
    listed = [by_quarter.get(quarter) for quarter in quarters]
    baseline = tuple(known[:BASELINE])
    target, by_chance = _on_target([by_quarter[quarter] for quarter in baseline], listed)
    if target is None:
        return replace(bare, reason="no_variance")
    values = [None if one is None else one.value for one in listed]
    of_baseline = standard_scores(values, target, by_chance)[: quarters.index(baseline[-1]) + 1]
    spread = spread_of([z for z in of_baseline if z is not None])
    errors = [None if error is None else error * spread for error in by_chance]
    made = replace(bare, baseline=baseline, target=target, spread=spread, reason=None)
    return _charted(made, listed, errors, (threshold, limit))


def _charted(
    stretch: Stretch,
    listed: Sequence[ScoreFact | None],
    errors: Sequence[float | None],
    limits: tuple[float, float],
) -> Stretch:
    target, (threshold, limit) = stretch.target or 0.0, limits
    values = [None if one is None else one.value for one in listed]
    scores = standard_scores(values, target, errors)
    watched_from = stretch.quarters.index(stretch.baseline[-1]) + 1
    sums = cusum(scores, k=ALLOWANCE, h=threshold, first_periods=watched_from)
    average = ewma(values, target, errors, weight=WEIGHT, limit=limit, first_periods=watched_from)
    quarters = stretch.quarters
    alarms = [Alarm("cusum", quarters[a.period], a.side, quarters[a.since]) for a in sums.alarms]
    alarms += [Alarm("ewma", quarters[a.period], a.side, None) for a in average.alarms]
    points = [
        ChartPoint(
            quarter, values[i], None if (one := listed[i]) is None else one.n, scores[i], sums.high[i],
            sums.low[i], average.average[i], target - limit * average.sd[i], target + limit * average.sd[i],
        )
        for i, quarter in enumerate(quarters)
    ]  # fmt: skip
    ordered = sorted(alarms, key=lambda alarm: (alarm.quarter, alarm.chart, alarm.side))
    return replace(stretch, points=tuple(points), alarms=tuple(ordered))


def _on_target(
    baseline: Sequence[ScoreFact], listed: Sequence[ScoreFact | None]
) -> tuple[float | None, tuple[float | None, ...]]:
    """Give the level of the baseline, and the error by chance of every quarter on it; None without any."""
    n = sum(one.n or 0 for one in baseline)
    counts = [None if one is None else one.n for one in listed]
    total = sum(one.numerator or 0 for one in baseline)
    if MEASURES[baseline[0].measure].kind != MEAN:
        target = baseline_share(total, n)
        return target, share_errors(target, counts)
    squares = math.fsum(((one.n or 1) - 1) * (one.se or 0.0) ** 2 * (one.n or 0) for one in baseline)
    if not squares:
        return None, ()
    deviation = math.sqrt(squares / (n - len(baseline)))
    return total / n, tuple(deviation / math.sqrt(count) if count else None for count in counts)


def _all_between(first: str, last: str) -> tuple[str, ...]:
    """Name all quarters from the first to the last, those without a figure too."""
    found, quarter = [first], parse_quarter(first)
    while found[-1] != last:
        quarter = quarter.next()
        found.append(str(quarter))
    return tuple(found)
