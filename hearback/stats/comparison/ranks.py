"""Ranks of providers that know how uncertain they are. Rank 1 is the highest."""

import math
from collections.abc import Callable

import numpy as np
from scipy.interpolate import CubicHermiteSpline
from scipy.special import betainc, betaincc, betaincinv, betaln, ndtr

from hearback.stats.comparison.counts import Numbers, ProviderNotValid, as_floats
from hearback.stats.survey.design import Floats

FEWEST_NODES, LARGEST_STEP = 64, 0.4
"""How finely a posterior is read on the logit scale to integrate over it."""

FEWEST_KNOTS, LARGEST_GAP = 512, 0.05
"""How finely its distribution function is tabulated. So P(one above another) is right to seven digits."""


def expected_ranks_of_betas(alphas: Numbers, betas: Numbers) -> tuple[float, ...]:
    """Give the mean rank of rates whose posteriors are Beta distributions: 1 + the sum of P(other above).

    Of two posteriors the narrower is integrated over the wider, on the logit scale, where both are smooth.

    Raises:
        ProviderNotValid: if lengths differ, or a shape is not above zero.

    Source: Laird and Louis (1989), Empirical Bayes ranking methods, Journal of Educational Statistics 14.

    >>> [round(rank, 3) for rank in expected_ranks_of_betas([9, 5, 2], [1, 5, 8])]
    [1.015, 2.051, 2.934]
    """
    a, b = _shapes(alphas, betas)
    narrowest_first = np.argsort(a * b / ((a + b) ** 2 * (a + b + 1)), kind="stable")
    read = [_on_logit_scale(float(a[i]), float(b[i])) for i in narrowest_first]
    logits = np.concatenate([points for points, _ in read]) if read else np.array([])
    weights = np.concatenate([weight for _, weight in read]) if read else np.array([])
    starts = np.cumsum([0] + [len(points) for points, _ in read])
    ranks = np.ones(len(a))
    for place, wide in enumerate(narrowest_first[1:], start=1):
        inner = slice(0, starts[place])
        weighed = _below(logits[inner], float(a[wide]), float(b[wide])) * weights[inner]
        is_below = np.add.reduceat(weighed, starts[:place])
        ranks[wide] += is_below.sum()
        ranks[narrowest_first[:place]] += 1 - is_below
    return tuple(ranks.tolist())


def expected_ranks_of_normals(means: Numbers, sds: Numbers) -> tuple[float, ...]:
    """Give the mean rank of figures whose posteriors are normal. Two without spread that tie count half each.

    Raises:
        ProviderNotValid: if lengths differ, or a number is not finite, or a standard deviation negative.

    Source: Laird and Louis (1989), as `expected_ranks_of_betas`.

    >>> expected_ranks_of_normals([4.0, 4.0, 1.0], [0.1, 0.2, 0.1])
    (1.5, 1.5, 3.0)
    """
    mean, sd = _normals(means, sds)
    distance = mean[None, :] - mean[:, None]
    spread = np.hypot(sd[None, :], sd[:, None])
    certain = (np.sign(distance) + 1) / 2
    above = np.where(spread > 0, ndtr(distance / np.where(spread > 0, spread, 1.0)), certain)
    np.fill_diagonal(above, 0.0)
    return tuple((1 + above.sum(axis=1)).tolist())


def rank_intervals_of_betas(
    alphas: Numbers, betas: Numbers, *, seed: int, level: float = 0.95, n_draws: int = 10_000
) -> tuple[tuple[int, int], ...]:
    """Give the ranks between which each rate lies with the probability `level`, as "between 3rd and 17th".

    By draws from the posteriors, all ranked against one another in each draw. The same seed and data give the
    same intervals; another seed may move an end by a rank.

    Raises:
        ProviderNotValid: if lengths differ, or a shape is not above zero.
        ValueError: if the level is not between 0 and 1, or there is no draw.

    Source: Goldstein and Spiegelhalter (1996), League tables and their limitations, Journal of the Royal
    Statistical Society A 159, section 4.

    >>> rank_intervals_of_betas([90, 50, 50], [10, 50, 52], seed=1)
    ((1, 1), (2, 3), (2, 3))
    """
    a, b = _shapes(alphas, betas)
    return _intervals(lambda source: source.beta(a, b, (n_draws, len(a))), seed, level, n_draws)


def rank_intervals_of_normals(
    means: Numbers, sds: Numbers, *, seed: int, level: float = 0.95, n_draws: int = 10_000
) -> tuple[tuple[int, int], ...]:
    """Give the ranks between which each figure lies, for normal posteriors; see `rank_intervals_of_betas`.

    Raises:
        ProviderNotValid: if lengths differ, or a number is not finite, or a standard deviation negative.
        ValueError: if the level is not between 0 and 1, or there is no draw.

    Source: Goldstein and Spiegelhalter (1996), section 4.

    >>> rank_intervals_of_normals([4.5, 4.0, 3.99], [0.05, 0.1, 0.1], seed=1)
    ((1, 1), (2, 3), (2, 3))
    """
    mean, sd = _normals(means, sds)
    return _intervals(lambda source: source.normal(mean, sd, (n_draws, len(mean))), seed, level, n_draws)


def _intervals(
    draw: Callable[[np.random.Generator], Floats], seed: int, level: float, n_draws: int
) -> tuple[tuple[int, int], ...]:
    if not 0 < level < 1 or n_draws < 1:
        raise ValueError(
            f"a level of {level} with {n_draws} draws gives no interval; draw some, 0 < level < 1"
        )
    falling = np.argsort(-draw(np.random.default_rng(seed)), axis=1, kind="stable")
    ranks = np.argsort(falling, axis=1) + 1
    tails = ((1 - level) / 2, (1 + level) / 2)
    low, high = np.quantile(ranks, tails, axis=0, method="inverted_cdf").astype(int).tolist()
    return tuple(zip(low, high, strict=True))


def _on_logit_scale(a: float, b: float) -> tuple[Floats, Floats]:
    """Give points of a Beta distribution and weights that add up to 1: the trapezoid rule on logits."""
    low, high = _ends(a, b)
    logits = np.linspace(low, high, max(FEWEST_NODES, math.ceil((high - low) / LARGEST_STEP)))
    weights = _density(logits, a, b)
    return logits, weights / weights.sum()


def _below(logits: Floats, a: float, b: float) -> Floats:
    """Give the probability that a rate lies below each logit, from a table of it and its slope."""
    low, high = _ends(a, b)
    knots = np.linspace(low, high, max(FEWEST_KNOTS, math.ceil((high - low) / LARGEST_GAP)))
    shares = 1 / (1 + np.exp(np.abs(knots)))
    # below the middle from 0 up, above it from 1 down: a rate next to 1 is no longer told from it
    table = np.where(knots < 0, betainc(a, b, shares), betaincc(b, a, shares))
    found: Floats = CubicHermiteSpline(knots, table, _density(knots, a, b))(np.clip(logits, low, high))
    return found


def _density(logits: Floats, a: float, b: float) -> Floats:
    density: Floats = np.exp(-a * np.logaddexp(0, -logits) - b * np.logaddexp(0, logits) - betaln(a, b))
    return density


def _ends(a: float, b: float) -> tuple[float, float]:
    """Give the logits below and above which next to nothing of the distribution lies."""
    low, high = float(betaincinv(a, b, 1e-15)), float(betaincinv(b, a, 1e-15))
    return _logit_of_small(low, a, b), -_logit_of_small(high, b, a)


def _logit_of_small(share: float, a: float, b: float) -> float:
    """Give the logit of a lower quantile, by the leading term of the distribution where it underflows."""
    if share > 1e-300:
        return math.log(share) - math.log1p(-share)
    return max((math.log(1e-15) + math.log(a) + float(betaln(a, b))) / a, -700.0)


def _shapes(alphas: Numbers, betas: Numbers) -> tuple[Floats, Floats]:
    a, b = as_floats(alphas), as_floats(betas)
    if a.shape != b.shape or a.ndim != 1:
        raise ProviderNotValid(f"there are {a.size} alphas and {b.size} betas; give both for each provider")
    if not (np.isfinite(a) & np.isfinite(b) & (a > 0) & (b > 0)).all():
        raise ProviderNotValid("a shape of a Beta distribution is not above zero; leave such a provider out")
    return a, b


def _normals(means: Numbers, sds: Numbers) -> tuple[Floats, Floats]:
    mean, sd = as_floats(means), as_floats(sds)
    if mean.shape != sd.shape or mean.ndim != 1:
        raise ProviderNotValid(f"there are {mean.size} means and {sd.size} deviations; give both for each")
    if not (np.isfinite(mean) & np.isfinite(sd) & (sd >= 0)).all():
        raise ProviderNotValid(
            "a mean or deviation is missing, infinite or negative; leave such a provider out"
        )
    return mean, sd
