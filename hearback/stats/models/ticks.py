"""Reasons ticked after a thumb: how often, among the people who were asked for them.

Who is asked depends on the thumb, so a tick does not explain the thumb; it tells about those who gave it.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from hearback.stats.estimate import Estimate, NoEstimate, Reason, check_level
from hearback.stats.models.errors import ColumnNotValid
from hearback.stats.proportion import CountNotValid, wilson_interval


@dataclass(frozen=True)
class Ticks:
    """How many people were shown a list of reasons, and how many ticked each. One person may tick several."""

    n_shown: int
    ticked: Mapping[str, int]

    def __post_init__(self) -> None:
        for name, n in self.ticked.items():
            if not 0 <= n <= self.n_shown:
                raise CountNotValid(f"{n} people ticked {name!r} of {self.n_shown} who were shown it")


@dataclass(frozen=True)
class TickedDriver:
    """A reason and the share of people who ticked it, with Wilson's interval."""

    name: str
    share: Estimate | NoEstimate


@dataclass(frozen=True)
class TickedDifference:
    """By how much the share ticking a reason differs, second less first.

    All but the name are None where nobody was shown it on one side; `p_value` also where all, or none, ticked
    it on both. `reason` says which. Adjust p-values over the reasons compared before believing one.
    """

    name: str
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None
    reason: Reason | None = None


def count_ticks(
    thumbs: Sequence[str | None], ticked: Sequence[Collection[str]], thumb: str, drivers: Sequence[str]
) -> Ticks:
    """Count ticks among the people who gave one thumb. Who ticked nothing was shown the list too, and counts.

    Args:
        thumbs: the thumb of each person, as up and down.
        ticked: what each person ticked; a reason ticked twice counts once.
        thumb: the branch looked at.
        drivers: the reasons on the list of that branch.

    Raises:
        ColumnNotValid: if lengths differ, or a person of the branch ticked what is not on its list.

    >>> count_ticks(["down", "up", "down"], [["slow"], ["kind"], []], "down", ["slow", "unclear"])
    Ticks(n_shown=2, ticked={'slow': 1, 'unclear': 0})
    """
    if len(thumbs) != len(ticked):
        raise ColumnNotValid(
            f"there are {len(thumbs)} thumbs and ticks of {len(ticked)} people; give one each"
        )
    counts = dict.fromkeys(drivers, 0)
    for row, (given, reasons) in enumerate(zip(thumbs, ticked, strict=True), start=1):
        if given != thumb:
            continue
        for reason in set(reasons):
            if reason not in counts:
                raise ColumnNotValid(f"row {row} ticked {reason!r}, which is not on the list of {thumb!r}")
            counts[reason] += 1
    return Ticks(sum(given == thumb for given in thumbs), counts)


def ticked_drivers(ticks: Ticks, level: float = 0.95) -> tuple[TickedDriver, ...]:
    """Give the share ticking each reason, most ticked first, ties in the order of the list.

    Shares do not add up to 1, as people may tick several or none.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: see `hearback.stats.proportion.wilson_interval`.

    >>> found = ticked_drivers(Ticks(50, {"unclear": 8, "slow": 21}))
    >>> [(one.name, one.share.value, round(one.share.low, 3)) for one in found]
    [('slow', 0.42, 0.294), ('unclear', 0.16, 0.083)]
    """
    order = sorted(ticks.ticked, key=lambda name: -ticks.ticked[name])
    return tuple(
        TickedDriver(name, wilson_interval(ticks.ticked[name], ticks.n_shown, level)) for name in order
    )


def ticked_differences(first: Ticks, second: Ticks, level: float = 0.95) -> tuple[TickedDifference, ...]:
    """Compare two groups of different people, or two quarters, on the reasons that both were shown.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: interval: Newcombe (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17, method 10; p-value: the score test with pooled share.

    >>> found = ticked_differences(Ticks(70, {"slow": 48}), Ticks(80, {"slow": 56}))
    >>> round(found[0].difference, 4), round(found[0].low, 4), round(found[0].high, 4)
    (0.0143, -0.1304, 0.1607)
    """
    check_level(level)
    return tuple(_difference(name, first, second, level) for name in first.ticked if name in second.ticked)


def _difference(name: str, first: Ticks, second: Ticks, level: float) -> TickedDifference:
    a = wilson_interval(first.ticked[name], first.n_shown, level)
    b = wilson_interval(second.ticked[name], second.n_shown, level)
    if isinstance(a, NoEstimate) or isinstance(b, NoEstimate) or None in (a.low, a.high, b.low, b.high):
        return TickedDifference(name, reason=Reason.NO_ANSWERS)
    down = math.hypot(b.value - (b.low or 0.0), (a.high or 0.0) - a.value)
    up = math.hypot((b.high or 0.0) - b.value, a.value - (a.low or 0.0))
    apart = b.value - a.value
    pooled = (first.ticked[name] + second.ticked[name]) / (first.n_shown + second.n_shown)
    spread = pooled * (1 - pooled) * (1 / first.n_shown + 1 / second.n_shown)
    if spread == 0:
        return TickedDifference(name, apart, apart - down, apart + up, reason=Reason.NO_VARIANCE)
    p_value = math.erfc(abs(apart) / math.sqrt(2 * spread))
    return TickedDifference(name, apart, apart - down, apart + up, p_value)
