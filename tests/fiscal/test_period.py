"""Dates as sources give them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.fiscal import PeriodNotValid, parse_period


@pytest.mark.parametrize(
    ("text", "starts_on", "ends_before", "label"),
    [
        ("2023", date(2023, 1, 1), date(2024, 1, 1), "2023"),
        ("2023-12", date(2023, 12, 1), date(2024, 1, 1), "December 2023"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 3, 1), "29 February 2024"),
        ("FY2023", date(2022, 10, 1), date(2023, 10, 1), "FY2023"),
        ("FY2023-Q3", date(2023, 4, 1), date(2023, 7, 1), "FY2023 Q3"),
    ],
)
def test_a_date_stays_as_precise_as_its_source(
    text: str, starts_on: date, ends_before: date, label: str
) -> None:
    period = parse_period(text)
    assert (period.starts_on, period.ends_before, period.label) == (starts_on, ends_before, label)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2023-13",
        "2023-02-30",
        "FY23",
        "FY2023-Q9",
        "05/2023",
        "2023-5",
        "20231",
        "9999",
        "9999-12-31",
        "FY1200",
        "FY2101-Q1",
        "２０２１",
    ],
)
def test_what_is_no_date_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(PeriodNotValid, match="FY2023-Q3"):
        parse_period(text)


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_day_lies_in_its_month_and_year(day: date) -> None:
    month, year = parse_period(f"{day:%Y-%m}"), parse_period(f"{day:%Y}")
    assert year.starts_on <= month.starts_on <= day < month.ends_before <= year.ends_before
