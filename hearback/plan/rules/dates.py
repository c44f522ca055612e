"""Which dates may be written."""

import re
from datetime import date

from hearback.fiscal import FEDERAL_START_MONTH, PeriodNotValid, parse_period

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
"""Years that are written; any other is a slip of the hand."""
RECURRING = re.compile(r"(?:yearly|quarterly|monthly)(?:, [\w ]+)?")
YEAR = re.compile(r"\s*(?:FY)?(\d{4})(?!\d)", re.ASCII)
HAPPENED = {
    "as_of",
    "done",
    "progress_date",
    "baseline_as_of",
    "before_as_of",
    "after_as_of",
    "replaced_on",
    "announced",
}
"""Fields whose date says when something was so: none can be in the future."""
HAPPENED_THERE = {("milestone_change", "date"), ("update", "date")}
"""The same, of kinds of rows whose other dates of this name may be."""


class YearNotLikely(PeriodNotValid):
    """The year that is written is outside 1900-2100."""


def check_field(
    kind: str, name: str, text: str | None, on: date, start_month: int = FEDERAL_START_MONTH
) -> None:
    """Check the date of a field as it stands in a file.

    Args:
        kind: the kind of row, as "milestone".
        name: the field.
        text: what is written there; null means unknown and is fine.
        on: the day on which it is read.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        PeriodNotValid: if it is no date, or says what happened on a day that has not begun.
    """
    if (kind, name) == ("commitment", "due"):
        check_due(text)
        return
    check_date(text)
    told = name in HAPPENED or (kind, name) in HAPPENED_THERE
    if told and text is not None and parse_period(text, start_month).starts_on > on:
        raise PeriodNotValid(f"{text} has not begun; give the date on which it was so")


def check_date(text: str | None) -> None:
    """Check that a date is written as the fiscal calendar reads it; null means unknown and is fine.

    Only what is written anew is checked: the calendar reads any year, as what is kept must stay readable.

    Raises:
        PeriodNotValid: if it is neither a day, a month, a year, a fiscal year nor a fiscal quarter.
        YearNotLikely: if its year is outside 1900-2100.
    """
    if text is None:
        return
    if (year := YEAR.match(text)) and not EARLIEST_YEAR <= int(year[1]) <= LATEST_YEAR:
        raise YearNotLikely(f"{text!r} is outside {EARLIEST_YEAR} to {LATEST_YEAR}; correct the year")
    parse_period(text)


def check_due(text: str | None) -> None:
    """Check when something is due: a date, or how often it comes back, as 'yearly, February'.

    Raises:
        PeriodNotValid: if it is neither.
    """
    if text is not None and not RECURRING.fullmatch(text):
        try:
            check_date(text)
        except YearNotLikely:
            raise
        except PeriodNotValid as problem:
            raise PeriodNotValid(f"{problem}, or how often it comes back, as 'yearly, February'") from problem
