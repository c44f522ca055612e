"""Whether odds are proportional: each threshold fitted by itself, and held against the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, expit

from hearback.stats.estimate import Reason, check_level
from hearback.stats.models.answers import whole_counts
from hearback.stats.models.cumulative import Floats, Top, climb
from hearback.stats.models.ordinal import LONG_CLIMB, RowsFit, fit_rows
from hearback.stats.models.ordinal_model import OrdinalTerm, estimated_term
from hearback.stats.models.separation import separating_columns
from hearback.stats.models.terms import Column

DOUBTFUL_P = 0.05


@dataclass(frozen=True)
class CutModel:
    """A logistic regression of answering above one threshold; the terms are None where it has no estimate."""

    name: str
    terms: tuple[OrdinalTerm, ...]
    reason: Reason | None = None


@dataclass(frozen=True)
class ParallelTest:
    """Wald's test that coefficients are equal at all thresholds: of one term, or of all where it is None."""

    term: str | None
    chi_square: float
    df: int
    p_value: float


@dataclass(frozen=True)
class ParallelCheck:
    """Coefficients threshold by threshold, and Brant's test that they are one.

    `tests` has the whole model first, then each term. It is empty where there is no model (`reason` says why)
    or fewer than two thresholds can be fitted: with two answers in use there is nothing to check.
    """

    cuts: tuple[CutModel, ...]
    tests: tuple[ParallelTest, ...]
    reason: Reason | None = None

    @property
    def is_doubtful(self) -> bool:
        """Say whether one odds ratio for all answers is in doubt, so that a page should warn."""
        return bool(self.tests) and self.tests[0].p_value < DOUBTFUL_P


def check_proportional_odds(
    answers: Column,
    predictors: Mapping[str, Column],
    *,
    counts: Column | None = None,
    order: Sequence[str] | None = None,
    references: Mapping[str, str] | None = None,
    level: float = 0.95,
) -> ParallelCheck:
    """Refit a model of `proportional_odds` with a threshold at a time, and test whether coefficients differ.

    With many people small differences are found too: look at the coefficients before giving up one figure.

    Args:
        answers: all arguments are those of `proportional_odds`.

    Raises:
        ColumnNotValid: see there.
        TermUnknown: see there.
        ValueError: see there.

    Source: Brant (1990), Assessing proportionality in the proportional odds model for ordinal logistic
    regression, Biometrics 46.

    >>> ease = [1, 2, 3, 4, 5] * 8
    >>> answers = [1, 1, 2, 3, 3, 2, 3, 1, 2, 2, 1, 2, 3, 2, 3, 1, 3, 3, 3, 1] * 2
    >>> found = check_proportional_odds(answers, {"ease": ease})
    >>> [(cut.name, round(cut.terms[0].coefficient, 2)) for cut in found.cuts], found.is_doubtful
    ([('1|2', 0.67), ('2|3', 0.44)], False)
    """
    check_level(level)
    weights = whole_counts(counts, len(answers))
    fit = fit_rows(answers, predictors, weights, order=order, references=references)
    if fit.top is None:
        return ParallelCheck((), (), fit.reason)
    used = weights[fit.rows]
    tops = [_binary(fit, cut, used) for cut in range(len(fit.levels) - 1)]
    names = [name for name, kept in zip(fit.names, fit.keep, strict=True) if kept]
    cuts = tuple(_cut(name, top, names, level) for name, top in zip(fit.levels.cuts, tops, strict=True))
    found = [top for top in tops if top is not None]
    return ParallelCheck(cuts, _tests(fit.matrix, used, found, names), None)


def _binary(fit: RowsFit, cut: int, weights: Floats) -> Top | None:
    above = (fit.codes > cut).astype(np.int64)
    top = climb(fit.matrix, above, weights)
    if top.converged and top.steps <= LONG_CLIMB:
        return top
    return None if not top.converged or separating_columns(fit.matrix, above) is not None else top


def _cut(name: str, top: Top | None, names: Sequence[str], level: float) -> CutModel:
    if top is None:
        return CutModel(name, tuple(OrdinalTerm(term) for term in names), Reason.SEPARATION)
    se = np.sqrt(np.diag(np.linalg.inv(top.information)))[1:]
    return CutModel(
        name,
        tuple(
            estimated_term(term, value, error, level, None)
            for term, value, error in zip(names, top.coefficients.tolist(), se.tolist(), strict=True)
        ),
    )


def _tests(
    matrix: Floats, weights: Floats, tops: list[Top], names: Sequence[str]
) -> tuple[ParallelTest, ...]:
    if len(tops) < 2 or not names:
        return ()
    values = np.concatenate([top.coefficients for top in tops])
    covariance = _joint_covariance(matrix, weights, tops)
    p, n_cuts = len(names), len(tops)
    # each threshold less the first
    apart = np.hstack([np.tile(-np.eye(p), (n_cuts - 1, 1)), np.eye((n_cuts - 1) * p)])
    wanted = [
        (None, np.arange(len(apart))),
        *((name, np.arange(j, len(apart), p)) for j, name in enumerate(names)),
    ]
    tests = [
        _wald(name, apart[rows] @ values, apart[rows] @ covariance @ apart[rows].T) for name, rows in wanted
    ]
    return tuple(test for test in tests if test is not None) if tests[0] is not None else ()


def _wald(name: str | None, apart: Floats, covariance: Floats) -> ParallelTest | None:
    """Test that differences are all zero; None where their covariance, only estimated, has no inverse."""
    roots, vectors = np.linalg.eigh(covariance)
    if roots[0] <= 1e-12 * roots[-1]:
        return None
    chi_square = float((np.square(vectors.T @ apart) / roots).sum())
    return ParallelTest(name, chi_square, len(apart), float(chdtrc(len(apart), chi_square)))


def _joint_covariance(matrix: Floats, weights: Floats, tops: list[Top]) -> Floats:
    """Give the covariance of the coefficients of all thresholds: answering above two of them is related."""
    rows = np.column_stack([np.ones(len(matrix)), matrix])
    above = [expit(matrix @ top.coefficients - top.thresholds[0]) for top in tops]
    inverses = [np.linalg.inv(rows.T @ (rows * (weights * a * (1 - a))[:, None])) for a in above]
    blocks = [
        [
            (
                inverses[j]
                @ (rows.T @ (rows * (weights * above[max(j, k)] * (1 - above[min(j, k)]))[:, None]))
                @ inverses[k]
            )[1:, 1:]
            for k in range(len(tops))
        ]
        for j in range(len(tops))
    ]
    return np.block(blocks)
