"""Ordered answers of a model: numbers, or words in an order that is given, numbered without gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hearback.stats.models.errors import ColumnNotValid
from hearback.stats.models.terms import Column, Floats, Mask, answered, taken

Codes = NDArray[np.int64]


@dataclass(frozen=True)
class OrderedLevels:
    """The levels in use, lowest first. `values` are their numbers, or their places in the order of words."""

    labels: tuple[str, ...]
    values: tuple[float, ...]

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def cuts(self) -> tuple[str, ...]:
        """Name the thresholds between levels, as in 3|4."""
        return tuple(f"{low}|{high}" for low, high in zip(self.labels, self.labels[1:], strict=False))

    def first_from(self, level: float) -> int:
        """Give the place of the lowest level in use from `level` up; the number of levels if none is."""
        return sum(value < level for value in self.values)


def complete_rows(answers: Column, predictors: Mapping[str, Column], weights: Column | None = None) -> Mask:
    """Say which rows have an answer, a value of every predictor, and a weight above zero.

    Raises:
        ColumnNotValid: if columns differ in length or hold infinite values, or a weight is negative.
    """
    n = len(np.asarray(answers, dtype=object))
    rows = answered("the answers", answers, n)
    for name, values in predictors.items():
        rows &= answered(name, values, n)
    if weights is None:
        return rows
    found = np.asarray(weights, dtype=float)
    if found.shape != (n,) or not np.isfinite(found).all() or (found < 0).any():
        raise ColumnNotValid(f"give one finite weight of zero or more for each of the {n} rows")
    return rows & (found > 0)


def whole_counts(counts: Column | None, n: int) -> Floats:
    """Give how many people each row stands for: one each where nothing is given.

    Raises:
        ColumnNotValid: if there are not n, or one is negative or not whole: sampling weights are not counts.
    """
    if counts is None:
        return np.ones(n)
    found = np.asarray(counts, dtype=float)
    if found.shape != (n,):
        raise ColumnNotValid(f"there are {n} rows and {found.size} counts; give one per row")
    wrong = ~np.isfinite(found) | (found < 0) | (found != np.floor(found))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise ColumnNotValid(f"the count of row {row + 1} is {found[row]}; give whole people, zero or more")
    return found


def number_levels(answers: Column, rows: Mask, order: Sequence[str] | None) -> tuple[OrderedLevels, Codes]:
    """Number the answers of the entering rows from 0, leaving no level without an answer.

    Args:
        order: all words there may be, lowest first; None for numbers.

    Raises:
        ColumnNotValid: if words come without an order, or one is not in it.
    """
    entering = taken(answers, rows)
    if order is None:
        try:
            numbers = entering.astype(float)
        except ValueError as problem:
            raise ColumnNotValid(f"answers in words need their order, lowest first: {problem}") from problem
        values, codes = np.unique(numbers, return_inverse=True)
        labels = tuple(f"{value:.15g}" for value in values)
        return OrderedLevels(labels, tuple(values.tolist())), codes.astype(np.int64)
    places = {word: place for place, word in enumerate(order)}
    if unknown := [str(word) for word in entering if str(word) not in places]:
        raise ColumnNotValid(f"the answer {unknown[0]!r} is not in the order {', '.join(order)}; add it")
    found, codes = np.unique([places[str(word)] for word in entering], return_inverse=True)
    used = found.astype(int).tolist()
    return OrderedLevels(tuple(order[i] for i in used), tuple(map(float, used))), codes.astype(np.int64)
