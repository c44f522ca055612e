"""Means and shares from weighted counts of answers, for very many subjects at once.

A cell holds the people who gave one answer: how many, the sum of their weights, and the sum of their squared
weights. That is all the linearised variance needs where every row was drawn by itself, so figures from cells
equal those of `hearback.stats.survey.means` from the rows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from hearback.stats.estimate import Reason, check_level
from hearback.stats.survey.design import Floats
from hearback.stats.survey.means import SampleEstimate, no_estimate

SLACK = 1e-6
"""How far sums of weights may contradict one another by rounding, as a share."""


class CellsNotValid(ValueError):
    """Cells contradict one another or do not fit; the message says which and what to do."""


@dataclass(frozen=True)
class AnswerCells:
    """Counts of answers. The arrays have one shape: (subjects, answers) or (subjects, strata, answers).

    Args:
        n: people with a weight above zero who gave the answer.
        sum_w: sum of their weights; None where everybody weighs 1.
        sum_w2: sum of their squared weights.
        n_drawn: people drawn, per subject (or per subject and stratum), with those who gave no answer; None
            for those in the cells.
        population: how many there are, per subject (and stratum); None for no finite-population correction.

    Raises:
        CellsNotValid: if shapes differ, a number is negative or not finite, or sums of weights contradict
            the counts.
    """

    n: ArrayLike
    sum_w: ArrayLike | None = None
    sum_w2: ArrayLike | None = None
    n_drawn: ArrayLike | None = None
    population: ArrayLike | None = None

    def __post_init__(self) -> None:
        if (self.sum_w is None) != (self.sum_w2 is None):
            raise CellsNotValid("give the sums of weights and of squared weights together, or neither")
        n, sum_w, sum_w2, n_drawn, population = self.arrays()
        for numbers, what in ((n, "n"), (sum_w, "sum_w"), (sum_w2, "sum_w2"), (n_drawn, "n_drawn")):
            _refuse(~np.isfinite(numbers) | (numbers < 0), what, "is negative or not a number")
        _refuse((n > 0) != (sum_w > 0), "sum_w", "does not fit its n: both are zero, or neither")
        _refuse(sum_w**2 > n * sum_w2 * (1 + SLACK), "sum_w2", "is too small for its sum of weights")
        _refuse(sum_w2 > sum_w**2 * (1 + SLACK), "sum_w2", "is too large for its sum of weights")
        _refuse(n_drawn < n.sum(axis=-1), "n_drawn", "is below the people who answered")
        _refuse(np.isnan(population) | (population < n_drawn), "population", "is below the people drawn")

    def arrays(self) -> tuple[Floats, Floats, Floats, Floats, Floats]:
        """Give n, sum_w, sum_w2 as (subjects, strata, answers), and n_drawn, population without answers.

        Raises:
            CellsNotValid: if shapes differ.
        """
        n = np.asarray(self.n, dtype=float)
        if n.ndim not in (2, 3):
            raise CellsNotValid(f"cells have {n.ndim} axes; give (subjects, answers) or with strata between")
        sums = [n if cells is None else _fitting(cells, n.shape) for cells in (self.sum_w, self.sum_w2)]
        drawn = n.sum(axis=-1) if self.n_drawn is None else _fitting(self.n_drawn, n.shape[:-1])
        sizes = np.full(n.shape[:-1], np.inf)
        if self.population is not None:
            sizes = _fitting(self.population, n.shape[:-1])
        if n.ndim == 2:
            return n[:, None, :], sums[0][:, None, :], sums[1][:, None, :], drawn[:, None], sizes[:, None]
        return n, sums[0], sums[1], drawn, sizes


def means_of_cells(cells: AnswerCells, scores: ArrayLike, level: float = 0.95) -> list[SampleEstimate]:
    """Estimate a mean of scores for every subject, with its t interval.

    Scores of 0 and 1 give a share, scores of 1, 0 and -1 a net. Rows are units: where people were drawn by
    office, the offices' own variance is not in the cells, and the standard error is too small.

    Args:
        scores: what every answer counts, in the order of the cells.

    Raises:
        CellsNotValid: if there is not one finite score per answer.
        ValueError: if the level is not between 0 and 1.

    Source: see `hearback.stats.survey.means.linearise_mean`, summed over equal answers.

    >>> cells = AnswerCells([[3, 4, 10, 22, 30], [0, 0, 0, 0, 0]])
    >>> first, second = means_of_cells(cells, [1, 2, 3, 4, 5])
    >>> round(first.value, 2), round(first.low, 2), round(first.high, 2), second.reason.value
    (4.04, 3.78, 4.31, 'no_answers')
    """
    check_level(level)
    n, sum_w, sum_w2, n_drawn, population = cells.arrays()
    points = np.asarray(scores, dtype=float)
    if points.shape != n.shape[-1:] or not np.isfinite(points).all():
        raise CellsNotValid(f"there are {n.shape[-1]} answers; give one finite score for each")
    rows, total = n.sum(axis=(1, 2)), sum_w.sum(axis=(1, 2))
    per_answer, safe = sum_w.sum(axis=1), np.where(total > 0, total, 1.0)
    # measured from an answer that was given, equal answers give exactly that score and no variance
    base = points[(per_answer > 0).argmax(axis=1)] if points.size else np.zeros(len(n))
    value = base + (per_answer * (points - base[:, None])).sum(axis=1) / safe
    away = points - value[:, None]
    variance = _variance(n_drawn, population, sum_w, sum_w2, away[:, None, :]) / safe**2
    spread = rows / np.maximum(rows - 1, 1) * (per_answer * away**2).sum(axis=1) / safe
    df = rows - (n.sum(axis=2) > 0).sum(axis=1)
    squared = sum_w2.sum(axis=(1, 2))
    half_width = np.sqrt(variance) * stdtrit(np.maximum(df, 1), (1 + level) / 2)
    columns = (value, variance, half_width, rows, df, total, squared, spread)
    return [_estimate(level, *row) for row in zip(*(column.tolist() for column in columns), strict=True)]


def _variance(n_drawn: Floats, population: Floats, sum_w: Floats, sum_w2: Floats, away: Floats) -> Floats:
    """Add up over strata; a stratum of one person counts as far as it lies from the mean (`adjust`)."""
    several = n_drawn > 1
    squares = (sum_w2 * away**2).sum(axis=-1)
    sums = (sum_w * away).sum(axis=-1)
    about_mean = np.maximum(squares - sums**2 / np.maximum(n_drawn, 1), 0.0)
    growth = np.where(several, n_drawn / np.maximum(n_drawn - 1, 1), 1.0)
    left = 1 - np.minimum(n_drawn / np.maximum(population, 1), 1.0)
    return np.asarray((left * growth * np.where(several, about_mean, squares)).sum(axis=-1), dtype=float)


def _estimate(level: float, *numbers: float) -> SampleEstimate:
    value, variance, half_width, rows, df, total, squared, spread = numbers
    n = int(rows)
    if n == 0:
        return no_estimate(level)
    known = n > 1
    reason = None if spread > 0 else Reason.NO_VARIANCE
    simple = spread / n
    without = simple * max(1 - n / total, 0.0)
    return SampleEstimate(
        value=value,
        se=variance**0.5 if known else None,
        df=int(df),
        low=value - half_width if df >= 1 else None,
        high=value + half_width if df >= 1 else None,
        level=level,
        n=n,
        sum_w=total,
        kish_deff=n * squared / total**2,
        kish_n_eff=total**2 / squared,
        deff=variance / without if known and without else None,
        deff_replace=variance / simple if known and simple else None,
        reason=reason if df >= 1 else Reason.ONE_ANSWER if n == 1 else Reason.ONE_PSU,
    )


def _fitting(given: ArrayLike, shape: tuple[int, ...]) -> Floats:
    found = np.asarray(given, dtype=float)
    if found.shape != shape:
        raise CellsNotValid(f"an array has the shape {found.shape}, and the counts ask for {shape}")
    return found


def _refuse(wrong: np.ndarray, what: str, why: str) -> None:
    if wrong.any():
        place = tuple(int(i) for i in np.argwhere(wrong)[0])
        raise CellsNotValid(f"{what} of the cell {place} (subject, stratum, answer, from 0) {why}")
