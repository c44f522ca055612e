"""Ways to share out an R-squared between predictors, from correlation matrices, many at a time.

Every function takes matrices of shape (..., p + 1, p + 1), the response last. A predictor that does not vary,
or that predictors already in say completely, adds nothing.
"""

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NOTHING_LEFT = 1e-10
"""Share of a variance below which a predictor says nothing that others do not, beyond rounding."""


def correlations(covariance: Floats, scale: Floats) -> Floats:
    """Turn covariances into correlations; zero for a column whose variance is nothing against `scale`."""
    variance = np.diagonal(covariance, axis1=-2, axis2=-1)
    varies = variance > 1e-12 * scale
    root = np.where(varies, np.sqrt(np.where(varies, variance, 1.0)), np.inf)
    found: Floats = covariance / root[..., :, None] / root[..., None, :]
    return found


def explained_by_subsets(correlation: Floats) -> Floats:
    """Give R-squared of the response on every subset of predictors: shape (2^p, ...).

    Bit j of the place of a subset says whether predictor j is in. One predictor after another is either
    dropped or swept out, for all subsets at once, so that p steps do it instead of 2^p regressions.

    Source: sweeping out is Gaussian elimination; Goodnight (1979), A tutorial on the SWEEP operator, The
    American Statistician 33.
    """
    # matrices first, the many of them last: numpy is quick along the last axis
    left = np.ascontiguousarray(np.moveaxis(correlation, (-2, -1), (0, 1)))[:, :, None]
    for _ in range(correlation.shape[-1] - 1):
        pivot, row = left[0, 0], left[0, 1:]
        usable = pivot > NOTHING_LEFT
        scaled = row / np.where(usable, pivot, np.inf)
        rest = left[1:, 1:]
        left = np.concatenate([rest, rest - row[:, None] * scaled[None]], axis=2)
    explained: Floats = np.clip(correlation[..., -1, -1] - left[0, 0], 0.0, 1.0)
    return explained


def shapley_weights(p: int) -> Floats:
    """Give the matrix, p by 2^p, that turns the R-squared of all subsets into Shapley values."""
    subsets = np.arange(2**p)
    sizes = np.array([int(subset).bit_count() for subset in subsets])
    by_size = np.array([1 / (p * math.comb(p - 1, size)) for size in range(p)])
    inside = (subsets >> np.arange(p)[:, None]) & 1
    weights: Floats = np.where(
        inside == 1, by_size[np.maximum(sizes - 1, 0)], -by_size[np.minimum(sizes, p - 1)]
    )
    return weights


def lmg(correlation: Floats) -> Floats:
    """Give the average gain in R-squared over all orders in which predictors can enter: shape (..., p).

    Source: Lindeman, Merenda and Gold (1980), Introduction to Bivariate and Multivariate Analysis, p. 119;
    Shapley value: Lipovetsky and Conklin (2001), Analysis of regression in game theory approach, Applied
    Stochastic Models in Business and Industry 17.
    """
    p = correlation.shape[-1] - 1
    return np.moveaxis(np.tensordot(shapley_weights(p), explained_by_subsets(correlation), axes=1), 0, -1)


def relative_weights(correlation: Floats) -> Floats:
    """Give Johnson's relative weights: shape (..., p). They need no subsets, so many predictors can be had.

    Source: Johnson (2000), A heuristic method for estimating the relative weight of predictor variables in
    multiple regression, Multivariate Behavioral Research 35.
    """
    roots, vectors = np.linalg.eigh(correlation[..., :-1, :-1])
    size = np.sqrt(np.maximum(roots, 0.0))
    inverse = np.where(roots > NOTHING_LEFT, 1 / np.where(size > 0, size, 1.0), 0.0)
    with_response = np.einsum("...ji,...j->...i", vectors, correlation[..., :-1, -1])
    loadings = np.einsum("...ji,...i,...i->...j", vectors, inverse, with_response)
    half = np.einsum("...ji,...i,...ki->...jk", vectors, size, vectors)
    found: Floats = np.einsum("...jk,...k->...j", np.square(half), np.square(loadings))
    return found


def standardised_coefficients(correlation: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Give the coefficients of one standardised regression, and which predictors depend on others.

    Those that do have no coefficient of their own; what stands in their place means nothing.
    """
    inner, with_response = correlation[:-1, :-1], correlation[:-1, -1]
    roots, vectors = np.linalg.eigh(inner)
    gone = roots <= NOTHING_LEFT
    dependent: NDArray[np.bool_] = (np.abs(vectors[:, gone]) > 1e-6).any(axis=1)
    if not gone.any():
        return np.asarray(np.linalg.solve(inner, with_response), dtype=float), dependent
    kept = vectors[:, ~gone]
    shared: Floats = kept @ ((kept.T @ with_response) / roots[~gone])
    return shared, dependent
