"""Hours are added exactly and rounded once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gmean, trim_mean

from hearback.stats import CountNotValid, Reason
from hearback.stats.response import (
    Collection,
    burden,
    burden_use,
    minutes_per_response,
    summarise_durations,
)

GAP = float("nan")


def test_sums_are_rounded_once_and_half_up() -> None:
    """Three times half an hour: rounded one by one, three; together, two."""
    found = burden([Collection(responses=6, minutes=5, wage=10.0)] * 3)
    assert [one.hours for one in found.collections] == [0.5] * 3
    assert (found.total_hours, found.total_hours_reported) == (1.5, 2)
    assert burden([Collection(responses=30, minutes=5, wage=10)]).total_hours_reported == 3


def test_a_half_that_floats_cannot_hold_is_rounded_up_still() -> None:
    """0.1 minutes for 300 people is half an hour exactly, though no float is a tenth."""
    assert burden([Collection(responses=300, minutes=0.1, wage=1)]).total_hours_reported == 1
    assert burden([Collection(responses=299, minutes=0.1, wage=1)]).total_hours_reported == 0


@given(st.lists(st.tuples(st.integers(0, 10**7), st.floats(0, 240), st.floats(0, 500)), max_size=6))
def test_the_parts_add_up(rows: list[tuple[int, float, float]]) -> None:
    found = burden([Collection(responses=n, minutes=m, wage=w) for n, m, w in rows])
    assert found.total_hours == pytest.approx(sum(one.hours or 0 for one in found.collections))
    assert found.total_cost == pytest.approx(sum(one.cost or 0 for one in found.collections))
    assert found.total_hours_reported is not None
    assert found.total_hours is not None
    assert abs(found.total_hours_reported - found.total_hours) <= 0.5 + 1e-9


def test_minutes_per_response_are_those_of_all_responses() -> None:
    found = burden([Collection(responses=1, minutes=10, wage=1), Collection(responses=3, minutes=2, wage=1)])
    assert found.mean_minutes == 4.0


def test_what_is_not_known_leaves_no_total() -> None:
    found = burden(
        [Collection(responses=60, minutes=1, wage=None), Collection(responses=1, minutes=1, wage=9)]
    )
    assert (found.collections[0].hours, found.collections[0].cost) == (1.0, None)
    assert found.total_hours is not None
    assert (found.total_cost, found.reason) == (None, Reason.NOT_REPORTED)
    assert burden([Collection(responses=1, minutes=None, wage=9)]).total_hours_reported is None


def test_no_response_has_no_mean_time() -> None:
    found = burden([])
    assert (found.total_hours_reported, found.mean_minutes, found.reason) == (0, None, Reason.NO_ANSWERS)


@pytest.mark.parametrize("wrong", [{"responses": -1}, {"minutes": -0.5}, {"wage": float("inf")}])
def test_what_is_no_amount_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(CountNotValid, match=next(iter(wrong))):
        Collection(**({"responses": 1, "minutes": 1.0, "wage": 1.0} | wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("used", "verdict"), [(0, "within"), (79.9, "within"), (80, "near"), (100, "near"), (100.1, "over")]
)
def test_the_warning_comes_at_eighty_of_a_hundred_hours(used: float, verdict: str) -> None:
    found = burden_use(used, 100)
    assert (found.share, found.verdict) == (used / 100, verdict)


def test_hours_without_any_approved_are_over_and_have_no_share() -> None:
    assert burden_use(1, 0).verdict == "over"
    assert (burden_use(1, 0).share, burden_use(0, 0).verdict) == (None, "within")
    with pytest.raises(CountNotValid, match="hours used cannot be"):
        burden_use(-1, 100)


@given(st.lists(st.floats(0.5, 5000), min_size=1, max_size=60))
def test_times_agree_with_another_program(times: list[float]) -> None:
    found = summarise_durations(times)
    assert found.mean == pytest.approx(np.mean(times))
    assert found.median == pytest.approx(np.median(times))
    assert found.trimmed_mean_10 == pytest.approx(trim_mean(times, 0.1))
    assert found.geometric_mean == pytest.approx(gmean(times))
    assert found.p90 == pytest.approx(np.quantile(times, 0.9))


def test_times_not_measured_are_left_out() -> None:
    assert summarise_durations([GAP, 4, 2]).mean == 3.0
    found = summarise_durations([GAP])
    assert (found.n, found.mean, found.p90, found.reason) == (0, None, None, Reason.NO_ANSWERS)


def test_a_time_of_nothing_has_a_geometric_mean_of_nothing() -> None:
    assert summarise_durations([0, 10]).geometric_mean == 0.0


@pytest.mark.parametrize("wrong", [-1.0, float("inf")])
def test_a_time_that_cannot_be_is_refused(wrong: float) -> None:
    with pytest.raises(CountNotValid, match="negative or infinite"):
        summarise_durations([1.0, wrong])


def test_measured_minutes_come_before_approved_ones() -> None:
    measured = minutes_per_response([120, 120, GAP], approved_minutes=5)
    assert (measured.minutes, measured.measured) == (2.0, True)
    approved = minutes_per_response([GAP], approved_minutes=5)
    assert (approved.minutes, approved.measured) == (5.0, False)
    with pytest.raises(CountNotValid, match="approved minutes"):
        minutes_per_response([], approved_minutes=-1)
