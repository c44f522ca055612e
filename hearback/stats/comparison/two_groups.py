"""Do two groups of people answer alike on an ordered scale? Unweighted answers, independent groups."""

import math
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import chdtrc, ndtr

from hearback.stats.comparison.counts import Numbers, as_floats
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats


class AnswerNotValid(ValueError):
    """An answer is infinite, so it has no place on a scale."""


@dataclass(frozen=True)
class TwoGroups:
    """How the answers of group y lie against those of group x.

    `superiority` is the probability that somebody of y answers higher than somebody of x, ties counted half;
    `cliffs_delta` the same from -1 to 1. `u` counts the pairs in which y is higher. `chi_square` looks for
    any difference, not only higher or lower. A figure that does not exist is None and `reason` says why.
    """

    n_x: int
    n_y: int
    u: float | None = None
    p_value: float | None = None
    superiority: float | None = None
    cliffs_delta: float | None = None
    chi_square: float | None = None
    chi_square_df: int | None = None
    chi_square_p_value: float | None = None
    cramers_v: float | None = None
    reason: Reason | None = None


def compare_two_groups(x: Numbers, y: Numbers, *, continuity: bool = False) -> TwoGroups:
    """Compare the answers of two groups of people; missing answers (None or nan) are left out.

    The p-value of the Mann-Whitney test is the normal approximation with its correction for ties, good from
    some ten answers per group on. Weighted or clustered answers need a design-based test instead.

    Args:
        continuity: correct the chi-square of a table of two by two as Yates did; others are never corrected.

    Raises:
        AnswerNotValid: if an answer is infinite.

    Source: Mann and Whitney (1947), Annals of Mathematical Statistics 18; ties as in Lehmann (1975),
    Nonparametrics, section 1.4; Cliff (1993), Psychological Bulletin 114; Pearson (1900); Cramér (1946),
    Mathematical Methods of Statistics, section 21.9; Yates (1934).

    >>> found = compare_two_groups([1, 2, 3, 3, None], [3, 4, 5, 5])
    >>> found.u, found.superiority, found.cliffs_delta, round(found.p_value, 3)
    (15.0, 0.9375, 0.875, 0.037)
    """
    levels, counts = _table(as_floats(x), as_floats(y))
    n_x, n_y = (int(total) for total in counts.sum(axis=1))
    if not n_x or not n_y:
        return TwoGroups(n_x, n_y, reason=Reason.NO_ANSWERS)
    u = _pairs_higher(counts)
    superiority = u / (n_x * n_y)
    reason = Reason.NO_VARIANCE if len(levels) == 1 else None
    ranked = TwoGroups(n_x, n_y, u, _rank_p_value(counts, u), superiority, 2 * superiority - 1, reason=reason)
    return ranked if reason else _with_chi_square(ranked, counts, continuity)


def _table(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Give the levels that occur, and how often in x (first row) and in y."""
    x, y = x[~np.isnan(x)], y[~np.isnan(y)]
    if np.isinf(x).any() or np.isinf(y).any():
        raise AnswerNotValid(
            "an answer is infinite; give its place on the scale, or None where it is missing"
        )
    levels, places = np.unique(np.concatenate([x, y]), return_inverse=True)
    counts = np.zeros((2, len(levels)))
    np.add.at(counts, (np.repeat([0, 1], [len(x), len(y)]), places), 1)
    return levels, counts


def _pairs_higher(counts: Floats) -> float:
    below = np.concatenate([[0.0], np.cumsum(counts[0])[:-1]])
    return float(counts[1] @ (below + counts[0] / 2))


def _rank_p_value(counts: Floats, u: float) -> float | None:
    (n_x, n_y), ties = counts.sum(axis=1), counts.sum(axis=0)
    n = n_x + n_y
    variance = n_x * n_y / 12 * (n + 1 - float((ties**3 - ties).sum()) / (n * (n - 1)))
    if len(ties) == 1:
        return None
    return float(2 * ndtr(-abs(u - n_x * n_y / 2) / math.sqrt(variance)))


def _with_chi_square(ranked: TwoGroups, counts: Floats, continuity: bool) -> TwoGroups:
    n = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    off = np.abs(counts - expected)
    if continuity and counts.shape == (2, 2):
        off = off - min(0.5, float(off.min()))
    chi_square = float((off**2 / expected).sum())
    df = counts.shape[1] - 1
    return replace(
        ranked,
        chi_square=chi_square,
        chi_square_df=df,
        chi_square_p_value=float(chdtrc(df, chi_square)),
        cramers_v=math.sqrt(chi_square / float(n)),
    )
