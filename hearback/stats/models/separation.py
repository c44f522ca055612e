"""Whether the answers of a model are separated: then the likelihood rises for ever and nothing fits."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


def separating_columns(matrix: Floats, codes: Codes) -> NDArray[np.bool_] | None:
    """Say which columns separate the answers of a cumulative logit model; None where none does.

    Separation means a direction of the coefficients and thresholds along which no answer becomes less likely
    and one at least more likely. A linear program finds it, or proves that there is none; no threshold for
    "too large a coefficient" is needed, which would depend on units.

    Args:
        matrix: shape (rows, columns), full rank beside a constant.
        codes: answer of each row as 0 .. levels - 1, every one in use.

    Source: Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic
    regression models, Biometrika 71; the linear program: Konis (2007), thesis, University of Oxford,
    written here for more than one threshold.
    """
    spread = matrix.std(axis=0)
    scaled = (matrix - matrix.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    rows = np.unique(np.column_stack([codes, scaled]), axis=0)
    answers, scaled = rows[:, 0].astype(int), rows[:, 1:]
    n_cuts = int(codes.max())
    has_above, has_below = answers < n_cuts, answers > 0
    gains = np.vstack(
        [
            np.hstack([np.eye(n_cuts)[answers[has_above]], -scaled[has_above]]),
            np.hstack([-np.eye(n_cuts)[answers[has_below] - 1], scaled[has_below]]),
        ]
    )
    found = linprog(
        -gains.sum(axis=0), A_ub=-gains, b_ub=np.zeros(len(gains)), bounds=(-1, 1), method="highs"
    )
    if not found.success or -found.fun <= 1e-6:
        return None
    columns: NDArray[np.bool_] = np.abs(found.x[n_cuts:]) > 1e-7
    return columns
