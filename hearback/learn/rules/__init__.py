"""Decisions about journeys: what may be written, what it takes of people, what hurts most."""

from hearback.learn.rules.burden import (
    BURDEN_METHOD,
    BURDEN_VERSION,
    MINUTES_NOT_KNOWN,
    VOLUME_NOT_KNOWN,
    Amount,
    Burden,
    Hours,
    Total,
    burden,
    hours_per_year,
    total,
)
from hearback.learn.rules.ranking import PainSize, Ranked, pain_size, ranked
from hearback.learn.rules.writing import (
    FEELINGS,
    QUANTITIES,
    NamingNotValid,
    RangeNotValid,
    check_naming,
    check_range,
)

__all__ = [
    "BURDEN_METHOD",
    "BURDEN_VERSION",
    "FEELINGS",
    "MINUTES_NOT_KNOWN",
    "QUANTITIES",
    "VOLUME_NOT_KNOWN",
    "Amount",
    "Burden",
    "Hours",
    "NamingNotValid",
    "PainSize",
    "RangeNotValid",
    "Ranked",
    "Total",
    "burden",
    "check_naming",
    "check_range",
    "hours_per_year",
    "pain_size",
    "ranked",
    "total",
]
