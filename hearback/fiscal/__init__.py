"""The fiscal calendar, in plain Python: quarters, partial dates, and the days they cover."""

from hearback.fiscal.period import Period, PeriodNotValid, YearNotLikely, parse_period
from hearback.fiscal.quarter import (
    EARLIEST_YEAR,
    FEDERAL_START_MONTH,
    LATEST_YEAR,
    Quarter,
    QuarterNotValid,
    first_day_of_fiscal_year,
    parse_quarter,
    quarter_of_day,
)

__all__ = [
    "EARLIEST_YEAR",
    "FEDERAL_START_MONTH",
    "LATEST_YEAR",
    "Period",
    "PeriodNotValid",
    "Quarter",
    "QuarterNotValid",
    "YearNotLikely",
    "first_day_of_fiscal_year",
    "parse_period",
    "parse_quarter",
    "quarter_of_day",
]
