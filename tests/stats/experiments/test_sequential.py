"""Tests that may be looked at early: few false alarms however often one looks, and a check of the split."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hearback.stats.estimate import Reason
from hearback.stats.experiments import (
    ExperimentNotValid,
    confidence_sequence_half_width,
    log_mixture_ratio,
    mixture_sprt,
    sample_ratio_mismatch,
)

LOOKS = range(100, 2001, 100)


def test_looking_twenty_times_raises_hardly_any_false_alarm() -> None:
    rng = np.random.default_rng(7)
    alarms = repeated = 0
    for _ in range(300):
        arms, answers = rng.random(2000) < 0.5, (rng.random(2000) < 0.7).astype(float)
        test = mixture_sprt(arms, answers, LOOKS, tau_squared=0.0025, kind="proportion")
        alarms += test.stop_at is not None
        repeated += any(
            abs(look.difference or 0) > 1.96 * math.sqrt(look.variance or 1) for look in test.looks
        )
    assert alarms <= 0.05 * 300
    assert repeated > 0.15 * 300  # what the usual test does, looked at as often


def test_a_large_difference_stops_the_test() -> None:
    rng = np.random.default_rng(3)
    arms = rng.random(2000) < 0.5
    answers = (rng.random(2000) < np.where(arms, 0.8, 0.6)).astype(float)
    test = mixture_sprt(arms, answers, LOOKS, tau_squared=0.0025, kind="proportion")
    assert test.stop_at is not None
    at_stop = next(look for look in test.looks if look.n_rows == test.stop_at)
    assert at_stop.low is not None
    assert at_stop.low > 0


@given(st.floats(-2, 2), st.floats(1e-5, 10), st.floats(1e-5, 10))
def test_the_ratio_is_that_of_two_normal_densities(difference: float, variance: float, tau: float) -> None:
    logs = (
        stats.norm.logpdf(difference, 0, math.sqrt(variance + tau)),
        stats.norm.logpdf(difference, 0, math.sqrt(variance)),
    )
    assert log_mixture_ratio(difference, variance, tau) == pytest.approx(
        logs[0] - logs[1], rel=1e-8, abs=1e-8
    )


@given(st.floats(1e-4, 1), st.floats(1e-4, 1), st.floats(0.001, 0.5))
def test_the_interval_leaves_out_zero_just_where_the_ratio_reaches_one_in_alpha(
    variance: float, tau: float, alpha: float
) -> None:
    edge = confidence_sequence_half_width(variance, tau, alpha)
    assert log_mixture_ratio(edge, variance, tau) == pytest.approx(-math.log(alpha), rel=1e-9)


def test_a_look_too_early_is_skipped_and_says_why() -> None:
    test = mixture_sprt([True, False, True, False], [1, 0, 1, 0], [0, 1, 3, 4], tau_squared=0.01)
    assert [look.reason for look in test.looks] == [
        Reason.NO_ANSWERS, Reason.NO_ANSWERS, Reason.ONE_ANSWER, Reason.NO_VARIANCE,
    ]  # fmt: skip
    assert [look.p_always_valid for look in test.looks] == [1, 1, 1, 1]
    assert [look.difference for look in test.looks] == [None, None, 1, 1]
    assert test.stop_at is None


def test_missing_answers_are_rows_and_no_answers() -> None:
    test = mixture_sprt(
        [0, 0, 0, 1, 1, 1], [1, 0, math.nan, 1, 1, 0], [6], tau_squared=0.01, kind="proportion"
    )
    assert (test.looks[0].n_control, test.looks[0].n_treatment) == (2, 3)


def test_a_huge_difference_gives_a_p_of_zero_and_no_overflow() -> None:
    arms = [True, False] * 1000
    answers = np.where(arms, 1000.0, 0.0) + np.tile([0.0, 0.0, 1e-3, 1e-3], 500)
    look = mixture_sprt(arms, answers, [2000], tau_squared=1.0).looks[0]
    assert look.p_always_valid == 0
    assert look.log_ratio is not None
    assert look.log_ratio > 1000


def test_the_smallest_p_so_far_is_kept() -> None:
    arms = np.tile([True, False], 300)
    answers = np.concatenate([np.where(arms[:200], 1.0, 0.2), np.where(arms[200:], 0.2, 1.0)])
    answers[::7] = 0.5
    ps = [
        look.p_always_valid
        for look in mixture_sprt(arms, answers, [100, 200, 400, 600], tau_squared=0.01).looks
    ]
    assert ps == sorted(ps, reverse=True)
    assert ps[1] == ps[2]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"tau_squared": 0.0}, "tau_squared is 0.0"),
        ({"tau_squared": math.nan}, "tau_squared is nan"),
        ({"alpha": 1.0}, "alpha is 1.0"),
        ({"kind": "median"}, "'median'"),
        ({"looks": [-1]}, "-1 rows"),
        ({"answers": [1, 2]}, "one each per row"),
        ({"answers": [1, 2, math.inf]}, "row 3"),
        ({"answers": [1, 0, 2], "kind": "proportion"}, "other than 0 and 1"),
        ({"treated": [1, 0, 2]}, "true (treatment) and false (control)"),
    ],
)
def test_what_cannot_be_used_is_named(changed: dict[str, object], told: str) -> None:
    plan: dict[str, object] = {"treated": [1, 0, 1], "answers": [1, 0, 1], "looks": [3], "tau_squared": 0.01}
    with pytest.raises(ExperimentNotValid) as refused:
        mixture_sprt(**{**plan, **changed})  # type: ignore[arg-type]
    assert told in str(refused.value)


def test_a_split_as_planned_is_no_mismatch() -> None:
    found = sample_ratio_mismatch([8990, 1010], [0.9, 0.1])
    assert not found.mismatch
    second = stats.chisquare([8990, 1010], [9000, 1000])
    assert (found.chi_squared, found.p) == pytest.approx((second.statistic, second.pvalue))


def test_the_planned_shares_need_not_add_up_to_one() -> None:
    assert sample_ratio_mismatch([90, 10], [9, 1]) == sample_ratio_mismatch([90, 10], [0.9, 0.1])


def test_a_split_far_from_the_plan_is_a_mismatch() -> None:
    assert sample_ratio_mismatch([5200, 4800]).mismatch
    assert not sample_ratio_mismatch([52, 48]).mismatch


def test_nobody_is_no_mismatch_and_no_p() -> None:
    found = sample_ratio_mismatch([0, 0])
    assert (found.p, found.mismatch, found.reason) == (None, False, Reason.NO_ANSWERS)


@pytest.mark.parametrize(
    ("counts", "planned"), [([5], None), ([5, -1], None), ([5, 5], [1.0]), ([5, 5], [1, 0])]
)
def test_a_split_that_cannot_be_checked_is_refused(counts: list[int], planned: list[float] | None) -> None:
    with pytest.raises(ExperimentNotValid):
        sample_ratio_mismatch(counts, planned)
