"""Means and totals against another program, by identities, and where they are undefined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.survey import (
    AnswersNotValid,
    covariance_of,
    estimate_mean,
    estimate_total,
    linearise_mean,
    linearise_total,
    make_design,
    standard_error,
    t_interval,
)
from tests.stats.survey.samples import Drawn, drawn, drawn_from, other_program


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agrees_with_svy_on_a_stratified_cluster_sample(seed: int) -> None:
    sample = drawn_from(seed)
    mean, total = estimate_mean(sample.design, sample.answers), estimate_total(sample.design, sample.answers)
    other = other_program(sample).estimation
    theirs = other.mean("y", deff="wr", drop_nulls=True).estimates[0]
    assert mean.value == pytest.approx(theirs.est, rel=1e-12)
    assert mean.se == pytest.approx(theirs.se, rel=1e-10)
    assert (mean.low, mean.high) == pytest.approx((theirs.lci, theirs.uci), rel=1e-9)
    assert mean.deff_replace == pytest.approx(theirs.deff, rel=1e-9)
    assert (mean.df, mean.n) == (theirs.df, theirs.n)
    theirs_total = other.total("y", drop_nulls=True).estimates[0]
    assert (total.value, total.se) == pytest.approx((theirs_total.est, theirs_total.se), rel=1e-9)


def test_a_simple_random_sample_is_the_schoolbook_formula() -> None:
    answers = np.array([5.0, 4.0, 2.0, 5.0])
    found = estimate_mean(make_design(4), answers)
    assert found.value == 4.0
    assert found.se == pytest.approx(np.std(answers, ddof=1) / 2)
    assert (found.df, found.n, found.sum_w, found.kish_n_eff, found.kish_deff) == (3, 4, 4.0, 4.0, 1.0)
    assert found.deff_replace == pytest.approx(1.0)
    assert found.n_eff == pytest.approx(4.0)
    assert found.cv == pytest.approx(found.se / 4)
    assert found.reason is None


def test_weights_that_leave_nobody_out_have_no_design_effect_without_replacement() -> None:
    found = estimate_mean(make_design(4), [5, 4, 2, 5])
    assert found.deff is None


@given(drawn(), st.floats(1e-3, 1e6))
@settings(max_examples=25)
def test_the_scale_of_weights_moves_neither_mean_nor_error(sample: Drawn, scale: float) -> None:
    as_given = estimate_mean(sample.design, sample.answers)
    scaled_design = make_design(
        len(sample.answers),
        weights=sample.weights * scale,
        strata=sample.strata,
        units=[sample.units],
        populations=[sample.populations],
    )
    scaled = estimate_mean(scaled_design, sample.answers)
    if as_given.value is None or as_given.se is None:
        assert (scaled.value, scaled.se) == (as_given.value, as_given.se)
        return
    assert scaled.value == pytest.approx(as_given.value, rel=1e-9)
    assert scaled.se == pytest.approx(as_given.se, rel=1e-7, abs=1e-12)
    assert scaled.kish_deff == pytest.approx(as_given.kish_deff)


@given(drawn())
@settings(max_examples=25)
def test_influences_add_up_to_nothing_for_a_mean_and_to_the_total_for_a_total(sample: Drawn) -> None:
    mean, total = (
        linearise_mean(sample.design, sample.answers),
        linearise_total(sample.design, sample.answers),
    )
    if mean is None or total is None:
        assert mean is total is None
        return
    assert mean.influence.sum() == pytest.approx(0, abs=1e-9)
    assert total.influence.sum() == pytest.approx(total.value)


def test_an_influence_is_how_far_a_little_more_weight_moves_the_mean() -> None:
    sample = drawn_from(5, missing=0.0)
    found = linearise_mean(sample.design, sample.answers)
    more = sample.weights.copy()
    more[2] += 1e-6 * sample.weights[2]
    moved = np.average(sample.answers, weights=more) - np.average(sample.answers, weights=sample.weights)
    assert found is not None
    assert moved / 1e-6 == pytest.approx(found.influence[2], rel=1e-4)


def test_a_row_without_an_answer_leaves_its_unit_in_the_stratum() -> None:
    whole = make_design(4, strata=["a"] * 4)
    found = estimate_mean(whole, [5, 3, np.nan, 4])
    # with divisor 4 x 3 and not 3 x 2: the fourth unit counts with a total of zero
    assert found.se == pytest.approx(np.sqrt(4 / 3 * 2 / 9))
    assert (found.n, found.df) == (3, 2)


def test_a_row_that_weighs_nothing_is_neither_an_answer_nor_a_degree_of_freedom() -> None:
    found = estimate_mean(make_design(4, weights=[1, 1, 1, 0]), [5, 3, 4, 1])
    assert (found.value, found.n, found.df) == (4.0, 3, 2)
    assert found.se == pytest.approx(np.sqrt(4 / 3 * 2 / 9))


@pytest.mark.parametrize("answers", [[np.nan, np.nan], [5.0, 4.0]])
def test_nobody_to_speak_of_is_no_answers(answers: list[float]) -> None:
    found = estimate_mean(make_design(2), answers, domain=[False, np.isnan(answers[0])])
    assert found.value is None
    assert found.se is None
    assert (found.n, found.sum_w, found.reason) == (0, 0.0, Reason.NO_ANSWERS)
    assert found.cv is None
    assert found.n_eff is None


def test_one_answer_has_a_value_and_no_error() -> None:
    found = estimate_mean(make_design(1), [4])
    assert (found.value, found.se, found.low, found.reason) == (4.0, None, None, Reason.ONE_ANSWER)


def test_one_office_of_several_shows_no_error_though_the_formula_would_say_zero() -> None:
    design = make_design(6, units=[["a", "a", "a", "b", "c", "c"]])
    found = estimate_mean(design, [5, 3, 1, 2, 2, 4], domain=[True] * 3 + [False] * 3)
    assert (found.value, found.se, found.df, found.reason) == (3.0, None, 0, Reason.ONE_PSU)
    total = estimate_total(design, [5, 3, 1, 2, 2, 4], domain=[True] * 3 + [False] * 3)
    assert total.se == pytest.approx(np.sqrt(3 / 2 * (9**2 - 9**2 / 3)))


def test_the_only_office_there_is_has_no_error_at_all() -> None:
    design = make_design(3, units=[["a"] * 3], populations=[[1, 1, 1]])
    found = estimate_mean(design, [5, 3, 1])
    assert (found.value, found.se) == (3.0, 0.0)


def test_equal_answers_have_an_error_of_zero_and_a_warning() -> None:
    found = estimate_mean(make_design(3, weights=[0.1, 0.7, 0.3]), [4.3, 4.3, 4.3])
    assert (found.value, found.se, found.low, found.high) == (4.3, 0.0, 4.3, 4.3)
    assert found.reason is Reason.NO_VARIANCE
    assert found.deff is None
    assert found.n_eff is None


def test_a_mean_of_zero_has_no_coefficient_of_variation() -> None:
    assert estimate_mean(make_design(2), [1, -1]).cv is None
    assert estimate_mean(make_design(2), [-1, -3]).cv == pytest.approx(0.5)


def test_figures_of_one_sample_vary_together() -> None:
    sample = drawn_from(7)
    high = linearise_mean(sample.design, np.where(np.isnan(sample.answers), np.nan, sample.answers >= 4))
    low = linearise_mean(sample.design, np.where(np.isnan(sample.answers), np.nan, sample.answers < 4))
    assert high is not None
    assert low is not None
    found = covariance_of(sample.design, [high, low])
    assert found[0, 1] == pytest.approx(-found[0, 0])
    assert standard_error(sample.design, high) == pytest.approx(np.sqrt(found[0, 0]))
    assert covariance_of(sample.design, []).shape == (0, 0)


@pytest.mark.parametrize(
    ("answers", "domain", "message"),
    [
        ([1.0], None, "2 rows and 1 answers"),
        ([1.0, np.inf], None, "answer of row 2 is infinite"),
        ([1.0, 2.0], [True], "2 rows and 1 flags of the domain"),
    ],
)
def test_refuses_answers_that_do_not_fit(
    answers: list[float], domain: list[bool] | None, message: str
) -> None:
    with pytest.raises(AnswersNotValid, match=message):
        estimate_mean(make_design(2), answers, domain=domain)


@pytest.mark.parametrize("level", [0.0, 1.0, 95.0])
def test_refuses_a_level_that_is_no_probability_even_without_answers(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_interval(4.0, 0.1, 10, level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        estimate_mean(make_design(1), [np.nan], level=level)


def test_an_interval_needs_an_error_and_a_degree_of_freedom() -> None:
    assert t_interval(4.0, None, 5) == (None, None)
    assert t_interval(4.0, 0.1, 0) == (None, None)
