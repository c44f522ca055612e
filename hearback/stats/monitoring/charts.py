"""Control charts: when did a series leave its target? Tabular CUSUM and EWMA, with answers varying in number.

A chart never resets itself after an alarm, and a period without answers leaves it as it was. Freeze the
target from past periods and re-base it by hand only: one that follows the series hides what it should find.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Side = Literal["high", "low"]
Values = Sequence[float | None]

FIRST_PERIODS = 4
"""So many periods pass before a chart may raise an alarm: its first readings rest on little."""


class SeriesNotValid(ValueError):
    """A series, its target or its standard errors cannot be charted; the message says what is wrong where."""


class SettingNotValid(ValueError):
    """A setting of a chart is outside its range."""


@dataclass(frozen=True)
class CusumAlarm:
    """A period in which the sum was over its threshold, and the period with which its run began.

    Periods are counted from 0. The run began right after the sum was last zero: that is where to look for
    what happened.
    """

    period: int
    side: Side
    since: int


@dataclass(frozen=True)
class CusumChart:
    """The sums of what lies above and below the target, in standard errors, after each period."""

    high: tuple[float, ...]
    low: tuple[float, ...]
    alarms: tuple[CusumAlarm, ...]


@dataclass(frozen=True)
class EwmaAlarm:
    """A period in which the weighted average was outside its limits. Periods are counted from 0."""

    period: int
    side: Side


@dataclass(frozen=True)
class EwmaChart:
    """The weighted average after each period and its standard deviation while the series is on target."""

    average: tuple[float, ...]
    sd: tuple[float, ...]
    alarms: tuple[EwmaAlarm, ...]


def baseline_share(hits: int, n: int) -> float:
    """Give the share of a past stretch as a target for the periods to come; never 0 or 1.

    With a target of 0 or 1 a single answer would raise an alarm; half a hit and half a miss are added then.

    Args:
        hits: hits of all baseline periods together.
        n: answers of them.

    Raises:
        SeriesNotValid: if there are no answers, or hits are no part of them.

    Source: (x + 1/2) / (n + 1) is the posterior mean under Jeffreys' prior; its use here is a rule of this
    house.

    >>> baseline_share(72, 100), round(baseline_share(40, 40), 4)
    (0.72, 0.9878)
    """
    if n <= 0 or not 0 <= hits <= n:
        raise SeriesNotValid(f"{hits} of {n} is no share to take as a target; give a stretch with answers")
    return (hits + 0.5) / (n + 1) if hits in (0, n) else hits / n


def share_errors(target: float, n: Values, *, deff: float = 1.0) -> tuple[float | None, ...]:
    """Give the standard error of the share in every period while it is on target; None without answers.

    Args:
        target: the share when nothing is wrong.
        n: answers of each period, None or 0 where there are none.
        deff: design effect of weights and clusters, by which the variance grows.

    Raises:
        SeriesNotValid: if the target is not inside 0 and 1, or a number of answers is negative.
        SettingNotValid: if the design effect is not above zero.

    Source: the binomial variance at the target, as on a p chart: Montgomery (2013), Introduction to
    Statistical Quality Control, section 7.2.

    >>> share_errors(0.5, [25, 0, 100])
    (0.1, None, 0.05)
    """
    if not 0 < target < 1:
        raise SeriesNotValid(f"a target of {target} is not inside 0 and 1; see baseline_share")
    if not (deff > 0 and math.isfinite(deff)):
        raise SettingNotValid(f"a design effect of {deff} is not above zero")
    counts = [_known(count, period, "number of answers") for period, count in enumerate(n)]
    return tuple(math.sqrt(deff * target * (1 - target) / count) if count else None for count in counts)


def standard_scores(values: Values, target: float, errors: Values) -> tuple[float | None, ...]:
    """Give how many standard errors each value lies above the target; None where either is missing.

    Raises:
        SeriesNotValid: if lengths differ, the target or a value is not finite, or an error is not above zero.

    >>> standard_scores([4.25, None, 3.5], 4.0, [0.25, None, 0.25])
    (1.0, None, -2.0)
    """
    pairs = _checked(values, target, errors)
    return tuple(None if pair is None else (pair[0] - target) / pair[1] for pair in pairs)


def cusum(scores: Values, *, k: float, h: float, first_periods: int = FIRST_PERIODS) -> CusumChart:
    """Chart the sums of standard scores beyond an allowance; an alarm where a sum passes the threshold.

    Args:
        scores: see `standard_scores`; None where a period has no answers.
        k: allowance, half the shift to find, in standard errors; 0.5 finds a shift of one best.
        h: threshold; choose it by how often a false alarm may come, see `design_threshold`.
        first_periods: periods from the start in which no alarm is raised; the sums run on.

    Raises:
        SeriesNotValid: if a score is not finite.
        SettingNotValid: if k is negative or h not above zero.

    Source: Page (1954), Continuous inspection schemes, Biometrika 41; tabular as in Montgomery (2013),
    section 9.1.

    >>> chart = cusum([0.2, 1.5, None, 2.0, 2.2], k=0.5, h=4.0, first_periods=0)
    >>> [round(sum_, 1) for sum_ in chart.high]
    [0.0, 1.0, 1.0, 2.5, 4.2]
    >>> chart.alarms
    (CusumAlarm(period=4, side='high', since=1),)
    """
    if not (k >= 0 and h > 0 and math.isfinite(k + h)):
        raise SettingNotValid(f"k = {k} and h = {h}: the allowance is 0 or more, the threshold above 0")
    known = [_finite(score, period, "score") for period, score in enumerate(scores)]
    high, above = _one_side(known, k, h, "high")
    low, below = _one_side([None if z is None else -z for z in known], k, h, "low")
    alarms = sorted(above + below, key=lambda alarm: (alarm.period, alarm.side))
    return CusumChart(high, low, tuple(alarm for alarm in alarms if alarm.period >= first_periods))


def ewma(
    values: Values,
    target: float,
    errors: Values,
    *,
    weight: float,
    limit: float,
    first_periods: int = FIRST_PERIODS,
) -> EwmaChart:
    """Chart an exponentially weighted average; an alarm where it lies too far from the target.

    The limits use the exact variance after each period, so they are narrow at first and follow the number of
    answers.

    Args:
        values: a share or mean per period, None where there are no answers.
        target: its value when nothing is wrong.
        errors: standard error of each value, None where it is missing.
        weight: of the newest period, above 0 and up to 1; 0.2 is usual.
        limit: distance of the limits, in standard deviations of the average; see `design_limit`.
        first_periods: periods from the start in which no alarm is raised.

    Raises:
        SeriesNotValid: if lengths differ, a number is not finite, or an error is not above zero.
        SettingNotValid: if weight or limit are outside their range.

    Source: Roberts (1959), Technometrics 1; Lucas and Saccucci (1990), Technometrics 32; the variance is that
    of independent periods.

    >>> chart = ewma([0.5, 0.65, 0.75], 0.5, [0.05, 0.05, 0.05], weight=0.2, limit=3.0, first_periods=0)
    >>> [round(average, 3) for average in chart.average], chart.alarms
    ([0.5, 0.53, 0.574], (EwmaAlarm(period=2, side='high'),))
    """
    if not 0 < weight <= 1 or not (limit > 0 and math.isfinite(limit)):
        raise SettingNotValid(f"weight {weight} is not above 0 and up to 1, or limit {limit} not above 0")
    average, variance = float(target), 0.0
    averages, sds, alarms = [], [], []
    for period, pair in enumerate(_checked(values, target, errors)):
        if pair is not None:
            average = weight * pair[0] + (1 - weight) * average
            variance = (weight * pair[1]) ** 2 + (1 - weight) ** 2 * variance
            if abs(average - target) > limit * math.sqrt(variance) and period >= first_periods:
                alarms.append(EwmaAlarm(period, "high" if average > target else "low"))
        averages.append(average)
        sds.append(math.sqrt(variance))
    return EwmaChart(tuple(averages), tuple(sds), tuple(alarms))


def _one_side(scores: Values, k: float, h: float, side: Side) -> tuple[tuple[float, ...], list[CusumAlarm]]:
    total, since = 0.0, 0
    totals, alarms = [], []
    for period, score in enumerate(scores):
        if score is not None:
            since = since if total > 0 else period
            total = max(0.0, total + score - k)
            if total > h:
                alarms.append(CusumAlarm(period, side, since))
        totals.append(total)
    return tuple(totals), alarms


def _checked(values: Values, target: float, errors: Values) -> list[tuple[float, float] | None]:
    """Give value and error of every period, None where either is missing."""
    if len(values) != len(errors):
        raise SeriesNotValid(f"there are {len(values)} values and {len(errors)} errors; give one per period")
    if not math.isfinite(target):
        raise SeriesNotValid(f"a target of {target} is not finite")
    pairs: list[tuple[float, float] | None] = []
    for period, (value, error) in enumerate(zip(values, errors, strict=True)):
        y, sigma = _finite(value, period, "value"), _known(error, period, "standard error")
        if sigma == 0:
            raise SeriesNotValid(f"the standard error of period {period + 1} is 0; every change would alarm")
        pairs.append(None if y is None or sigma is None else (y, sigma))
    return pairs


def _known(value: float | None, period: int, what: str) -> float | None:
    found = _finite(value, period, what)
    if found is not None and found < 0:
        raise SeriesNotValid(f"the {what} of period {period + 1} is negative ({value})")
    return found


def _finite(value: float | None, period: int, what: str) -> float | None:
    """Read a number, None and nan as missing."""
    if value is None or math.isnan(value):
        return None
    if math.isinf(value):
        raise SeriesNotValid(f"the {what} of period {period + 1} is infinite")
    return float(value)
