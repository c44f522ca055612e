"""Agreement: of questions with one another, and of people or programs who code the same comments."""

from hearback.stats.reliability.cronbach import (
    CronbachAlpha,
    ItemReliability,
    ItemsNotValid,
    cronbach_alpha,
    cronbach_alpha_of_covariance,
)
from hearback.stats.reliability.krippendorff import (
    Agreement,
    Level,
    RatingsNotValid,
    agreement_interval,
    krippendorff_alpha,
)

__all__ = [
    "Agreement",
    "CronbachAlpha",
    "ItemReliability",
    "ItemsNotValid",
    "Level",
    "RatingsNotValid",
    "agreement_interval",
    "cronbach_alpha",
    "cronbach_alpha_of_covariance",
    "krippendorff_alpha",
]
