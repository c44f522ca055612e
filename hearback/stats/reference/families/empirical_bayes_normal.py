"""Mean scores of providers, drawn together by how they differ."""

from dataclasses import asdict
from typing import Any

from hearback.stats.comparison import Spread, shrink_means, spread_of_means
from hearback.stats.comparison.shrunken_means import SpreadMethod
from hearback.stats.reference.case import Case, labels, numbers

METHODS: dict[str, SpreadMethod] = {
    "REML": "restricted_likelihood",
    "DL": "dersimonian_laird",
    "PM": "paule_mandel",
}


def compute(case: Case) -> dict[str, Any]:
    """Estimate the spread by every method, and shrink by restricted likelihood."""
    means, ses = numbers(case.rows, "mean"), numbers(case.rows, "se")
    found: dict[str, Any] = {
        name: _spread(spread_of_means(means, ses, method=method, fewest=2))
        for name, method in METHODS.items()
    }
    shrunken = shrink_means(means, ses, method="restricted_likelihood", fewest=2)
    names = labels(case.rows, "provider")
    found["providers"] = [
        {
            "provider": name,
            "weight_on_own_data": provider.weight_on_own_data,
            "posterior_mean": provider.mean,
            "posterior_sd": provider.sd,
        }
        for name, provider in zip(names, shrunken.providers, strict=True)
    ]
    return found


def _spread(found: Spread) -> dict[str, float]:
    renamed = {"tau_squared": "tau2", "mean": "mu", "se_mean": "se_mu", "i_squared": "I2"}
    return {renamed[name]: value for name, value in asdict(found).items()}
