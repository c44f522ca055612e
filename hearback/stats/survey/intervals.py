"""Intervals for a share of a sample, from the share, its standard error, n and degrees of freedom.

`korn_graubard` is the one to publish. The others are for comparison and for those who must match another
source. A share of 0 or 1 has a standard error of 0 that says nothing: there `korn_graubard` alone is defined.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from scipy.optimize import brentq
from scipy.special import expit, logit

from hearback.stats.estimate import check_level
from hearback.stats.likert import two_sided_t
from hearback.stats.proportion import clopper_pearson_limits
from hearback.stats.survey.means import SampleEstimate

CERTAIN = 1e15
"""From so many effective answers on, a share counts as known: its error is what rounding left over."""


class ShareNotValid(ValueError):
    """A share is not from 0 to 1, or its standard error is negative."""


class Interval(NamedTuple):
    """Two ends."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Give how far the ends lie apart."""
        return self.high - self.low


@dataclass(frozen=True)
class SampleShare:
    """A share with what its intervals rest on: the rows that entered, and units less strata among them.

    Raises:
        ShareNotValid: if the share is not from 0 to 1, the standard error is negative, or n is below 1.

    >>> share = SampleShare(0.3, 0.05, n=100, df=28)
    >>> round(share.n_eff, 2), round(share.adjusted_n_eff, 2), round(share.truncated_n_eff, 2)
    (84.0, 78.82, 78.82)
    """

    value: float
    se: float
    n: int
    df: int

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ShareNotValid(f"{self.value} is no share; a share is from 0 to 1")
        if not 0 <= self.se < math.inf:
            raise ShareNotValid(f"{self.se} is no standard error; give a number of 0 or more")
        if self.n < 1:
            raise ShareNotValid(f"a share of {self.n} answers has no interval; count one answer at least")

    @property
    def is_at_an_end(self) -> bool:
        """Say whether nobody or everybody was counted."""
        return self.value in (0.0, 1.0)

    @property
    def n_eff(self) -> float | None:
        """Give the answers of a simple random sample that would be as precise; None without variance."""
        simple = self.value * (1 - self.value)
        # an error that small is zero but for rounding
        return None if self.is_at_an_end or self.se**2 * CERTAIN <= simple else simple / self.se**2

    @property
    def adjusted_n_eff(self) -> float | None:
        """Give `n_eff` at 95 % corrected for degrees of freedom; see `adjusted_for_df`."""
        return self.adjusted_for_df(0.95)

    @property
    def truncated_n_eff(self) -> float | None:
        """Give `adjusted_n_eff`, at most n."""
        return self.truncated(0.95)

    def adjusted_for_df(self, level: float) -> float | None:
        """Give `n_eff` times the square of t with n - 1 over t with the design's degrees of freedom.

        Raises:
            ValueError: if the level is not between 0 and 1.

        Source: Korn and Graubard (1998), Confidence intervals for proportions with small expected number of
        positive counts estimated from survey data, Survey Methodology 24.
        """
        if self.n_eff is None or self.df < 1 or self.n < 2:
            return None
        return self.n_eff * (two_sided_t(level, self.n - 1) / two_sided_t(level, self.df)) ** 2

    def truncated(self, level: float) -> float | None:
        """Give the effective sample size of the published interval: at most n, and n for a share of 0 or 1.

        Raises:
            ValueError: if the level is not between 0 and 1.

        Source: Parker et al. (2017), National Center for Health Statistics data presentation standards for
        proportions, Vital and Health Statistics 2(175).
        """
        if self.df < 1:
            return None
        adjusted = self.adjusted_for_df(level)
        return float(self.n) if adjusted is None else min(float(self.n), adjusted)


def share_of_estimate(estimate: SampleEstimate) -> SampleShare | None:
    """Give an estimated share with what its intervals rest on; None where it or its error is undefined.

    Raises:
        ShareNotValid: if the estimate is not of a share.
    """
    if estimate.value is None or estimate.se is None:
        return None
    return SampleShare(estimate.value, estimate.se, estimate.n, estimate.df)


def korn_graubard(share: SampleShare, level: float = 0.95, *, truncate: bool = True) -> Interval | None:
    """Give the interval to publish: that of Clopper and Pearson at the effective sample size.

    Args:
        truncate: never take more than n answers, as NCHS does; a share of 0 or 1 then has an interval too.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Korn and Graubard (1998), see `SampleShare.adjusted_for_df`; truncated as in Vital and Health
    Statistics 2(175), Parker et al. (2017).

    >>> [round(end, 4) for end in korn_graubard(SampleShare(0.0, 0.0, n=45, df=20))]
    [0.0, 0.0787]
    """
    check_level(level)
    if share.df < 1 or (not truncate and (share.is_at_an_end or share.n < 2)):
        return None
    if not truncate and share.n_eff is None:
        return Interval(share.value, share.value)
    n = share.truncated(level) if truncate else share.adjusted_for_df(level)
    return None if n is None else Interval(*clopper_pearson_limits(share.value * n, n, level))


def logit_interval(share: SampleShare, level: float = 0.95) -> Interval | None:
    """Give the t interval of the log odds, brought back to a share; None for a share of 0 or 1.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: R's `survey::svyciprop(method="logit")`; Korn and Graubard (1999), Analysis of Health Surveys,
    section 2.3.
    """
    t = _t(share, level)
    if t is None:
        return None
    centre, half_width = float(logit(share.value)), t * share.se / (share.value * (1 - share.value))
    return Interval(float(expit(centre - half_width)), float(expit(centre + half_width)))


def likelihood_interval(share: SampleShare, level: float = 0.95) -> Interval | None:
    """Give the shares whose scaled likelihood is near enough to the highest; None for a share of 0 or 1.

    It solves 2 n KL(p||q) = t^2 deff for q on either side of p, with deff = se^2 n / (p (1 - p)).

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Rao and Scott (1984), Annals of Statistics 12; the profile that R's
    `survey::svyciprop(method="likelihood")` comes near to.
    """
    t = _t(share, level)
    if t is None:
        return None
    if share.n_eff is None:
        return Interval(share.value, share.value)
    wanted = t**2 * share.se**2 / (2 * share.value * (1 - share.value))
    return Interval(_where_as_far(share.value, wanted, -1), _where_as_far(share.value, wanted, 1))


def wilson_interval_of_sample(share: SampleShare, level: float = 0.95) -> Interval | None:
    """Give Wilson's interval at `n_eff`, with t in place of z; None for a share of 0 or 1.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Wilson (1927), JASA 22; with n_eff and t as R's `survey::svyciprop(method="wilson")` since 4.2.
    """
    t = _t(share, level)
    if t is None:
        return None
    p, per_n = share.value, share.se**2 / (share.value * (1 - share.value))
    scale = 1 + t**2 * per_n
    half_width = t * math.sqrt(share.se**2 + (t * per_n / 2) ** 2)
    return Interval((p + t**2 * per_n / 2 - half_width) / scale, (p + t**2 * per_n / 2 + half_width) / scale)


def arcsine_interval(share: SampleShare, level: float = 0.95) -> Interval | None:
    """Give the t interval of the arcsine of the root, brought back to a share; None for a share of 0 or 1.

    Where the interval runs over an end, the end is taken; turning it back into [0, 1] would cut it short.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Anscombe (1948), The transformation of Poisson, binomial and negative-binomial data, Biometrika
    35; R's `survey::svyciprop(method="asin")`.
    """
    t = _t(share, level)
    if t is None:
        return None
    angle = math.asin(math.sqrt(share.value))
    half_width = t * share.se / (2 * math.sqrt(share.value * (1 - share.value)))
    low, high = max(angle - half_width, 0.0), min(angle + half_width, math.pi / 2)
    return Interval(math.sin(low) ** 2, math.sin(high) ** 2)


def wald_interval(share: SampleShare, level: float = 0.95) -> Interval | None:
    """Give share plus and minus t standard errors; it may leave [0, 1]. None for a share of 0 or 1.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: the usual t interval; see `hearback.stats.survey.means.t_interval`.
    """
    t = _t(share, level)
    return None if t is None else Interval(share.value - t * share.se, share.value + t * share.se)


def _t(share: SampleShare, level: float) -> float | None:
    check_level(level)
    return None if share.is_at_an_end or share.df < 1 else two_sided_t(level, share.df)


def _where_as_far(share: float, wanted: float, direction: int) -> float:
    """Find the share on one side whose divergence from this one is as wanted, searching in log odds."""
    start = float(logit(share))

    def beyond(log_odds: float) -> float:
        log_hit, log_miss = -_softplus(-log_odds), -_softplus(log_odds)
        hit = share * (math.log(share) - log_hit)
        return hit + (1 - share) * (math.log1p(-share) - log_miss) - wanted

    step = 1.0
    while beyond(start + direction * step) < 0:
        step *= 2
    return float(expit(brentq(beyond, start, start + direction * step, xtol=1e-14)))


def _softplus(x: float) -> float:
    return max(x, 0.0) + math.log1p(math.exp(-abs(x)))
