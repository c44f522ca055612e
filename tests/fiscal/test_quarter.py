"""Fiscal quarters on the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter

quarters = st.builds(Quarter, st.integers(1991, 2099), st.integers(1, 4))
months = st.integers(1, 12)


@pytest.mark.parametrize(
    ("code", "start_month", "starts_on", "ends_before"),
    [
        ("FY2021-Q1", 10, date(2020, 10, 1), date(2021, 1, 1)),  # US federal: October to September
        ("FY2021-Q2", 10, date(2021, 1, 1), date(2021, 4, 1)),
        ("FY2021-Q4", 10, date(2021, 7, 1), date(2021, 10, 1)),
        ("FY2021-Q1", 1, date(2021, 1, 1), date(2021, 4, 1)),  # calendar year
        ("FY2021-Q1", 4, date(2020, 4, 1), date(2020, 7, 1)),  # United Kingdom, named after its last year
        ("FY2021-Q4", 7, date(2021, 4, 1), date(2021, 7, 1)),  # Australia, most US states
    ],
)
def test_a_quarter_covers_the_days_its_government_says(
    code: str, start_month: int, starts_on: date, ends_before: date
) -> None:
    quarter = parse_quarter(code)
    assert (quarter.starts_on(start_month), quarter.ends_before(start_month)) == (starts_on, ends_before)


@given(quarters, months)
def test_quarters_follow_each_other_without_gap(quarter: Quarter, start_month: int) -> None:
    assert quarter.ends_before(start_month) == quarter.next().starts_on(start_month)
    assert quarter.next().previous() == quarter
    assert 89 <= (quarter.ends_before(start_month) - quarter.starts_on(start_month)).days <= 92


@given(quarters, quarters)
def test_codes_sort_by_time_and_are_read_back(one: Quarter, other: Quarter) -> None:
    assert (str(one) < str(other)) == (one < other)
    assert parse_quarter(str(one)) == parse_quarter(one.label) == one


@pytest.mark.parametrize(
    "text", ["FY2021-Q5", "FY2021-Q0", "FY21-Q1", "2021-Q1", "FY2021", "", "Q1 FY2021", "FY1889-Q1"]
)
def test_what_is_no_quarter_is_refused_with_the_way_to_write_it(text: str) -> None:
    with pytest.raises(QuarterNotValid, match=r"FY2021-Q1|four digits"):
        parse_quarter(text)


def test_a_quarter_number_that_does_not_exist_is_refused() -> None:
    with pytest.raises(QuarterNotValid, match="no quarter 5"):
        Quarter(2021, 5)


def test_the_last_quarter_of_the_calendar_ends_too() -> None:
    assert Quarter(2100, 4).ends_before() == date(2100, 10, 1)


def test_digits_of_other_scripts_are_no_quarter() -> None:
    with pytest.raises(QuarterNotValid):
        parse_quarter("FY٢٠٢١-Q1")
