"""Fiscal quarters: how they are written, ordered and placed on the calendar."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

FEDERAL_START_MONTH = 10  # Source: 31 U.S.C. 1102, the US fiscal year begins on 1 October.
EARLIEST_YEAR = 1990
LATEST_YEAR = 2100
CODE = re.compile(r"^FY(\d{4})[ -]?Q([1-4])$", re.ASCII)


class QuarterNotValid(ValueError):
    """What was given does not name a fiscal quarter."""


@dataclass(frozen=True, order=True)
class Quarter:
    """One fiscal quarter, ordered by time.

    A fiscal year is named after the calendar year in which it ends, so FY2021 Q1 of a government
    whose year starts in October is October to December 2020.

    Raises:
        QuarterNotValid: if the year is outside 1990-2100 or the number outside 1-4.

    >>> Quarter(2021, 1).starts_on()
    datetime.date(2020, 10, 1)
    >>> str(Quarter(2021, 1)), Quarter(2021, 1).label
    ('FY2021-Q1', 'FY2021 Q1')
    """

    fiscal_year: int
    number: int

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.fiscal_year <= LATEST_YEAR:
            raise QuarterNotValid(
                f"fiscal year {self.fiscal_year} is outside {EARLIEST_YEAR} to {LATEST_YEAR}; "
                "write it with four digits"
            )
        if self.number not in {1, 2, 3, 4}:
            raise QuarterNotValid(f"there is no quarter {self.number}; use 1, 2, 3 or 4")

    def __str__(self) -> str:
        """Write the code that files, addresses and tables use; it sorts by time as text."""
        return f"FY{self.fiscal_year}-Q{self.number}"

    @property
    def label(self) -> str:
        """Write the quarter as people read it."""
        return f"FY{self.fiscal_year} Q{self.number}"

    def starts_on(self, start_month: int = FEDERAL_START_MONTH) -> date:
        """Give the first day, for a fiscal year that starts in `start_month` (1-12)."""
        first = first_day_of_fiscal_year(self.fiscal_year, start_month)
        month = first.month + 3 * (self.number - 1)
        return date(first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)

    def ends_before(self, start_month: int = FEDERAL_START_MONTH) -> date:
        """Give the first day after the quarter."""
        first = self.starts_on(start_month)
        return date(first.year + (first.month + 2) // 12, (first.month + 2) % 12 + 1, 1)

    def next(self) -> "Quarter":
        """Give the quarter after this one."""
        if self.number == 4:
            return Quarter(self.fiscal_year + 1, 1)
        return Quarter(self.fiscal_year, self.number + 1)

    def previous(self) -> "Quarter":
        """Give the quarter before this one."""
        if self.number == 1:
            return Quarter(self.fiscal_year - 1, 4)
        return Quarter(self.fiscal_year, self.number - 1)


def first_day_of_fiscal_year(year: int, start_month: int = FEDERAL_START_MONTH) -> date:
    """Give the day on which a fiscal year begins, of any year of the calendar from 2 on.

    >>> first_day_of_fiscal_year(2021), first_day_of_fiscal_year(2021, start_month=1)
    (datetime.date(2020, 10, 1), datetime.date(2021, 1, 1))
    """
    return date(year if start_month == 1 else year - 1, start_month, 1)


def parse_quarter(text: str) -> Quarter:
    """Read 'FY2021-Q1' or 'FY2021 Q1'.

    Raises:
        QuarterNotValid: if the text is neither.

    >>> parse_quarter("FY2021 Q1")
    Quarter(fiscal_year=2021, number=1)
    """
    match = CODE.match(text.strip())
    if match is None:
        raise QuarterNotValid(
            f"{text!r} is not a fiscal quarter; the form is FY2021-Q1, and quarters are 1 to 4"
        )
    return Quarter(int(match[1]), int(match[2]))


def quarter_of_day(day: int, start_month: int = FEDERAL_START_MONTH) -> Quarter:
    """Give the fiscal quarter of a day counted from 1 January 1970, as archives count days.

    Raises:
        QuarterNotValid: if the day is outside the years that have quarters.

    >>> str(quarter_of_day(18_536))  # 1 October 2020
    'FY2021-Q1'
    >>> str(quarter_of_day(18_536, start_month=1))
    'FY2020-Q4'
    """
    when = date(1970, 1, 1) + timedelta(days=day)
    months = (when.month - start_month) % 12
    year = when.year if start_month == 1 or when.month < start_month else when.year + 1
    return Quarter(year, months // 3 + 1)
