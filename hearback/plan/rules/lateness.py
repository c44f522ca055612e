"""Whether a promise was kept in time, and if not, by how much: docs/methods/lateness.md explains it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hearback.fiscal import FEDERAL_START_MONTH, Period, QuarterNotValid, parse_period, quarter_of_day
from hearback.plan.rules.statuses import Kind, kind_of

FIRST_DAY = date(1970, 1, 1)


class Late(StrEnum):
    """How a promise stands on a day."""

    ON_TIME = "on_time"
    LATE = "late"
    OVERDUE = "overdue"
    NOT_DUE_YET = "not_due_yet"
    DROPPED = "dropped"
    CANNOT_TELL = "cannot_tell"


class CannotTell(StrEnum):
    """Why nothing can be said."""

    NO_DUE = "no_due"
    NO_STATUS = "no_status"
    STATUS_NOT_SORTED = "status_not_sorted"
    DONE_NOT_KNOWN = "done_not_known"
    DONE_NOT_PRECISE = "done_not_precise"


REASONS = {
    CannotTell.NO_DUE: "no due date is known",
    CannotTell.NO_STATUS: "its status is not known",
    CannotTell.STATUS_NOT_SORTED: "what its status means is not known",
    CannotTell.DONE_NOT_KNOWN: "when it was done is not known",
    CannotTell.DONE_NOT_PRECISE: "when it was done is not known precisely enough",
}
UNTOLD = {
    Kind.COMPLETE: CannotTell.DONE_NOT_KNOWN,
    Kind.UNKNOWN: CannotTell.NO_STATUS,
    Kind.OTHER: CannotTell.STATUS_NOT_SORTED,
}
"""What a status means, without a day on which it was done → why nothing can be told of it."""


@dataclass(frozen=True)
class Promise:
    """What is known of a milestone: dates as their source wrote them, null where nothing is known."""

    due: str | None
    status: str | None
    done: str | None = None
    as_of: str | None = None  # when the status was read


@dataclass(frozen=True)
class Lateness:
    """How a promise stands.

    `n` is how many of `unit` (quarters, days) it is late or overdue, at least 1; null for all other states.
    `at_least` says that it may be more, as the day it was done is not known precisely. `why` says why nothing
    can be told. `read_after` says that an overdue one was read as not done after it was due.
    """

    state: Late
    n: int | None = None
    unit: str | None = None
    at_least: bool = False
    why: CannotTell | None = None
    read_after: bool = False

    @property
    def words(self) -> str:
        """Say it in words.

        >>> Lateness(Late.LATE, 2, "quarters").words
        'late by 2 quarters'
        >>> Lateness(Late.CANNOT_TELL, why=CannotTell.NO_DUE).words
        'cannot tell: no due date is known'
        >>> Lateness(Late.OVERDUE, 2, "quarters").words
        'due 2 quarters ago'
        """
        if self.why is not None:
            return f"cannot tell: {REASONS[self.why]}"
        if self.n is None or self.unit is None:
            return self.state.replace("_", " ")
        unit = self.unit if self.n != 1 else self.unit.removesuffix("s")
        if self.state is Late.OVERDUE and not self.read_after:
            return f"due {self.n:,} {unit} ago"  # nobody looked since
        return f"{self.state} by {'at least ' if self.at_least else ''}{self.n:,} {unit}"


def lateness(promise: Promise, on: date, start_month: int = FEDERAL_START_MONTH) -> Lateness:
    """Say how a promise stands on a day.

    A due date is met until the last day of its period. Quarters are counted from the one in which a due
    fiscal quarter, fiscal year or year ends, where that is the end of a quarter; days from the last day of
    any other.

    Args:
        promise: what is known of it.
        on: the day for which it is asked.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        PeriodNotValid: if a date is none.
    """
    kind = kind_of(promise.status)
    if kind is Kind.DROPPED:
        return Lateness(Late.DROPPED)
    if promise.due is None:
        return Lateness(Late.CANNOT_TELL, why=CannotTell.NO_DUE)
    due = parse_period(promise.due, start_month)
    read = None if promise.as_of is None else parse_period(promise.as_of, start_month)
    if promise.done is not None:
        return _of_done(due, parse_period(promise.done, start_month), start_month)
    read_before = read is not None and read.ends_before <= due.ends_before
    if kind is Kind.COMPLETE and read_before:
        return Lateness(Late.ON_TIME)  # it was done by the time it was read as complete
    if kind in UNTOLD:
        return Lateness(Late.CANNOT_TELL, why=UNTOLD[kind])
    if on < due.ends_before:
        return Lateness(Late.NOT_DUE_YET)
    n, unit = _between(due, on, start_month)
    return Lateness(Late.OVERDUE, n, unit, read_after=read is not None and not read_before)


def _of_done(due: Period, done: Period, start_month: int) -> Lateness:
    if done.ends_before <= due.ends_before:
        return Lateness(Late.ON_TIME)
    if done.starts_on < due.ends_before:
        return Lateness(Late.CANNOT_TELL, why=CannotTell.DONE_NOT_PRECISE)
    n, unit = _between(due, done.starts_on, start_month)
    most, _ = _between(due, done.ends_before - timedelta(days=1), start_month)
    return Lateness(Late.LATE, n, unit, at_least=most > n)


def _between(due: Period, day: date, start_month: int) -> tuple[int, str]:
    """Count from the end of a due date to a later day: quarters where it ends with one, else days."""
    last = due.ends_before - timedelta(days=1)
    is_long = due.text.startswith("FY") or len(due.text) == len("2024")
    with suppress(QuarterNotValid):  # far off in time there are no quarters
        first, later = (quarter_of_day((one - FIRST_DAY).days, start_month) for one in (last, day))
        if is_long and first.ends_before(start_month) == due.ends_before:
            return 4 * (later.fiscal_year - first.fiscal_year) + later.number - first.number, "quarters"
    return (day - last).days, "days"
