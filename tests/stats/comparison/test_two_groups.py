"""Two groups on an ordered scale against SciPy, by counting pairs, and where nothing can be said."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, mannwhitneyu
from scipy.stats.contingency import association

from hearback.stats.comparison import AnswerNotValid, compare_two_groups
from hearback.stats.estimate import Reason

answers = st.lists(st.integers(1, 5), min_size=1, max_size=30)


def table(x: list[int], y: list[int]) -> np.ndarray:
    levels = sorted({*x, *y})
    return np.array([[group.count(level) for level in levels] for group in (x, y)])


@given(answers, answers)
def test_superiority_is_what_counting_pairs_gives(x: list[int], y: list[int]) -> None:
    wins = sum((b > a) + (b == a) / 2 for a, b in product(x, y))
    found = compare_two_groups(x, y)
    assert found.u == wins
    assert found.superiority == pytest.approx(wins / (len(x) * len(y)))


@given(answers, answers)
def test_agrees_with_scipy(x: list[int], y: list[int]) -> None:
    found = compare_two_groups(x, y)
    if len({*x, *y}) == 1:
        assert (found.p_value, found.chi_square, found.cramers_v) == (None, None, None)
        assert found.reason is Reason.NO_VARIANCE
        return
    theirs = mannwhitneyu(y, x, use_continuity=False, method="asymptotic")
    assert (found.u, found.p_value) == (theirs.statistic, pytest.approx(theirs.pvalue, rel=1e-10))
    chi = chi2_contingency(table(x, y), correction=False)
    assert found.chi_square == pytest.approx(chi.statistic, rel=1e-10, abs=1e-12)
    assert found.chi_square_df == chi.dof
    assert found.chi_square_p_value == pytest.approx(chi.pvalue, rel=1e-9)
    assert found.cramers_v == pytest.approx(association(table(x, y), method="cramer"), abs=1e-9)


@given(answers, answers)
def test_changing_the_groups_turns_the_sign_and_keeps_the_evidence(x: list[int], y: list[int]) -> None:
    there, back = compare_two_groups(x, y), compare_two_groups(y, x)
    assert there.cliffs_delta == pytest.approx(-back.cliffs_delta, abs=1e-12)  # type: ignore[operator]
    assert there.p_value == (back.p_value if back.p_value is None else pytest.approx(back.p_value))
    assert there.chi_square == (
        back.chi_square if back.chi_square is None else pytest.approx(back.chi_square)
    )


@given(answers, answers)
def test_only_the_order_of_answers_matters_not_their_distance(x: list[int], y: list[int]) -> None:
    stretched = compare_two_groups([a**3 for a in x], [b**3 for b in y])
    assert stretched == compare_two_groups(x, y)


def test_corrects_a_table_of_two_by_two_when_asked() -> None:
    x, y = [0] * 12 + [1] * 5, [0] * 3 + [1] * 9
    theirs = chi2_contingency(table(x, y), correction=True)
    found = compare_two_groups(x, y, continuity=True)
    assert found.chi_square == pytest.approx(theirs.statistic)
    assert found.chi_square_p_value == pytest.approx(theirs.pvalue)


def test_never_corrects_a_larger_table() -> None:
    x, y = [1, 2, 3, 3], [1, 1, 2, 3]
    assert compare_two_groups(x, y, continuity=True) == compare_two_groups(x, y)


def test_missing_answers_are_left_out() -> None:
    assert compare_two_groups([1, None, 3], [2, math.nan]) == compare_two_groups([1, 3], [2])


@pytest.mark.parametrize(("x", "y"), [([], [1, 2]), ([3], [None]), ([], [])])
def test_an_empty_group_cannot_be_compared(x: list[float | None], y: list[float | None]) -> None:
    found = compare_two_groups(x, y)
    assert (found.u, found.p_value, found.superiority, found.chi_square) == (None, None, None, None)
    assert found.reason is Reason.NO_ANSWERS


def test_groups_that_all_gave_one_answer_are_alike() -> None:
    found = compare_two_groups([5, 5, 5], [5, 5])
    assert (found.superiority, found.cliffs_delta, found.p_value) == (0.5, 0.0, None)


def test_large_groups_do_not_overflow() -> None:
    found = compare_two_groups(np.repeat([1, 5], 600_000), np.repeat([1, 5], [500_000, 700_000]))
    assert found.p_value is not None
    assert 0 <= found.p_value < 1e-300
    assert found.superiority == pytest.approx(0.5 + 1 / 24)


def test_refuses_an_infinite_answer() -> None:
    with pytest.raises(AnswerNotValid, match="infinite"):
        compare_two_groups([1, math.inf], [2])
