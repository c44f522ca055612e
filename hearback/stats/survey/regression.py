"""Linear regression of a sample, with standard errors that follow from how it was drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Design, Floats, covariance_of_totals, degrees_of_freedom
from hearback.stats.survey.domains import t_test
from hearback.stats.survey.means import AnswersNotValid, Flags, entering, t_interval

INTERCEPT = "(Intercept)"
COLLINEAR = 1e-10
"""A column is taken as made of those before it where less than this share of its length is its own."""


@dataclass(frozen=True)
class Coefficient:
    """One coefficient. `reason` is `collinear` where the terms before it leave nothing of it to estimate."""

    term: str
    value: float | None
    se: float | None
    t: float | None
    p: float | None
    low: float | None
    high: float | None
    reason: Reason | None


@dataclass(frozen=True)
class Regression:
    """A fitted regression: its coefficients in the order of the terms, and what their tests rest on.

    `df` are the primary units less the strata, less one for every coefficient besides the first. The
    covariance matrix is of the coefficients that could be estimated.
    """

    coefficients: tuple[Coefficient, ...]
    covariance: Floats
    df: int
    n: int
    level: float

    def coefficient(self, term: str) -> Coefficient:
        """Give the coefficient of a term.

        Raises:
            TermUnknown: if there is none of that name.
        """
        for found in self.coefficients:
            if found.term == term:
                return found
        raise TermUnknown(
            f"there is no term {term!r}; there are {', '.join(c.term for c in self.coefficients)}"
        )


class TermUnknown(ValueError):
    """A regression has no term of that name, or two of the same."""


def linear_regression(
    design: Design,
    outcome: ArrayLike,
    predictors: ArrayLike,
    terms: Sequence[str],
    *,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> Regression:
    """Regress an outcome on predictors by weighted least squares; an intercept is put first.

    Rows with anything missing do not enter; their units stay in the design. A term that the terms before it
    make up is given without a value, as R does, and not by some pseudo-inverse.

    Args:
        outcome: one number per row, nan where missing.
        predictors: shape (rows, terms); levels of a group as columns of 0 and 1, one level left out.
        terms: a name for every column.

    Raises:
        AnswersNotValid: if shapes do not fit, or a number is infinite.
        TermUnknown: if two terms have one name.
        ValueError: if the level is not between 0 and 1.

    Source: Binder (1983), On the variances of asymptotically normal estimators from complex surveys,
    International Statistical Review 51; degrees of freedom as R's `svyglm`.

    >>> from hearback.stats.survey.design import make_design
    >>> found = linear_regression(make_design(5), [1, 2, 2, 4, 4], [[0], [1], [2], [3], [4]], ["quarter"])
    >>> slope = found.coefficient("quarter")
    >>> round(slope.value, 3), round(slope.se, 3), found.df
    (0.8, 0.084, 3)
    """
    columns, names = _with_intercept(design, predictors, terms)
    complete = np.asarray(~np.isnan(columns).any(axis=1), dtype=bool)
    values, weighed = entering(design, outcome, _both(complete, domain))
    enters = weighed > 0
    columns = np.where(enters[:, None], columns, 0.0)
    free = _independent(columns * np.sqrt(weighed)[:, None])
    kept = columns[:, free]
    bread = np.linalg.inv(kept.T @ (weighed[:, None] * kept)) if free else np.zeros((0, 0))
    estimates = bread @ (kept.T @ (weighed * values))
    residuals = np.where(enters, values - kept @ estimates, 0.0)
    influence = (weighed * residuals)[:, None] * (kept @ bread)
    covariance = covariance_of_totals(design, influence) if free else np.zeros((0, 0))
    df = degrees_of_freedom(design, enters) - max(len(free) - 1, 0)
    by_term = dict(zip(free, range(len(free)), strict=True))
    nothing = Reason.COLLINEAR if enters.any() else Reason.NO_ANSWERS
    coefficients = tuple(
        _coefficient(name, estimates[by_term[i]], covariance[by_term[i], by_term[i]], df, level)
        if i in by_term
        else Coefficient(name, None, None, None, None, None, None, nothing)
        for i, name in enumerate(names)
    )
    return Regression(coefficients, covariance, df, int(enters.sum()), level)


def linear_trend(
    design: Design,
    outcome: ArrayLike,
    time: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> Regression:
    """Estimate a straight trend over time: how much the mean moves per unit of time, under the term `time`.

    Give an office the same label in every period, so that repeated answers of one office are not counted as
    independent ones. The test rests on primary units - strata - 1 degrees of freedom.

    Args:
        time: number of the period of each row, as 1, 2, 3 for quarters in a row.

    Raises:
        AnswersNotValid: if there is not one answer and one time per row.
        ValueError: if the level is not between 0 and 1.

    Source: see `linear_regression`.
    """
    return linear_regression(
        design, outcome, np.asarray(time, dtype=float)[:, None], ["time"], domain=domain, level=level
    )


def _with_intercept(design: Design, predictors: ArrayLike, terms: Sequence[str]) -> tuple[Floats, list[str]]:
    given = np.asarray(predictors, dtype=float)
    if given.shape != (len(design), len(terms)):
        raise AnswersNotValid(
            f"there are {len(design)} rows and {len(terms)} terms, and the predictors have the shape "
            f"{given.shape}; give one row each and one column per term"
        )
    if np.isinf(given).any():
        row = int(np.flatnonzero(np.isinf(given).any(axis=1))[0])
        raise AnswersNotValid(
            f"a predictor of row {row + 1} is infinite; give a number, or nan where missing"
        )
    names = [INTERCEPT, *terms]
    for name in names:
        if names.count(name) > 1:
            raise TermUnknown(f"two terms are called {name!r}; give each its own name")
    return np.column_stack([np.ones(len(design)), given]), names


def _both(complete: Flags, domain: ArrayLike | None) -> Flags:
    return complete if domain is None else complete & np.asarray(domain, dtype=bool)


def _independent(columns: Floats) -> list[int]:
    """Give the columns that are not made up of those before them."""
    found: list[int] = []
    basis = np.zeros((len(columns), 0))
    for place in range(columns.shape[1]):
        column = columns[:, place]
        length = float(np.linalg.norm(column))
        own = column - basis @ (basis.T @ column)
        own = own - basis @ (basis.T @ own)  # twice, as once loses digits where columns are nearly alike
        if length > 0 and np.linalg.norm(own) > COLLINEAR * length:
            found.append(place)
            basis = np.column_stack([basis, own / np.linalg.norm(own)])
    return found


def _coefficient(term: str, value: float, variance: float, df: int, level: float) -> Coefficient:
    known = df >= 1
    se = float(np.sqrt(variance)) if known else None
    t, p = t_test(value, se, df)
    low, high = t_interval(value, se, df, level)
    reason = None if se else Reason.NO_VARIANCE if known else Reason.ONE_PSU
    return Coefficient(term, float(value), se, t, p, low, high, reason)
