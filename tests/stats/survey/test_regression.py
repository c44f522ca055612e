"""Regression of samples against least squares, another program, and identities."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.survey import (
    AnswersNotValid,
    TermUnknown,
    estimate_mean,
    linear_regression,
    linear_trend,
    make_design,
)
from tests.stats.survey.samples import drawn_from, other_program


@pytest.mark.parametrize("seed", [1, 2])
def test_agrees_with_svy(seed: int) -> None:
    sample = drawn_from(seed)
    x = np.random.default_rng(seed).normal(size=len(sample.answers))
    found = linear_regression(sample.design, sample.answers, x[:, None], ["x"])
    fit = other_program(sample, x=list(x)).glm.fit("y", x=["x"])
    for mine, theirs in zip(found.coefficients, fit.coefs, strict=True):
        assert mine.value == pytest.approx(theirs.est, rel=1e-8)
        assert mine.se == pytest.approx(theirs.se, rel=1e-6)


def test_coefficients_are_those_of_weighted_least_squares() -> None:
    sample = drawn_from(3, missing=0.0)
    x = np.random.default_rng(3).normal(size=(len(sample.answers), 2))
    found = linear_regression(sample.design, sample.answers, x, ["a", "b"])
    expected = sm.WLS(sample.answers, sm.add_constant(x), weights=sample.weights).fit().params
    assert [one.value for one in found.coefficients] == pytest.approx(list(expected))


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_a_column_of_zeros_and_ones_is_the_difference_of_two_means(seed: int) -> None:
    sample = drawn_from(seed, missing=0.0)
    group = np.random.default_rng(seed).random(len(sample.answers)) < 0.5
    if not 0 < group.sum() < len(group):
        return
    found = linear_regression(sample.design, sample.answers, group[:, None], ["group"])
    inside = estimate_mean(sample.design, sample.answers, domain=group)
    outside = estimate_mean(sample.design, sample.answers, domain=~group)
    assert found.coefficient("group").value == pytest.approx(inside.value - outside.value, abs=1e-9)


def test_without_predictors_the_intercept_is_the_mean_with_its_error() -> None:
    sample = drawn_from(4)
    found = linear_regression(sample.design, sample.answers, np.zeros((len(sample.answers), 0)), [])
    mean = estimate_mean(sample.design, sample.answers)
    start = found.coefficients[0]
    assert (start.value, start.se, start.low) == pytest.approx((mean.value, mean.se, mean.low))
    assert found.df == mean.df


def test_a_term_made_of_others_has_no_value_and_the_others_keep_theirs() -> None:
    sample = drawn_from(5, missing=0.0)
    x = np.random.default_rng(5).normal(size=len(sample.answers))
    found = linear_regression(
        sample.design, sample.answers, np.column_stack([x, 2 * x - 3, np.ones_like(x)]), ["x", "twice", "one"]
    )
    alone = linear_regression(sample.design, sample.answers, x[:, None], ["x"])
    assert found.coefficient("x").value == pytest.approx(alone.coefficient("x").value)
    assert found.coefficient("x").se == pytest.approx(alone.coefficient("x").se)
    for term in ("twice", "one"):
        assert found.coefficient(term).value is None
        assert found.coefficient(term).reason is Reason.COLLINEAR
    assert found.df == alone.df


def test_rows_with_anything_missing_do_not_enter_and_their_units_stay() -> None:
    sample = drawn_from(6, missing=0.0)
    x = np.random.default_rng(6).normal(size=len(sample.answers))
    with_gap, answers = x.copy(), sample.answers.copy()
    with_gap[0], answers[1] = np.nan, np.nan
    found = linear_regression(sample.design, answers, with_gap[:, None], ["x"])
    domain = np.ones(len(x), dtype=bool)
    domain[:2] = False
    expected = linear_regression(sample.design, sample.answers, x[:, None], ["x"], domain=domain)
    assert found.n == len(x) - 2
    assert found.coefficient("x") == expected.coefficient("x")


def test_a_perfect_line_has_no_error_and_no_test() -> None:
    found = linear_trend(make_design(4), [1, 2, 3, 4], [0, 1, 2, 3])
    slope = found.coefficient("time")
    assert slope.value == pytest.approx(1.0)
    assert slope.se == pytest.approx(0.0, abs=1e-12)


def test_a_trend_counts_repeated_answers_of_an_office_once() -> None:
    time = np.tile([1.0, 2.0, 3.0], 4)
    answers = np.array([3, 3.2, 3.4, 4, 4.1, 4.2, 2, 2.4, 2.5, 3, 3.1, 3.5])
    offices = [list(np.repeat(["a", "b", "c", "d"], 3))]
    apart = linear_trend(make_design(12), answers, time)
    found = linear_trend(make_design(12, units=offices), answers, time)
    assert found.coefficient("time").value == pytest.approx(apart.coefficient("time").value)
    assert found.coefficient("time").se < apart.coefficient("time").se / 3
    assert (found.df, apart.df) == (4 - 1 - 1, 12 - 1 - 1)


def test_too_few_units_give_a_value_without_an_error() -> None:
    found = linear_trend(make_design(4, units=[["a", "a", "b", "b"]]), [1, 2, 2, 4], [0, 1, 0, 1])
    slope = found.coefficient("time")
    assert found.df == 0
    assert (slope.value, slope.se, slope.low, slope.reason) == (
        pytest.approx(1.5),
        None,
        None,
        Reason.ONE_PSU,
    )


def test_nobody_to_regress_on_gives_no_values() -> None:
    found = linear_trend(make_design(2), [np.nan, np.nan], [0, 1])
    assert [(one.value, one.reason) for one in found.coefficients] == [(None, Reason.NO_ANSWERS)] * 2
    assert found.n == 0


@pytest.mark.parametrize(
    ("predictors", "terms", "error", "message"),
    [
        ([[1.0], [2.0]], ["a", "b"], AnswersNotValid, "2 rows and 2 terms"),
        ([[1.0], [np.inf]], ["a"], AnswersNotValid, "predictor of row 2 is infinite"),
        ([[1.0, 2.0], [2.0, 1.0]], ["a", "a"], TermUnknown, "two terms are called 'a'"),
    ],
)
def test_refuses_predictors_that_do_not_fit(
    predictors: list[list[float]], terms: list[str], error: type[ValueError], message: str
) -> None:
    with pytest.raises(error, match=message):
        linear_regression(make_design(2), [1, 2], predictors, terms)


def test_refuses_a_term_there_is_not() -> None:
    found = linear_trend(make_design(3), [1, 2, 2], [0, 1, 2])
    with pytest.raises(TermUnknown, match="no term 'slope'; there are"):
        found.coefficient("slope")
