"""A sharper comparison of two arms, by what was known of the same people before (CUPED)."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason
from hearback.stats.experiments.sequential import ExperimentNotValid, Floats, arms_of, sample_variance


@dataclass(frozen=True)
class Welch:
    """The difference of two means, treatment minus control, by Welch's t test.

    With fewer than two answers in an arm there is no standard error; where no answer differs within its arm
    the error is 0 and there is no test. `reason` says which.
    """

    n_control: int
    n_treatment: int
    difference: float | None
    se: float | None
    df: float | None
    p: float | None
    low: float | None
    high: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Cuped:
    """The raw comparison, and the one adjusted by the score before.

    `theta` is the slope of the answer on the score before, over both arms; `variance_ratio` the variance of
    the adjusted answers over that of the raw ones. They and `adjusted` are None, with a `reason`, where no
    score before differs from another. `n_without_before` people kept their raw answer.
    """

    theta: float | None
    correlation: float | None
    variance_ratio: float | None
    raw: Welch
    adjusted: Welch | None
    n_without_before: int
    reason: Reason | None = None


def cuped(treated: ArrayLike, before: ArrayLike, after: ArrayLike, *, level: float = 0.95) -> Cuped:
    """Compare two arms with and without what the score before explains of the answers.

    The score before must be from before the experiment: anything the treatment can change biases the result.
    People without an answer are left out; people without a score before keep their raw answer, which is the
    same as giving them the mean score.

    Args:
        treated: per row, true for treatment and false for control.
        before: per row; nan where there is none.
        after: per row; nan where there is none.

    Raises:
        ExperimentNotValid: if lengths differ, a value is infinite, or the level is not between 0 and 1.

    Source: Deng, Xu, Kohavi and Walker (2013), Improving the sensitivity of online controlled experiments by
    utilizing pre-experiment data, WSDM, section 3; Welch (1947), Biometrika 34.

    >>> arms, before = [False, True] * 4, [1, 2, 3, 4, 5, 6, 7, 8]
    >>> found = cuped(arms, before, [1.1, 3.0, 3.2, 4.8, 4.9, 7.1, 7.0, 8.9])
    >>> round(found.raw.se, 3), round(found.adjusted.se, 3), round(found.adjusted.difference, 3)
    (1.8, 0.118, 0.871)
    """
    arms, (x, y) = arms_of(treated, before, after)
    answered = ~np.isnan(y)
    arms, x, y = arms[answered], x[answered], y[answered]
    raw = welch(y[~arms], y[arms], level=level)
    known = ~np.isnan(x)
    n_without = int((~known).sum())
    theta, correlation = _slope(x[known], y[known])
    if theta is None:
        reason = Reason.NO_VARIANCE if known.sum() > 1 else Reason.NO_ANSWERS
        return Cuped(None, None, None, raw, None, n_without, reason)
    adjusted = y.copy()
    adjusted[known] -= theta * (x[known] - x[known].mean())
    spread = sample_variance(y)
    ratio = sample_variance(adjusted) / spread if spread else None
    return Cuped(
        theta, correlation, ratio, raw, welch(adjusted[~arms], adjusted[arms], level=level), n_without
    )


def welch(control: Floats, treatment: Floats, *, level: float = 0.95) -> Welch:
    """Compare two means whose variances may differ, with a two-sided p-value and an interval.

    Raises:
        ExperimentNotValid: if the level is not between 0 and 1.

    Source: Welch (1947), The generalization of Student's problem when several different population variances
    are involved, Biometrika 34; degrees of freedom: Satterthwaite (1946), Biometrics Bulletin 2.

    >>> found = welch(np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6, 8]))
    >>> round(found.difference, 2), round(found.se, 4), round(found.df, 4), round(found.p, 4)
    (2.5, 1.4434, 4.4118, 0.1516)
    """
    from scipy.special import stdtr, stdtrit  # here, as it takes half a second that planning need not

    if not 0 < level < 1:
        raise ExperimentNotValid(f"a level of {level} is not between 0 and 1")
    n_control, n_treatment = len(control), len(treatment)
    fewest = min(n_control, n_treatment)
    difference = float(treatment.mean() - control.mean()) if fewest else None
    if difference is None or fewest < 2:
        reason = Reason.ONE_ANSWER if fewest else Reason.NO_ANSWERS
        return Welch(n_control, n_treatment, difference, None, None, None, None, None, reason)
    parts = sample_variance(control) / n_control, sample_variance(treatment) / n_treatment
    variance = sum(parts)
    if variance == 0:
        return Welch(n_control, n_treatment, difference, 0.0, None, None, None, None, Reason.NO_VARIANCE)
    se = math.sqrt(variance)
    df = 1 / ((parts[0] / variance) ** 2 / (n_control - 1) + (parts[1] / variance) ** 2 / (n_treatment - 1))
    p = float(2 * stdtr(df, -abs(difference) / se))
    half = float(stdtrit(df, (1 + level) / 2)) * se
    return Welch(n_control, n_treatment, difference, se, df, p, difference - half, difference + half)


def _slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[float | None, float | None]:
    """Give slope and correlation; no correlation where y does not vary, neither where x does not."""
    if len(x) < 2 or x.min() == x.max():
        return None, None
    from_x, from_y = x - x.mean(), y - y.mean()
    xx, yy, xy = float(from_x @ from_x), float(from_y @ from_y), float(from_x @ from_y)
    return xy / xx, (xy / math.sqrt(xx * yy) if y.min() != y.max() else None)
