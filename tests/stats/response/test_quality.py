"""Straight lines, speed, outlying answers, and what the marks change."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import mahalanobis

from hearback.stats import Reason
from hearback.stats.response import answer_patterns, outlying_answers, speeders, with_and_without
from hearback.stats.survey import DesignNotValid

GAP = float("nan")
RANDOM = np.random.default_rng(5)
TABLE = RANDOM.integers(1, 6, (50, 3)).astype(float)
ANSWERS = st.lists(st.sampled_from([1.0, 2.0, 5.0, GAP]), min_size=6, max_size=6)


@given(st.lists(ANSWERS, min_size=1, max_size=8))
def test_the_longest_run_is_over_what_was_answered(table: list[list[float]]) -> None:
    found = answer_patterns(table)
    for row, run, answered in zip(table, found.longest_run, found.answered, strict=True):
        given_answers = [answer for answer in row if not np.isnan(answer)]
        assert answered == len(given_answers)
        assert run == max((len(list(same)) for _, same in groupby(given_answers)), default=0)


@pytest.mark.parametrize(
    ("answers", "straight", "irv"),
    [
        ([5, 5, 5, 5, GAP], True, 0.0),
        ([5, 5, 5, GAP, GAP], False, 0.0),
        ([5, 5, 5, 5, 4], False, np.std([5, 5, 5, 5, 4], ddof=1)),
        ([5, GAP, GAP, GAP, GAP], False, None),
        ([GAP] * 5, False, None),
    ],
)
def test_a_straight_line_takes_four_equal_answers(
    answers: list[float], straight: bool, irv: float | None
) -> None:
    found = answer_patterns([answers])
    assert found.straightliner.tolist() == [straight]
    assert found.irv[0] == (None if irv is None else pytest.approx(irv))


def test_answers_are_a_table() -> None:
    with pytest.raises(DesignNotValid, match="one row per person"):
        answer_patterns([1, 2, 3])
    with pytest.raises(DesignNotValid, match="one row per person"):
        outlying_answers([1, 2, 3])


def test_speed_is_held_against_the_own_channel() -> None:
    times = [100, 110, 90, 31, 20, 22, 18, 7]
    found = speeders(times, ["phone"] * 4 + ["web"] * 4)
    assert found.medians == {"phone": 95.0, "web": 19.0}
    assert found.flags.tolist() == [False] * 8
    assert speeders([100, 100, 29.9], ["web"] * 3).flags.tolist() == [False, False, True]
    assert speeders([100, 100, 30], ["web"] * 3).flags.tolist() == [False] * 3


def test_nobody_is_fast_whose_time_is_not_known() -> None:
    found = speeders([GAP, GAP, 10], ["web", "mail", "web"])
    assert found.flags.tolist() == [False] * 3
    assert found.medians == {"web": 10.0, "mail": None}


def test_times_must_be_times() -> None:
    with pytest.raises(DesignNotValid, match="negative or infinite"):
        speeders([-1.0], ["web"])
    with pytest.raises(DesignNotValid, match="1 durations and 2 groups"):
        speeders([1.0], ["web", "mail"])


def test_distances_agree_with_another_program() -> None:
    table = TABLE.copy()
    table[3, 1] = GAP
    found = outlying_answers(table)
    whole = np.delete(table, 3, axis=0)
    inverse = np.linalg.inv(np.cov(whole, rowvar=False))
    expected = [mahalanobis(row, whole.mean(axis=0), inverse) ** 2 for row in whole]
    assert found.distances[3] is None
    assert [d for d in found.distances if d is not None] == pytest.approx(expected)


def test_squared_distances_add_up_to_items_times_people_less_one() -> None:
    assert sum(d or 0 for d in outlying_answers(TABLE).distances) == pytest.approx(3 * 49)


def test_a_rare_combination_is_marked() -> None:
    steady = np.column_stack([np.arange(100) % 5, np.arange(100) % 5]) + RANDOM.normal(0, 0.1, (100, 2))
    found = outlying_answers(np.vstack([steady, [0, 4]]))
    assert found.flags.nonzero()[0].tolist() == [100]
    assert found.threshold == pytest.approx(13.8155, abs=1e-4)


def test_an_item_that_does_not_vary_gives_no_distances() -> None:
    found = outlying_answers(np.column_stack([TABLE, np.full(50, 5.0)]))
    assert set(found.distances) == {None}
    assert (found.flags.any(), found.reason) == (False, Reason.NO_VARIANCE)


def test_nobody_who_answered_everything_gives_no_distances() -> None:
    found = outlying_answers([[1, GAP], [GAP, 2]])
    assert (found.distances, found.reason) == ((None, None), Reason.NO_ANSWERS)


def test_the_mean_is_told_with_and_without_the_marked() -> None:
    found = with_and_without([5, 5, 1, GAP], [True, False, False, True], weights=[2, 1, 1, 9])
    assert (found.n, found.n_flagged, found.flagged_share) == (3, 1, pytest.approx(1 / 3))
    assert (found.mean_of_all, found.mean_without) == (4.0, 3.0)


def test_when_all_are_marked_nobody_is_left() -> None:
    assert with_and_without([5], [True]).mean_without is None
    assert with_and_without([], []).flagged_share is None
    with pytest.raises(DesignNotValid, match="2 answers and 1 marks"):
        with_and_without([1, 2], [True])
