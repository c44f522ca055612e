"""What the silent would have to say, and what the late said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ttest_ind

from hearback.stats import Reason
from hearback.stats.response import difference_to_flip, early_versus_late
from hearback.stats.survey import DesignNotValid, make_design

RANDOM = np.random.default_rng(3)
ANSWERS = RANDOM.integers(1, 6, 60).astype(float)
LATE = RANDOM.random(60) < 0.3


@given(st.floats(1, 5), st.floats(1, 5), st.floats(0.01, 0.99))
def test_with_that_difference_everybody_is_at_the_target(mean: float, target: float, rate: float) -> None:
    found = difference_to_flip(mean, target=target, response_rate=rate)
    assert found.difference is not None
    assert found.nonrespondent_mean is not None
    assert rate * mean + (1 - rate) * found.nonrespondent_mean == pytest.approx(target, abs=1e-9)
    assert (found.difference > 0) == (mean > target) or found.difference == 0


def test_a_verdict_the_scale_has_no_room_to_flip_is_safe() -> None:
    assert difference_to_flip(4.5, target=3, response_rate=0.8, scale=(1, 5)).possible is False
    assert difference_to_flip(4.5, target=4.4, response_rate=0.8, scale=(1, 5)).possible is True
    assert difference_to_flip(4.5, target=4.4, response_rate=0.8).possible is None


@pytest.mark.parametrize(
    ("mean", "rate", "reason"),
    [
        (4.0, 1.0, Reason.ALL_RESPONDED),
        (4.0, 0.0, Reason.NO_ANSWERS),
        (None, 0.5, Reason.NO_ANSWERS),
    ],
)
def test_without_respondents_or_silent_there_is_no_difference(
    mean: float | None, rate: float, reason: Reason
) -> None:
    found = difference_to_flip(mean, target=3, response_rate=rate)
    assert (found.difference, found.nonrespondent_mean, found.reason) == (None, None, reason)


def test_a_response_rate_is_a_share() -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        difference_to_flip(4, target=3, response_rate=25)


def test_late_less_early_is_the_difference_of_means_with_nearly_the_error_of_welch() -> None:
    found = early_versus_late(make_design(60), ANSWERS, LATE)
    other = ttest_ind(ANSWERS[LATE], ANSWERS[~LATE], equal_var=False)
    assert found.difference == pytest.approx(ANSWERS[LATE].mean() - ANSWERS[~LATE].mean())
    assert found.se is not None
    assert found.difference is not None
    assert found.difference / found.se == pytest.approx(other.statistic, rel=0.03)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.difference < found.high


def test_offices_of_both_early_and_late_people_are_kept_together() -> None:
    """Equal people doubled in the same units leave the error as it was."""
    offices = np.arange(60)
    one = early_versus_late(make_design(60, units=[offices.tolist()]), ANSWERS, LATE)
    two = early_versus_late(
        make_design(120, units=[np.tile(offices, 2).tolist()]), np.tile(ANSWERS, 2), np.tile(LATE, 2)
    )
    assert two.se == pytest.approx(one.se)
    assert two.df == one.df


def test_without_late_people_there_is_no_difference() -> None:
    found = early_versus_late(make_design(60), ANSWERS, np.zeros(60, bool))
    assert (found.late, found.difference, found.p, found.reason) == (None, None, None, Reason.NO_ANSWERS)


def test_late_people_who_all_said_the_same_as_the_early_differ_by_nothing() -> None:
    found = early_versus_late(make_design(60), np.full(60, 5.0), LATE)
    assert (found.difference, found.se, found.p, found.reason) == (0.0, 0.0, None, Reason.NO_VARIANCE)


def test_one_unit_has_no_error() -> None:
    found = early_versus_late(make_design(60, units=[["office"] * 60]), ANSWERS, LATE)
    assert found.difference is not None
    assert (found.se, found.low, found.reason) == (None, None, Reason.ONE_PSU)


def test_missing_answers_take_no_part() -> None:
    gaps = np.where(np.arange(60) < 5, np.nan, ANSWERS)
    found = early_versus_late(make_design(60), gaps, LATE)
    assert found.early == pytest.approx(np.nanmean(gaps[~LATE]))
    assert found.df == 54


def test_input_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="marks of being late"):
        early_versus_late(make_design(60), ANSWERS, [True])
    with pytest.raises(ValueError, match="between 0 and 1"):
        early_versus_late(make_design(60), ANSWERS, LATE, level=95)
