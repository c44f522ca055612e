"""Item response leaves out those who were not to be asked."""

import numpy as np
import pytest

from hearback.stats import Reason
from hearback.stats.response import item_response_rate
from hearback.stats.survey import DesignNotValid


def test_valid_skips_leave_the_denominator() -> None:
    found = item_response_rate(
        [True, True, False, False], valid_skip=[False, False, False, True], weights=[1, 2, 1, 100]
    )
    assert (found.respondents, found.answered, found.valid_skips) == (4, 2, 1)
    assert found.rate == pytest.approx(2 / 3)
    assert found.weighted_rate == pytest.approx(3 / 4)


def test_whoever_answers_was_asked() -> None:
    found = item_response_rate([True, False], valid_skip=[True, True])
    assert (found.valid_skips, found.rate) == (1, 1.0)


@pytest.mark.parametrize(("answered", "due"), [(69, True), (70, False)])
def test_below_seventy_of_a_hundred_an_analysis_is_due(answered: int, due: bool) -> None:
    assert item_response_rate(np.arange(100) < answered).needs_bias_analysis is due


def test_nobody_asked_has_no_rate() -> None:
    found = item_response_rate([False, False], valid_skip=[True, True])
    assert (found.rate, found.weighted_rate, found.needs_bias_analysis) == (None, None, None)
    assert found.reason is Reason.NO_ANSWERS
    assert item_response_rate([]).reason is Reason.NO_ANSWERS


def test_only_people_of_weight_zero_have_a_rate_without_a_weighted_one() -> None:
    found = item_response_rate([True, False], valid_skip=[False, True], weights=[0, 1])
    assert (found.rate, found.weighted_rate, found.reason) == (1.0, None, Reason.NO_ANSWERS)


def test_lengths_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="2 respondents and 1 marks"):
        item_response_rate([True, True], valid_skip=[True])
