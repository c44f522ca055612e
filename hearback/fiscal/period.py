"""Dates as sources give them: a day, a month, a year, a fiscal year or a fiscal quarter."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hearback.fiscal.quarter import FEDERAL_START_MONTH, Quarter, QuarterNotValid, parse_quarter

FISCAL_YEAR = re.compile(r"^FY(\d{4})$", re.ASCII)
CALENDAR = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$", re.ASCII)


class PeriodNotValid(ValueError):
    """What was given names no day, month, year, fiscal year or fiscal quarter."""


@dataclass(frozen=True, order=True)
class Period:
    """The days that a date covers, as precisely as its source gave it.

    `ends_before` is the first day after the period. `text` is what the source said; nothing is made
    more precise than that.
    """

    starts_on: date
    ends_before: date
    text: str

    @property
    def label(self) -> str:
        """Write the period as people read it: 'May 2023', '3 March 2023', 'FY2023 Q3', '2024'."""
        if self.text.startswith("FY"):
            return self.text.replace("-", " ")
        match len(self.text):
            case 10:
                return f"{self.starts_on.day} {self.starts_on:%B %Y}"
            case 7:
                return f"{self.starts_on:%B %Y}"
            case _:
                return self.text


def parse_period(text: str, start_month: int = FEDERAL_START_MONTH) -> Period:
    """Read '2023', '2023-05', '2023-05-31', 'FY2023' or 'FY2023-Q3'.

    Raises:
        PeriodNotValid: if the text is none of these, or names a day that does not exist.

    >>> parse_period("2023-05").ends_before
    datetime.date(2023, 6, 1)
    >>> parse_period("FY2022-Q3").starts_on
    datetime.date(2022, 4, 1)
    """
    text = text.strip()
    try:
        if fiscal := FISCAL_YEAR.match(text):
            first = Quarter(int(fiscal[1]), 1)
            return Period(
                first.starts_on(start_month), Quarter(first.fiscal_year, 4).ends_before(start_month), text
            )
        if text.startswith("FY"):
            quarter = parse_quarter(text)
            return Period(quarter.starts_on(start_month), quarter.ends_before(start_month), str(quarter))
        return _calendar_period(text)
    except (QuarterNotValid, ValueError, OverflowError) as problem:
        raise PeriodNotValid(
            f"{text!r} is not a date; write 2023, 2023-05, 2023-05-31, FY2023 or FY2023-Q3"
        ) from problem


def _calendar_period(text: str) -> Period:
    match = CALENDAR.match(text)
    if match is None:
        raise ValueError(text)
    year, month, day = match[1], match[2], match[3]
    if day:
        first = date.fromisoformat(text)
        return Period(first, first + timedelta(days=1), text)
    if month:
        first = date(int(year), int(month), 1)
        return Period(first, (first + timedelta(days=31)).replace(day=1), text)
    return Period(date(int(year), 1, 1), date(int(year) + 1, 1, 1), text)
