"""The time answering takes from the public, held against what the Paperwork Reduction Act let be taken."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason
from hearback.stats.proportion import CountNotValid

WARN_FROM = 0.80
"""Part of the approved hours from which an agency is to ask for more; a house rule, in time to renew."""

Verdict = Literal["within", "near", "over"]


@dataclass(frozen=True, kw_only=True)
class Collection:
    """One way of collecting: everybody who answered, also in part or screened out, and what that takes.

    Args:
        minutes: of one response; None where neither measured nor approved.
        wage: value of an hour, in the currency of the cost; None where not known.

    Raises:
        CountNotValid: if a number is negative or not a number.
    """

    responses: int
    minutes: float | None
    wage: float | None

    def __post_init__(self) -> None:
        for name in ("responses", "minutes", "wage"):
            given = getattr(self, name)
            if given is not None and not (math.isfinite(given) and given >= 0):
                raise CountNotValid(f"{name} is {given}; it is 0 or more, or None where unknown")


@dataclass(frozen=True)
class CollectionBurden:
    """Hours and cost of one collection, not rounded; None where minutes or wage are not known."""

    hours: float | None
    cost: float | None


@dataclass(frozen=True)
class Burden:
    """Hours and cost of all collections. `total_hours_reported` is rounded once, half up.

    A total is None where a part of it is not known, and `reason` says so.
    """

    collections: tuple[CollectionBurden, ...]
    total_responses: int
    total_hours: float | None
    total_cost: float | None
    total_hours_reported: int | None
    mean_minutes: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class BurdenUse:
    """Which part of the approved hours is used, and whether that is near or over the limit."""

    share: float | None
    verdict: Verdict | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Durations:
    """Measured times in the unit given; None where nothing was measured. `trimmed_mean_10` drops a tenth at
    either end, `p90` is the 90th percentile, interpolated.
    """

    n: int
    mean: float | None
    median: float | None
    trimmed_mean_10: float | None
    geometric_mean: float | None
    p90: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class MinutesPerResponse:
    """Minutes to reckon with, and whether they were measured or are those approved."""

    minutes: float
    measured: bool


def burden(collections: Sequence[Collection]) -> Burden:
    """Add up the hours answering took, and what they cost those who answered.

    Sums are exact and rounded once: hours of collections that are rounded one by one do not add up.

    Source: 5 CFR 1320.3(b), which defines burden; 1320.8(a)(4) asks for its estimate; OMB form 83-I, item 13.

    >>> found = burden([Collection(responses=90, minutes=5, wage=40.0)])
    >>> found.total_hours, found.total_hours_reported, found.total_cost
    (7.5, 8, 300.0)
    """
    hours = [None if c.minutes is None else _exact(c.responses) * _exact(c.minutes) / 60 for c in collections]
    costs = [
        None if time is None or c.wage is None else time * _exact(c.wage)
        for time, c in zip(hours, collections, strict=True)
    ]
    responses = sum(c.responses for c in collections)
    total, cost = _sum(hours), _sum(costs)
    complete = total is not None and cost is not None
    return Burden(
        collections=tuple(CollectionBurden(_float(h), _float(c)) for h, c in zip(hours, costs, strict=True)),
        total_responses=responses,
        total_hours=_float(total),
        total_cost=_float(cost),
        total_hours_reported=None if total is None else math.floor(total + Fraction(1, 2)),
        mean_minutes=None if total is None or not responses else float(total * 60 / _exact(responses)),
        reason=Reason.NOT_REPORTED if not complete else None if responses else Reason.NO_ANSWERS,
    )


def burden_use(used_hours: float, approved_hours: float) -> BurdenUse:
    """Hold hours used against hours approved: near from 80 % on, over above 100 %.

    Raises:
        CountNotValid: if hours are negative or not a number.

    Source: 5 CFR 1320.5(g), a material change of what was approved needs approval; 80 % is a house rule.

    >>> burden_use(4100, 5000).verdict
    'near'
    """
    for hours, what in ((used_hours, "used"), (approved_hours, "approved")):
        if not (math.isfinite(hours) and hours >= 0):
            raise CountNotValid(f"{hours} hours {what} cannot be; hours are 0 or more")
    if used_hours > approved_hours:
        return BurdenUse(
            used_hours / approved_hours if approved_hours else None, "over", _none_approved(approved_hours)
        )
    if approved_hours == 0:
        return BurdenUse(None, "within", Reason.NOT_REPORTED)
    share = used_hours / approved_hours
    return BurdenUse(share, "near" if share >= WARN_FROM else "within")


def summarise_durations(durations: ArrayLike) -> Durations:
    """Describe how long answering took. Use the trimmed mean: a form left open overnight is not a burden.

    Args:
        durations: 0 or more; nan where not measured.

    Raises:
        CountNotValid: if a duration is negative or infinite.

    Source: Hyndman and Fan (1996), Sample quantiles in statistical packages, The American Statistician 50,
    type 7; trimming by whole observations, as in R's `mean(trim = 0.1)`.

    >>> summarise_durations([60, 80, 100, 1000]).median
    90.0
    """
    given = np.atleast_1d(np.asarray(durations, dtype=float))
    times = np.sort(given[~np.isnan(given)])
    if np.isinf(times).any() or (times < 0).any():
        raise CountNotValid("a duration is negative or infinite; leave it blank if it was not measured")
    if len(times) == 0:
        return Durations(0, None, None, None, None, None, Reason.NO_ANSWERS)
    cut = math.floor(len(times) * 0.1)
    kept = times[cut : len(times) - cut]
    return Durations(
        n=len(times),
        mean=math.fsum(times) / len(times),
        median=float(np.median(times)),
        trimmed_mean_10=math.fsum(kept) / len(kept),
        geometric_mean=math.exp(math.fsum(np.log(times)) / len(times)) if times[0] > 0 else 0.0,
        p90=float(np.quantile(times, 0.9)),
    )


def minutes_per_response(seconds: ArrayLike, approved_minutes: float) -> MinutesPerResponse:
    """Give the measured minutes (10 % trimmed mean), or the approved ones where nothing was measured.

    Raises:
        CountNotValid: if a duration or the approved minutes are negative or infinite.

    >>> minutes_per_response([], approved_minutes=3)
    MinutesPerResponse(minutes=3.0, measured=False)
    """
    if not (math.isfinite(approved_minutes) and approved_minutes >= 0):
        raise CountNotValid(f"{approved_minutes} approved minutes cannot be; minutes are 0 or more")
    measured = summarise_durations(seconds).trimmed_mean_10
    if measured is None:
        return MinutesPerResponse(float(approved_minutes), measured=False)
    return MinutesPerResponse(measured / 60, measured=True)


def _exact(number: float) -> Fraction:
    """Take a number as it is written in decimals, so that 0.1 is a tenth."""
    return Fraction(repr(float(number)))


def _sum(parts: Sequence[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def _float(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


def _none_approved(approved_hours: float) -> Reason | None:
    return None if approved_hours else Reason.NOT_REPORTED
