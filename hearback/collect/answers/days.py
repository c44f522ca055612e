"""Finding the day of an answer, as days since 1 January 1970."""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from hearback.collect.answers.layout import DateColumn, Day, DayOfMonthColumn, FixedDay
from hearback.collect.answers.layout_rules import EPOCH
from hearback.collect.answers.rows import shown
from hearback.collect.parsed import RowRefused
from hearback.fiscal import Period, QuarterNotValid, parse_period, parse_quarter

REMEMBERED = 4096
DAY_NUMBER = re.compile(r"^\d{1,2}$", re.ASCII)


def day_reader(day: Day, period: Period, start_month: int) -> Callable[[str], int]:
    """Give what reads a cell as a day.

    The function raises RowRefused where the cell holds none, or one outside the period of the layout.
    """
    if isinstance(day, FixedDay):
        fixed = (day.day - EPOCH).days
        return lambda cell: fixed

    @lru_cache(maxsize=REMEMBERED)
    def read(cell: str) -> int:
        found = found_day(cell, day, start_month)
        if not period.starts_on <= found < period.ends_before:
            raise RowRefused(
                day.column,
                f"{shown(cell)} is {found}, which is not in the period of the layout, {period.text}. Correct "
                "the cell, or import answers of another period with a layout of their own.",
            )
        return (found - EPOCH).days

    return read


def found_day(cell: str, day: Day, start_month: int) -> date:
    """Read the day that a cell holds, or the first day of its quarter.

    Raises:
        RowRefused: if it holds none.
    """
    if isinstance(day, DateColumn):
        try:
            return datetime.strptime(cell, day.pattern).date()  # noqa: DTZ007 - a day of the calendar
        except ValueError as problem:
            raise RowRefused(
                day.column,
                f"{shown(cell)} is not a day written as {day.pattern}. Correct the cell or the pattern.",
            ) from problem
    if isinstance(day, DayOfMonthColumn):
        return _of_month(cell, day)
    assert not isinstance(day, FixedDay)  # noqa: S101 - it has no cell to be read
    try:
        return parse_quarter(cell).starts_on(start_month)
    except QuarterNotValid as problem:
        raise RowRefused(
            day.column, f"{shown(cell)} is no fiscal quarter; write it as FY2017-Q3. Correct the cell."
        ) from problem


def _of_month(cell: str, day: DayOfMonthColumn) -> date:
    month = parse_period(day.month)
    last = (month.ends_before - month.starts_on).days
    if not (DAY_NUMBER.match(cell) and 1 <= int(cell) <= last):
        raise RowRefused(
            day.column, f"{shown(cell)} is no day of {day.month}; its days are 1 to {last}. Correct the cell."
        )
    return month.starts_on.replace(day=int(cell))
