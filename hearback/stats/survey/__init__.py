"""Figures of samples: what the way people were drawn and weighted says about means, shares and changes.

`design` says how a sample was drawn and what variance follows; `means`, `answers` and `domains` are the
figures of one sample, `intervals` those of its shares, `change` compares two periods, `regression`, `modes`
and `tables` ask what answers go with. `cells` gives means of very many groups from weighted counts alone.
"""

from hearback.stats.survey.answers import AnswerDistribution, estimate_answers
from hearback.stats.survey.cells import AnswerCells, CellsNotValid, means_of_cells
from hearback.stats.survey.change import Change, Verdict, change_of_mean, independent_change, verdict
from hearback.stats.survey.design import (
    Design,
    DesignNotValid,
    Stage,
    check_weights,
    covariance_of_totals,
    degrees_of_freedom,
    make_design,
    variance_of_total,
)
from hearback.stats.survey.domains import (
    Difference,
    DomainMeans,
    DomainUnknown,
    difference_of,
    domain_means,
    gap_to_rest,
)
from hearback.stats.survey.intervals import (
    Interval,
    SampleShare,
    ShareNotValid,
    arcsine_interval,
    korn_graubard,
    likelihood_interval,
    logit_interval,
    share_of_estimate,
    wald_interval,
    wilson_interval_of_sample,
)
from hearback.stats.survey.means import (
    AnswersNotValid,
    Linearised,
    SampleEstimate,
    covariance_of,
    estimate_mean,
    estimate_total,
    linearise_mean,
    linearise_total,
    standard_error,
    t_interval,
)
from hearback.stats.survey.modes import (
    ChannelMean,
    StandardisedMeans,
    StandardNotValid,
    mix_of,
    standardised_means,
)
from hearback.stats.survey.regression import (
    Coefficient,
    Regression,
    TermUnknown,
    linear_regression,
    linear_trend,
)
from hearback.stats.survey.tables import RaoScottTest, rao_scott_test

__all__ = [
    "AnswerCells",
    "AnswerDistribution",
    "AnswersNotValid",
    "CellsNotValid",
    "Change",
    "ChannelMean",
    "Coefficient",
    "Design",
    "DesignNotValid",
    "Difference",
    "DomainMeans",
    "DomainUnknown",
    "Interval",
    "Linearised",
    "RaoScottTest",
    "Regression",
    "SampleEstimate",
    "SampleShare",
    "ShareNotValid",
    "Stage",
    "StandardNotValid",
    "StandardisedMeans",
    "TermUnknown",
    "Verdict",
    "arcsine_interval",
    "change_of_mean",
    "check_weights",
    "covariance_of",
    "covariance_of_totals",
    "degrees_of_freedom",
    "difference_of",
    "domain_means",
    "estimate_answers",
    "estimate_mean",
    "estimate_total",
    "gap_to_rest",
    "independent_change",
    "korn_graubard",
    "likelihood_interval",
    "linear_regression",
    "linear_trend",
    "linearise_mean",
    "linearise_total",
    "logit_interval",
    "make_design",
    "means_of_cells",
    "mix_of",
    "rao_scott_test",
    "share_of_estimate",
    "standard_error",
    "standardised_means",
    "t_interval",
    "variance_of_total",
    "verdict",
    "wald_interval",
    "wilson_interval_of_sample",
]
