"""Trimming: no weight above or below a limit, with the sum of the weights kept."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.survey.design import Floats, check_weights
from hearback.stats.weighting.effects import kish_design_effect
from hearback.stats.weighting.errors import BoundsInfeasible, BoundsNotValid

MAX_PASSES = 20_000
ROUNDING = 1e-13
"""Weights this near a limit are on it: sharing what rounding leaves over would never end."""


@dataclass(frozen=True)
class TrimmedWeights:
    """Weights within limits, how many were outside at first, and Kish's effect before and after."""

    weights: Floats
    n_trimmed: int
    passes: int
    deff_before: float
    deff_after: float


def trim_weights(weights: ArrayLike, *, lower: float = 0.0, upper: float = math.inf) -> TrimmedWeights:
    """Cut weights to the limits and share what was cut off equally among the others, until none is outside.

    A pass shares among the rows that are inside when it begins; a row cut in an earlier pass is by then one
    of them, so a weight that was raised to the lower limit may end above it. The sum is kept. Rows of weight
    zero stay zero. Margins that were met before no longer are: bounded calibration keeps them.

    Raises:
        DesignNotValid: if a weight is negative or not a number, or all are zero.
        BoundsNotValid: if the lower limit is negative, not a number, or not below the upper one.
        BoundsInfeasible: if no weights within the limits have that sum, or nobody is left to take a share.

    Source: Potter (1990), A study of procedures to identify and trim extreme sampling weights, Proceedings of
    the Survey Research Methods Section, ASA; the order of the passes is that of R's `survey::trimWeights`
    with `strict=TRUE`.

    >>> trim_weights([1, 2, 3, 10], upper=6).weights.round(6)
    array([2.333333, 3.333333, 4.333333, 6.      ])
    """
    if not 0 <= lower < upper:  # false for nan, too
        raise BoundsNotValid(f"the limits {lower} and {upper} leave no room; give 0 <= lower < upper")
    given = np.atleast_1d(np.asarray(weights, dtype=float))
    before = check_weights(given, len(given))
    counts = before > 0
    after, n_trimmed, passes = before.copy(), 0, 0
    if counts.any():
        _check_sum(before[counts], lower, upper)
        after[counts], n_trimmed, passes = _passes(before[counts], lower, upper)
    return TrimmedWeights(after, n_trimmed, passes, kish_design_effect(before), kish_design_effect(after))


def _passes(found: Floats, lower: float, upper: float) -> tuple[Floats, int, int]:
    n_trimmed = int(np.count_nonzero((found < lower) | (found > upper)))
    for done in range(MAX_PASSES):
        outside = (found < lower * (1 - ROUNDING)) | (found > upper * (1 + ROUNDING))
        if not outside.any():
            return np.clip(found, lower, upper), n_trimmed, done
        if outside.all():
            break
        cut = np.clip(found, lower, upper)
        cut[~outside] += (found - cut).sum() / np.count_nonzero(~outside)
        found = cut
    raise BoundsInfeasible(
        f"nearly every weight is outside {lower:g} to {upper:g}, so too few are left to take what is cut; "
        "widen the limits"
    )


def _check_sum(found: Floats, lower: float, upper: float) -> None:
    total, n = math.fsum(found), len(found)
    if total > n * upper or total < n * lower:
        limit = "upper" if total > n * upper else "lower"
        raise BoundsInfeasible(
            f"the mean weight is {total / n:g}, so weights of {lower:g} to {upper:g} cannot keep their sum; "
            f"move the {limit} limit past the mean"
        )
