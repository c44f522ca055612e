"""Answers 1-5 against R, against plain lists of answers, and in what must always hold."""

import math
import statistics
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import (
    CountNotValid,
    Estimate,
    LikertCounts,
    NoEstimate,
    Reason,
    add_counts,
    mean_as_printed,
    mean_half_up,
    mean_interval,
    n_answers,
    share_of,
    standard_deviation,
    wilson_interval,
)
from hearback.stats.likert import two_sided_t
from tests.golden.read import golden

COUNTS = golden("answer_counts")
T_INTERVAL = golden("t_interval")
AGREE = frozenset({4, 5})

five_counts = st.tuples(*[st.integers(0, 40)] * 5)
any_counts = st.tuples(*[st.integers(0, 10**8)] * 5)


def _counts(case: dict[str, Any]) -> LikertCounts:
    one, two, three, four, five = case["counts"]
    return one, two, three, four, five


@pytest.mark.parametrize("case", COUNTS.cases, ids=lambda c: str(c["counts"]))
def test_mean_and_standard_error_agree_with_r(case: dict[str, Any]) -> None:
    counts, n = _counts(case), case["n"]
    assert n_answers(counts) == n
    found = mean_interval(counts)
    assert COUNTS.near(found.value if isinstance(found, Estimate) else None, case["mean"])
    deviation = standard_deviation(counts)
    if deviation is None:
        assert case["se"] is None
        return
    of_population = 1 - n / case["customers"] if case["customers"] else 1.0
    assert COUNTS.near(deviation / math.sqrt(n) * math.sqrt(of_population), case["se"])


@pytest.mark.parametrize("case", COUNTS.cases, ids=lambda c: str(c["counts"]))
def test_share_agreeing_agrees_with_r(case: dict[str, Any]) -> None:
    found = share_of(_counts(case), AGREE)
    if isinstance(found, NoEstimate):
        assert case["agree"] is None
        return
    assert COUNTS.near(found.value, case["agree"])
    assert COUNTS.near(found.low, case["agree_low"])
    assert COUNTS.near(found.high, case["agree_high"])


@pytest.mark.parametrize("case", COUNTS.cases, ids=lambda c: str(c["counts"]))
def test_response_rate_agrees_with_r(case: dict[str, Any]) -> None:
    found = wilson_interval(case["n"], case["offered"])
    assert isinstance(found, Estimate)
    assert COUNTS.near(found.value, case["response_rate"])


@pytest.mark.parametrize("case", T_INTERVAL.cases, ids=lambda c: f"{c['df']} degrees, mean {c['mean']:.3f}")
def test_t_quantile_gives_the_interval_of_r(case: dict[str, float]) -> None:
    half_width = two_sided_t(case["level"], int(case["df"])) * case["se"]
    assert T_INTERVAL.near(case["mean"] - half_width, case["low"])
    assert T_INTERVAL.near(case["mean"] + half_width, case["high"])


def test_an_interval_is_mean_plus_and_minus_t_times_standard_error() -> None:
    found = mean_interval((3, 4, 10, 22, 30))
    assert isinstance(found, Estimate)
    half_width = two_sided_t(0.95, 68) * 0.1328980254554107
    assert found.low == pytest.approx(4.043478260869565 - half_width, rel=1e-12)
    assert found.high == pytest.approx(4.043478260869565 + half_width, rel=1e-12)


@pytest.mark.parametrize(
    ("counts", "value", "reason"),
    [((0, 0, 0, 0, 12), 5.0, Reason.NO_VARIANCE), ((0, 1, 0, 0, 0), 2.0, Reason.ONE_ANSWER)],
)
def test_without_spread_there_is_a_value_and_no_interval(
    counts: LikertCounts, value: float, reason: Reason
) -> None:
    found = mean_interval(counts)
    assert isinstance(found, Estimate)
    assert (found.value, found.low, found.high, found.reason) == (value, None, None, reason)


def test_an_interval_is_cut_at_the_ends_of_the_scale() -> None:
    found = mean_interval((1, 0, 0, 0, 1))
    assert isinstance(found, Estimate)
    assert (found.low, found.value, found.high) == (1.0, 3.0, 5.0)


def test_nobody_answered_is_no_estimate() -> None:
    nobody: LikertCounts = (0, 0, 0, 0, 0)
    assert mean_half_up(nobody) is None
    for found in (mean_interval(nobody), share_of(nobody, AGREE)):
        assert isinstance(found, NoEstimate)
        assert found.reason is Reason.NO_ANSWERS


@pytest.mark.parametrize("counts", [(1, 2, 3, 4), (0, 0, -1, 4, 5), (1, 2, 3, 4, 5, 6)])
def test_refuses_what_is_not_five_counts(counts: Any) -> None:
    with pytest.raises(CountNotValid):
        mean_interval(counts)


def test_refuses_an_answer_outside_the_scale() -> None:
    with pytest.raises(CountNotValid):
        share_of((1, 1, 1, 1, 1), frozenset({0}))


def test_refuses_a_level_given_in_percent() -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        mean_interval((1, 1, 1, 1, 1), 95)


def test_rounds_a_half_up_where_floats_and_bankers_would_not() -> None:
    assert mean_half_up((0, 0, 1, 5, 2)) == Decimal("4.13")  # exactly 4.125
    assert mean_half_up((0, 0, 7, 5, 0)) == Decimal("3.42")
    assert mean_half_up((3, 4, 10, 22, 30), 0) == Decimal("4")


@given(any_counts.filter(any), st.integers(0, 6))
def test_rounding_in_whole_numbers_is_rounding_the_exact_mean(counts: LikertCounts, decimals: int) -> None:
    exact = Fraction(sum(i * c for i, c in enumerate(counts, start=1)), sum(counts))
    rounded = Decimal(math.floor(exact * 10**decimals + Fraction(1, 2))).scaleb(-decimals)
    found = mean_half_up(counts, decimals)
    assert found == rounded
    assert str(found) == f"{rounded:.{decimals}f}"


@pytest.mark.parametrize(
    ("printed", "mean"), [("4", "4.04"), ("4.0", "4.04"), ("4.04", "4.04"), ("4.0435", "4.0435")]
)
def test_a_mean_is_given_at_the_decimals_printed_and_two_at_least(printed: str, mean: str) -> None:
    assert str(mean_as_printed((3, 4, 10, 22, 30), Decimal(printed))) == mean


def test_there_is_no_mean_of_nothing() -> None:
    assert mean_as_printed((0, 0, 0, 0, 0), Decimal("4.52")) is None


@given(five_counts.filter(lambda c: sum(c) > 1))
def test_counts_say_the_same_as_the_answers_one_by_one(counts: LikertCounts) -> None:
    answers = [answer for answer, count in enumerate(counts, start=1) for _ in range(count)]
    found = mean_interval(counts)
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(statistics.fmean(answers), rel=1e-12)
    assert standard_deviation(counts) == pytest.approx(statistics.stdev(answers), rel=1e-9, abs=1e-12)


@given(any_counts.filter(lambda c: sum(map(bool, c)) > 1))
def test_an_interval_holds_its_mean_and_stays_on_the_scale(counts: LikertCounts) -> None:
    found = mean_interval(counts)
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.high is not None
    assert 1 <= found.low <= found.value <= found.high <= 5


@given(any_counts.filter(any))
def test_the_five_shares_add_up_to_one(counts: LikertCounts) -> None:
    found = [share_of(counts, frozenset({answer})) for answer in range(1, 6)]
    assert sum(e.value for e in found if isinstance(e, Estimate)) == pytest.approx(1, abs=1e-12)


@given(st.lists(five_counts, max_size=6))
def test_adding_up_does_not_depend_on_order(many: list[LikertCounts]) -> None:
    assert add_counts(many) == add_counts(many[::-1])
    assert sum(add_counts(many)) == sum(map(sum, many))
