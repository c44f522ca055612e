"""Comparing two groups: how many answers it takes, what two shares say, and tests one may look at early.

`sample_size` plans, `two_shares` compares two shares, `cuped` sharpens a comparison by what was known before,
`sequential` tests at any number of looks and checks that people were split as planned.
"""

from hearback.stats.experiments.cuped import Cuped, Welch, cuped, welch
from hearback.stats.experiments.sample_size import (
    Detectable,
    GroupSize,
    MarginSize,
    PlanNotValid,
    minimum_detectable_change,
    size_for_change,
    size_for_margin,
)
from hearback.stats.experiments.sequential import (
    ExperimentNotValid,
    Look,
    SampleRatio,
    SequentialTest,
    confidence_sequence_half_width,
    log_mixture_ratio,
    mixture_sprt,
    sample_ratio_mismatch,
)
from hearback.stats.experiments.two_shares import Direction, ShareChange, change_of_shares

__all__ = [
    "Cuped",
    "Detectable",
    "Direction",
    "ExperimentNotValid",
    "GroupSize",
    "Look",
    "MarginSize",
    "PlanNotValid",
    "SampleRatio",
    "SequentialTest",
    "ShareChange",
    "Welch",
    "change_of_shares",
    "confidence_sequence_half_width",
    "cuped",
    "log_mixture_ratio",
    "minimum_detectable_change",
    "mixture_sprt",
    "sample_ratio_mismatch",
    "size_for_change",
    "size_for_margin",
    "welch",
]
