"""Response rates, evenness of response, and bias in what the frame knows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from hearback.stats import Reason
from hearback.stats.response import (
    frame_bias,
    representativeness,
    response_by_group_test,
    response_rate,
    response_rates_by_group,
)
from hearback.stats.survey import DesignNotValid
from tests.stats.response.frames import CHANNEL, RESPONDED, WAIT, WEIGHTS, N


@pytest.mark.parametrize(("answered", "due"), [(79, True), (80, False)])
def test_below_eighty_of_a_hundred_an_analysis_is_due(answered: int, due: bool) -> None:
    found = response_rate(np.arange(100) < answered)
    assert (found.rate, found.needs_bias_analysis) == (answered / 100, due)


def test_the_weighted_rate_decides() -> None:
    found = response_rate([True, True, True, True, False], weights=[1, 1, 1, 1, 6])
    assert (found.rate, found.weighted_rate, found.needs_bias_analysis) == (0.8, 0.4, True)


def test_nobody_asked_has_no_rate() -> None:
    found = response_rate([])
    assert (found.rate, found.needs_bias_analysis, found.reason) == (None, None, Reason.NO_ANSWERS)


def test_whether_somebody_answered_is_yes_or_no() -> None:
    with pytest.raises(DesignNotValid, match="neither yes nor no"):
        response_rate([0, 2])  # type: ignore[list-item]


def test_rates_of_groups_add_up_to_the_rate_of_all() -> None:
    rates = response_rates_by_group(CHANNEL, RESPONDED, WEIGHTS)
    assert list(rates) == ["mail", "phone", "web"]
    assert sum(rate.n for rate in rates.values()) == N
    assert sum(rate.n_responded for rate in rates.values()) == RESPONDED.sum()


def test_people_of_an_unknown_group_are_a_group() -> None:
    rates = response_rates_by_group(["web", None], [True, False])
    assert rates[None].rate == 0.0


def test_the_test_by_group_agrees_with_another_program() -> None:
    table = [[RESPONDED[[c == g for c in CHANNEL]].sum() for g in ("mail", "phone", "web")]]
    table.append([sum(c == g for c in CHANNEL) - table[0][i] for i, g in enumerate(("mail", "phone", "web"))])
    other = chi2_contingency(table, correction=False)
    found = response_by_group_test(CHANNEL, RESPONDED)
    assert found.statistic == pytest.approx(other.statistic)
    assert found.p == pytest.approx(other.pvalue)
    assert found.df == 2


@pytest.mark.parametrize("responded", [[True, True], [False, False]])
def test_all_or_none_answering_leaves_nothing_to_test(responded: list[bool]) -> None:
    found = response_by_group_test(["a", "b"], responded)
    assert (found.statistic, found.p, found.reason) == (None, None, Reason.NO_VARIANCE)


def test_one_group_leaves_nothing_to_test() -> None:
    assert response_by_group_test(["a", "a"], [True, False]).p is None
    assert response_by_group_test([], []).reason is Reason.NO_ANSWERS


def test_even_response_has_an_indicator_of_one() -> None:
    found = representativeness(np.full(10, 0.3))
    assert found.r_indicator == pytest.approx(1)
    assert found.max_bias == pytest.approx(0, abs=1e-12)


@given(st.lists(st.floats(0.01, 1), min_size=2, max_size=40))
def test_a_whole_population_has_an_indicator_of_zero_or_more(propensities: list[float]) -> None:
    """No spread of chances is larger than half, but for the n - 1."""
    found = representativeness(propensities, weights=np.full(len(propensities), 1000.0))
    assert found.r_indicator is not None
    assert -1e-3 <= found.r_indicator <= 1


def test_the_largest_bias_bounds_the_bias_of_every_frame_variable() -> None:
    rho = np.clip(0.6 - 0.02 * WAIT, 0.05, 1)
    even = representativeness(rho, WEIGHTS)
    overall = np.average(WAIT, weights=WEIGHTS)
    expected = np.average(WAIT, weights=WEIGHTS * rho) - overall
    spread = np.sqrt(np.sum(WEIGHTS * (WAIT - overall) ** 2) / (WEIGHTS.sum() - 1))
    assert even.max_bias is not None
    assert abs(expected) <= even.max_bias * spread * (1 + 1e-9)


@pytest.mark.parametrize("propensities", [[0.0, 0.0], []])
def test_no_chance_at_all_has_no_indicator(propensities: list[float]) -> None:
    assert representativeness(propensities).reason is Reason.NO_ANSWERS


def test_a_propensity_is_a_probability() -> None:
    with pytest.raises(DesignNotValid, match="not between 0 and 1"):
        representativeness([0.5, 1.5])


def test_bias_is_nonresponse_times_the_difference() -> None:
    found = frame_bias(WAIT, RESPONDED, WEIGHTS)
    rate = response_rate(RESPONDED, WEIGHTS).weighted_rate
    assert rate is not None
    assert found.respondents is not None
    assert found.nonrespondents is not None
    assert found.bias == pytest.approx((1 - rate) * (found.respondents - found.nonrespondents))
    assert found.all is not None
    assert found.relative == pytest.approx((found.respondents - found.all) / found.all)


def test_adjusted_weights_give_another_mean() -> None:
    found = frame_bias([1, 3, 5], [True, True, False], adjusted={"classes": [1, 3, 0], "none": [0, 0, 9]})
    assert found.after == {"classes": pytest.approx(2.5), "none": None}


def test_an_unknown_value_is_left_out_on_both_sides() -> None:
    found = frame_bias([1, np.nan, 5, np.nan], [True, True, False, False])
    assert (found.all, found.respondents, found.nonrespondents, found.bias) == (3, 1, 5, -2)


@pytest.mark.parametrize(
    ("responded", "reason"), [([True, True], Reason.ALL_RESPONDED), ([False, False], Reason.NO_ANSWERS)]
)
def test_all_or_none_answering_has_no_bias_to_tell(responded: list[bool], reason: Reason) -> None:
    found = frame_bias([1, 2], responded)
    assert (found.bias, found.standardised, found.reason) == (None, None, reason)


def test_a_variable_without_spread_has_no_standardised_bias() -> None:
    found = frame_bias([2, 2, 2], [True, False, True])
    assert (found.bias, found.standardised, found.reason) == (0.0, None, Reason.NO_VARIANCE)


def test_lengths_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="2 people were asked and 1 values"):
        frame_bias([1], [True, False])
    with pytest.raises(DesignNotValid, match="1 groups"):
        response_rates_by_group(["a"], [True, False])
