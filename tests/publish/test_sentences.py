"""What is said of a series never goes beyond its intervals."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hearback.publish.sentences import change, reading, says
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


def test_a_reading_gives_share_interval_and_what_stands_behind_it() -> None:
    said = reading(
        score(AGREE, "government", "all", "FY2022-Q3", value=0.744, low=0.731, high=0.754, n=12345)
    )
    assert said == (
        "In FY2022 Q3 (April to June 2022), 74.4\u00a0% of the people who answered agreed that the "
        "service increased their trust or confidence "
        "(95\u00a0% interval 73.1–75.4\u00a0%; 12,345 answers, 2 surveys)."
    )


def test_overlapping_intervals_are_never_called_a_change() -> None:
    said = change(
        series({"value": 0.70, "low": 0.66, "high": 0.74}, {"value": 0.76, "low": 0.73, "high": 0.79})
    )
    assert said == "It cannot be told apart from the 70.0\u00a0% of FY2021 Q1; the two intervals overlap."


def test_intervals_apart_are_called_higher_or_lower() -> None:
    up = series({"value": 0.60, "low": 0.58, "high": 0.62}, {"value": 0.70, "low": 0.68, "high": 0.72})
    down = series({"value": 0.70, "low": 0.68, "high": 0.72}, {"value": 0.60, "low": 0.58, "high": 0.62})
    assert (change(up) or "").startswith("That is higher than the 60.0\u00a0% of FY2021 Q1")
    assert (change(down) or "").startswith("That is lower than the 70.0\u00a0% of FY2021 Q1")
    assert "Other surveys" not in (change(up) or "")


def test_a_change_in_who_reported_is_named() -> None:
    before = {"value": 0.60, "low": 0.58, "high": 0.62}
    after = {"value": 0.70, "low": 0.68, "high": 0.72, "n_surveys": 3, "flags": ("composition_changed",)}
    assert "Other surveys may have reported" in (change(series(before, after)) or "")


def test_one_quarter_is_compared_with_nothing() -> None:
    assert change(series({"value": 0.7})) is None


def test_without_an_interval_nothing_is_compared() -> None:
    assert change(series({"low": None, "high": None}, {})) is None


def test_a_series_without_a_number_says_so() -> None:
    assert says(series({"value": None})) == "No quarter has a share to show."


@given(
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted),
    st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted),
)
def test_higher_is_said_only_where_the_intervals_lie_apart(first: list[float], latest: list[float]) -> None:
    said = change(
        series(
            {"low": first[0], "value": first[1], "high": first[2]},
            {"low": latest[0], "value": latest[1], "high": latest[2]},
        )
    )
    apart = latest[0] > first[2] or latest[2] < first[0]
    assert ("do not overlap" in (said or "")) == apart
    assert "nan" not in (said or "")
