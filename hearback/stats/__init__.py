"""Statistics in plain Python: methods with their sources, and results that know their interval."""

from hearback.stats.combined import Ranged, combined
from hearback.stats.estimate import Estimate, NoEstimate, NotAnEstimate, Reason, Suppressed
from hearback.stats.likert import (
    MEAN_T,
    LikertCounts,
    add_counts,
    mean_as_printed,
    mean_half_up,
    mean_interval,
    n_answers,
    n_of,
    share_of,
    standard_deviation,
    sum_of_answers,
)
from hearback.stats.proportion import (
    CountNotValid,
    agresti_coull_interval,
    clopper_pearson_interval,
    jeffreys_interval,
    wilson_interval,
)

__all__ = [
    "MEAN_T",
    "CountNotValid",
    "Estimate",
    "LikertCounts",
    "NoEstimate",
    "NotAnEstimate",
    "Ranged",
    "Reason",
    "Suppressed",
    "add_counts",
    "agresti_coull_interval",
    "clopper_pearson_interval",
    "combined",
    "jeffreys_interval",
    "mean_as_printed",
    "mean_half_up",
    "mean_interval",
    "n_answers",
    "n_of",
    "share_of",
    "standard_deviation",
    "sum_of_answers",
    "wilson_interval",
]
