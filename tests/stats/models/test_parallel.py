"""The check that odds are proportional."""

import numpy as np
import pytest
from statsmodels.discrete.discrete_model import Logit

from hearback.stats.estimate import Reason
from hearback.stats.models import check_proportional_odds
from hearback.stats.models.terms import Floats


def proportional(seed: int, n: int = 500) -> tuple[Floats, dict[str, Floats]]:
    rng = np.random.default_rng(seed)
    ease, late = rng.integers(1, 6, n) * 1.0, (rng.random(n) < 0.4) * 1.0
    return np.digitize(0.5 * ease - late + rng.logistic(size=n), [0, 1, 2, 3]) + 1.0, {
        "ease": ease,
        "late": late,
    }


def test_each_threshold_is_a_logistic_regression() -> None:
    answers, predictors = proportional(1)
    found = check_proportional_odds(answers, predictors)
    assert [cut.name for cut in found.cuts] == ["1|2", "2|3", "3|4", "4|5"]
    columns = np.column_stack([np.ones(500), *predictors.values()])
    for cut, level in zip(found.cuts, (1, 2, 3, 4), strict=True):
        theirs = Logit((answers > level) * 1.0, columns).fit(disp=False)
        assert [term.coefficient for term in cut.terms] == pytest.approx(theirs.params[1:], rel=1e-7)
        assert [term.se for term in cut.terms] == pytest.approx(theirs.bse[1:], rel=1e-7)


def test_errors_of_two_thresholds_are_related_as_over_many_samples() -> None:
    differences = []
    expected = []
    for seed in range(300):
        answers, predictors = proportional(seed, 200)
        found = check_proportional_odds(answers > 2, predictors, counts=None)
        assert found.tests == ()
        three = np.minimum(np.maximum(answers, 2), 4)
        checked = check_proportional_odds(three, {"ease": predictors["ease"]})
        low, high = (cut.terms[0].coefficient or 0 for cut in checked.cuts)
        differences.append(high - low)
        expected.append((high - low) ** 2 / checked.tests[0].chi_square)
    assert float(np.median(expected)) == pytest.approx(float(np.var(differences)), rel=0.15)


def test_true_proportional_odds_are_doubted_about_as_often_as_five_in_a_hundred() -> None:
    doubted = sum(check_proportional_odds(*proportional(seed)).is_doubtful for seed in range(200))
    assert 2 <= doubted <= 22


def test_odds_that_differ_by_threshold_are_found_and_the_term_named() -> None:
    answers, predictors = proportional(3, 2000)
    rng = np.random.default_rng(3)
    answers = np.where((predictors["late"] == 1) & (answers == 3), rng.choice([1.0, 5.0], 2000), answers)
    found = check_proportional_odds(answers, predictors)
    tests = {test.term: test for test in found.tests}
    assert found.is_doubtful
    assert tests["late"].p_value < 1e-6 < tests["ease"].p_value
    assert tests[None].df == 6
    assert tests["late"].df == 3


def test_threshold_that_is_separated_by_itself_is_left_out() -> None:
    answers, predictors = proportional(4, 300)
    late = predictors["late"] == 1
    answers = np.where(late & (answers == 1), 2, answers)
    found = check_proportional_odds(answers, predictors)
    assert found.cuts[0].reason is Reason.SEPARATION
    assert found.cuts[0].terms[0].coefficient is None
    assert found.tests[0].df == 2 * 2


def test_counts_say_the_same_as_rows() -> None:
    answers, predictors = proportional(5)
    table, counts = np.unique(np.column_stack([answers, *predictors.values()]), axis=0, return_counts=True)
    short = check_proportional_odds(table[:, 0], {"ease": table[:, 1], "late": table[:, 2]}, counts=counts)
    long = check_proportional_odds(answers, predictors)
    assert short.tests[0].chi_square == pytest.approx(long.tests[0].chi_square, rel=1e-8)


def test_without_a_model_it_says_why() -> None:
    found = check_proportional_odds([1, 1, 2, 2, 3, 3], {"ease": [1, 2, 3, 4, 5, 6]})
    assert (found.cuts, found.tests, found.reason) == ((), (), Reason.SEPARATION)
    assert not found.is_doubtful
    assert check_proportional_odds([1, 2, 3, 2], {}).tests == ()
