"""The fiscal calendar, in plain Python: quarters, partial dates, and the days they cover."""

from hearback.fiscal.period import Period, PeriodNotValid, parse_period
from hearback.fiscal.quarter import Quarter, QuarterNotValid, parse_quarter

__all__ = ["Period", "PeriodNotValid", "Quarter", "QuarterNotValid", "parse_period", "parse_quarter"]
