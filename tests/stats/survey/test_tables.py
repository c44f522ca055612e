"""The test of weighted tables: against another program, the plain test it becomes, and its false alarms."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from hearback.stats import Reason
from hearback.stats.survey import AnswersNotValid, make_design, rao_scott_test
from tests.stats.survey.samples import drawn_from, other_program


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_agrees_with_svy(seed: int) -> None:
    sample = drawn_from(seed, missing=0.0)
    groups = [str(g) for g in np.random.default_rng(seed).integers(0, 3, len(sample.answers))]
    answers = ["high" if y >= 4 else "low" for y in sample.answers]
    found = rao_scott_test(sample.design, groups, answers)
    table = other_program(sample, group=groups, answer=answers).categorical.tabulate("group", "answer")
    f, chi_squared = table.stats.f, table.stats.chisq
    assert (found.f, found.numerator_df, found.denominator_df, found.p) == pytest.approx(
        (f.value, f.df_num, f.df_den, f.p_value), rel=1e-9
    )
    assert (found.chi_squared, found.p_first_order) == pytest.approx((chi_squared.value, chi_squared.p_value))


def test_a_simple_sample_has_pearsons_statistic() -> None:
    rows = ["a"] * 60 + ["b"] * 40
    columns = [1] * 40 + [0] * 20 + [1] * 15 + [0] * 25
    found = rao_scott_test(make_design(100), rows, columns)
    plain = chi2_contingency([[20, 40], [25, 15]], correction=False)
    assert found.chi_squared == pytest.approx(plain.statistic)
    assert found.table.tolist() == [[20, 40], [25, 15]]
    assert (found.row_levels, found.column_levels) == (("a", "b"), (0, 1))


def test_repeating_everybody_of_an_office_adds_no_evidence() -> None:
    random = np.random.default_rng(1)
    offices = np.arange(30)
    rows, columns = list(random.integers(0, 2, 30)), list(random.integers(0, 2, 30))
    once = rao_scott_test(make_design(30, units=[list(offices)]), rows, columns)
    often = rao_scott_test(
        make_design(300, units=[list(np.repeat(offices, 10))]),
        list(np.repeat(rows, 10)),
        list(np.repeat(columns, 10)),
    )
    assert (often.f, often.p) == pytest.approx((once.f, once.p))
    assert often.chi_squared == pytest.approx(10 * once.chi_squared)


def test_turning_the_table_makes_no_difference() -> None:
    sample = drawn_from(9, missing=0.0)
    groups = [i % 3 for i in range(len(sample.answers))]
    answers = list(sample.answers)
    one, other = (
        rao_scott_test(sample.design, groups, answers),
        rao_scott_test(sample.design, answers, groups),
    )
    assert (one.f, one.p, one.p_first_order) == pytest.approx((other.f, other.p, other.p_first_order))
    assert one.table.tolist() == other.table.T.tolist()


def test_false_alarms_come_as_often_as_they_say_in_clustered_samples() -> None:
    random = np.random.default_rng(4)
    alarms = 0
    for _ in range(200):
        group = np.repeat(np.arange(40) % 2, 10)
        answers = (random.random(400) < np.repeat(random.beta(2, 2, 40), 10)).astype(int)
        design = make_design(400, units=[list(np.repeat(np.arange(40), 10))])
        found = rao_scott_test(design, list(group), list(answers))
        alarms += found.p is not None and found.p < 0.05
    assert 2 <= alarms <= 20


@pytest.mark.parametrize(
    ("rows", "columns", "reason"),
    [
        (["a", "a", "a", "a"], [0, 1, 0, 1], Reason.ONE_LEVEL),
        ([None] * 4, [0, 1, 0, 1], Reason.NO_ANSWERS),
        (["a", "b", None, None], [0, 1, 0, None], None),
        (list("abcd"), [1, 2, 3, 4], Reason.TOO_FEW_ANSWERS),
    ],
)
def test_says_why_there_is_nothing_to_test(
    rows: list[str | None], columns: list[int | None], reason: Reason | None
) -> None:
    found = rao_scott_test(make_design(4), rows, columns)
    assert found.reason is reason
    assert (found.f is None) == (reason is not None)


def test_one_office_has_no_test() -> None:
    found = rao_scott_test(make_design(4, units=[["a"] * 4]), list("abab"), [0, 1, 1, 0])
    assert (found.p, found.reason) == (None, Reason.ONE_PSU)


def test_a_census_has_no_test() -> None:
    found = rao_scott_test(make_design(4, populations=[[4] * 4]), list("abab"), [0, 1, 1, 1])
    assert (found.p, found.reason) == (None, Reason.NO_VARIANCE)


def test_rows_outside_are_not_in_the_table() -> None:
    found = rao_scott_test(make_design(4), list("abac"), [0, 1, 1, 0], domain=[True, True, True, False])
    assert (found.n, found.row_levels) == (3, ("a", "b"))


def test_refuses_labels_of_other_rows() -> None:
    with pytest.raises(AnswersNotValid, match="2 rows and 1 labels"):
        rao_scott_test(make_design(2), ["a"], [1, 2])
