"""The proportional-odds model of a sample: weighted, with errors that follow from how people were drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from hearback.stats.estimate import Reason, check_level
from hearback.stats.models.cumulative import Top
from hearback.stats.models.errors import ColumnNotValid
from hearback.stats.models.ordinal import RowsFit, fit_rows
from hearback.stats.models.ordinal_model import OrdinalModel
from hearback.stats.models.terms import Column, Floats, Mask
from hearback.stats.survey.design import Design, covariance_of_totals, degrees_of_freedom


def weighted_proportional_odds(
    answers: Column,
    predictors: Mapping[str, Column],
    design: Design,
    *,
    domain: Mask | None = None,
    order: Sequence[str] | None = None,
    references: Mapping[str, str] | None = None,
    level: float = 0.95,
) -> OrdinalModel:
    """Fit the model of `proportional_odds` to the population a sample speaks for.

    The weighted likelihood is maximised, and its errors come from the scores added up by primary unit within
    stratum. Rows outside the domain, or with a missing value, stay in the design with a score of zero: never
    filter a file first. Intervals use t with the units less the strata less the terms; without a degree of
    freedom left there is none, and without two units no error either. `log_likelihood` is a pseudo-likelihood
    with weights scaled to a mean of 1: it is not for tests.

    Args:
        answers: as in `proportional_odds`, one per row of the design.
        predictors: likewise.
        domain: the rows the figure is about; None for all.

    Raises:
        ColumnNotValid: if columns do not fit the design, hold infinite values, or words have no order.
        TermUnknown: if a reference is no word of its predictor.
        ValueError: if the level is not between 0 and 1.

    Source: Binder (1983), On the variances of asymptotically normal estimators from complex surveys,
    International Statistical Review 51; degrees of freedom as in R's `survey::svyglm`.

    >>> from hearback.stats.survey.design import make_design
    >>> design = make_design(8, units=[["a", "a", "b", "b", "c", "c", "d", "d"]])
    >>> answers, ease = [1, 2, 2, 3, 1, 3, 2, 3], [1, 3, 2, 4, 2, 2, 3, 3]
    >>> model = weighted_proportional_odds(answers, {"ease": ease}, design)
    >>> round(model.term("ease").coefficient, 3), round(model.term("ease").se, 3), model.df
    (1.988, 0.906, 2)
    """
    check_level(level)
    if len(answers) != len(design):
        raise ColumnNotValid(f"the design has {len(design)} rows and the answers are {len(answers)}")
    inside = np.ones(len(design), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    if inside.shape != (len(design),):
        raise ColumnNotValid(
            f"the domain has {inside.size} rows for {len(design)} of the design; give one per row"
        )
    counted = design.weights > 0
    scaled = design.weights / design.weights[counted].mean()
    fit = fit_rows(answers, predictors, scaled, order=order, references=references, inside=inside)
    fit = replace(fit, n=int(fit.rows.sum()))
    if fit.top is None:
        return fit.without_estimate()
    df = degrees_of_freedom(design, fit.rows)
    if df < 1:
        return fit.model_without_errors(fit.top, Reason.ONE_PSU)
    df -= len(fit.top.coefficients)
    return fit.model(fit.top, _sandwich(fit, fit.top, design, scaled), level, df)


def _sandwich(fit: RowsFit, top: Top, design: Design, weights: Floats) -> Floats:
    influence = np.zeros((len(design), len(top.information)))
    influence[fit.rows] = weights[fit.rows, None] * np.linalg.solve(top.information, top.scores.T).T
    return covariance_of_totals(design, influence)
