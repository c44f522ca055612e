"""Who tends to answer: a logistic model of response on what the frame knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import DesignNotValid, Floats, check_weights

INTERCEPT = "(Intercept)"
RIDGE = 1e-6
NEVER = 30.0
"""Beyond this logit, a chance of one in 10^13, the plain fit is taken to run off to infinity."""
STEPS = 200


class PredictorNotUsable(ValueError):
    """A predictor lacks a value, or follows from the others, so that its part cannot be told."""


@dataclass(frozen=True)
class Coefficient:
    """One coefficient on the logit scale; `level` is that of a grouping predictor, None of a number."""

    predictor: str
    level: Any
    value: float
    se: float


@dataclass(frozen=True)
class PropensityModel:
    """The fitted model and everybody's probability of answering; both None if all or none answered.

    `ridge` is above zero where a group answered as one, so that the plain fit runs off to infinity: the
    coefficients were then held back by that penalty on standardised predictors, and the standard errors of
    such a group mean nothing.
    """

    coefficients: tuple[Coefficient, ...] | None
    propensities: Floats | None
    ridge: float
    steps: int
    reason: Reason | None = None


@dataclass(frozen=True)
class _Column:
    predictor: str
    level: Any
    values: Floats


def fit_propensity(
    responded: Sequence[bool] | NDArray[np.bool_],
    predictors: Mapping[str, Sequence[Any] | NDArray[Any]],
    *,
    weights: ArrayLike | None = None,
    references: Mapping[str, Any] | None = None,
) -> PropensityModel:
    """Fit the probability of answering by maximum likelihood.

    Numbers enter as they are; words are groups, each held against a reference group.

    Args:
        predictors: name → value of everybody asked, none missing.
        weights: design weights for a pseudo-likelihood; None, the usual choice, counts everybody once.
        references: name → reference group; the first in alphabetical order where not given.

    Raises:
        PredictorNotUsable: if a number is missing, a reference does not occur, or predictors determine each
            other.
        DesignNotValid: if lengths differ or the weights cannot be used.

    Source: Little (1986), Survey nonresponse adjustments for estimates of means, International Statistical
    Review 54; McCullagh and Nelder (1989), Generalized Linear Models, section 4.4; the ridge is that of le
    Cessie and van Houwelingen (1992), Ridge estimators in logistic regression, Applied Statistics 41.

    >>> model = fit_propensity([1, 0, 0, 1, 1, 0], {"channel": ["web", "web", "web", "mail", "mail", "mail"]})
    >>> [(c.predictor, c.level, round(c.value, 4)) for c in model.coefficients]
    [('(Intercept)', None, 0.6931), ('channel', 'web', -1.3863)]
    """
    gave = np.asarray(responded, dtype=float)
    if not np.isin(gave, (0, 1)).all():
        raise DesignNotValid("whether somebody answered is neither yes nor no; give 0 or 1 for everybody")
    weight = np.ones(len(gave)) if weights is None else check_weights(weights, len(gave))
    columns = _columns(gave, predictors, references or {})
    if not gave[weight > 0].any():
        return PropensityModel(None, None, 0.0, 0, Reason.NO_ANSWERS)
    if gave[weight > 0].all():
        return PropensityModel(None, None, 0.0, 0, Reason.ALL_RESPONDED)
    matrix = np.column_stack([column.values for column in columns])
    _check_rank(matrix[weight > 0], columns)
    for ridge in (0.0, RIDGE):
        found, spread, steps = _newton(matrix, gave, weight, ridge)
        if spread is not None:
            break
    else:
        raise PredictorNotUsable(
            "the model of response does not settle; merge small groups of the predictors"
        )
    named = zip(columns, found, np.sqrt(np.diag(spread)), strict=True)
    return PropensityModel(
        tuple(Coefficient(c.predictor, c.level, float(b), float(se)) for c, b, se in named),
        expit(matrix @ found),
        ridge,
        steps,
    )


def propensity_weights(
    propensities: ArrayLike, responded: Sequence[bool] | NDArray[np.bool_], weights: ArrayLike | None = None
) -> Floats:
    """Divide the weight of every respondent by the probability of answering; the others get zero.

    Raises:
        DesignNotValid: if lengths differ, or a respondent's propensity is not above 0 and at most 1.

    Source: Little (1986); Rosenbaum (1987), Model-based direct adjustment, JASA 82.

    >>> propensity_weights([0.5, 0.25, 0.5], [True, True, False], [1, 2, 9])
    array([2., 8., 0.])
    """
    rho, gave = np.asarray(propensities, dtype=float), np.asarray(responded, dtype=bool)
    weight = np.ones(len(gave)) if weights is None else check_weights(weights, len(gave))
    if rho.shape != gave.shape:
        raise DesignNotValid(
            f"{gave.size} people were asked and {rho.size} propensities given; give one each"
        )
    if not ((rho[gave] > 0) & (rho[gave] <= 1)).all():
        raise DesignNotValid("a respondent has a propensity of zero or above one; weight by classes instead")
    weighted: Floats = np.divide(weight, rho, out=np.zeros(len(gave)), where=gave)
    return weighted


def _columns(gave: Floats, predictors: Mapping[str, Any], references: Mapping[str, Any]) -> list[_Column]:
    columns = [_Column(INTERCEPT, None, np.ones(len(gave)))]
    for name, given in predictors.items():
        if len(given) != len(gave):
            raise DesignNotValid(
                f"{len(gave)} people were asked and {len(given)} have a {name}; give one each"
            )
        as_array = np.asarray(given)
        if as_array.dtype.kind in "iufb":
            columns.append(_number_column(name, as_array.astype(float)))
        else:
            columns.extend(_group_columns(name, list(given), references))
    return columns


def _number_column(name: str, values: Floats) -> _Column:
    if not np.isfinite(values).all():
        row = int(np.flatnonzero(~np.isfinite(values))[0])
        raise PredictorNotUsable(
            f"person {row + 1} has no {name}; impute it once and record that, or leave it out"
        )
    return _Column(name, None, values)


def _group_columns(name: str, labels: list[Any], references: Mapping[str, Any]) -> list[_Column]:
    levels = sorted(set(labels), key=str)
    reference = references.get(name, levels[0] if levels else None)
    if levels and reference not in levels:
        raise PredictorNotUsable(
            f"the reference group {reference!r} of {name} does not occur; choose another"
        )
    return [
        _Column(name, level, np.array([float(label == level) for label in labels]))
        for level in levels
        if level != reference
    ]


def _check_rank(matrix: Floats, columns: Sequence[_Column]) -> None:
    length = np.sqrt(np.square(matrix).sum(axis=0))
    scaled = matrix / np.where(length == 0, 1.0, length)
    if np.linalg.matrix_rank(scaled) == len(columns):
        return
    for count in range(1, len(columns) + 1):
        if np.linalg.matrix_rank(scaled[:, :count]) < count:
            column = columns[count - 1]
            what = column.predictor if column.level is None else f"{column.predictor} = {column.level!r}"
            raise PredictorNotUsable(
                f"{what} follows from the predictors before it; leave it or one of them out"
            )


def _newton(matrix: Floats, gave: Floats, weight: Floats, ridge: float) -> tuple[Floats, Floats | None, int]:
    """Climb to the maximum, steps halved until they climb; the covariance is None if there is no maximum."""
    scale = np.sqrt(np.square(matrix).mean(axis=0))
    columns = matrix / scale
    penalty = np.where(np.arange(len(scale)) == 0, 0.0, ridge)
    slopes = np.zeros(len(scale))
    for step in range(1, STEPS + 1):
        linear = columns @ slopes
        if not ridge and np.abs(linear).max() > NEVER:
            break
        rho = expit(linear)
        score = columns.T @ (weight * (gave - rho)) - penalty * slopes
        information = columns.T @ (columns * (weight * rho * (1 - rho))[:, None]) + np.diag(penalty)
        if np.linalg.cond(information) > 1e14:
            break
        change = np.linalg.solve(information, score)
        slopes = _climb(columns, gave, weight, penalty, slopes, change)
        if np.abs(change).max() <= 1e-11 * max(1.0, float(np.abs(slopes).max())):
            return slopes / scale, np.linalg.inv(information) / np.outer(scale, scale), step
    return slopes / scale, None, STEPS


def _climb(
    columns: Floats, gave: Floats, weight: Floats, penalty: Floats, slopes: Floats, change: Floats
) -> Floats:
    def height(trial: Floats) -> float:
        linear = columns @ trial
        likelihood = weight * (gave * linear - np.logaddexp(0.0, linear))
        return float(likelihood.sum() - (penalty * np.square(trial)).sum() / 2)

    here, size = height(slopes), 1.0
    while size > 1e-6 and height(slopes + size * change) < here - 1e-12 * abs(here):
        size /= 2
    return slopes + size * change
