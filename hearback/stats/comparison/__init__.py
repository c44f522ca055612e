"""Comparing honestly: many claims at once, providers of unequal size, two groups, two periods.

`multiplicity` adjusts p-values for their number; `empirical_bayes` and `shrunken_means` estimate a provider
from its own answers and those of all; `ranks` says between which ranks it lies; `funnel` which providers lie
further out than chance explains; `decomposition` what part of a change is performance, and `within` whether
that part is more than chance; `two_groups` compares ordered answers.
"""

from hearback.stats.comparison.beta_binomial import (
    BetaBinomialFit,
    FitDidNotConverge,
    anova_correlation,
    fit_beta_binomial,
)
from hearback.stats.comparison.counts import ProviderNotValid, TooFewProviders
from hearback.stats.comparison.decomposition import ChangeParts, ProviderPart, decompose_change
from hearback.stats.comparison.empirical_bayes import ShrunkenRate, ShrunkenRates, shrink_rates
from hearback.stats.comparison.funnel import Funnel, FunnelPoint, Limits, exact_limits, funnel
from hearback.stats.comparison.multiplicity import PValueNotValid, adjust_p_values, discoveries
from hearback.stats.comparison.ranks import (
    expected_ranks_of_betas,
    expected_ranks_of_normals,
    rank_intervals_of_betas,
    rank_intervals_of_normals,
)
from hearback.stats.comparison.shrunken_means import (
    ShrunkenMean,
    ShrunkenMeans,
    Spread,
    shrink_means,
    spread_of_means,
)
from hearback.stats.comparison.two_groups import AnswerNotValid, TwoGroups, compare_two_groups
from hearback.stats.comparison.within import ProviderMeans, WithinChange, within_of_means, within_of_shares

__all__ = [
    "AnswerNotValid",
    "BetaBinomialFit",
    "ChangeParts",
    "FitDidNotConverge",
    "Funnel",
    "FunnelPoint",
    "Limits",
    "PValueNotValid",
    "ProviderMeans",
    "ProviderNotValid",
    "ProviderPart",
    "ShrunkenMean",
    "ShrunkenMeans",
    "ShrunkenRate",
    "ShrunkenRates",
    "Spread",
    "TooFewProviders",
    "TwoGroups",
    "WithinChange",
    "adjust_p_values",
    "anova_correlation",
    "compare_two_groups",
    "decompose_change",
    "discoveries",
    "exact_limits",
    "expected_ranks_of_betas",
    "expected_ranks_of_normals",
    "fit_beta_binomial",
    "funnel",
    "rank_intervals_of_betas",
    "rank_intervals_of_normals",
    "shrink_means",
    "shrink_rates",
    "spread_of_means",
    "within_of_means",
    "within_of_shares",
]
