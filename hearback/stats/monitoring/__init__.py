"""Watching a series: has it left its target, when did it change, and what is only the season?

`charts` are CUSUM and EWMA, `run_length` says how often they alarm falsely and finds their thresholds,
`change_points` gives the probability that a share changed with each period, `seasonal` takes the season out.
"""

from hearback.stats.monitoring.change_points import RunLengths, run_lengths
from hearback.stats.monitoring.charts import (
    CusumAlarm,
    CusumChart,
    EwmaAlarm,
    EwmaChart,
    SeriesNotValid,
    SettingNotValid,
    baseline_share,
    cusum,
    ewma,
    share_errors,
    standard_scores,
)
from hearback.stats.monitoring.run_length import (
    cusum_run_length,
    design_limit,
    design_threshold,
    ewma_run_length,
    run_length_for,
)
from hearback.stats.monitoring.seasonal import Season, StlSettings, decompose_season

__all__ = [
    "CusumAlarm",
    "CusumChart",
    "EwmaAlarm",
    "EwmaChart",
    "RunLengths",
    "Season",
    "SeriesNotValid",
    "SettingNotValid",
    "StlSettings",
    "baseline_share",
    "cusum",
    "cusum_run_length",
    "decompose_season",
    "design_limit",
    "design_threshold",
    "ewma",
    "ewma_run_length",
    "run_length_for",
    "run_lengths",
    "share_errors",
    "standard_scores",
]
