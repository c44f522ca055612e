"""Key drivers: how much of the differences in an answer goes with each of several others.

"Goes with", not "causes": answers given together on one form say what is found together, no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason
from hearback.stats.models.moments import Moments, moments_of
from hearback.stats.models.shares import (
    correlations,
    explained_by_subsets,
    lmg,
    relative_weights,
    standardised_coefficients,
)
from hearback.stats.models.terms import Column, Floats

PEOPLE_PER_DRIVER = 10
"""Fewer people than this per driver and shares are mostly chance.

Source: the ten-per-predictor rule of thumb; Harrell (2015), Regression Modeling Strategies, section 4.4.
"""
ROUNDING = 1e-12
MOST_DRIVERS = 12
"""With more, subsets are too many to go through for every draw; Johnson's weights stand alone."""


@dataclass(frozen=True)
class Driver:
    """What one driver goes with. `lmg`, `johnson`, `first`, `last` and `pratt` are in units of R-squared.

    `first` is R-squared of the driver alone, `last` what it adds to all others, `pratt` the standardised
    coefficient times the correlation. The shares add to 1 over drivers. `mean` is the performance to plot
    importance against. `rank_low` and `rank_high` are the best and the worst place among the drivers that
    could be chance. All but the name and mean are None where there is no result, `standardised_beta` and
    `pratt` also where drivers depend on one another, intervals where none was asked for.
    """

    name: str
    mean: float | None = None
    correlation: float | None = None
    lmg: float | None = None
    lmg_share: float | None = None
    lmg_share_low: float | None = None
    lmg_share_high: float | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    johnson: float | None = None
    johnson_share: float | None = None
    first: float | None = None
    last: float | None = None
    pratt: float | None = None
    standardised_beta: float | None = None

    @property
    def goes_against(self) -> bool:
        """Say whether the driver is found with lower answers: check its wording before telling its share."""
        return self.correlation is not None and self.correlation < -ROUNDING


@dataclass(frozen=True)
class KeyDrivers:
    """Drivers in the order given, with the R-squared they share out. `n` are the people with all answers.

    `reason` says why values are missing: too few people, no differences in the response, or too many drivers
    for `lmg`. `constant` names drivers everybody answered alike, left out of all; `collinear` those that
    others say completely: they share what they say, and a page should warn. `draws` and `seed` make the
    intervals again; `interval_reason` says why there are none though asked for.
    """

    response: str
    n: int
    r_squared: float | None
    drivers: tuple[Driver, ...]
    constant: tuple[str, ...] = ()
    collinear: tuple[str, ...] = ()
    reason: Reason | None = None
    r_squared_low: float | None = None
    r_squared_high: float | None = None
    draws: int | None = None
    seed: int | None = None
    interval_reason: Reason | None = None

    @property
    def varying(self) -> tuple[str, ...]:
        """Name the drivers that are not constant."""
        return tuple(one.name for one in self.drivers if one.name not in self.constant)

    @property
    def ranked(self) -> tuple[str, ...]:
        """Name the drivers, most important first, ties in the order given; by Johnson where LMG is None."""
        found = [(one.name, one.johnson if one.lmg is None else one.lmg) for one in self.drivers]
        known = [(name, value) for name, value in found if value is not None]
        return tuple(name for name, _ in sorted(known, key=lambda pair: -round(pair[1], 12)))


def key_drivers(
    response: str,
    answers: Mapping[str, Column],
    *,
    weights: ArrayLike | None = None,
    counts: Column | None = None,
) -> KeyDrivers:
    """Share out R-squared of the response between all other columns, over people who answered every one.

    For thumbs with drivers ticked afterwards do not use this: who ticks depends on the thumb; see
    `ticked_drivers`.

    Args:
        response: the name of the column explained.
        answers: numbers by name, the response among them; None or nan where not answered.
        weights: of people, as in a sample.
        counts: how many people a row stands for; one if not given.

    Raises:
        ColumnNotValid: if columns differ in length, hold words or infinite values, or a weight is negative.
        KeyError: if the response is not among the answers.

    Source: Grömping (2007), Estimators of relative importance in linear regression based on variance
    decomposition, The American Statistician 61.

    >>> ease, speed = [1, 2, 3, 4, 5] * 4, [1, 1, 2, 2, 3, 3, 4, 4, 5, 5] * 2
    >>> trust = [round((2 * a + b) / 3) for a, b in zip(ease, speed)]
    >>> found = key_drivers("trust", {"trust": trust, "ease": ease, "speed": speed})
    >>> round(found.r_squared, 3), found.ranked, round(found.drivers[0].lmg_share, 3)
    (0.956, ('ease', 'speed'), 0.613)
    """
    return key_drivers_of_moments(
        response, moments_of(_last(response, answers), weights=weights, counts=counts)
    )


def key_drivers_of_moments(response: str, moments: Moments) -> KeyDrivers:
    """Do what `key_drivers` does from sums or a covariance matrix, without rows.

    Raises:
        KeyError: if the response is not among the names.
    """
    moments = _response_last(response, moments)
    variance = np.diag(moments.covariance)
    # a variance this small against the mean is rounding of equal answers
    varies = variance > 1e-20 * np.square(moments.means)
    names = moments.names[:-1]
    bare = KeyDrivers(
        response=response,
        n=moments.n,
        r_squared=None,
        drivers=tuple(
            Driver(name, mean if moments.n else None)
            for name, mean in zip(names, moments.means.tolist(), strict=False)
        ),
        constant=tuple(name for name, yes in zip(names, varies, strict=False) if not yes and moments.n > 0),
    )
    reason = _why_not(moments.n, varies)
    if reason is not None:
        return replace(bare, reason=reason)
    return _filled(bare, correlations(moments.covariance, variance)[np.ix_(varies, varies)])


def _filled(bare: KeyDrivers, correlation: Floats) -> KeyDrivers:
    names = bare.varying
    p = len(names)
    betas, dependent = standardised_coefficients(correlation)
    johnson = relative_weights(correlation)
    with_response = correlation[:-1, -1]
    r_squared = float(johnson.sum())
    values: dict[str, Any] = {"correlation": with_response, "johnson": johnson, "first": with_response**2}
    if p <= MOST_DRIVERS:
        subsets = explained_by_subsets(correlation)
        r_squared = float(subsets[-1])
        values["lmg"] = lmg(correlation)
        values["last"] = subsets[-1] - subsets[2**p - 1 - 2 ** np.arange(p)]
    else:
        values["last"] = np.array([r_squared - _without(correlation, j) for j in range(p)])
    if r_squared > 0:
        values |= {
            f"{kind}_share": values[kind] / values[kind].sum()
            for kind in ("lmg", "johnson")
            if kind in values
        }
    own = {"standardised_beta": betas, "pratt": betas * with_response}
    found: dict[str, dict[str, Any]] = {
        name: {kind: float(column[j]) for kind, column in values.items()}
        | ({} if dependent[j] else {kind: float(column[j]) for kind, column in own.items()})
        for j, name in enumerate(names)
    }
    return replace(
        bare,
        r_squared=r_squared,
        drivers=tuple(replace(one, **found.get(one.name, {})) for one in bare.drivers),
        collinear=tuple(name for name, yes in zip(names, dependent, strict=True) if yes),
        reason=Reason.TOO_MANY_DRIVERS if p > MOST_DRIVERS else None,
    )


def _without(correlation: Floats, j: int) -> float:
    kept = [place for place in range(len(correlation)) if place != j]
    return float(relative_weights(correlation[np.ix_(kept, kept)]).sum())


def _why_not(n: int, varies: Any) -> Reason | None:
    if n == 0:
        return Reason.NO_ANSWERS
    if not varies[-1] or not varies[:-1].any():
        return Reason.NO_VARIANCE
    return Reason.TOO_FEW_ANSWERS if n < PEOPLE_PER_DRIVER * int(varies[:-1].sum()) else None


def _last(response: str, answers: Mapping[str, Column]) -> dict[str, Column]:
    return {
        **{name: column for name, column in answers.items() if name != response},
        response: answers[response],
    }


def _response_last(response: str, moments: Moments) -> Moments:
    if response not in moments.names:
        raise KeyError(f"{response!r} is none of {', '.join(moments.names)}")
    at = moments.names.index(response)
    order = [*(place for place in range(len(moments.names)) if place != at), at]
    names = tuple(moments.names[place] for place in order)
    return Moments(
        moments.n, names, moments.weight, moments.means[order], moments.scatter[np.ix_(order, order)]
    )
