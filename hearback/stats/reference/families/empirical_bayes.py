"""Rates of providers, drawn together by a Beta distribution fitted to all of them."""

import math
from typing import Any

from hearback.stats.comparison import ShrunkenRate, shrink_rates
from hearback.stats.reference.case import Case, labels, numbers


def compute(case: Case) -> dict[str, Any]:
    """Fit and shrink; infinity where providers differ by no more than chance."""
    found = shrink_rates(
        numbers(case.rows, "x"),
        numbers(case.rows, "n"),
        target=case.parameters.get("target"),
        level=float(case.parameters.get("level", 0.95)),
        fewest=1,
    )
    fit = found.fit
    names = labels(case.rows, "provider")
    return {
        "pooled": found.pooled,
        "moments": {"rho": found.rho_by_moments, "concentration": found.concentration_by_moments},
        "mle": {
            "alpha": fit.alpha,
            "beta": fit.beta,
            "mean": fit.mean,
            "concentration": math.inf if fit.concentration is None else fit.concentration,
            "rho": fit.rho,
            "log_likelihood": fit.log_likelihood,
        },
        "providers": [_row(name, provider) for name, provider in zip(names, found.providers, strict=True)],
    }


def _row(name: str, provider: ShrunkenRate) -> dict[str, Any]:
    return {
        "provider": name,
        "raw": provider.raw,
        "posterior_mean": provider.mean,
        "low": provider.low,
        "high": provider.high,
        "prob_above_target": provider.prob_above_target,
        "weight_on_own_data": provider.weight_on_own_data,
        "expected_rank": provider.expected_rank,
    }
