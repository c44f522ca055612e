"""Which dates may be written."""

import pytest

from hearback.fiscal import PeriodNotValid
from hearback.plan.rules import YearNotLikely, check_date
from hearback.plan.rules.dates import check_due


@pytest.mark.parametrize("text", [None, "2023", "2023-05", "2023-05-31", "FY2023", "FY2023-Q3"])
def test_dates_as_sources_give_them_are_fine(text: str | None) -> None:
    check_date(text)
    check_due(text)


@pytest.mark.parametrize("text", ["", "spring", "2023-13", "2023-02-30", "31/05/2023", "FY2023-Q5", "yearly"])
def test_other_texts_are_no_date(text: str) -> None:
    with pytest.raises(PeriodNotValid):
        check_date(text)


@pytest.mark.parametrize("text", ["1200", "1020-05", "2207-01-01", "FY1200", "2101"])
def test_a_year_that_is_a_slip_of_the_hand_is_refused(text: str) -> None:
    for check in (check_date, check_due):
        with pytest.raises(YearNotLikely, match=r"outside 1900 to 2100; correct the year$"):
            check(text)


@pytest.mark.parametrize("text", ["yearly", "quarterly", "monthly", "yearly, end of fiscal year"])
def test_a_duty_may_come_back(text: str) -> None:
    check_due(text)


@pytest.mark.parametrize("text", ["yearly,", "sometimes", "yearly\n", "yearly, <b>"])
def test_other_texts_say_not_when_a_duty_is_due(text: str) -> None:
    with pytest.raises(PeriodNotValid, match="how often it comes back"):
        check_due(text)
