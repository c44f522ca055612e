"""Intervals for shares of samples."""

from typing import Any

from hearback.stats.reference.case import Case
from hearback.stats.reference.figures import sample_of
from hearback.stats.survey.intervals import (
    arcsine_interval,
    korn_graubard,
    likelihood_interval,
    logit_interval,
    share_of_estimate,
    wald_interval,
    wilson_interval_of_sample,
)
from hearback.stats.survey.means import SampleEstimate, estimate_mean

INFORMATION = frozenset({"r_svyciprop_likelihood"})


def compute(case: Case) -> dict[str, Any]:
    """Give every interval of each share that the case names."""
    sample, level = sample_of(case), case.parameter("level", 0.95)
    return {
        name: _share(
            estimate_mean(sample.design, sample.values(name), domain=sample.domain, level=level), level
        )
        for name in case.expected
    }


def _share(estimate: SampleEstimate, level: float) -> dict[str, Any]:
    share = share_of_estimate(estimate)
    found: dict[str, Any] = {"n": estimate.n, "df": estimate.df, "p": estimate.value, "se": estimate.se}
    found |= {
        "n_eff": share and share.n_eff,
        "n_eff_df_adjusted": share and share.adjusted_for_df(level),
        "n_eff_truncated": share and share.truncated(level),
    }
    methods = {
        "korn_graubard_truncated": korn_graubard,
        "logit": logit_interval,
        "likelihood": likelihood_interval,
        "wilson_n_eff": wilson_interval_of_sample,
        "arcsine": arcsine_interval,
        "wald": wald_interval,
    }
    found["korn_graubard"] = share and korn_graubard(share, level, truncate=False)
    return found | {name: share and method(share, level) for name, method in methods.items()}
