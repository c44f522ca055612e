"""Means, shares and totals of samples."""

from typing import Any

from hearback.stats.reference.case import Case
from hearback.stats.reference.figures import sample_of
from hearback.stats.survey import estimate_mean, estimate_total


def compute(case: Case) -> dict[str, Any]:
    """Estimate every figure that the case asks for by name."""
    sample, level = sample_of(case), case.parameter("level", 0.95)
    found: dict[str, Any] = {}
    for name in case.expected:
        values = sample.values(name)
        mean = estimate_mean(sample.design, values, domain=sample.domain, level=level)
        total = estimate_total(sample.design, values, domain=sample.domain, level=level)
        found[name] = {
            "n": mean.n,
            "sum_weights": mean.sum_w,
            "mean": mean.value,
            "se": mean.se,
            "df": mean.df,
            "ci_low": mean.low,
            "ci_high": mean.high,
            "cv": mean.cv,
            "deff": mean.deff,
            "deff_replace": mean.deff_replace,
            "total": total.value,
            "total_se": total.se,
            "kish_deff": mean.kish_deff,
            "kish_neff": mean.kish_n_eff,
        }
    return found
