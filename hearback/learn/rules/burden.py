"""What a journey takes of one person, and of all people in a year.

Source: the categories follow the administrative burden literature (Herd and Moynihan 2018, *Administrative
Burden: Policymaking by Other Means*, chapter 1: learning, compliance and psychological costs); hours a year
as responses times time per response follow 5 CFR 1320.3(b) and 1320.8.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

BURDEN_METHOD, BURDEN_VERSION = "sum_of_steps", "1"
VOLUME_NOT_KNOWN, MINUTES_NOT_KNOWN = "volume_not_known", "minutes_not_known"


@dataclass(frozen=True)
class Amount:
    """What one step takes: a value, a range, both, or nothing known. `low` and `high` come together."""

    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_known(self) -> bool:
        """Say whether anything is known."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True)
class Total:
    """What all steps take together.

    All three numbers are null where no step is known. Where some steps are not known (`n_unknown` of
    `n_steps`), only `low` holds: the total is at least that. Where some step has a range alone, `value` is
    null and `low` and `high` hold.
    """

    value: float | None
    low: float | None
    high: float | None
    n_steps: int
    n_unknown: int

    @property
    def is_at_least(self) -> bool:
        """Say whether steps are missing from a total, so that it can only be more."""
        return self.low is not None and self.n_unknown > 0


@dataclass(frozen=True)
class Hours:
    """Hours that all people together spend in a year; null with the reason. `is_at_least` as for totals."""

    value: float | None
    low: float | None
    high: float | None
    is_at_least: bool
    reason: str | None


@dataclass(frozen=True)
class Burden:
    """What a journey takes: per person minutes, documents, visits, days of waiting, dollars; hours a year."""

    minutes: Total
    documents: Total
    visits: Total
    waiting_days: Total
    cost_usd: Total
    hours_per_year: Hours
    method: str = BURDEN_METHOD
    version: str = BURDEN_VERSION


def total(amounts: Sequence[Amount]) -> Total:
    """Add up one quantity over the steps of a journey. What is not known is never taken for zero.

    >>> total([Amount(20), Amount(10, 5, 30)])
    Total(value=30.0, low=25.0, high=50.0, n_steps=2, n_unknown=0)
    >>> total([Amount(20), Amount()])
    Total(value=None, low=20.0, high=None, n_steps=2, n_unknown=1)
    """
    known = [amount for amount in amounts if amount.is_known]
    n_unknown = len(amounts) - len(known)
    if not known:
        return Total(None, None, None, len(amounts), n_unknown)
    low = math.fsum(_end(amount.low, amount.value) for amount in known)
    if n_unknown:
        return Total(None, low, None, len(amounts), n_unknown)
    high = math.fsum(_end(amount.high, amount.value) for amount in known)
    values = [amount.value for amount in known if amount.value is not None]
    value = math.fsum(values) if len(values) == len(known) else None
    return Total(value, low, high, len(amounts), 0)


def hours_per_year(minutes: Total, yearly_volume: int | None) -> Hours:
    """Give the hours that all people together spend in a year: minutes of one, times how many, by 60.

    Args:
        minutes: of one person, for the whole journey.
        yearly_volume: how often a year somebody goes all the way; null where nobody said.
    """
    if minutes.low is None:
        return Hours(None, None, None, False, MINUTES_NOT_KNOWN)
    if yearly_volume is None:
        return Hours(None, None, None, False, VOLUME_NOT_KNOWN)
    value, low, high = (
        None if number is None else number * yearly_volume / 60
        for number in (minutes.value, minutes.low, minutes.high)
    )
    return Hours(value, low, high, minutes.is_at_least, None)


def burden(steps: Sequence[Mapping[str, Amount]], yearly_volume: int | None) -> Burden | None:
    """Give what a journey takes, from its steps; null where no step is known, as nothing can be said then.

    Args:
        steps: for every step its amounts, by the names of QUANTITIES.
        yearly_volume: how often a year somebody goes all the way; null where nobody said.
    """
    if not steps:
        return None
    minutes = total([step["minutes"] for step in steps])
    return Burden(
        minutes=minutes,
        documents=total([step["documents"] for step in steps]),
        visits=total([step["visits"] for step in steps]),
        waiting_days=total([step["waiting_days"] for step in steps]),
        cost_usd=total([step["cost_usd"] for step in steps]),
        hours_per_year=hours_per_year(minutes, yearly_volume),
    )


def _end(end: float | None, value: float | None) -> float:
    """Give an end of the range of a known amount: without a range, both ends are the value."""
    found = value if end is None else end
    assert found is not None  # noqa: S101 - only known amounts come here
    return found
