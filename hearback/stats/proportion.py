"""Shares of answers and their intervals."""

import math
from statistics import NormalDist

from hearback.stats.estimate import Estimate, NoEstimate, Reason, check_level

WILSON, WILSON_VERSION = "wilson", "1"
CLOPPER_PEARSON, CLOPPER_PEARSON_VERSION = "clopper_pearson", "1"
JEFFREYS, JEFFREYS_VERSION = "jeffreys", "1"
AGRESTI_COULL, AGRESTI_COULL_VERSION = "agresti_coull", "1"


class CountNotValid(ValueError):
    """A count is negative, a part larger than its whole, or a design effect leaves less than one answer."""


def wilson_interval(n_hits: int, n: int, level: float = 0.95, *, deff: float = 1.0) -> Estimate | NoEstimate:
    """Estimate a share with Wilson's score interval.

    The interval holds for answers that are independent draws; it says nothing about people who did not
    answer. It stays in [0, 1] and is not symmetric about the share. With no hit its lower end is exactly 0,
    with nothing but hits its upper end is exactly 1.

    Args:
        n_hits: answers counted, 0 to n.
        n: all answers; 0 gives NoEstimate.
        level: probability that the interval covers the share, between 0 and 1.
        deff: design effect, see `effective`; 1 for independent answers of equal weight.

    Raises:
        CountNotValid: if a count is negative, n_hits is larger than n, or the design effect cannot be used.
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
    share, size = n_hits / n, effective(n, deff)
    z_squared = two_sided_z(level) ** 2
    centre = share + z_squared / (2 * size)
    half_width = math.sqrt(z_squared * (share * (1 - share) / size + z_squared / (4 * size * size)))
    scale = 1 + z_squared / size
    # with very many answers the ends differ from the share by less than a float can tell
    low = 0.0 if n_hits == 0 else min((centre - half_width) / scale, share)
    high = 1.0 if n_hits == n else max((centre + half_width) / scale, share)
    return Estimate(share, low, high, n, WILSON, WILSON_VERSION)


def clopper_pearson_interval(
    n_hits: int, n: int, level: float = 0.95, *, deff: float = 1.0
) -> Estimate | NoEstimate:
    """Estimate a share with the exact interval: it covers the share at least as often as it says.

    It is wider than Wilson's. Take it where a promise hangs on the interval; see `wilson_interval` for the
    arguments and what an interval does not say.

    Raises:
        CountNotValid: if a count is negative, n_hits is larger than n, or the design effect cannot be used.
        ValueError: if the level is not between 0 and 1.

    Source: Clopper and Pearson (1934), The use of confidence or fiducial limits illustrated in the case of
    the binomial, Biometrika 26.

    >>> e = clopper_pearson_interval(7, 11)
    >>> round(e.value, 4), round(e.low, 4), round(e.high, 4)
    (0.6364, 0.3079, 0.8907)
    """
    _check(n_hits, n, level)
    if n == 0:
        return NoEstimate(Reason.NO_ANSWERS, 0, CLOPPER_PEARSON, CLOPPER_PEARSON_VERSION)
    size = effective(n, deff)
    low, high = clopper_pearson_limits(n_hits / deff, size, level)
    return _estimate(n_hits, n, low, high, CLOPPER_PEARSON, CLOPPER_PEARSON_VERSION)


def clopper_pearson_limits(n_hits: float, n: float, level: float = 0.95) -> tuple[float, float]:
    """Give the ends of the exact interval for counts that need not be whole, as effective ones are not.

    Raises:
        CountNotValid: if n is not above 0, or n_hits is not from 0 to n.
        ValueError: if the level is not between 0 and 1.

    Source: see `clopper_pearson_interval`; Korn and Graubard (1998), Survey Methodology 24, for parts.
    """
    _check(n_hits, n, level)
    if n == 0:
        raise CountNotValid("an interval needs one answer at least")
    return _beta_limits((n_hits, n - n_hits + 1), (n_hits + 1, n - n_hits), level)


def jeffreys_interval(
    n_hits: int, n: int, level: float = 0.95, *, deff: float = 1.0
) -> Estimate | NoEstimate:
    """Estimate a share with the interval that follows from Jeffreys' prior, equal tails left off.

    Its end is exactly 0 with no hit and exactly 1 with nothing but hits. See `wilson_interval` for the
    arguments and what an interval does not say.

    Raises:
        CountNotValid: if a count is negative, n_hits is larger than n, or the design effect cannot be used.
        ValueError: if the level is not between 0 and 1.

    Source: Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion, Statistical
    Science 16, section 4.1.2.

    >>> e = jeffreys_interval(7, 11)
    >>> round(e.low, 4), round(e.high, 4)
    (0.348, 0.8627)
    """
    _check(n_hits, n, level)
    if n == 0:
        return NoEstimate(Reason.NO_ANSWERS, 0, JEFFREYS, JEFFREYS_VERSION)
    effective(n, deff)
    shapes = (n_hits / deff + 0.5, (n - n_hits) / deff + 0.5)
    low, high = _beta_limits(shapes, shapes, level)
    low, high = 0.0 if n_hits == 0 else low, 1.0 if n_hits == n else high
    return _estimate(n_hits, n, low, high, JEFFREYS, JEFFREYS_VERSION)


def agresti_coull_interval(
    n_hits: int, n: int, level: float = 0.95, *, deff: float = 1.0
) -> Estimate | NoEstimate:
    """Estimate a share with the interval of Agresti and Coull, cut off at 0 and 1.

    It holds Wilson's interval and is easier to work out by hand. See `wilson_interval` for the arguments and
    what an interval does not say.

    Raises:
        CountNotValid: if a count is negative, n_hits is larger than n, or the design effect cannot be used.
        ValueError: if the level is not between 0 and 1.

    Source: Agresti and Coull (1998), Approximate is better than "exact" for interval estimation of binomial
    proportions, The American Statistician 52.

    >>> e = agresti_coull_interval(7, 11)
    >>> round(e.low, 4), round(e.high, 4)
    (0.3519, 0.8502)
    """
    _check(n_hits, n, level)
    if n == 0:
        return NoEstimate(Reason.NO_ANSWERS, 0, AGRESTI_COULL, AGRESTI_COULL_VERSION)
    z = two_sided_z(level)
    more = effective(n, deff) + z**2
    centre = (n_hits / deff + z**2 / 2) / more
    half_width = z * math.sqrt(centre * (1 - centre) / more)
    low, high = max(centre - half_width, 0.0), min(centre + half_width, 1.0)
    return _estimate(n_hits, n, low, high, AGRESTI_COULL, AGRESTI_COULL_VERSION)


def effective(n: float, deff: float) -> float:
    """Give how many independent answers of equal weight tell as much as n answers of a design: n / deff.

    Args:
        deff: design effect, above zero: the variance of the share, by that of as many independent answers.

    Raises:
        CountNotValid: if it is not above zero, or leaves less than one answer.

    Source: Kish (1965), Survey sampling, section 8.2.

    >>> effective(120, 1.5)
    80.0
    """
    if not (math.isfinite(deff) and deff > 0):
        raise CountNotValid(f"a design effect of {deff}; give one above zero, 1 for independent answers")
    if n and n < deff:
        raise CountNotValid(
            f"a design effect of {deff:g} leaves less than one of {n:,} answers; give {n:,} at most"
        )
    return n if deff == 1 else n / deff


def _check(n_hits: float, n: float, level: float) -> None:
    if not 0 <= n_hits <= n:
        raise CountNotValid(f"{n_hits} of {n} is not a part of a whole")
    check_level(level)


def _beta_limits(lower: tuple[float, float], upper: tuple[float, float], level: float) -> tuple[float, float]:
    """Give one quantile of each of two beta distributions; one without a shape has all its mass at an end."""
    from scipy.special import betaincinv  # here, as it takes half a second that few intervals need

    tail = (1 - level) / 2
    low = 0.0 if lower[0] == 0 else float(betaincinv(*lower, tail))
    high = 1.0 if upper[1] == 0 else float(betaincinv(*upper, 1 - tail))
    return low, high


def _estimate(n_hits: int, n: int, low: float, high: float, method: str, version: str) -> Estimate:
    share = n_hits / n
    # at low levels, and with very many answers, an end may fall short of the share
    return Estimate(share, min(low, share), max(high, share), n, method, version)


def two_sided_z(level: float) -> float:
    """Give the normal quantile that leaves (1 - level) / 2 on either side.

    Raises:
        ValueError: if the level is not between 0 and 1.

    >>> round(two_sided_z(0.95), 4)
    1.96
    """
    check_level(level)
    return NormalDist().inv_cdf((1 + level) / 2)
