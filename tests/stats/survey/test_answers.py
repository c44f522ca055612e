"""How answers are spread: what adds up, and what is not on the scale."""

import numpy as np
import pytest
from hypothesis import given, settings

from hearback.stats import Reason
from hearback.stats.survey import AnswersNotValid, estimate_answers, make_design
from tests.stats.survey.samples import Drawn, drawn


@given(drawn())
@settings(max_examples=20)
def test_shares_add_up_and_net_is_top_less_bottom(sample: Drawn) -> None:
    found = estimate_answers(sample.design, sample.answers)
    if found.n_answered == 0:
        assert found.net.value is None
        return
    values = [share.value for share in found.shares]
    assert sum(values) == pytest.approx(1)
    assert found.top.value == pytest.approx(values[3] + values[4])
    assert found.bottom.value == pytest.approx(values[0] + values[1])
    assert found.net.value == pytest.approx(found.top.value - found.bottom.value)
    assert found.mean.value == pytest.approx(
        sum(k * share for k, share in zip(range(1, 6), values, strict=True))
    )
    assert sum(found.counts) == found.n_answered
    assert found.n_answered + found.n_missing == len(sample.answers)


def test_an_answer_nobody_gave_has_a_share_of_zero() -> None:
    found = estimate_answers(make_design(3), [5, 4, 5])
    assert found.shares[0].value == 0.0
    assert found.shares[0].se == 0.0
    assert found.counts == (0, 0, 0, 1, 2)


def test_a_question_nobody_answered_has_counts_of_zero_and_no_shares() -> None:
    found = estimate_answers(make_design(2), [np.nan, np.nan])
    assert found.counts == (0, 0, 0, 0, 0)
    assert (found.n_answered, found.n_missing) == (0, 2)
    assert {share.value for share in found.shares} == {None}
    assert found.mean.reason is Reason.NO_ANSWERS


def test_rows_that_weigh_nothing_or_lie_outside_are_not_counted() -> None:
    design = make_design(5, weights=[1, 0, 1, 0, 1])
    found = estimate_answers(design, [5, 5, np.nan, np.nan, 1], domain=[True] * 4 + [False])
    assert found.counts == (0, 0, 0, 0, 1)
    assert (found.n_answered, found.n_missing) == (1, 1)


def test_another_scale_has_its_own_top_and_bottom() -> None:
    found = estimate_answers(make_design(3), [0, 1, 1], scale=(0, 1), top=(1,), bottom=(0,))
    assert found.top.value == pytest.approx(2 / 3)
    assert found.counts == (1, 2)


def test_refuses_an_answer_that_is_not_on_the_scale() -> None:
    with pytest.raises(AnswersNotValid, match="answer of row 2 is 6, and the scale is 1, 2, 3, 4, 5"):
        estimate_answers(make_design(2), [5, 6])
