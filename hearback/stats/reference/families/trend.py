"""Trends over time."""

import re
from typing import Any

from hearback.stats.reference.case import Case, CaseNotValid
from hearback.stats.reference.figures import sample_of
from hearback.stats.survey.regression import linear_trend

_FORMULA = re.compile(r"svyglm\(\s*(.+?)\s*~\s*([\w.]+)\s*,")


def compute(case: Case) -> dict[str, Any]:
    """Estimate the trend that the case's call of svyglm states."""
    formula = next((match for line in case.r if (match := _FORMULA.search(line))), None)
    if formula is None:
        raise CaseNotValid(f"{case.id} states no trend: none of its R calls has svyglm(outcome ~ time, ...)")
    sample = sample_of(case)
    found = linear_trend(
        sample.design,
        sample.values(formula[1]),
        sample.values(formula[2]),
        domain=sample.domain,
        level=case.parameter("level", 0.95),
    )
    start, slope = found.coefficients
    return {
        "intercept": start.value,
        "slope": slope.value,
        "se_intercept": start.se,
        "se_slope": slope.se,
        "df_residual": found.df,
        "t": slope.t,
        "p": slope.p,
        "ci_low": slope.low,
        "ci_high": slope.high,
    }
