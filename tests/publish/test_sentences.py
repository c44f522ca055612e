"""What is said of a series: two figures beside one another, and never that one is higher."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from hearback.fiscal import Quarter
from hearback.publish.pages.dates import months_label
from hearback.publish.sentences import earlier, reading, says
from hearback.publish.series import AGREE, Numbers, Series
from tests.publish.scores import score
from tests.publish.site import small_site


def series(*readings: dict[str, Any]) -> Series:
    quarters = ("FY2021-Q1", "FY2021-Q2", "FY2021-Q3", "FY2021-Q4")
    scores = tuple(
        score(AGREE, "government", "all", q, **r) for q, r in zip(quarters, readings, strict=False)
    )
    found = Numbers(replace(small_site(), surveys=(), scores=scores)).series(
        AGREE, "government", "all", "increased"
    )
    assert found is not None
    return found


def test_the_months_of_a_quarter_are_named_with_their_years(settings: Settings) -> None:
    for start, months in (
        (10, "October to December 2020"),
        (11, "November 2020 to January 2021"),
        (12, "December 2020 to February 2021"),
    ):
        settings.FISCAL_YEAR_STARTS = start
        assert months_label(Quarter(2021, 1)) == months


def test_a_reading_gives_share_interval_and_what_stands_behind_it() -> None:
    said = reading(
        score(AGREE, "government", "all", "FY2022-Q3", value=0.744, low=0.731, high=0.754, n=12345)
    )
    assert said == (
        "In FY2022 Q3 (April to June 2022), 74.4\u00a0% of the people who answered agreed that the "
        "service increased their trust or confidence "
        "(95\u00a0% interval 73.1–\u206075.4\u00a0%; 12,345 answers, 2 surveys)."
    )


def test_two_quarters_stand_beside_one_another() -> None:
    said = earlier(
        series({"value": 0.70, "low": 0.66, "high": 0.74}, {"value": 0.76, "low": 0.73, "high": 0.79})
    )
    assert said == (
        "In FY2021 Q1 (October to December 2020) it was 70.0\u00a0% (95\u00a0% interval "
        "66.0–\u206074.0\u00a0%; 400 answers, 2 surveys). "
        "Whether the two differ by more than chance explains is not said here."
    )


def test_a_change_in_who_reported_is_named() -> None:
    before = {"value": 0.60, "low": 0.58, "high": 0.62}
    after = {"value": 0.70, "low": 0.68, "high": 0.72, "n_surveys": 3, "flags": ("composition_changed",)}
    assert "The two quarters may rest on different surveys" in (earlier(series(before, after)) or "")
    assert "Other surveys" not in (earlier(series(before, before)) or "")


def test_one_quarter_stands_alone() -> None:
    assert earlier(series({"value": 0.7})) is None


def test_a_share_without_an_interval_says_so() -> None:
    assert "2 surveys; no interval could be computed)" in (
        earlier(series({"low": None, "high": None}, {})) or ""
    )


def test_a_series_without_a_number_says_so() -> None:
    assert says(series({"value": None})) == "No quarter has a share to show."


@given(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted),
)
def test_no_pair_of_quarters_is_called_a_change(first: list[float], latest: list[float]) -> None:
    said = says(
        series(
            {"low": first[0], "value": first[1], "high": first[2]},
            {"low": latest[0], "value": latest[1], "high": latest[2]},
        )
    )
    claims = ("higher", "lower", "rose", "fell", "overlap", "no change", "told apart", "nan")
    assert not [word for word in claims if word in said]
