"""Bounded calibration: known totals are met, and no weight moves further than its bounds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog

from hearback.stats.survey.design import Design, DesignNotValid, Floats
from hearback.stats.weighting.calibrated import CalibratedWeights
from hearback.stats.weighting.errors import (
    BoundsInfeasible,
    BoundsNotValid,
    TotalsContradict,
    WeightingNotPossible,
)

MET, STEPS = 1e-11, 200


def calibrate_weights(
    design: Design,
    auxiliary: ArrayLike,
    totals: ArrayLike,
    *,
    bounds: tuple[float, float],
    names: Sequence[str] | None = None,
) -> CalibratedWeights:
    """Move the design weights as little as the logit distance allows, so that totals are met.

    The ratio of new to design weight stays strictly between the bounds; where that cannot be, there are no
    weights, and no bounds are widened in silence.

    Args:
        auxiliary: shape (rows, k), complete; a column of ones calibrates to the size of the population.
        totals: the k population totals.
        bounds: lowest and highest ratio, 0 <= low < 1 < high.
        names: of the columns, for messages.

    Raises:
        BoundsNotValid: if the bounds do not hold 1 between them.
        BoundsInfeasible: if no ratios within the bounds meet the totals; says which would.
        TotalsContradict: if a column follows from others, and its total does not.
        WeightingNotPossible: if a value or total is missing.
        DesignNotValid: if the shapes do not fit.

    Source: Deville and Särndal (1992), Calibration estimators in survey sampling, Journal of the American
    Statistical Association 87, case 6 of section 2; Deville, Särndal and Sautory (1993).

    >>> from hearback.stats.survey import make_design
    >>> import numpy as np
    >>> x = np.array([[1, 10], [1, 20], [1, 30]])
    >>> found = calibrate_weights(make_design(3, weights=[10] * 3), x, [30, 660], bounds=(0.5, 2))
    >>> (found.weights @ x).round(6)
    array([ 30., 660.])
    """
    low, high = bounds
    if not 0 <= low < 1 < high < np.inf:
        raise BoundsNotValid(f"the bounds {low} and {high} must hold 1 between them, as in (0.4, 2.5)")
    columns, wanted = _checked(design, auxiliary, totals, names)
    whole, target = _independent(design.weights, columns, wanted, names)
    ratios, steps = _solve(design.weights, whole, target, bounds)
    if ratios is None:
        raise _infeasible(design.weights, columns, wanted, bounds)
    return CalibratedWeights(design, design.weights * ratios, columns, "logit", steps)


def _checked(
    design: Design, auxiliary: ArrayLike, totals: ArrayLike, names: Sequence[str] | None
) -> tuple[Floats, Floats]:
    columns, wanted = np.asarray(auxiliary, dtype=float), np.asarray(totals, dtype=float)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if columns.ndim != 2 or columns.shape != (len(design), len(wanted)):
        raise DesignNotValid(
            f"{len(design)} rows and {wanted.size} totals need values of that shape, not {columns.shape}"
        )
    columns = np.where(design.weights[:, None] > 0, columns, 0.0)
    for row, column in np.argwhere(~np.isfinite(columns))[:1]:
        raise WeightingNotPossible(
            f"row {row + 1} has no {_name(names, column)}; impute it once and record that, or leave it out"
        )
    for column in np.flatnonzero(~np.isfinite(wanted))[:1]:
        raise WeightingNotPossible(f"the population total of {_name(names, column)} is not a number")
    return columns, wanted


def _name(names: Sequence[str] | None, column: int) -> str:
    return f"column {column + 1}" if names is None else names[column]


def _independent(
    weights: Floats, columns: Floats, totals: Floats, names: Sequence[str] | None
) -> tuple[Floats, Floats]:
    """Turn the columns into uncorrelated ones of size 1 under the design weights, and the totals likewise."""
    length = np.sqrt((weights[:, None] * np.square(columns)).sum(axis=0))
    length[length == 0] = 1.0
    root = np.sqrt(weights)[:, None]
    _, sizes, directions = np.linalg.svd(root * columns / length, full_matrices=False)
    kept = directions[sizes > 1e-10 * sizes.max(initial=0.0)]
    scaled = totals / length
    missed = np.abs(scaled - kept.T @ (kept @ scaled))
    if missed.max(initial=0.0) > 1e-9 * np.abs(scaled).max(initial=1.0):
        raise TotalsContradict(
            f"the total of {_name(names, int(missed.argmax()))} does not fit those of the columns that "
            "determine it; correct it or leave the column out"
        )
    shrink = sizes[: len(kept), None]
    return (columns / length) @ (kept / shrink).T, (kept / shrink) @ scaled


def _solve(
    weights: Floats, columns: Floats, target: Floats, bounds: tuple[float, float]
) -> tuple[Floats | None, int]:
    """Minimise the convex dual by Newton steps, halved until they descend; None if there is no minimum."""
    slopes = np.zeros(len(target))
    ratios, spread, height = _logit(columns @ slopes, bounds)
    for step in range(STEPS):
        gap = columns.T @ (weights * ratios) - target
        if np.abs(gap).max(initial=0.0) <= MET * max(1.0, float(np.abs(target).max(initial=0.0))):
            return ratios, step
        curvature = columns.T @ (columns * (weights * spread)[:, None])
        change = np.linalg.lstsq(curvature, gap, rcond=None)[0]
        here, size = float(weights @ height - target @ slopes), 1.0
        while size > 1e-10:
            trial = slopes - size * change
            ratios, spread, height = _logit(columns @ trial, bounds)
            if weights @ height - target @ trial <= here + 1e-12 * abs(here):
                break
            size /= 2
        slopes = trial
    return None, STEPS


def _logit(linear: Floats, bounds: tuple[float, float]) -> tuple[Floats, Floats, Floats]:
    """Give the ratio of weights, its slope and its integral at a linear predictor."""
    low, high = bounds
    steep = (high - low) / ((1 - low) * (high - 1))
    odds = np.log1p(-low) - np.log(high - 1) + steep * linear
    share = np.exp(-np.logaddexp(0.0, -odds))
    ratio = low + (high - low) * share
    return (
        ratio,
        (high - low) * steep * share * (1 - share),
        low * linear + (high - low) / steep * np.logaddexp(0.0, odds),
    )


def _infeasible(
    weights: Floats, columns: Floats, totals: Floats, bounds: tuple[float, float]
) -> BoundsInfeasible:
    """Find the smallest upper bound that would do, and say it."""
    low, high = bounds
    there = weights > 0
    n = int(there.sum())
    equal = np.hstack([(columns[there] * weights[there, None]).T, np.zeros((len(totals), 1))])
    size = np.abs(equal).max(axis=1, initial=1.0)
    below = np.hstack([np.eye(n), -np.ones((n, 1))])
    answer = linprog(
        np.r_[np.zeros(n), 1.0],
        A_ub=below,
        b_ub=np.zeros(n),
        A_eq=equal / size[:, None],
        b_eq=totals / size,
        bounds=[(low, None)] * (n + 1),
        method="highs",
    )
    said = f"no ratios of weights between {low:g} and {high:g} meet the totals; "
    if answer.status != 0:
        return BoundsInfeasible(said + "no upper bound would do: lower the lower bound or correct the totals")
    return BoundsInfeasible(
        said + f"with that lower bound, the upper one must be above {float(answer.x[-1]):.3g}"
    )
