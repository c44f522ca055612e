"""Mean scores of providers, drawn together as far as they are uncertain."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq

from hearback.stats.comparison.counts import Numbers, ProviderNotValid, as_floats, check_enough
from hearback.stats.comparison.ranks import expected_ranks_of_normals
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats

SpreadMethod = Literal["restricted_likelihood", "dersimonian_laird", "paule_mandel"]


@dataclass(frozen=True)
class Spread:
    """How the means of providers differ: their mean with its standard error, and the variance around it.

    `i_squared` is the percentage of the variation of the observed means that is no sampling error.
    """

    tau_squared: float
    mean: float
    se_mean: float
    i_squared: float


@dataclass(frozen=True)
class ShrunkenMean:
    """What is known of one provider's mean; where it has none, what providers are like at large.

    Where providers differ by no more than chance, `sd` is 0, as the fit is taken as known, and `reason` says
    so.
    """

    raw: float | None
    mean: float
    sd: float
    weight_on_own_data: float
    expected_rank: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class ShrunkenMeans:
    """The providers in the order given, and how their means differ."""

    spread: Spread
    providers: tuple[ShrunkenMean, ...]


def spread_of_means(means: Numbers, ses: Numbers, *, method: SpreadMethod, fewest: int = 5) -> Spread:
    """Estimate by how much the means of providers differ beyond their sampling errors.

    The restricted likelihood uses most of the data, Paule and Mandel need no normality of the differences,
    DerSimonian and Laird need no iterations. A provider with a missing mean or error is left out.

    Raises:
        TooFewProviders: if fewer than `fewest` providers, or than two, have a mean.
        ProviderNotValid: if lengths differ, or a standard error is not above zero.

    Source: Viechtbauer (2005), Bias and efficiency of meta-analytic variance estimators, Journal of
    Educational and Behavioral Statistics 30; DerSimonian and Laird (1986), Controlled Clinical Trials 7;
    Paule and Mandel (1982), Journal of Research of the National Bureau of Standards 87; Higgins and Thompson
    (2002), Statistics in Medicine 21, for I squared.

    >>> found = spread_of_means([4.3, 3.6, 3.7, 3.6, 4.1], [0.1] * 5, method="paule_mandel")
    >>> round(found.tau_squared, 3), round(found.mean, 2), round(found.i_squared)
    (0.093, 3.86, 90)
    """
    y, se = _known(*_checked(means, ses))
    check_enough(len(y), max(fewest, 2))
    variances = se**2
    tau_squared = _METHODS[method](y, variances)
    weights = 1 / (variances + tau_squared)
    precision = 1 / variances
    total = float(precision.sum())
    typical = (len(y) - 1) * total / (total**2 - float((precision**2).sum()))
    return Spread(
        tau_squared=tau_squared,
        mean=float(weights @ y / weights.sum()),
        se_mean=1 / math.sqrt(float(weights.sum())),
        i_squared=100 * tau_squared / (tau_squared + typical),
    )


def shrink_means(
    means: Numbers, ses: Numbers, *, method: SpreadMethod = "restricted_likelihood", fewest: int = 5
) -> ShrunkenMeans:
    """Estimate the mean of every provider, borrowing from all of them what its own answers do not say.

    The spread is taken as known, so with few providers `sd` is a little too small.

    Args:
        means: mean of each provider; None where it has no answers.
        ses: their design-based standard errors.
        method: how the spread is estimated.
        fewest: providers with a mean below which it is refused.

    Raises:
        TooFewProviders: if fewer than `fewest` providers, or than two, have a mean.
        ProviderNotValid: if lengths differ, or a standard error is not above zero.

    Source: Efron and Morris (1975), Data analysis using Stein's estimator and its generalizations, Journal of
    the American Statistical Association 70; see `spread_of_means` for the methods.

    >>> found = shrink_means([4.3, 3.6, 3.7, 3.6, 4.1, None], [0.1, 0.1, 0.1, 0.1, 0.5, None])
    >>> [round(provider.mean, 2) for provider in found.providers]
    [4.25, 3.62, 3.71, 3.62, 3.9, 3.82]
    """
    y, se = _checked(means, ses)
    spread = spread_of_means(y, se, method=method, fewest=fewest)
    known = ~(np.isnan(y) | np.isnan(se))
    own = np.zeros(len(y))
    own[known] = spread.tau_squared / (spread.tau_squared + se[known] ** 2)
    mean = np.where(known, own * np.where(known, y, 0.0) + (1 - own) * spread.mean, spread.mean)
    sd = np.sqrt(spread.tau_squared * (1 - own))
    reason = None if spread.tau_squared > 0 else Reason.NO_SPREAD
    ranks: tuple[float | None, ...] = (None,) * len(y) if reason else expected_ranks_of_normals(mean, sd)
    return ShrunkenMeans(
        spread,
        tuple(
            ShrunkenMean(
                float(y[i]) if known[i] else None,
                float(mean[i]),
                float(sd[i]),
                float(own[i]),
                ranks[i],
                reason,
            )
            for i in range(len(y))
        ),
    )


def _dersimonian_laird(y: Floats, variances: Floats) -> float:
    weights = 1 / variances
    total = float(weights.sum())
    excess = _q(0.0, y, variances) - (len(y) - 1)
    return max(0.0, excess / (total - float((weights**2).sum()) / total))


def _paule_mandel(y: Floats, variances: Floats) -> float:
    """Find the spread at which the weighted squares are what they should be on average."""

    def excess(tau_squared: float) -> float:
        return _q(tau_squared, y, variances) - (len(y) - 1)

    if excess(0.0) <= 0:
        return 0.0
    return _root(excess, 0.0, _largest(y))


def _restricted_likelihood(y: Floats, variances: Floats) -> float:
    """Find the highest of all places where the slope of the restricted likelihood is zero, or 0."""
    largest = _largest(y)
    if largest == 0:
        return 0.0
    grid = np.concatenate([[0.0], np.geomspace(1e-8 * largest, largest, 200)])
    slopes = [_slope(float(at), y, variances) for at in grid]
    candidates = [0.0] + [
        _root(lambda at: _slope(at, y, variances), float(grid[i]), float(grid[i + 1]))
        for i in range(len(grid) - 1)
        if slopes[i] > 0 >= slopes[i + 1]
    ]
    return max(candidates, key=lambda at: _log_restricted(at, y, variances))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-15, rtol=1e-13, maxiter=500))


def _largest(y: Floats) -> float:
    """Give a spread that is surely too large: the sum of squares around the middle of the range, doubled."""
    return 2 * float(((y - (y.max() + y.min()) / 2) ** 2).sum())


def _weighted(tau_squared: float, y: Floats, variances: Floats) -> tuple[Floats, Floats]:
    """Give the weights and the distances from their mean."""
    weights = 1 / (variances + tau_squared)
    return weights, y - float(weights @ y / weights.sum())


def _q(tau_squared: float, y: Floats, variances: Floats) -> float:
    weights, off = _weighted(tau_squared, y, variances)
    return float(weights @ off**2)


def _slope(tau_squared: float, y: Floats, variances: Floats) -> float:
    weights, off = _weighted(tau_squared, y, variances)
    return float(weights**2 @ off**2 - weights.sum() + (weights**2).sum() / weights.sum())


def _log_restricted(tau_squared: float, y: Floats, variances: Floats) -> float:
    weights, off = _weighted(tau_squared, y, variances)
    return float(np.log(weights).sum() - math.log(float(weights.sum())) - weights @ off**2) / 2


_METHODS: dict[str, Callable[[Floats, Floats], float]] = {
    "restricted_likelihood": _restricted_likelihood,
    "dersimonian_laird": _dersimonian_laird,
    "paule_mandel": _paule_mandel,
}


def _checked(means: Numbers, ses: Numbers) -> tuple[Floats, Floats]:
    y, se = as_floats(means), as_floats(ses)
    if y.shape != se.shape or y.ndim != 1:
        raise ProviderNotValid(f"there are {y.size} means and {se.size} errors; give both for each provider")
    wrong = np.flatnonzero(np.isinf(y) | np.isinf(se) | (se <= 0))
    if wrong.size:
        i = int(wrong[0])
        raise ProviderNotValid(
            f"provider {i + 1} has mean {y[i]:g} and standard error {se[i]:g}; an error is above zero, "
            "so give None for the mean of answers that are all the same"
        )
    return y, se


def _known(y: Floats, se: Floats) -> tuple[Floats, Floats]:
    known = ~(np.isnan(y) | np.isnan(se))
    return y[known], se[known]
