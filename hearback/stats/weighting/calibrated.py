"""Estimates under weights that were brought to known population totals.

Such weights make an estimate more precise as far as the weighting variables explain the answers, so the
standard error comes from what they leave unexplained. The usual one of a weighted mean is wrong here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason, check_level
from hearback.stats.survey.design import (
    Design,
    DesignNotValid,
    Floats,
    covariance_of_totals,
    degrees_of_freedom,
)
from hearback.stats.survey.means import Flags, t_interval
from hearback.stats.weighting.effects import WeightingEffects, weighting_effects


@dataclass(frozen=True)
class CalibratedWeights:
    """New weights, the sample with the weights it was drawn with, and the variables that were calibrated on.

    `auxiliary` has one row per row of the sample and one column per known total. `rounds` says how many
    sweeps or steps it took, 1 where none repeat.
    """

    design: Design
    weights: Floats
    auxiliary: Floats
    method: str
    rounds: int

    @property
    def ratios(self) -> Floats:
        """Give new weight / design weight for every row; 1 where both are zero."""
        old = self.design.weights
        return np.divide(self.weights, old, out=np.ones_like(old), where=old > 0)

    @property
    def effects(self) -> WeightingEffects:
        """Give what the weighting costs."""
        return weighting_effects(self.design.weights, self.weights)


@dataclass(frozen=True)
class CalibratedEstimate:
    """A mean, share or total under calibrated weights. What is undefined is None, and `reason` says why.

    `n` counts the rows that enter, `df` is primary units less strata among them; the interval is t's.
    """

    value: float | None
    se: float | None
    low: float | None
    high: float | None
    df: int
    n: int
    reason: Reason | None = None


def calibrated_mean(
    calibrated: CalibratedWeights,
    values: ArrayLike,
    *,
    domain: Sequence[bool] | Flags | None = None,
    level: float = 0.95,
) -> CalibratedEstimate:
    """Estimate a mean, or a share from zeros and ones.

    Rows without an answer, or outside the domain, stay in the sample and take no part in the mean. The
    interval is not clipped to the scale of the answers; where all gave the same one, there is none.

    Args:
        values: one per row; nan where there is no answer.
        domain: rows of the group that is described; None for all.

    Raises:
        DesignNotValid: if the lengths differ.
        ValueError: if the level is not between 0 and 1.

    Source: Deville and Särndal (1992), Calibration estimators in survey sampling, Journal of the American
    Statistical Association 87, section 3.4, with the influence of the ratio in the place of the answer.

    >>> from hearback.stats.survey import make_design
    >>> from hearback.stats.weighting import poststratify_weights
    >>> design = make_design(5, weights=[2] * 5)
    >>> weighted = poststratify_weights(design, ["a", "a", "b", "b", "b"], {"a": 50, "b": 50})
    >>> found = calibrated_mean(weighted, [1, 3, 4, 5, 3])
    >>> found.value, round(found.se, 4), found.df
    (3.0, 0.4751, 4)
    """
    answers, enters = _answers(calibrated, values, domain)
    weights = np.where(enters, calibrated.weights, 0.0)
    total = math.fsum(weights)
    if total == 0:
        return CalibratedEstimate(None, None, None, None, 0, 0, Reason.NO_ANSWERS)
    mean = math.fsum(weights * answers) / total
    influence = np.where(enters, answers - mean, 0.0) / total
    found = _estimate(calibrated, mean, influence, enters, level)
    if found.reason is None and np.ptp(answers[enters]) == 0:
        return replace(found, low=None, high=None, reason=Reason.NO_VARIANCE)
    return found


def calibrated_total(
    calibrated: CalibratedWeights,
    values: ArrayLike,
    *,
    domain: Sequence[bool] | Flags | None = None,
    level: float = 0.95,
) -> CalibratedEstimate:
    """Estimate a total. Rows without an answer add nothing: the total is that of people who would answer.

    Args:
        values: one per row; nan where there is no answer.
        domain: rows of the group that is described; None for all.

    Raises:
        DesignNotValid: if the lengths differ.
        ValueError: if the level is not between 0 and 1.

    Source: Deville and Särndal (1992), section 3.4.
    """
    answers, enters = _answers(calibrated, values, domain)
    if not enters.any():
        return CalibratedEstimate(None, None, None, None, 0, 0, Reason.NO_ANSWERS)
    value = math.fsum(np.where(enters, calibrated.weights * answers, 0.0))
    return _estimate(calibrated, value, np.where(enters, answers, 0.0), enters, level)


def calibrated_covariance(calibrated: CalibratedWeights, influence: ArrayLike) -> Floats:
    """Give the covariance matrix of weighted totals of one column or more.

    Each column is fitted by the calibration variables with the design weights; what is left over, times the
    new weights, is what varies. A column the calibration fixes has a variance of exactly zero.

    Args:
        influence: shape (rows,) or (rows, k), *without* weights; zero where a row takes no part.

    Raises:
        DesignNotValid: if the shape does not fit.

    Source: Deville and Särndal (1992), equation 3.4; as R's `survey::svyrecvar` does after `calibrate`.
    """
    columns = np.asarray(influence, dtype=float)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if len(columns) != len(calibrated.design):
        raise DesignNotValid(
            f"there are {len(calibrated.design)} rows and {len(columns)} influences; give one per row"
        )
    left = columns - _fitted(calibrated, columns)
    size = np.abs(columns).max(axis=0, initial=0.0)
    left[:, np.abs(left).max(axis=0, initial=0.0) <= 1e-10 * size] = 0.0
    return covariance_of_totals(calibrated.design, left * calibrated.weights[:, None])


def _fitted(calibrated: CalibratedWeights, columns: Floats) -> Floats:
    root = np.sqrt(calibrated.design.weights)[:, None]
    scaled = calibrated.auxiliary * root
    length = np.sqrt(np.square(scaled).sum(axis=0))
    length[length == 0] = 1.0
    slopes = np.linalg.lstsq(scaled / length, columns * root, rcond=None)[0]
    fitted: Floats = (calibrated.auxiliary / length) @ slopes
    return fitted


def _answers(
    calibrated: CalibratedWeights, values: ArrayLike, domain: Sequence[bool] | Flags | None
) -> tuple[Floats, Flags]:
    n = len(calibrated.design)
    answers = np.asarray(values, dtype=float)
    inside = np.ones(n, dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    for found, what in ((answers, "answers"), (inside, "marks of the domain")):
        if found.shape != (n,):
            raise DesignNotValid(f"there are {n} rows and {found.size} {what}; give one per row")
    enters = inside & ~np.isnan(answers) & (calibrated.weights > 0)
    return np.where(enters, answers, 0.0), enters


def _estimate(
    calibrated: CalibratedWeights, value: float, influence: Floats, enters: Flags, level: float
) -> CalibratedEstimate:
    check_level(level)
    n, df = int(enters.sum()), degrees_of_freedom(calibrated.design, enters)
    reason = Reason.ONE_ANSWER if n == 1 else Reason.ONE_PSU
    if degrees_of_freedom(calibrated.design) < 1:
        return CalibratedEstimate(value, None, None, None, df, n, reason)
    se = math.sqrt(max(float(calibrated_covariance(calibrated, influence)[0, 0]), 0.0))
    low, high = t_interval(value, se, df, level)
    return CalibratedEstimate(value, se, low, high, df, n, reason if low is None else None)
