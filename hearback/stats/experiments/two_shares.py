"""Two shares of different people, one after the other: did the share change, and by how much?"""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hearback.stats.estimate import Reason
from hearback.stats.experiments.sample_size import Detectable, minimum_detectable_change
from hearback.stats.experiments.score import score
from hearback.stats.proportion import CountNotValid, effective, two_sided_z

METHOD, VERSION = "miettinen_nurminen", "1"
PARTS = 256


class Direction(StrEnum):
    """What may be said of a change. Only up and down are findings: no clear change is not "no change"."""

    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"


@dataclass(frozen=True)
class ShareChange:
    """A change of a share, later minus earlier, with its interval, p-value and verdict.

    The verdict is up or down exactly where the interval leaves out 0, which is where p is at or below
    1 - level. `smallest_found` is the change that samples of these sizes find with the wanted power. All but
    the shares are None where nobody answered on one side; `reason` says so.
    """

    share_before: float | None
    share_after: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    verdict: Direction | None
    smallest_found: Detectable | None
    level: float
    method: str = METHOD
    version: str = VERSION
    reason: Reason | None = None


def change_of_shares(
    n_hits_before: int,
    n_before: int,
    n_hits_after: int,
    n_after: int,
    *,
    level: float = 0.95,
    deff: float = 1.0,
    power: float = 0.8,
) -> ShareChange:
    """Compare two shares of independent samples by Miettinen and Nurminen's score test and its interval.

    It holds for answers that are independent draws, also for few of them and for shares of 0 and 1. Samples
    that share people or offices, or that are weighted, need the design-based change instead.

    Args:
        level: probability that the interval covers the difference, between 0 and 1.
        deff: design effect of both samples, see `proportion.effective`; 1 for independent draws.
        power: how often `smallest_found` is found, above 1 - level.

    Raises:
        CountNotValid: if a count is negative, a part larger than its whole, or the design effect leaves less
            than one answer on a side.
        PlanNotValid: if the power cannot be used.
        ValueError: if the level is not between 0 and 1.

    Source: Miettinen and Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4,
    with appendix I for the likeliest shares; method 6 in Newcombe (1998), Interval estimation for the
    difference between independent proportions, Statistics in Medicine 17, whose table II has this example.

    >>> found = change_of_shares(48, 80, 56, 70)
    >>> round(found.difference, 4), round(found.low, 4), round(found.high, 4), found.verdict.value
    (0.2, 0.0528, 0.3382, 'up')
    """
    for n_hits, n in ((n_hits_before, n_before), (n_hits_after, n_after)):
        if not 0 <= n_hits <= n:
            raise CountNotValid(f"{n_hits} of {n} is not a part of a whole")
    limit = two_sided_z(level)
    before = n_hits_before / n_before if n_before else None
    after = n_hits_after / n_after if n_after else None
    if before is None or after is None:
        return ShareChange(before, after, None, None, None, None, None, None, level, reason=Reason.NO_ANSWERS)
    sizes = effective(n_before, deff), effective(n_after, deff)
    counts = n_hits_before / deff, sizes[0], n_hits_after / deff, sizes[1]
    z = float(score(counts, np.zeros(1))[0])
    p = math.erfc(abs(z) / math.sqrt(2))
    verdict = Direction.NO_CLEAR_CHANGE if abs(z) < limit else Direction.UP if z > 0 else Direction.DOWN
    found = minimum_detectable_change(before, n_before, n_after, alpha=1 - level, power=power, deff=deff)
    low, high = _ends(counts, limit)
    return ShareChange(before, after, after - before, low, high, p, verdict, found, level)


def _ends(counts: tuple[float, float, float, float], limit: float) -> tuple[float, float]:
    """Find the differences at which the score is the limit; it falls from +inf to -inf over [-1, 1]."""
    n_hits_before, n_before, n_hits_after, n_after = counts
    difference = n_hits_after / n_after - n_hits_before / n_before
    low = -1.0 if difference == -1 else _where_score_falls_to(limit, counts, -1.0, difference)
    high = 1.0 if difference == 1 else _where_score_falls_to(-limit, counts, difference, 1.0)
    return low, high


def _where_score_falls_to(
    limit: float, counts: tuple[float, float, float, float], low: float, high: float
) -> float:
    """Find by cutting into equal parts, again and again, where the score is no longer above the limit."""
    while low < (low + high) / 2 < high:
        cuts = np.linspace(low, high, PARTS + 1)
        n_above = int(np.count_nonzero(score(counts, cuts[1:-1]) > limit))
        low, high = float(cuts[n_above]), float(cuts[n_above + 1])
    return high
