"""Which providers lie further from the target than chance explains: funnel limits for rates."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from hearback.stats.comparison.counts import Numbers, ProviderNotValid, check_rates
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats

Place = Literal["high_99.8", "high_95", "within", "low_95", "low_99.8"]
INNER, OUTER = 0.975, 0.999
"""Quantiles of the limits: two-sided 95 and 99.8 per cent, about two and three standard errors."""


@dataclass(frozen=True)
class Limits:
    """Rates that chance alone exceeds rarely; they may lie outside 0 to 1, so clip them when drawing."""

    low_998: float
    low_95: float
    high_95: float
    high_998: float


@dataclass(frozen=True)
class FunnelPoint:
    """One provider in the funnel; None throughout where it has no answers, and `reason` says so.

    `exact` limits are None where the number of answers is not whole. `place` follows from z, `place_adjusted`
    from `z_adjusted`, which allows for providers differing by more than chance: publish the latter.
    """

    n: float
    rate: float | None = None
    z: float | None = None
    z_adjusted: float | None = None
    normal: Limits | None = None
    exact: Limits | None = None
    place: Place | None = None
    place_adjusted: Place | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class Funnel:
    """The funnel and its providers in the order given.

    `phi` above 1 says that providers differ by more than chance, `tau_squared` is the variance between them.
    Both are None where they cannot be known: nobody has answers, or the target is 0 or 1.
    """

    target: float | None
    phi: float | None
    tau_squared: float | None
    points: tuple[FunnelPoint, ...]


def funnel(hits: Numbers, n: Numbers, *, target: float | None = None, winsorised: float = 0.10) -> Funnel:
    """Place every provider in a funnel around the target.

    Args:
        hits: hits of each provider; None where unknown.
        n: answers of each provider; those without are not placed.
        target: the rate to compare with; None for the pooled rate of all of them.
        winsorised: share of z values pulled in at either end before over-dispersion is estimated, so that
            outliers do not hide themselves.

    Raises:
        ProviderNotValid: if hits are no part of the answers, the target is not between 0 and 1, or the share
            not between 0 and one half.

    Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine
    24, sections 3 and 4 and appendix A.1; tau squared is that of DerSimonian and Laird (1986).

    >>> found = funnel([45, 100, 24, 76, 13, 170], [100, 200, 50, 150, 25, 300])
    >>> round(found.target, 3), round(found.phi, 2), found.tau_squared
    (0.519, 0.38, 0.0)
    >>> [point.place for point in found.points][-1]
    'within'
    """
    x, of = check_rates(hits, n)
    if (target is not None and not 0 <= target <= 1) or not 0 <= winsorised < 0.5:
        raise ProviderNotValid(
            f"a target of {target} is not between 0 and 1, or {winsorised} not between 0 and one half"
        )
    if not of.sum():
        empty = tuple(FunnelPoint(0.0, reason=Reason.NO_ANSWERS) for _ in of)
        return Funnel(target, None, None, empty)
    centre = float(x.sum() / of.sum()) if target is None else target
    if centre in (0.0, 1.0):
        return Funnel(centre, None, None, tuple(_unspread(*p, centre) for p in zip(x, of, strict=True)))
    variances = centre * (1 - centre) / of[of > 0]
    z = (x[of > 0] / of[of > 0] - centre) / np.sqrt(variances)
    phi, tau_squared = _overdispersion(z, variances, winsorised)
    points = iter(_points(x[of > 0], of[of > 0], centre, z, tau_squared))
    placed = tuple(next(points) if n_i else FunnelPoint(0.0, reason=Reason.NO_ANSWERS) for n_i in of)
    return Funnel(centre, phi, tau_squared, placed)


def _overdispersion(z: Floats, variances: Floats, winsorised: float) -> tuple[float, float]:
    """Give phi, the mean winsorised z squared, and the variance between providers that follows from it."""
    ends = np.quantile(z, [winsorised, 1 - winsorised])
    phi = float((np.clip(z, *ends) ** 2).mean())
    weights, n = 1 / variances, len(z)
    spread = float(weights.sum() - (weights**2).sum() / weights.sum())
    excess = n * phi - (n - 1)
    return phi, excess / spread if n > 1 and excess > 0 else 0.0


def _points(x: Floats, n: Floats, centre: float, z: Floats, tau_squared: float) -> list[FunnelPoint]:
    se = np.sqrt(centre * (1 - centre) / n)
    adjusted = (x / n - centre) / np.sqrt(se**2 + tau_squared)
    inner, outer = float(ndtri(INNER)), float(ndtri(OUTER))
    return [
        FunnelPoint(
            n=float(n[i]),
            rate=float(x[i] / n[i]),
            z=float(z[i]),
            z_adjusted=float(adjusted[i]),
            normal=Limits(*(centre + step * float(se[i]) for step in (-outer, -inner, inner, outer))),
            exact=exact_limits(float(n[i]), centre),
            place=_place(float(z[i]), inner, outer),
            place_adjusted=_place(float(adjusted[i]), inner, outer),
        )
        for i in range(len(n))
    ]


def exact_limits(n: float, target: float) -> Limits | None:
    """Give the binomial limits for a provider with n answers; None where n is not a whole number above zero.

    Interpolated between whole counts, so that the funnel is smooth.

    Source: Spiegelhalter (2005), appendix A.1.1.

    >>> round(exact_limits(100, 0.5).low_95, 4)
    0.3968
    """
    if n <= 0 or n != int(n):
        return None
    quantiles = np.array([1 - OUTER, 1 - INNER, INNER, OUTER])
    from scipy.stats import binom  # here, as it takes half a second that only binomial limits need

    counts = binom.ppf(quantiles, n, target)
    beyond = (binom.cdf(counts, n, target) - quantiles) / binom.pmf(counts, n, target)
    return Limits(*((counts - beyond) / n).tolist())


def _place(z: float, inner: float, outer: float) -> Place:
    if abs(z) <= inner:
        return "within"
    if z > 0:
        return "high_99.8" if z > outer else "high_95"
    return "low_99.8" if z < -outer else "low_95"


def _unspread(hits: float, n: float, target: float) -> FunnelPoint:
    """Place a provider where the target is 0 or 1: chance moves nobody from it, so there is no z."""
    if n == 0:
        return FunnelPoint(0.0, reason=Reason.NO_ANSWERS)
    place: Place | None = "within" if hits / n == target else None
    rate = float(hits / n)
    return FunnelPoint(float(n), rate, place=place, place_adjusted=place, reason=Reason.NO_VARIANCE)
