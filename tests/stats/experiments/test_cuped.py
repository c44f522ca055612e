"""Comparisons sharpened by the score before: against another program, and where nothing can be adjusted."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hearback.stats.estimate import Reason
from hearback.stats.experiments import ExperimentNotValid, cuped, welch


def sample(n: int = 200, effect: float = 0.2) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    arms = rng.random(n) < 0.5
    before = rng.normal(3.5, 1, n)
    return arms, before, 0.8 * before + rng.normal(0, 0.5, n) + effect * arms


def test_both_comparisons_are_welch_tests() -> None:
    arms, before, after = sample()
    found = cuped(arms, before, after, level=0.9)
    theta = np.cov(before, after)[0, 1] / np.var(before, ddof=1)
    for ours, values in ((found.raw, after), (found.adjusted, after - theta * (before - before.mean()))):
        other = stats.ttest_ind(values[arms], values[~arms], equal_var=False)
        interval = other.confidence_interval(0.9)
        assert ours is not None
        assert (ours.p, ours.df) == pytest.approx((other.pvalue, other.df))
        assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))


def test_the_adjusted_answers_vary_less_by_the_squared_correlation() -> None:
    found = cuped(*sample())
    assert found.correlation is not None
    assert found.variance_ratio == pytest.approx(1 - found.correlation**2)
    assert found.adjusted is not None
    assert (found.adjusted.se or 1) < 0.7 * (found.raw.se or 0)


def test_people_without_a_score_before_keep_their_answer() -> None:
    arms, before, after = sample()
    before[:50] = math.nan
    found = cuped(arms, before, after)
    filled = np.where(np.isnan(before), np.nanmean(before), before)
    adjusted = after - found.theta * (filled - np.nanmean(before))
    assert found.n_without_before == 50
    by_hand = welch(adjusted[~arms], adjusted[arms])
    assert found.adjusted is not None
    assert (found.adjusted.difference, found.adjusted.p) == pytest.approx((by_hand.difference, by_hand.p))
    assert found.theta == pytest.approx(stats.linregress(before[50:], after[50:]).slope)


def test_people_without_an_answer_are_left_out() -> None:
    arms, before, after = sample()
    fewer = cuped(arms[:150], before[:150], after[:150])
    after[150:] = math.nan
    assert cuped(arms, before, after) == fewer


@given(st.permutations(range(40)), st.floats(-5, 5), st.floats(0.1, 9))
def test_order_of_rows_and_scale_of_the_score_before_do_not_matter(
    order: list[int], shift: float, scale: float
) -> None:
    arms, before, after = sample(40)
    found, other = cuped(arms, before, after), cuped(arms[order], shift + scale * before[order], after[order])
    assert found.adjusted is not None
    assert other.adjusted is not None
    assert other.adjusted.difference == pytest.approx(found.adjusted.difference, rel=1e-7, abs=1e-9)
    assert other.adjusted.se == pytest.approx(found.adjusted.se, rel=1e-7)


@pytest.mark.parametrize(
    ("before", "reason"), [([2.0] * 6, Reason.NO_VARIANCE), ([math.nan] * 6, Reason.NO_ANSWERS)]
)
def test_without_differences_before_there_is_only_the_raw_comparison(
    before: list[float], reason: Reason
) -> None:
    found = cuped([0, 1] * 3, before, [1, 2, 3, 4, 5, 7])
    assert (found.theta, found.adjusted, found.reason) == (None, None, reason)
    assert found.raw.difference == pytest.approx(4 / 3)


def test_answers_that_are_all_the_same_have_a_slope_of_zero_and_no_correlation() -> None:
    found = cuped([0, 1] * 3, [1, 2, 3, 4, 5, 6], [4] * 6)
    assert (found.theta, found.correlation, found.variance_ratio) == (0, None, None)
    assert (found.raw.se, found.raw.p, found.raw.reason) == (0, None, Reason.NO_VARIANCE)


def test_an_arm_of_one_has_a_difference_and_no_test() -> None:
    found = cuped([0, 0, 1], [1, 2, 3], [1, 2, 3]).raw
    assert (found.difference, found.se, found.reason) == (1.5, None, Reason.ONE_ANSWER)


def test_an_empty_arm_has_no_difference() -> None:
    found = cuped([0, 0, 0], [1, 2, 3], [1, 2, 3]).raw
    assert (found.n_treatment, found.difference, found.reason) == (0, None, Reason.NO_ANSWERS)


def test_nobody_at_all_is_no_comparison() -> None:
    assert cuped([], [], []).raw.reason == Reason.NO_ANSWERS


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ExperimentNotValid, match="3 arms and 2 numbers in column 1"):
        cuped([0, 1, 0], [1, 2], [1, 2, 3])


def test_a_level_of_ninety_five_is_refused() -> None:
    with pytest.raises(ExperimentNotValid, match="level of 95"):
        cuped([0, 1], [1, 2], [1, 2], level=95)
