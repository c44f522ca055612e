"""Sums that stand in for rows: enough for regressions and their bootstrap, and they add up over parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.models.answers import complete_rows, whole_counts
from hearback.stats.models.errors import ColumnNotValid
from hearback.stats.models.terms import Column, Floats, Mask, is_missing, taken
from hearback.stats.survey.design import Codes


@dataclass(frozen=True)
class Moments:
    """People, weight, means and scatter (weighted, centred cross-products) of some columns.

    Moments of parts add to those of the whole, so rows need not be kept.

    >>> parts = moments_of({"trust": [1, 5], "ease": [2, 4]}) + moments_of({"trust": [3], "ease": [3]})
    >>> parts.n, parts.covariance.round(3).tolist()
    (3, [[2.667, 1.333], [1.333, 0.667]])
    """

    n: int
    names: tuple[str, ...]
    weight: float
    means: Floats = field(compare=False)
    scatter: Floats = field(compare=False)

    @property
    def covariance(self) -> Floats:
        """Give the covariance matrix, with the sum of weights as divisor; zeros where nothing was counted."""
        return self.scatter / self.weight if self.weight else self.scatter

    def __add__(self, other: "Moments") -> "Moments":
        """Give the moments of both parts together.

        Source: Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance, The American
        Statistician 37.
        """
        if self.names != other.names:
            raise ColumnNotValid(f"moments of {self.names} cannot be added to those of {other.names}")
        weight = self.weight + other.weight
        if weight == 0:
            return self
        apart = other.means - self.means
        between = np.outer(apart, apart) * (self.weight * other.weight / weight)
        means = self.means + apart * (other.weight / weight)
        return Moments(self.n + other.n, self.names, weight, means, self.scatter + other.scatter + between)


@dataclass(frozen=True)
class UnitSums:
    """Sums of each unit that is drawn again in a bootstrap: weight, weighted values, weighted products.

    Values are less `origin`, so that no digits are lost. `times` is how many units are equal to it, `strata`
    the stratum it is drawn in.
    """

    n: int
    names: tuple[str, ...]
    origin: Floats = field(compare=False)
    strata: Codes = field(compare=False)
    times: Codes = field(compare=False)
    sums: Floats = field(compare=False)

    @property
    def moments(self) -> Moments:
        """Give the moments of all units together."""
        weight, means, covariance = unpack(self.times @ self.sums, len(self.names))
        total = float(weight)
        return Moments(self.n, self.names, total, self.origin + means, covariance * total)


def moments_of(
    columns: Mapping[str, Column], *, weights: ArrayLike | None = None, counts: Column | None = None
) -> Moments:
    """Give the moments of the rows in which every column has a value and the weight is above zero.

    Args:
        weights: of people, as in a sample.
        counts: how many people a row stands for, as in a table of answer patterns; one if not given.

    Raises:
        ColumnNotValid: if columns differ in length, hold words or infinite values, a weight is negative, or a
            count is not whole.
    """
    values, weight, people, _ = _complete(columns, weights, counts)
    counted = weight * people
    total = float(counted.sum())
    means = counted @ values / (total or 1.0)
    apart = values - means
    scatter = apart.T @ (apart * counted[:, None])
    return Moments(int(people.sum()), tuple(columns), total, means, scatter)


def moments_of_covariance(names: Sequence[str], covariance: ArrayLike, n: int) -> Moments:
    """Take a covariance matrix from elsewhere, with the people behind it. Its means are unknown: given as 0.

    Raises:
        ColumnNotValid: if the matrix is not square, symmetric, finite and of the names' size.
    """
    found = np.asarray(covariance, dtype=float)
    if found.shape != (len(names), len(names)) or not np.isfinite(found).all():
        raise ColumnNotValid(
            f"give a finite covariance matrix of {len(names)} rows and columns, one per name"
        )
    if not np.allclose(found, found.T, rtol=1e-9, atol=0) or (np.diag(found) < 0).any():
        raise ColumnNotValid("a covariance matrix is symmetric and has no variance below zero")
    return Moments(n, tuple(names), float(n), np.zeros(len(names)), (found + found.T) / 2 * n)


def unit_sums(
    columns: Mapping[str, Column],
    *,
    weights: ArrayLike | None = None,
    counts: Column | None = None,
    units: Sequence[Any] | None = None,
    strata: Sequence[Any] | None = None,
) -> UnitSums:
    """Add rows up by the unit that was drawn; people are units where none are given.

    Equal people are kept once with their number, so that a million answers take the room of their patterns.
    A unit none of whose rows is complete still counts as drawn.

    Raises:
        ColumnNotValid: see `moments_of`; or if a label of a unit or stratum is missing.
    """
    values, weight, people, rows = _complete(columns, weights, counts)
    origin = values.mean(axis=0) if len(values) else np.zeros(len(columns))
    strata_of = _labels(strata, len(rows), "stratum")
    n, names = int(people.sum()), tuple(columns)
    if units is None:
        table = np.column_stack([strata_of[rows], weight, values - origin])
        distinct, places = np.unique(table, axis=0, return_inverse=True)
        times = np.bincount(places.ravel(), weights=people, minlength=len(distinct)).astype(np.int64)
        sums = _packed(distinct[:, 2:], distinct[:, 1])
        return UnitSums(n, names, origin, distinct[:, 0].astype(np.int64), times, sums)
    pairs = np.column_stack([strata_of, _labels(units, len(rows), "unit")])
    distinct_units, of_rows = np.unique(pairs, axis=0, return_inverse=True)
    parts = _packed(values - origin, weight * people)
    sums = np.zeros((len(distinct_units), parts.shape[1]))
    np.add.at(sums, of_rows.ravel()[rows], parts)
    once = np.ones(len(distinct_units), dtype=np.int64)
    return UnitSums(n, names, origin, distinct_units[:, 0], once, sums)


def unpack(sums: Floats, k: int) -> tuple[Floats, Floats, Floats]:
    """Turn sums, one set per leading index, into weight, means (less the origin) and covariance matrix.

    Where the weight is zero, so are means and covariance.
    """
    weight = sums[..., 0]
    per = sums[..., 1:] / np.where(weight > 0, weight, 1.0)[..., None]
    means = per[..., :k]
    upper = np.triu_indices(k)
    covariance = np.empty((*weight.shape, k, k))
    covariance[..., upper[0], upper[1]] = per[..., k:] - means[..., upper[0]] * means[..., upper[1]]
    covariance[..., upper[1], upper[0]] = covariance[..., upper[0], upper[1]]
    return weight, means, covariance


def _packed(values: Floats, weight: Floats) -> Floats:
    upper = np.triu_indices(values.shape[1])
    products = values[:, upper[0]] * values[:, upper[1]]
    return np.column_stack([np.ones(len(values)), values, products]) * weight[:, None]


def _complete(
    columns: Mapping[str, Column], weights: ArrayLike | None, counts: Column | None
) -> tuple[Floats, Floats, Floats, Mask]:
    first = next(iter(columns.values()))
    n = len(first)
    weight = np.ones(n) if weights is None else np.asarray(weights, dtype=float)
    people = whole_counts(counts, n)
    rows = complete_rows(first, columns, weight) & complete_rows(first, columns, people)
    try:
        values = np.column_stack([taken(column, rows).astype(float) for column in columns.values()])
    except ValueError as problem:
        raise ColumnNotValid(f"the columns {', '.join(columns)} must be numbers: {problem}") from problem
    return values, weight[rows], people[rows], rows


def _labels(labels: Sequence[Any] | None, n: int, what: str) -> NDArray[np.int64]:
    """Number labels in their order, so that the order of rows does not matter."""
    if labels is None:
        return np.zeros(n, dtype=np.int64)
    found = list(labels)
    if len(found) != n:
        raise ColumnNotValid(f"there are {n} rows and {len(found)} labels of the {what}; give one per row")
    missing = [row for row, label in enumerate(found) if is_missing(label)]
    if missing:
        raise ColumnNotValid(f"row {missing[0] + 1} has no {what}; fill it in or leave the row out")
    codes: NDArray[np.int64] = np.unique([str(label) for label in found], return_inverse=True)[1].astype(
        np.int64
    )
    return codes
