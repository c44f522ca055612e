"""Same text, same device, and hours with too many answers."""

import numpy as np
import pytest
from scipy.stats import poisson

from hearback.stats import CountNotValid, Reason
from hearback.stats.response import hourly_bursts, same_device, same_text
from hearback.stats.survey import DesignNotValid

LONG = "Forty-one characters make this text long."
WEEK = 168


def test_only_texts_longer_than_forty_characters_are_compared() -> None:
    assert len(LONG) == 41
    assert same_text([LONG, LONG]).tolist() == [True, True]
    assert same_text([LONG[:40], LONG[:40]]).tolist() == [False, False]


def test_case_and_spaces_do_not_hide_a_copy() -> None:
    assert same_text([LONG, f"  {LONG.upper()}\n", LONG + "!"]).tolist() == [True, True, False]


def test_an_empty_comment_is_no_copy_of_another() -> None:
    assert same_text([None, None, "", ""]).tolist() == [False] * 4


def test_a_device_that_answers_again_within_a_day_is_marked() -> None:
    day = 24 * 3600
    assert same_device(["a", "a"], [0, day]).tolist() == [True, True]
    assert same_device(["a", "a"], [0, day + 1]).tolist() == [False, False]


def test_the_order_of_the_answers_does_not_matter() -> None:
    assert same_device(["a", "b", "a", "a"], [500_000, 0, 7200, 0]).tolist() == [False, False, True, True]


def test_an_unknown_device_or_time_is_not_marked() -> None:
    devices = [None, None, "", "", "a", "a"]
    assert not same_device(devices, [0, 1, 2, 3, 4, float("nan")]).any()
    with pytest.raises(DesignNotValid, match="1 devices and 2 times"):
        same_device(["a"], [1, 2])


def test_an_hour_is_held_against_the_same_hour_of_eight_weeks() -> None:
    counts = np.zeros(8 * WEEK + 1, dtype=int)
    counts[0 : 8 * WEEK : WEEK] = [3, 5, 4, 4, 2, 6, 4, 4]
    counts[-1] = 20
    found = hourly_bursts(counts.tolist())[-1]
    assert found.expected == 4.0
    assert found.p == pytest.approx(poisson.sf(19, 4))
    assert found.is_burst is True


def test_a_usual_hour_is_no_burst() -> None:
    assert hourly_bursts([5] * (8 * WEEK + 1))[-1].is_burst is False


def test_one_answer_in_an_hour_that_never_had_any_is_no_burst() -> None:
    found = hourly_bursts([0] * (8 * WEEK) + [1])[-1]
    assert found.expected == 0.5 / 8
    assert found.is_burst is False


def test_an_hour_without_enough_weeks_before_it_is_not_judged() -> None:
    found = hourly_bursts([50] * (8 * WEEK))
    assert {hour.is_burst for hour in found} == {None}
    assert found[-1].reason is Reason.NOT_REPORTED


def test_input_must_fit() -> None:
    with pytest.raises(CountNotValid, match="hour 2 has a negative"):
        hourly_bursts([1, -1])
    with pytest.raises(ValueError, match="0 weeks"):
        hourly_bursts([1], weeks=0)
