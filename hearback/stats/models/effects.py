"""What an ordinal model says in shares of people: by how much agreeing differs, all else equal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, stdtrit

from hearback.stats.estimate import Reason
from hearback.stats.models.errors import ColumnNotValid, TermUnknown
from hearback.stats.models.ordinal_model import OrdinalModel
from hearback.stats.models.terms import Column, Floats, answered, taken
from hearback.stats.proportion import two_sided_z

AGREES = 4.0
"""Answers from 4 up agree on a five-point scale."""


@dataclass(frozen=True)
class AgreeDifference:
    """By how much the share answering `at_least` or above differs, from `before` to `after`, in [-1, 1].

    `value` is None where the model has no estimate; `se` and interval also where nobody, or everybody,
    answers that high (the value is then 0), and the interval without degrees of freedom. `reason` says which.
    """

    before: str
    after: str
    at_least: float
    value: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    reason: Reason | None = None


def average_difference(
    model: OrdinalModel,
    people: Mapping[str, Column],
    predictor: str,
    before: float | str,
    after: float | str,
    *,
    at_least: float = AGREES,
    weights: ArrayLike | None = None,
) -> AgreeDifference:
    """Average over people how much likelier a high answer is with `after` than with `before`.

    Each person keeps their other predictors. The error is that of the model's coefficients, for these people;
    the interval is 95 %.

    Args:
        people: predictors as the model was given; rows with a missing value are left out.
        predictor: the one that is changed.
        before: a word or number of it; so is `after`.
        at_least: lowest answer that counts; for answers in words, its place in their order from 0.
        weights: of people; equal if not given.

    Raises:
        TermUnknown: if a predictor or word is not in the model, or people lack a predictor.
        ColumnNotValid: if columns differ in length.

    Source: Agresti and Tarantola (2018), Simple ways to interpret effects in modeling ordinal categorical
    data, Statistica Neerlandica 72; the error by the delta method.

    >>> from hearback.stats.models.ordinal import proportional_odds
    >>> people = {"channel": ["web"] * 20 + ["phone"] * 20}
    >>> model = proportional_odds([3, 4, 5, 5] * 5 + [1, 2, 3, 4, 5] * 4, people)
    >>> found = average_difference(model, people, "channel", "phone", "web")
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (0.41, 0.15, 0.66)
    """
    known = [coding.predictor for coding in model.codings]
    if predictor not in known:
        raise TermUnknown(f"the model has no {predictor!r}; it has {', '.join(known)}")
    n = len(next(iter(people.values()), ()))
    rows = np.ones(n, dtype=bool)
    for coding in model.codings:
        if coding.predictor in people and coding.predictor != predictor:
            rows &= answered(coding.predictor, people[coding.predictor], n)
    weight = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    if weight.shape != (n,) or not rows.any() or weight[rows].sum() <= 0:
        raise ColumnNotValid("there are no people with all predictors and a weight to average over")
    others = {name: taken(values, rows) for name, values in people.items()}
    matrices = [model.matrix(others | {predictor: [value] * int(rows.sum())}) for value in (before, after)]
    return difference_between(
        model, AgreeDifference(str(before), str(after), at_least), matrices[0], matrices[1], weight[rows]
    )


def difference_between(
    model: OrdinalModel, asked: AgreeDifference, before: Floats, after: Floats, weights: Floats
) -> AgreeDifference:
    """Fill in a difference between two sets of rows of the model matrix, averaged by the weights."""
    if model.covariance is None:
        return replace(asked, reason=model.reason)
    cut = model.levels.first_from(asked.at_least) - 1
    if not 0 <= cut < len(model.cuts):
        return replace(asked, value=0.0, reason=Reason.NO_VARIANCE)
    share_before, slope_before = _share(model, before, weights, cut)
    share_after, slope_after = _share(model, after, weights, cut)
    slope = slope_after - slope_before
    value = share_after - share_before
    se = float(np.sqrt(np.maximum(slope @ model.covariance @ slope, 0.0)))
    if model.df is not None and model.df < 1:
        return replace(asked, value=value, se=se, reason=Reason.ONE_PSU)
    reach = two_sided_z(0.95) if model.df is None else float(stdtrit(model.df, 0.975))
    return replace(asked, value=value, se=se, low=value - reach * se, high=value + reach * se)


def _share(model: OrdinalModel, matrix: Floats, weights: Floats, cut: int) -> tuple[float, Floats]:
    """Give the average share above a threshold, and how it moves with each coefficient and threshold."""
    coefficients = np.array([term.coefficient for term in model.kept], dtype=float)
    above = matrix @ coefficients - float(model.cuts[cut].value or 0.0)
    share = expit(above)
    part = weights / weights.sum()
    density = part * share * expit(-above)
    slope = np.zeros(len(coefficients) + len(model.cuts))
    slope[: len(coefficients)] = density @ matrix
    slope[len(coefficients) + cut] = -density.sum()
    return float(part @ share), slope
