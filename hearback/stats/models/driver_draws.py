"""How sure the shares of key drivers are: units drawn again, from sums alone."""

from dataclasses import replace

import numpy as np

from hearback.stats.estimate import Reason, check_level
from hearback.stats.models.drivers import KeyDrivers, key_drivers_of_moments
from hearback.stats.models.moments import UnitSums, unpack
from hearback.stats.models.shares import correlations, lmg
from hearback.stats.models.terms import Floats
from hearback.stats.survey.design import Codes

FEWEST_DRAWS_DEFINED = 0.95
"""Where everybody gives one answer in more draws than the rest of these, an interval would leave them out."""
NUMBERS_AT_A_TIME = 131_072
"""So many fit into a processor's cache, where they are worked through twice as quickly."""
UNITS_PER_KIND = 5
MANY_UNITS = 500
"""Up to so many different units are drawn one by one; with more, their sums where these are near normal."""
LARGEST_PART = 0.2
"""A sum is near normal where no unit has more than this part of the sum's standard deviation in it."""


def bootstrap_key_drivers(
    response: str, units: UnitSums, *, seed: int, draws: int = 2000, level: float = 0.95
) -> KeyDrivers:
    """Share out R-squared as `key_drivers` does, with intervals of the shares and of R-squared.

    Units are drawn again within strata, one fewer than there are, so that few units are not taken for a
    certainty. The intervals are percentiles of the draws, as are the ranks: they show how far the order of
    drivers is chance. With many units, none of which weighs much, the sums of the units drawn are drawn in
    their place, from the normal distribution with the same means and covariances: as good, and as quick for a
    million people as for a thousand. As R-squared cannot fall below 0, its interval lies somewhat high with
    few people.

    Args:
        units: from `unit_sums`, which takes the rows, their weights, and the offices or whatever was drawn.
        seed: of the draws; the same seed gives the same intervals.

    Raises:
        KeyError: if the response is none of the columns.
        ValueError: if the level is not between 0 and 1, or there is no draw.

    Source: Rao, Wu and Yue (1992), Some recent work on resampling methods for complex surveys, Survey
    Methodology 18; when sums are near normal: Lindeberg's condition, as in Billingsley (1995), Probability
    and Measure, section 27.

    >>> from hearback.stats.models.moments import unit_sums
    >>> ease, speed = [1, 2, 3, 4, 5] * 4, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] * 2
    >>> trust = [round((2 * a + b) / 3) for a, b in zip(ease, speed)]
    >>> units = unit_sums({"trust": trust, "ease": ease, "speed": speed})
    >>> found = bootstrap_key_drivers("trust", units, seed=7, draws=200)
    >>> share = found.drivers[0]
    >>> share.lmg_share_low < share.lmg_share < share.lmg_share_high
    True
    """
    check_level(level)
    if draws < 1:
        raise ValueError(f"{draws} draws give no interval; ask for 1,000 or more")
    point = replace(key_drivers_of_moments(response, units.moments), draws=draws, seed=seed)
    if point.r_squared is None or (point.drivers[0].lmg is None and point.reason is not None):
        return replace(point, interval_reason=point.reason)
    if max(np.bincount(units.strata, weights=units.times)) < 2:
        return replace(point, interval_reason=Reason.ONE_PSU)
    shares, r_squared = _drawn(units, point)
    if len(r_squared) < FEWEST_DRAWS_DEFINED * draws:
        return replace(point, interval_reason=Reason.NO_VARIANCE)
    return _with_ends(point, shares, r_squared, [(1 - level) / 2, (1 + level) / 2])


def _with_ends(point: KeyDrivers, shares: Floats, r_squared: Floats, tails: list[float]) -> KeyDrivers:
    ends = np.quantile(shares, tails, axis=0).T.tolist()
    ranks = np.quantile(_ranks(shares), tails, axis=0, method="inverted_cdf").T.astype(int).tolist()
    low, high = np.quantile(r_squared, tails).tolist()
    found = dict(zip(point.varying, zip(ends, ranks, strict=True), strict=True))
    drivers = tuple(
        replace(
            one,
            lmg_share_low=found[one.name][0][0],
            lmg_share_high=found[one.name][0][1],
            rank_low=found[one.name][1][0],
            rank_high=found[one.name][1][1],
        )
        if one.name in found
        else one
        for one in point.drivers
    )
    return replace(point, drivers=drivers, r_squared_low=low, r_squared_high=high)


def _ranks(shares: Floats) -> Floats:
    """Give the place of every driver in every draw, 1 for the largest share; equal shares have one place."""
    rounded = shares.round(12)
    ranks: Floats = 1.0 + (rounded[:, None, :] > rounded[:, :, None]).sum(axis=2)
    return ranks


def _drawn(units: UnitSums, point: KeyDrivers) -> tuple[Floats, Floats]:
    """Give the shares and R-squared of the draws in which both are defined."""
    rng = np.random.default_rng(point.seed)
    names = (*point.varying, point.response)
    places = [units.names.index(name) for name in names]
    whole = np.diag(units.moments.covariance)[places]
    root = _root_of_many(units)
    shares, totals = [], []
    n_units = len(units.times) if root is None else len(root)
    for size in _chunks(point.draws or 0, n_units, len(names) - 1):
        sums = _draw(units, rng, size) @ units.sums if root is None else _draw_sums(units, root, rng, size)
        _, _, covariance = unpack(sums, len(units.names))
        correlation = correlations(covariance[:, places][:, :, places], whole)
        correlation = correlation[correlation[:, -1, -1] > 0]
        parts = lmg(correlation)
        total = parts.sum(axis=1)
        shares.append(parts[total > 0] / total[total > 0, None])
        totals.append(total[total > 0])
    return np.concatenate(shares), np.concatenate(totals)


def _root_of_many(units: UnitSums) -> Floats | None:
    """Give the root of the covariance of the sums over draws; None where units are to be drawn one by one.

    It is the root that is symmetric, of which there is one only: equal sums give equal draws.
    """
    if len(units.times) <= MANY_UNITS:
        return None
    spread = np.zeros((units.sums.shape[1],) * 2)
    largest = np.zeros(units.sums.shape[1])
    for stratum in np.unique(units.strata):
        here = units.strata == stratum
        times, sums = units.times[here], units.sums[here]
        n = int(times.sum())
        if n < 2:
            continue
        apart = sums - times @ sums / n
        spread += apart.T @ (apart * times[:, None]) * (n / (n - 1))
        largest = np.maximum(largest, np.abs(apart).max(axis=0))
    if (largest > LARGEST_PART * np.sqrt(np.diag(spread)) + 1e-12).any():
        return None
    values, vectors = np.linalg.eigh(spread)
    root: Floats = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return root


def _draw_sums(units: UnitSums, root: Floats, rng: np.random.Generator, size: int) -> Floats:
    """Draw the sums of all units, shape (size, sums)."""
    return units.times @ units.sums + rng.standard_normal((size, len(root))) @ root


def _draw(units: UnitSums, rng: np.random.Generator, size: int) -> Floats:
    """Draw units again: how much each counts in every draw, shape (size, units)."""
    drawn = np.empty((size, len(units.times)))
    for stratum in np.unique(units.strata):
        here = units.strata == stratum
        times = units.times[here]
        n = int(times.sum())
        if n < 2:
            drawn[:, here] = times
            continue
        drawn[:, here] = _times_drawn(times, n - 1, rng, size) * (n / (n - 1))
    return drawn


def _times_drawn(times: Codes, n: int, rng: np.random.Generator, size: int) -> Floats:
    """Draw n units with replacement: how often each comes up, shape (size, kinds of units)."""
    n_kinds, whole = len(times), int(times.sum())
    if whole > UNITS_PER_KIND * n_kinds:
        return rng.multinomial(n, times / whole, size=size).astype(float)
    # most units are one of a kind: drawing each is quicker than a binomial for every kind
    picked = np.repeat(np.arange(n_kinds), times)[rng.integers(0, whole, (size, n))]
    picked += n_kinds * np.arange(size)[:, None]
    found: Floats = np.bincount(picked.ravel(), minlength=size * n_kinds).reshape(size, n_kinds).astype(float)
    return found


def _chunks(draws: int, n_units: int, p: int) -> list[int]:
    """Split the draws so that few numbers are held at a time; however split, the draws are the same."""
    size = max(1, min(draws, NUMBERS_AT_A_TIME // max(n_units, 4 * 2**p)))
    return [min(size, draws - start) for start in range(0, draws, size)]
