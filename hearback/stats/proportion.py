"""Shares of answers and their intervals."""

import math
from statistics import NormalDist

from hearback.stats.estimate import Estimate, NoEstimate, Reason

WILSON, WILSON_VERSION = "wilson", "1"


class CountNotValid(ValueError):
    """A count is negative, or a part is larger than its whole."""


def wilson_interval(n_hits: int, n: int, level: float = 0.95) -> Estimate | NoEstimate:
    """Estimate a share with Wilson's score interval.

    The interval holds for answers that are independent draws; it says nothing about people who did not
    answer. It stays in [0, 1] and is not symmetric about the share. With no hit its lower end is exactly 0,
    with nothing but hits its upper end is exactly 1.

    Args:
        n_hits: answers counted, 0 to n.
        n: all answers; 0 gives NoEstimate.
        level: probability that the interval covers the share, between 0 and 1.

    Raises:
        CountNotValid: if a count is negative, or n_hits is larger than n.
        ValueError: if the level is not between 0 and 1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, Journal of
    the American Statistical Association 22; recommended by Brown, Cai and DasGupta (2001), Interval
    estimation for a binomial proportion, Statistical Science 16.

    >>> e = wilson_interval(7, 11)
    >>> round(e.value, 4), round(e.low, 4), round(e.high, 4)
    (0.6364, 0.3538, 0.8483)
    >>> wilson_interval(0, 0).reason.value
    'no_answers'
    """
    if not 0 <= n_hits <= n:
        raise CountNotValid(f"{n_hits} of {n} is not a part of a whole")
    if n == 0:
        return NoEstimate(Reason.NO_ANSWERS, 0, WILSON, WILSON_VERSION)
    share = n_hits / n
    z_squared = two_sided_z(level) ** 2
    centre = share + z_squared / (2 * n)
    half_width = math.sqrt(z_squared * (share * (1 - share) / n + z_squared / (4 * n * n)))
    scale = 1 + z_squared / n
    # with very many answers the ends differ from the share by less than a float can tell
    low = 0.0 if n_hits == 0 else min((centre - half_width) / scale, share)
    high = 1.0 if n_hits == n else max((centre + half_width) / scale, share)
    return Estimate(share, low, high, n, WILSON, WILSON_VERSION)


def two_sided_z(level: float) -> float:
    """Give the normal quantile that leaves (1 - level) / 2 on either side.

    Raises:
        ValueError: if the level is not between 0 and 1.

    >>> round(two_sided_z(0.95), 4)
    1.96
    """
    if not 0 < level < 1:
        raise ValueError(f"a level of {level} is not between 0 and 1")
    return NormalDist().inv_cdf((1 + level) / 2)
