"""Which dates may be written."""

import re

from hearback.fiscal import PeriodNotValid, parse_period

RECURRING = re.compile(r"(?:yearly|quarterly|monthly)(?:, [\w ]+)?")


def check_date(text: str | None) -> None:
    """Check that a date is written as the fiscal calendar reads it; null means unknown and is fine.

    Raises:
        PeriodNotValid: if it is neither a day, a month, a year, a fiscal year nor a fiscal quarter.
    """
    if text is not None:
        parse_period(text)


def check_due(text: str | None) -> None:
    """Check when something is due: a date, or how often it comes back, as 'yearly, February'.

    Raises:
        PeriodNotValid: if it is neither.
    """
    if text is not None and not RECURRING.fullmatch(text):
        try:
            parse_period(text)
        except PeriodNotValid as problem:
            raise PeriodNotValid(f"{problem}, or how often it comes back, as 'yearly, February'") from problem
