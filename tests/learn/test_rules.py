"""What a journey takes of people, and which pain point is the largest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.learn.rules import (
    MINUTES_NOT_KNOWN,
    QUANTITIES,
    VOLUME_NOT_KNOWN,
    Amount,
    Total,
    burden,
    hours_per_year,
    pain_size,
    ranked,
    total,
)

UNKNOWN = Amount()


def steps(*minutes: Amount) -> list[dict[str, Amount]]:
    return [{**dict.fromkeys(QUANTITIES, UNKNOWN), "minutes": one} for one in minutes]


def test_values_and_ranges_add_up() -> None:
    found = total([Amount(20), Amount(40, 30, 90), Amount(0)])
    assert (found.value, found.low, found.high, found.is_at_least) == (60, 50, 110, False)


def test_a_range_without_a_value_leaves_only_a_range() -> None:
    found = total([Amount(20), Amount(None, 10, 30)])
    assert (found.value, found.low, found.high) == (None, 30, 50)


def test_an_unknown_step_leaves_only_at_least() -> None:
    found = total([Amount(20), Amount(40, 30, 90), UNKNOWN])
    assert found == Total(None, 50, None, 3, 1)
    assert found.is_at_least


def test_of_unknown_steps_nothing_is_said_and_that_is_not_zero() -> None:
    found = total([UNKNOWN, UNKNOWN])
    assert found == Total(None, None, None, 2, 2)
    assert not found.is_at_least
    assert total([Amount(0)]) == Total(0, 0, 0, 1, 0)


def test_hours_are_minutes_times_people_by_sixty() -> None:
    found = hours_per_year(total([Amount(45, 30, 60)]), 2000)
    assert (found.value, found.low, found.high, found.is_at_least, found.reason) == (
        1500, 1000, 2000, False, None,
    )  # fmt: skip


def test_hours_say_why_there_are_none() -> None:
    assert hours_per_year(total([Amount(45)]), None).reason == VOLUME_NOT_KNOWN
    unknown = hours_per_year(total([UNKNOWN]), 2000)
    assert (unknown.value, unknown.low, unknown.reason) == (None, None, MINUTES_NOT_KNOWN)
    some = hours_per_year(total([Amount(45), UNKNOWN]), 2000)
    assert (some.value, some.low, some.high, some.is_at_least) == (None, 1500, None, True)


def test_nobody_going_through_takes_no_hours() -> None:
    assert hours_per_year(total([Amount(45)]), 0).value == 0


def test_a_journey_without_steps_has_no_burden() -> None:
    assert burden([], 2000) is None
    found = burden(steps(Amount(30), Amount(15)), 4)
    assert found is not None
    assert (found.minutes.value, found.hours_per_year.value, found.visits.low) == (45, 3, None)


known = st.floats(0, 1e6).flatmap(
    lambda low: st.floats(low, 2e6).flatmap(
        lambda high: st.floats(low, high).map(lambda value: Amount(value, low, high))
    )
)


@given(st.lists(st.one_of(known, st.floats(0, 1e6).map(Amount), st.just(UNKNOWN)), max_size=8))
def test_a_total_is_never_below_what_is_known_and_never_nan(amounts: list[Amount]) -> None:
    found = total(amounts)
    numbers = [number for number in (found.low, found.value, found.high) if number is not None]
    assert all(math.isfinite(number) for number in numbers)
    assert numbers == sorted(numbers)
    assert found.n_unknown == sum(not amount.is_known for amount in amounts)
    assert (found.high is None) == (found.n_unknown > 0 or not amounts)


def test_the_larger_share_comes_first_and_equal_ones_share_a_rank() -> None:
    sizes = [
        ("none", pain_size(None, None, None)), ("small", pain_size(1, 10, None)),
        ("large", pain_size(90, 100, None)), ("same", pain_size(10, 100, None)),
    ]  # fmt: skip
    assert [(one.key, one.rank) for one in ranked(sizes)] == [
        ("large", 1), ("small", 2), ("same", 2), ("none", None),
    ]  # fmt: skip


def test_people_a_year_need_a_volume() -> None:
    assert pain_size(12, 48, None).people_per_year is None
    assert pain_size(12, 48, 1000).people_per_year == pytest.approx(250)
    size = pain_size(12, 48, None)
    # (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n) with p = 0.25, n = 48, z = 1.959964, by hand
    assert (size.low, size.high) == pytest.approx((0.149206, 0.387844), abs=1e-6)
