"""Weights that bring a sample to what is known of the population, and estimates that account for it.

`rake_weights` and `poststratify_weights` meet counts, `calibrate_weights` meets totals within bounds,
`trim_weights` cuts extremes. `calibrated_mean` and its siblings take the standard error from what the
weighting leaves unexplained; `weighting_effects` says what it costs. Whatever can be wrong with margins has
an exception of its own.
"""

from hearback.stats.weighting.calibrate import calibrate_weights
from hearback.stats.weighting.calibrated import (
    CalibratedEstimate,
    CalibratedWeights,
    calibrated_covariance,
    calibrated_mean,
    calibrated_total,
)
from hearback.stats.weighting.effects import (
    WeightingEffects,
    effective_sample_size,
    kish_design_effect,
    weighting_effects,
)
from hearback.stats.weighting.errors import (
    BoundsInfeasible,
    BoundsNotValid,
    LabelMissing,
    LevelNotInMargin,
    LevelWithoutRespondents,
    MarginsDiffer,
    RakingDoesNotConverge,
    TotalsContradict,
    WeightingNotPossible,
    ZeroTarget,
)
from hearback.stats.weighting.margins import merge_levels
from hearback.stats.weighting.poststratify import poststratify_weights
from hearback.stats.weighting.rake import rake_weights
from hearback.stats.weighting.trim import TrimmedWeights, trim_weights

__all__ = [
    "BoundsInfeasible",
    "BoundsNotValid",
    "CalibratedEstimate",
    "CalibratedWeights",
    "LabelMissing",
    "LevelNotInMargin",
    "LevelWithoutRespondents",
    "MarginsDiffer",
    "RakingDoesNotConverge",
    "TotalsContradict",
    "TrimmedWeights",
    "WeightingEffects",
    "WeightingNotPossible",
    "ZeroTarget",
    "calibrate_weights",
    "calibrated_covariance",
    "calibrated_mean",
    "calibrated_total",
    "effective_sample_size",
    "kish_design_effect",
    "merge_levels",
    "poststratify_weights",
    "rake_weights",
    "trim_weights",
    "weighting_effects",
]
