"""Predictors of a model as columns of numbers: numbers stand for themselves, words get treatment coding."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearback.stats.models.errors import ColumnNotValid, TermUnknown

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Column = Sequence[Any] | NDArray[Any]


@dataclass(frozen=True)
class Coding:
    """How one predictor becomes columns. Without `levels` it is a number and one column of its own name.

    With them, each level but the first, which is the reference, is a column of zeros and ones, named by the
    predictor and the level run together, as R names them.
    """

    predictor: str
    levels: tuple[str, ...] = ()

    @property
    def reference(self) -> str | None:
        """Give the word all others are compared with; None for a number."""
        return self.levels[0] if self.levels else None

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns."""
        return (
            tuple(self.predictor + level for level in self.levels[1:]) if self.levels else (self.predictor,)
        )

    def columns(self, values: Column) -> Floats:
        """Code values: shape (rows, columns).

        Raises:
            TermUnknown: if a word is none of the levels.
            ColumnNotValid: if a number is missing or infinite.
        """
        if not self.levels:
            numbers = np.asarray(values, dtype=float)
            if not np.isfinite(numbers).all():
                row = int(np.flatnonzero(~np.isfinite(numbers))[0])
                raise ColumnNotValid(
                    f"row {row + 1} of {self.predictor} is no finite number; leave the row out"
                )
            return numbers[:, None]
        words = [str(value) for value in np.asarray(values, dtype=object)]
        if unknown := sorted(set(words) - set(self.levels)):
            raise TermUnknown(
                f"{self.predictor} is {unknown[0]!r} in row {words.index(unknown[0]) + 1}; "
                f"the model knows {', '.join(self.levels)}"
            )
        return np.array([[float(word == level) for level in self.levels[1:]] for word in words]).reshape(
            len(words), len(self.levels) - 1
        )


def code_predictors(
    predictors: Mapping[str, Column], rows: Mask, references: Mapping[str, str] | None = None
) -> tuple[Coding, ...]:
    """Find how each predictor is coded, from the rows that enter the model.

    A column of numbers, or of true and false, is a number; any other is words, whose levels are put in
    alphabetical order, whatever their case. A level no row has is no level.

    Args:
        rows: which rows enter; they hold no missing value.
        references: for a predictor of words, the word to compare with in place of the first.

    Raises:
        TermUnknown: if a reference is asked for of a predictor that is not there, or is no word of it.
    """
    wanted = dict(references or {})
    if unknown := sorted(set(wanted) - set(predictors)):
        raise TermUnknown(f"a reference is given for {unknown[0]!r}, which is no predictor of the model")
    return tuple(_coding(name, values, rows, wanted.get(name)) for name, values in predictors.items())


def model_matrix(codings: Sequence[Coding], predictors: Mapping[str, Column], n: int) -> Floats:
    """Put the columns of all predictors side by side: shape (n, columns).

    Raises:
        TermUnknown: if a predictor is missing, or a word is none of its levels.
        ColumnNotValid: if a number is missing, or columns differ in length.
    """
    if missing := [coding.predictor for coding in codings if coding.predictor not in predictors]:
        raise TermUnknown(f"the model needs {missing[0]!r}; give it too")
    parts = [coding.columns(predictors[coding.predictor]) for coding in codings]
    if {len(part) for part in parts} - {n}:
        raise ColumnNotValid(f"the predictors have other than {n} rows; give one value per row")
    return np.hstack([np.zeros((n, 0)), *parts])


def column_names(codings: Sequence[Coding]) -> tuple[str, ...]:
    """Name the columns of the model matrix."""
    return tuple(name for coding in codings for name in coding.names)


def answered(name: str, values: Column, n: int) -> Mask:
    """Say which rows of a column have a value: not None, not blank, not nan.

    Raises:
        ColumnNotValid: if there are not n values, or one is infinite.
    """
    found = np.asarray(values, dtype=None if isinstance(values, np.ndarray) else object)
    if found.shape != (n,):
        raise ColumnNotValid(f"{name} has {found.size} values for {n} rows; give one per row")
    if found.dtype.kind in "iub":
        return np.ones(n, dtype=bool)
    if found.dtype.kind != "f":
        missing = [is_missing(value) for value in found]
        infinite = [isinstance(value, float) and abs(value) == np.inf for value in found]
        here, too_large = ~np.array(missing, dtype=bool), np.array(infinite, dtype=bool)
    else:
        here, too_large = ~np.isnan(found), np.isinf(found)
    if too_large.any():
        row = int(np.flatnonzero(too_large)[0])
        raise ColumnNotValid(f"row {row + 1} of {name} is infinite; mend it or leave it blank")
    return here


def is_missing(value: Any) -> bool:
    """Say whether one value is None, blank or nan."""
    return value is None or value == "" or (isinstance(value, float | np.floating) and math.isnan(value))


def taken(values: Column, rows: Mask) -> NDArray[Any]:
    """Take the values of some rows, words as objects so that none is cut short."""
    return np.asarray(values, dtype=None if isinstance(values, np.ndarray) else object)[rows]


def independent_columns(matrix: Floats, weights: Floats) -> Mask:
    """Say which columns tell something that a constant and the columns before them do not.

    A column is left out where what remains of it is below a ten-millionth of its spread, the tolerance of
    R's `lm`.
    """
    root = np.sqrt(weights / weights.sum())[:, None]
    basis = root.copy()
    kept = np.zeros(matrix.shape[1], dtype=bool)
    for number, column in enumerate(matrix.T):
        scaled = root * column[:, None]
        rest = scaled - basis @ (basis.T @ scaled)
        rest -= basis @ (basis.T @ rest)
        size = float(np.linalg.norm(rest))
        if size > 1e-7 * max(float(np.linalg.norm(scaled)), np.finfo(float).tiny):
            basis = np.hstack([basis, rest / size])
            kept[number] = True
    return kept


def _coding(name: str, values: Column, rows: Mask, reference: str | None) -> Coding:
    entering = taken(values, rows)
    if all(isinstance(value, int | float | np.number | np.bool_) for value in entering.tolist()):
        if reference is not None:
            raise TermUnknown(f"{name} is a number and has no reference word; leave the reference out")
        return Coding(name)
    levels = sorted({str(value) for value in entering}, key=lambda word: (word.casefold(), word))
    if reference is not None:
        if reference not in levels:
            raise TermUnknown(f"{reference!r} is no word of {name}; it has {', '.join(levels)}")
        levels = [reference, *(level for level in levels if level != reference)]
    return Coding(name, tuple(levels))
