"""The proportional-odds model: what Likert answers go with, when several things are held equal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from hearback.stats.estimate import Reason, check_level
from hearback.stats.models.answers import OrderedLevels, complete_rows, number_levels, whole_counts
from hearback.stats.models.cumulative import Codes, Top, climb
from hearback.stats.models.ordinal_model import OrdinalCut, OrdinalModel, OrdinalTerm, estimated_term
from hearback.stats.models.separation import separating_columns
from hearback.stats.models.terms import (
    Coding,
    Column,
    Floats,
    Mask,
    code_predictors,
    column_names,
    independent_columns,
    model_matrix,
    taken,
)

LONG_CLIMB = 15
"""Newton's method reaches a finite maximum in about six steps; after this many, separation is looked for."""


def proportional_odds(
    answers: Column,
    predictors: Mapping[str, Column],
    *,
    counts: Column | None = None,
    order: Sequence[str] | None = None,
    references: Mapping[str, str] | None = None,
    level: float = 0.95,
) -> OrdinalModel:
    """Fit logit P(Y <= j) = threshold_j - x'b by maximum likelihood, with errors from the exact Hessian.

    Rows with a missing value are left out; so is a level nobody chose. The people are taken as independent:
    for a sample drawn by offices, or weighted, use `weighted_proportional_odds`.

    Args:
        answers: numbers, or words in the given order.
        predictors: by name, numbers or words; words are compared with the first in alphabetical order.
        counts: how many people a row stands for; one each if not given. Not for sampling weights.
        order: the words of the answers, lowest first.
        references: for predictors of words, the word to compare with in place of the first.
        level: of the intervals, which are Wald's.

    Raises:
        ColumnNotValid: if columns differ in length, hold infinite values, words have no order, or a count is
            not whole.
        TermUnknown: if a reference is no word of its predictor.
        ValueError: if the level is not between 0 and 1.

    Source: McCullagh (1980), Regression models for ordinal data, Journal of the Royal Statistical Society B
    42, section 2; signs as in R's `MASS::polr`.

    >>> model = proportional_odds([1, 2, 2, 3, 1, 2, 3, 3], {"channel": ["web"] * 4 + ["phone"] * 4})
    >>> [(term.name, round(term.coefficient, 3), round(term.se, 3)) for term in model.terms]
    [('channelweb', -0.653, 1.332)]
    """
    check_level(level)
    fit = fit_rows(
        answers, predictors, whole_counts(counts, len(answers)), order=order, references=references
    )
    if fit.top is None:
        return fit.without_estimate()
    return fit.model(fit.top, np.asarray(np.linalg.inv(fit.top.information), dtype=float), level)


@dataclass(frozen=True)
class RowsFit:
    """A model before its errors are known: the rows that entered, their columns, and the top, if any."""

    rows: Mask
    n: int
    levels: OrderedLevels
    codings: tuple[Coding, ...]
    keep: Mask
    matrix: Floats
    codes: Codes
    top: Top | None
    reason: Reason | None = None
    separating: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Name the columns, left out or not."""
        return column_names(self.codings)

    @property
    def aliased(self) -> tuple[str, ...]:
        """Name the columns left out."""
        return tuple(name for name, kept in zip(self.names, self.keep, strict=True) if not kept)

    def without_estimate(self) -> OrdinalModel:
        """Give the model that says why there is no estimate."""
        return OrdinalModel(
            n=self.n,
            levels=self.levels,
            terms=tuple(OrdinalTerm(name) for name in self.names),
            cuts=tuple(OrdinalCut(name) for name in self.levels.cuts),
            log_likelihood=None,
            reason=self.reason,
            aliased=self.aliased,
            separating=self.separating,
            codings=self.codings,
        )

    def model_without_errors(self, top: Top, reason: Reason) -> OrdinalModel:
        """Give the model at its top where the sample tells nothing of its errors."""
        bare = self.without_estimate()
        values = dict(
            zip((n for n in self.names if n not in self.aliased), top.coefficients.tolist(), strict=True)
        )
        return replace(
            bare,
            terms=tuple(OrdinalTerm(name, values.get(name)) for name in self.names),
            cuts=tuple(
                OrdinalCut(n, v) for n, v in zip(self.levels.cuts, top.thresholds.tolist(), strict=True)
            ),
            log_likelihood=top.log_likelihood,
            reason=reason,
        )

    def model(self, top: Top, variance: Floats, level: float, df: int | None = None) -> OrdinalModel:
        """Give the model at its top. `variance` has thresholds first; without `df` intervals are normal."""
        n_cuts = len(self.levels) - 1
        places = [*range(n_cuts, len(variance)), *range(n_cuts)]
        se = np.sqrt(np.diag(variance))
        found = iter(zip(top.coefficients.tolist(), se[n_cuts:].tolist(), strict=True))
        return OrdinalModel(
            n=self.n,
            levels=self.levels,
            terms=tuple(
                estimated_term(name, *next(found), level, df) if kept else OrdinalTerm(name)
                for name, kept in zip(self.names, self.keep, strict=True)
            ),
            cuts=tuple(
                OrdinalCut(name, value, error)
                for name, value, error in zip(
                    self.levels.cuts, top.thresholds.tolist(), se[:n_cuts].tolist(), strict=True
                )
            ),
            log_likelihood=top.log_likelihood,
            aliased=self.aliased,
            df=df,
            codings=self.codings,
            covariance=variance[np.ix_(places, places)],
        )


def fit_rows(
    answers: Column,
    predictors: Mapping[str, Column],
    weights: Floats,
    *,
    order: Sequence[str] | None,
    references: Mapping[str, str] | None,
    inside: Mask | None = None,
) -> RowsFit:
    """Find the maximum over the rows that are complete, weigh something and lie `inside`.

    Raises:
        ColumnNotValid: see `proportional_odds`.
        TermUnknown: see `proportional_odds`.
    """
    rows = complete_rows(answers, predictors, weights)
    rows = rows if inside is None else rows & inside
    levels, codes = number_levels(answers, rows, order)
    codings = code_predictors(predictors, rows, references)
    entering = {name: taken(values, rows) for name, values in predictors.items()}
    matrix, used = model_matrix(codings, entering, len(codes)), weights[rows]
    keep = independent_columns(matrix, used) if len(codes) else np.ones(matrix.shape[1], dtype=bool)
    fit = RowsFit(
        rows,
        round(float(used.sum())),
        levels,
        codings,
        keep=keep,
        matrix=matrix[:, keep],
        codes=codes,
        top=None,
    )
    if len(levels) < 2:
        return replace(fit, reason=Reason.NO_VARIANCE if len(levels) else Reason.NO_ANSWERS)
    return _checked(fit, climb(fit.matrix, codes, used))


def _checked(fit: RowsFit, top: Top) -> RowsFit:
    """Keep the top that was reached, unless the answers are separated and there is none."""
    if top.converged and top.steps <= LONG_CLIMB:
        return replace(fit, top=top)
    columns = separating_columns(fit.matrix, fit.codes)
    if columns is not None:
        kept = [name for name, stays in zip(fit.names, fit.keep, strict=True) if stays]
        names = tuple(name for name, yes in zip(kept, columns, strict=True) if yes)
        return replace(fit, reason=Reason.SEPARATION, separating=names)
    return replace(fit, top=top) if top.converged else replace(fit, reason=Reason.NO_FIT)
