"""The likelihood of the cumulative logit model: value, score, exact Hessian, and Newton's way to the top.

With u and l the upper and lower threshold of an answer less the linear predictor, its probability factors as
F(u) (1 - F(l)) (1 - exp(l - u)), which loses no digits in either tail and has short derivatives.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, log_expit

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
MOST_STEPS = 60
SMALL_DECREMENT = 1e-14
ROUNDING = 1e-9
"""Gain in log-likelihood per person, twice over, that a step may still promise: nothing is left to climb."""


@dataclass(frozen=True)
class Top:
    """Where the climb ended: thresholds, then coefficients; the information matrix (minus the Hessian) there.

    `scores` has one row per answer, not weighted. `converged` is false where no maximum was reached, and
    `steps` says how long it took: near or at separation it takes long.
    """

    thresholds: Floats
    coefficients: Floats
    information: Floats
    scores: Floats
    log_likelihood: float
    converged: bool
    steps: int


def climb(matrix: Floats, codes: Codes, weights: Floats) -> Top:
    """Maximise the weighted log-likelihood of logit P(Y <= j) = threshold_j - x'b.

    Columns are centred and scaled on the way, so units do not matter. The log-likelihood is concave, hence
    Newton's steps, halved where they would lower it or disorder the thresholds, lead to its only maximum.

    Args:
        matrix: shape (rows, columns), no column constant or a sum of others.
        codes: answer of each row as 0 .. levels - 1, every one in use.
        weights: above zero; multiplying all by a number changes the information and nothing else.

    Source: McCullagh (1980), Regression models for ordinal data, Journal of the Royal Statistical Society B
    42; concavity: Pratt (1981), Concavity of the log likelihood, Journal of the American Statistical
    Association 76.
    """
    total = float(weights.sum())
    share = weights / total
    centre = share @ matrix
    scale = np.sqrt(share @ np.square(matrix - centre))
    point, converged, steps = _newton((matrix - centre) / scale, codes, share)
    n_cuts = int(codes.max())
    coefficients = point[n_cuts:] / scale
    thresholds = point[:n_cuts] + centre @ coefficients
    value, scores, information = derivatives(
        matrix, codes, weights, np.concatenate([thresholds, coefficients])
    )
    return Top(thresholds, coefficients, information, scores, value, converged, steps)


def derivatives(matrix: Floats, codes: Codes, weights: Floats, point: Floats) -> tuple[float, Floats, Floats]:
    """Give the log-likelihood, the score of every row (not weighted) and the information matrix."""
    n_cuts = int(codes.max())
    above, below = _bounds(matrix, codes, point, n_cuts)
    with np.errstate(over="ignore"):
        odds = 1 / np.expm1(above - below)
    by_above, by_below = expit(-above) + odds, -expit(below) - odds
    curve = odds * (1 + odds)
    at_above, at_below = _cuts(codes, n_cuts), _cuts(codes - 1, n_cuts)
    scores = np.hstack(
        [
            at_above * by_above[:, None] + at_below * by_below[:, None],
            -matrix * (by_above + by_below)[:, None],
        ]
    )
    bend_above = weights * (expit(above) * expit(-above) + curve)
    bend_below = weights * (expit(below) * expit(-below) + curve)
    above_rows, below_rows = np.hstack([at_above, -matrix]), np.hstack([at_below, -matrix])
    cross = above_rows.T @ (below_rows * (weights * curve)[:, None])
    information = above_rows.T @ (above_rows * bend_above[:, None])
    information += below_rows.T @ (below_rows * bend_below[:, None]) - cross - cross.T
    return float(weights @ _log_probability(above, below)), scores, information


def _newton(matrix: Floats, codes: Codes, weights: Floats) -> tuple[Floats, bool, int]:
    reached = np.cumsum(np.bincount(codes, weights=weights))[:-1]
    point = np.concatenate([np.log(reached / (1 - reached)), np.zeros(matrix.shape[1])])
    for step in range(1, MOST_STEPS + 1):
        value, scores, information = derivatives(matrix, codes, weights, point)
        slope = weights @ scores
        try:
            move = np.asarray(np.linalg.solve(information, slope), dtype=float)
        except np.linalg.LinAlgError:
            return point, False, step
        decrement = float(slope @ move)
        if decrement <= SMALL_DECREMENT:
            return point + move, bool(decrement >= -SMALL_DECREMENT), step
        ahead = _step(matrix, codes, weights, point, move, value)
        if ahead is None:
            return point, decrement <= ROUNDING, step
        point = ahead
    return point, False, MOST_STEPS


def _step(
    matrix: Floats, codes: Codes, weights: Floats, point: Floats, move: Floats, value: float
) -> Floats | None:
    """Give a point higher up; None where rounding lets no step rise."""
    n_cuts = int(codes.max())
    for _ in range(40):
        ahead = point + move
        if (np.diff(ahead[:n_cuts]) > 0).all():
            gained = float(weights @ _log_probability(*_bounds(matrix, codes, ahead, n_cuts)))
            if gained >= value - 1e-15 * abs(value):
                return ahead
        move = move / 2
    return None


def _bounds(matrix: Floats, codes: Codes, point: Floats, n_cuts: int) -> tuple[Floats, Floats]:
    line = matrix @ point[n_cuts:]
    edges = np.concatenate([[-np.inf], point[:n_cuts], [np.inf]])
    return edges[codes + 1] - line, edges[codes] - line


def _log_probability(above: Floats, below: Floats) -> Floats:
    found: Floats = log_expit(above) + log_expit(-below) + np.log(-np.expm1(below - above))
    return found


def _cuts(codes: Codes, n_cuts: int) -> Floats:
    """Give zeros with a one at the threshold of each row; below the first or above the last there is none."""
    found: Floats = (codes[:, None] == np.arange(n_cuts)).astype(float)
    return found
