"""Changes between periods: the panel, the independent samples, and what may be said."""

import numpy as np
import pytest

from hearback.stats import Reason
from hearback.stats.survey import (
    AnswersNotValid,
    Change,
    Design,
    Difference,
    Verdict,
    change_of_mean,
    estimate_mean,
    independent_change,
    make_design,
    verdict,
)

EARLIER, LATER = "2024Q1", "2024Q2"


def panel(offices: int = 6, shift: float = 0.2) -> tuple[Design, list[float], list[str]]:
    """Give offices of lasting differences, each with one answer in each of two quarters."""
    level = np.linspace(1, 4, offices)
    answers = [*level, *(level + shift + 0.05 * np.resize([1, -1], offices))]
    units = [f"office {i}" for i in range(offices)] * 2
    return make_design(2 * offices, units=[units]), answers, [EARLIER] * offices + [LATER] * offices


def change(design: Design, answers: list[float], periods: list[str]) -> Change:
    return change_of_mean(design, answers, periods, earlier=EARLIER, later=LATER)


def test_the_same_offices_in_both_quarters_show_a_change_that_independent_samples_hide() -> None:
    design, answers, periods = panel()
    found = change(design, answers, periods)
    apart = independent_change(found.earlier, found.later)
    assert found.difference.value == pytest.approx(0.2)
    assert found.difference.se < apart.difference.se / 10
    assert apart.difference.covariance == 0.0


def test_a_panel_of_one_answer_each_is_the_paired_t_test() -> None:
    from scipy.stats import ttest_rel

    design, answers, periods = panel()
    found = change(design, answers, periods).difference
    paired = ttest_rel(answers[6:], answers[:6])
    assert (found.t, found.p, found.df) == pytest.approx((paired.statistic, paired.pvalue, paired.df))
    assert (found.low, found.high) == pytest.approx(tuple(paired.confidence_interval(0.95)))


def test_offices_of_which_some_report_once_are_handled_by_the_same_sum() -> None:
    design = make_design(5, units=[["a", "b", "c", "a", "d"]])
    found = change(design, [3, 4, 2, 5, 4], [EARLIER] * 3 + [LATER] * 2)
    # influence per office: a: -0/3 + .5/2, b: -1/3, c: 1/3, d: -.5/2; mean 0, four offices
    parts = np.array([0.25, -1 / 3, 1 / 3, -0.25])
    assert found.difference.value == pytest.approx(1.5)
    assert found.difference.se == pytest.approx(np.sqrt(4 / 3 * (parts**2).sum()))
    assert found.difference.df == 3


def test_independent_samples_add_their_variances_and_degrees_of_freedom() -> None:
    one, other = estimate_mean(make_design(4), [5, 4, 2, 5]), estimate_mean(make_design(3), [5, 4, 5])
    found = independent_change(one, other).difference
    assert found.se == pytest.approx(np.hypot(one.se, other.se))
    assert found.df == 3 + 2


def test_a_quarter_without_answers_has_no_change() -> None:
    design, answers, periods = panel()
    found = change(design, [*answers[:6], *[np.nan] * 6], periods)
    assert found.difference.value is None
    assert found.difference.reason is Reason.NO_ANSWERS
    assert independent_change(found.earlier, found.later).difference.value is None


def test_nothing_but_fives_twice_is_no_change_without_a_test() -> None:
    design, _, periods = panel()
    found = change(design, [5.0] * 12, periods).difference
    assert (found.value, found.se, found.p) == (0.0, 0.0, None)
    assert verdict(found, found.p) is Verdict.NO_CLEAR_CHANGE


def test_one_answer_each_time_is_a_change_without_an_error() -> None:
    one, other = estimate_mean(make_design(1), [5]), estimate_mean(make_design(1), [3])
    found = independent_change(one, other).difference
    assert (found.value, found.se, found.reason) == (-2.0, None, Reason.ONE_PSU)


def moved_by(value: float | None) -> Difference:
    return Difference(value, 0.1, 20, 2.0, 0.06, None, None, 0.0, 0.1, 0.95, None)


@pytest.mark.parametrize(
    ("value", "p", "expected"),
    [
        (0.2, 0.10, Verdict.UP),
        (-0.2, 0.01, Verdict.DOWN),
        (0.2, 0.11, Verdict.NO_CLEAR_CHANGE),
        (-3.0, None, Verdict.NO_CLEAR_CHANGE),
        (None, None, Verdict.NO_CLEAR_CHANGE),
        (0.0, 0.01, Verdict.NO_CLEAR_CHANGE),
    ],
)
def test_says_up_or_down_only_of_what_is_more_than_chance(
    value: float | None, p: float | None, expected: Verdict
) -> None:
    assert verdict(moved_by(value), p) is expected


@pytest.mark.parametrize(("p", "at"), [(1.5, 0.1), (-0.1, 0.1), (0.1, 0.0), (0.1, 1.0)])
def test_refuses_what_is_no_probability(p: float, at: float) -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1|from 0 to 1"):
        verdict(moved_by(0.1), p, at=at)


def test_refuses_periods_of_other_rows() -> None:
    design, answers, periods = panel()
    with pytest.raises(AnswersNotValid):
        change(design, answers, periods[:-1])
