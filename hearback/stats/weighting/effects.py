"""What weighting costs: the loss of precision by unequal weights, and how far weights were moved."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.survey.design import DesignNotValid, check_weights

TRIM_ABOVE = 5.0
"""A weight that grew more than this many times lets one person speak for too many; a house rule."""


@dataclass(frozen=True)
class WeightingEffects:
    """How unequal weights are and how far they moved. `n` counts the rows with a weight above zero.

    The ratios are the smallest and largest of weight after / weight before.
    """

    n: int
    n_eff: float
    deff_kish: float
    min_ratio: float
    max_ratio: float

    @property
    def should_trim(self) -> bool:
        """Say whether a weight grew so much that trimming, or bounded calibration, is due."""
        return self.max_ratio > TRIM_ABOVE


def kish_design_effect(weights: ArrayLike) -> float:
    """Give how many times larger weighting makes the variance of a mean, if weight and answer are unrelated.

    Rows of weight zero do not count. It is 1 for equal weights and never less.

    Raises:
        DesignNotValid: if there is no row, a weight is negative or not a number, or all are zero.

    Source: Kish (1965), Survey Sampling, section 11.7; Kish (1992), Weighting for unequal Pi, Journal of
    Official Statistics 8.

    >>> kish_design_effect([1, 1, 4])
    1.5
    """
    found = _weights(weights)
    positive = found[found > 0] / found.max()
    return float(len(positive) * np.square(positive).sum() / positive.sum() ** 2)


def effective_sample_size(weights: ArrayLike) -> float:
    """Give the number of equally weighted rows that would tell as much about a mean.

    Raises:
        DesignNotValid: see `kish_design_effect`.

    Source: Kish (1965), section 11.7: (sum w)^2 / sum w^2.

    >>> effective_sample_size([1, 1, 4])
    2.0
    """
    found = _weights(weights)
    return float(np.count_nonzero(found)) / kish_design_effect(found)


def weighting_effects(before: ArrayLike, after: ArrayLike) -> WeightingEffects:
    """Compare the weights after with those before.

    Raises:
        DesignNotValid: if the lengths differ, or either cannot be used as weights.

    >>> weighting_effects([10, 10, 10], [5, 10, 60]).should_trim
    True
    """
    old, new = _weights(before), _weights(after)
    if len(old) != len(new):
        raise DesignNotValid(f"there are {len(old)} weights before and {len(new)} after; give the same rows")
    ratios = new[old > 0] / old[old > 0]
    return WeightingEffects(
        n=int(np.count_nonzero(new)),
        n_eff=effective_sample_size(new),
        deff_kish=kish_design_effect(new),
        min_ratio=float(ratios.min()),
        max_ratio=float(ratios.max()),
    )


def _weights(weights: ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    found = np.atleast_1d(np.asarray(weights, dtype=float))
    if found.size == 0:
        raise DesignNotValid("there are no weights; give one per row")
    return check_weights(found, len(found))
