"""Answers that may come from one hand: the same long text, the same device, or many in one hour."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import poisson

from hearback.stats.estimate import Reason
from hearback.stats.proportion import CountNotValid
from hearback.stats.survey.design import DesignNotValid

Flags = NDArray[np.bool_]

LONG_TEXT = 40
DAY_IN_SECONDS = 24 * 3600
HOURS_IN_WEEK = 168
BURST_P = 1e-6


@dataclass(frozen=True)
class HourlyBurst:
    """One hour held against the same hour of the weeks before.

    `p` is the chance of so many or more answers; `expected`, `p` and `is_burst` are None, with a reason,
    where too few weeks come before.
    """

    count: int
    expected: float | None
    p: float | None
    is_burst: bool | None
    reason: Reason | None = None


def same_text(texts: Sequence[str | None], *, longer_than: int = LONG_TEXT) -> Flags:
    """Mark everybody whose long comment stands under another answer too, whatever its case and spaces.

    Short comments are often the same by chance and are never marked. The order of the answers does not
    matter.

    >>> long = "The line at the counter took more than two hours today."
    >>> same_text([long, "Good", long.upper(), "Good", None]).tolist()
    [True, False, True, False, False]
    """
    plain = [" ".join((text or "").split()).casefold() for text in texts]
    seen: dict[str, int] = defaultdict(int)
    for text in plain:
        seen[text] += 1
    return np.array([len(text) > longer_than and seen[text] > 1 for text in plain], dtype=bool)


def same_device(
    devices: Sequence[Hashable | None], seconds: ArrayLike, *, within: float = DAY_IN_SECONDS
) -> Flags:
    """Mark all answers of a device that gave another within a day. A kiosk is one device: leave it out.

    Args:
        devices: token of each answer's device; None or blank where unknown, which is never marked.
        seconds: when each answer came, on any clock that counts seconds; nan where unknown.
        within: seconds.

    Raises:
        DesignNotValid: if lengths differ.

    >>> same_device(["a", "a", "b", "a"], [0, 3600, 3600, 500_000]).tolist()
    [True, True, False, False]
    """
    times = np.asarray(seconds, dtype=float)
    if len(devices) != len(times):
        raise DesignNotValid(f"there are {len(devices)} devices and {len(times)} times; give one each")
    rows_of: dict[Hashable, list[int]] = defaultdict(list)
    for row, device in enumerate(devices):
        if device not in (None, "") and not np.isnan(times[row]):
            rows_of[device].append(row)
    marked = np.zeros(len(devices), dtype=bool)
    for rows in rows_of.values():
        rows.sort(key=lambda row: times[row])
        for before, after in pairwise(rows):
            if times[after] - times[before] <= within:
                marked[[before, after]] = True
    return marked


def hourly_bursts(
    counts: Sequence[int], *, weeks: int = 8, p_below: float = BURST_P
) -> tuple[HourlyBurst, ...]:
    """Find hours with far more answers than the same hour of the week used to bring.

    The mean of the weeks before is taken as known, which with few answers marks a little too readily. Where
    those weeks brought none at all, half an answer stands for them, so that one answer at night is no burst.

    Args:
        counts: answers per hour, hour after hour without a gap.
        weeks: how many weeks before to look at.
        p_below: chance below which an hour is a burst.

    Raises:
        CountNotValid: if a count is negative.
        ValueError: if weeks is below 1.

    Source: the Poisson tail, as in Kulldorff (2001), Prospective time periodic geographical disease
    surveillance, Journal of the Royal Statistical Society A 164, for one place; threshold and weeks are
    house rules.
    """
    if weeks < 1:
        raise ValueError(f"{weeks} weeks before give nothing to compare with; ask for 1 or more")
    found = np.asarray(counts, dtype=np.int64)
    if (found < 0).any():
        raise CountNotValid(f"hour {int(np.flatnonzero(found < 0)[0]) + 1} has a negative count of answers")
    return tuple(_hour(found, hour, weeks, p_below) for hour in range(len(found)))


def _hour(counts: NDArray[np.int64], hour: int, weeks: int, p_below: float) -> HourlyBurst:
    count, first = int(counts[hour]), hour - weeks * HOURS_IN_WEEK
    if first < 0:
        return HourlyBurst(count, None, None, None, Reason.NOT_REPORTED)
    expected = max(float(counts[first:hour:HOURS_IN_WEEK].sum()), 0.5) / weeks
    p = float(poisson.sf(count - 1, expected))
    return HourlyBurst(count, expected, p, p < p_below)
