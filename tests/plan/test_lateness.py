"""Lateness, held against a second way of counting: the days and quarters one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.fiscal import parse_period
from hearback.plan.rules import CannotTell, Late, Promise, lateness

DAYS = st.dates(date(1995, 1, 1), date(2090, 1, 1))
PERIODS = st.builds(
    lambda day, kind: {
        "day": day.isoformat(), "month": f"{day:%Y-%m}", "year": f"{day:%Y}", "fiscal": f"FY{day:%Y}",
        "quarter": f"FY{day:%Y}-Q{(day.month + 2) // 3}",
    }[kind],
    DAYS,
    st.sampled_from(["day", "month", "year", "fiscal", "quarter"]),
)  # fmt: skip


def quarters_passed(last: date, day: date, start_month: int) -> int:
    """Count the first days of quarters after `last` up to `day`."""
    firsts = {(start_month - 1 + 3 * n) % 12 + 1 for n in range(4)}
    return sum(
        1 for year in range(last.year, day.year + 1) for month in firsts if last < date(year, month, 1) <= day
    )


@given(PERIODS, DAYS, st.integers(1, 12))
def test_not_done_is_overdue_from_the_day_after_the_due_period(due: str, on: date, start: int) -> None:
    found = lateness(Promise(due, "Planned"), on, start)
    last = parse_period(due, start).ends_before - timedelta(days=1)
    if on <= last:
        assert (found.state, found.n) == (Late.NOT_DUE_YET, None)
        return
    assert found.state is Late.OVERDUE
    days, quarters = (on - last).days, quarters_passed(last, on, start)
    assert found.n == (quarters if found.unit == "quarters" else days)
    assert found.n >= 1
    if due.startswith("FY"):
        assert found.unit == "quarters"
    if len(due) in {7, 10} and not due.startswith("FY"):
        assert found.unit == "days"


@given(PERIODS, PERIODS, st.integers(1, 12))
def test_done_is_judged_as_its_first_and_last_day_would_be(due: str, done: str, start: int) -> None:
    whole = lateness(Promise(due, "Complete", done), date(2095, 1, 1), start)
    period = parse_period(done, start)
    first, last = (
        lateness(Promise(due, "Complete", day.isoformat()), date(2095, 1, 1), start)
        for day in (period.starts_on, period.ends_before - timedelta(days=1))
    )
    if first.state is not last.state:
        assert whole.why is CannotTell.DONE_NOT_PRECISE
    else:
        assert (whole.state, whole.n, whole.unit) == (first.state, first.n, first.unit)
        assert whole.at_least == (first.n != last.n)


@pytest.mark.parametrize(
    ("promise", "why"),
    [
        (Promise(None, "Planned"), CannotTell.NO_DUE),
        (Promise("FY2022-Q3", None), CannotTell.NO_STATUS),
        (Promise("FY2022-Q3", "On hold?"), CannotTell.STATUS_NOT_SORTED),
        (Promise("FY2022-Q3", "Complete"), CannotTell.DONE_NOT_KNOWN),
        (Promise("FY2022-Q3", "Complete", as_of="2022"), CannotTell.DONE_NOT_KNOWN),
    ],
)
def test_what_cannot_be_told_says_why(promise: Promise, why: CannotTell) -> None:
    found = lateness(promise, date(2030, 1, 1))
    assert (found.state, found.why, found.n) == (Late.CANNOT_TELL, why, None)


def test_what_lies_where_no_quarters_are_is_counted_in_days() -> None:
    assert lateness(Promise("1980", "Planned"), date(1981, 1, 2)).words == "due 2 days ago"
