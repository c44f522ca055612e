"""Cronbach's alpha: how far the items of a form measure one thing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri

from hearback.stats.estimate import Reason, check_level

Floats = NDArray[np.float64]
NO_SPREAD = 1e-12
"""Variance, against the largest there is, below which a spread is rounding."""


class ItemsNotValid(ValueError):
    """Answers to items cannot be used; the message says which and why."""


@dataclass(frozen=True)
class ItemReliability:
    """One item: alpha without it, and its correlation with the sum of the others. None where undefined."""

    name: str
    alpha_if_dropped: float | None = None
    item_rest_correlation: float | None = None

    @property
    def against_the_rest(self) -> bool:
        """Say whether the item runs against the others: it may be worded the other way round."""
        return self.item_rest_correlation is not None and self.item_rest_correlation < 0


@dataclass(frozen=True)
class CronbachAlpha:
    """Alpha of a set of items over the n people who answered all. `reason` says why alpha is None.

    `standardised` and `mean_correlation` are None where an item does not vary, the interval below two people.
    Alpha can be negative. A high one on a form about one visit shows a halo at least as much as good items.
    """

    n: int
    items: tuple[ItemReliability, ...]
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    standardised: float | None = None
    mean_correlation: float | None = None
    reason: Reason | None = None


def cronbach_alpha(answers: Mapping[str, ArrayLike], *, level: float = 0.95) -> CronbachAlpha:
    """Compute alpha over the people who answered every item.

    Args:
        answers: numbers by item, one per person, nan where not answered.
        level: of Feldt's interval.

    Raises:
        ItemsNotValid: if items differ in length, or hold words or infinite values.
        ValueError: if the level is not between 0 and 1.

    Source: Cronbach (1951), Coefficient alpha and the internal structure of tests, Psychometrika 16;
    interval: Feldt (1965), The approximate sampling distribution of Kuder-Richardson reliability coefficient
    twenty, Psychometrika 30.

    >>> found = cronbach_alpha({"ease": [4, 5, 2, 1], "speed": [4, 4, 3, 1], "trust": [5, 4, 2, 2]})
    >>> round(found.alpha, 3), round(found.low, 3), round(found.high, 3), found.n
    (0.938, 0.593, 0.996, 4)
    >>> cronbach_alpha({"ease": [4, 5, 2, 1]}).reason.value
    'one_item'
    """
    check_level(level)
    complete = _complete(answers)
    n = len(complete)
    if n < 2:
        reason = Reason.ONE_ANSWER if n else Reason.NO_ANSWERS
        return _undefined(n, answers, Reason.ONE_ITEM if len(answers) < 2 else reason)
    apart = complete - complete.mean(axis=0)
    return cronbach_alpha_of_covariance(tuple(answers), apart.T @ apart / (n - 1), n, level=level)


def cronbach_alpha_of_covariance(
    names: Sequence[str], covariance: ArrayLike, n: int, *, level: float = 0.95
) -> CronbachAlpha:
    """Compute alpha from the covariance matrix of the items, when rows are not kept.

    Args:
        covariance: with n - 1 as divisor; any other gives the same alpha.
        n: people behind it, all items answered.

    Raises:
        ItemsNotValid: if the matrix does not fit the names, or is not finite.
        ValueError: if the level is not between 0 and 1.

    Source: see `cronbach_alpha`.
    """
    check_level(level)
    matrix = np.asarray(covariance, dtype=float)
    if matrix.shape != (len(names), len(names)) or not np.isfinite(matrix).all():
        raise ItemsNotValid(f"give a finite covariance matrix of {len(names)} rows and columns, one per item")
    alpha = _alpha(matrix)
    if len(names) < 2 or n < 2 or alpha is None:
        few = Reason.NO_VARIANCE if n > 1 else Reason.ONE_ANSWER if n else Reason.NO_ANSWERS
        return _undefined(n, names, Reason.ONE_ITEM if len(names) < 2 else few)
    low, high = _feldt(alpha, n, len(names), level)
    mean_correlation = _mean_correlation(matrix)
    return CronbachAlpha(
        n=n,
        items=tuple(_item(matrix, place, name) for place, name in enumerate(names)),
        alpha=alpha,
        low=low,
        high=high,
        standardised=_standardised(mean_correlation, len(names)),
        mean_correlation=mean_correlation,
    )


def _alpha(covariance: Floats) -> float | None:
    """Give alpha; None below two items, or where the sum of the items does not vary."""
    k = len(covariance)
    total, parts = float(covariance.sum()), float(np.trace(covariance))
    if k < 2 or total <= NO_SPREAD * parts:
        return None
    return k / (k - 1) * (1 - parts / total)


def _feldt(alpha: float, n: int, k: int, level: float) -> tuple[float, float]:
    df = n - 1, (n - 1) * (k - 1)
    tail = (1 - level) / 2
    return 1 - (1 - alpha) * float(fdtri(*df, 1 - tail)), 1 - (1 - alpha) * float(fdtri(*df, tail))


def _mean_correlation(covariance: Floats) -> float | None:
    variance = np.diag(covariance)
    if (variance <= NO_SPREAD * variance.max()).any():
        return None
    root = np.sqrt(variance)
    correlation = covariance / np.outer(root, root)
    k = len(correlation)
    return float((correlation.sum() - np.trace(correlation)) / (k * (k - 1)))


def _standardised(mean_correlation: float | None, k: int) -> float | None:
    if mean_correlation is None or 1 + (k - 1) * mean_correlation <= NO_SPREAD:
        return None
    return k * mean_correlation / (1 + (k - 1) * mean_correlation)


def _item(covariance: Floats, place: int, name: str) -> ItemReliability:
    rest = [other for other in range(len(covariance)) if other != place]
    inside = covariance[np.ix_(rest, rest)]
    own, others, largest = covariance[place, place], inside.sum(), np.trace(covariance)
    correlation = None
    if min(own, others) > NO_SPREAD * largest:
        correlation = float(covariance[place, rest].sum() / np.sqrt(own * others))
    return ItemReliability(name, _alpha(inside), correlation)


def _complete(answers: Mapping[str, ArrayLike]) -> Floats:
    if not answers:
        return np.zeros((0, 0))
    try:
        columns = [np.asarray(values, dtype=float) for values in answers.values()]
    except (TypeError, ValueError) as problem:
        raise ItemsNotValid(f"the items {', '.join(answers)} must be numbers: {problem}") from problem
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        raise ItemsNotValid(f"the items {', '.join(answers)} differ in length; give one value per person")
    table = np.column_stack(columns)
    if np.isinf(table).any():
        row, item = (int(place) for place in np.argwhere(np.isinf(table))[0])
        raise ItemsNotValid(f"row {row + 1} of {list(answers)[item]} is infinite; mend it or leave it blank")
    kept: Floats = table[~np.isnan(table).any(axis=1)]
    return kept


def _undefined(n: int, names: Sequence[str] | Mapping[str, ArrayLike], reason: Reason) -> CronbachAlpha:
    return CronbachAlpha(n, tuple(ItemReliability(name) for name in names), reason=reason)
