"""The fiscal calendar, in plain Python: quarters, partial dates, and the days they cover."""

from hearback.fiscal.period import Period, PeriodNotValid, parse_period
from hearback.fiscal.quarter import (
    FEDERAL_START_MONTH,
    Quarter,
    QuarterNotValid,
    first_day_of_fiscal_year,
    parse_quarter,
    quarter_of_day,
)

__all__ = [
    "FEDERAL_START_MONTH",
    "Period",
    "PeriodNotValid",
    "Quarter",
    "QuarterNotValid",
    "first_day_of_fiscal_year",
    "parse_period",
    "parse_quarter",
    "quarter_of_day",
]
