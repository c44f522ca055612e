"""Tests of many pairs at once: held to published examples, to other programs and to their definitions."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import ttest_ind_from_stats
from statsmodels.stats.power import TTestIndPower
from statsmodels.stats.proportion import test_proportions_2indep as other_score_test

from hearback.measure.changes.means import Errors, compare_means, smallest_means
from hearback.measure.changes.shares import Differences, Pairs, compare_shares, smallest_shares
from hearback.stats.experiments import change_of_shares, minimum_detectable_change
from tests.golden.read import golden

Four = tuple[int, int, int, int]
PUBLISHED = [
    ((48, 80, 56, 70), 0.0528, 0.3382),
    ((3, 10, 9, 10), 0.1700, 0.8406),
    ((2, 7, 6, 7), 0.0342, 0.8534),
    ((0, 29, 5, 56), -0.0326, 0.1933),
    ((0, 20, 0, 10), -0.1658, 0.2844),
]
"""Newcombe (1998), Statistics in Medicine 17, table II, method 6."""
EXACT = golden("score_interval")
"""Made in decimal numbers of 60 digits from the definition, by `tests/stats/experiments/exact_score.py`."""


def pairs(*counts: Four) -> Pairs:
    """Give hits and answers before and after, one pair each."""
    return Pairs(*np.array(counts, dtype=float).T)


def four() -> st.SearchStrategy[Four]:
    sizes = st.integers(1, 3_000)
    side = sizes.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return st.tuples(side, side).map(lambda two: (*two[0], *two[1]))


@pytest.mark.parametrize(("counts", "low", "high"), PUBLISHED)
def test_intervals_of_shares_are_those_published(counts: Four, low: float, high: float) -> None:
    found = compare_shares(pairs(counts))
    assert (found.low[0], found.high[0]) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize("case", EXACT.cases, ids=lambda case: str(case["counts"]))
def test_ends_near_the_ends_of_the_scale_are_those_of_exact_arithmetic(case: dict[str, Any]) -> None:
    found = compare_shares(pairs(case["counts"]))
    assert EXACT.near(float(found.low[0]), case["low"])
    assert EXACT.near(float(found.high[0]), case["high"])


@pytest.mark.parametrize(
    "counts", [(48, 80, 56, 70), (120, 400, 155, 410), (5, 60, 1, 75), (900, 1000, 880, 990)]
)
def test_p_values_of_shares_are_those_of_another_program(counts: Four) -> None:
    before, n_before, after, n_after = counts
    other = other_score_test(
        after, n_after, before, n_before, method="score", compare="diff", correction=True
    )
    assert compare_shares(pairs(counts)).p[0] == pytest.approx(other.pvalue, rel=1e-9)


def likeliest_score(counts: Four, difference: float) -> float:
    """Give the score by its definition: shares that maximise the likelihood are searched, not computed."""
    x, m, y, n = counts

    def unlikely(share: float) -> float:
        logs = [(x, share), (m - x, 1 - share), (y, share + difference), (n - y, 1 - share - difference)]
        return -sum(k * math.log(p) for k, p in logs if k)

    bounds = max(0.0, -difference) + 1e-12, min(1.0, 1 - difference) - 1e-12
    share = minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-13}).x
    after = share + difference
    variance = (share * (1 - share) / m + after * (1 - after) / n) * (m + n) / (m + n - 1)
    return (y / n - x / m - difference) / math.sqrt(variance)


@pytest.mark.parametrize("counts", [(48, 80, 56, 70), (3, 40, 9, 35), (700, 1000, 760, 1100)])
def test_the_ends_of_an_interval_are_where_the_score_is_at_its_limit(counts: Four) -> None:
    found = compare_shares(pairs(counts))
    assert likeliest_score(counts, float(found.low[0])) == pytest.approx(1.959964, abs=1e-5)
    assert likeliest_score(counts, float(found.high[0])) == pytest.approx(-1.959964, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(st.lists(four(), min_size=1, max_size=8))
def test_many_pairs_at_once_are_each_as_one_by_one(listed: list[Four]) -> None:
    found, smallest = compare_shares(pairs(*listed)), smallest_shares(pairs(*listed), 0.05)
    for place, counts in enumerate(listed):
        one = change_of_shares(*counts)
        numbers = [float(c[place]) for c in (found.difference, found.low, found.high, found.p)]
        assert numbers == pytest.approx([one.difference, one.low, one.high, one.p], abs=1e-11)
        assert found.low[place] <= found.difference[place] <= found.high[place]
        detectable = minimum_detectable_change(counts[0] / counts[1], counts[1], counts[3])
        both = [abs(x) for x in (detectable.up, detectable.down) if x is not None]
        expected = max(both) if both else math.nan
        assert smallest[place] == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_a_stricter_family_finds_only_larger_changes() -> None:
    counts = pairs((280, 400, 300, 400), (30, 60, 40, 60))
    assert (smallest_shares(counts, 0.001) > smallest_shares(counts, 0.05)).all()


NUMBERS = [
    (4.02, 1.1, 150, 4.31, 0.9, 200),
    (2.5, 1.4, 12, 3.9, 0.6, 30),
    (4.4, 0.8, 90_000, 4.41, 0.8, 85_000),
]


@pytest.mark.parametrize("numbers", NUMBERS)
def test_means_are_compared_as_another_program_does(numbers: tuple[float, ...]) -> None:
    m1, s1, n1, m2, s2, n2 = numbers
    other = ttest_ind_from_stats(m2, s2, int(n2), m1, s1, int(n1), equal_var=False)
    found = compare_means(np.array([m1]), np.array([m2]), errors_of((s1, n1), (s2, n2)), 4.0)
    assert found.p[0] == pytest.approx(other.pvalue, rel=1e-9)
    interval = other.confidence_interval() if hasattr(other, "confidence_interval") else None
    if interval is not None:
        assert (found.low[0], found.high[0]) == pytest.approx((interval.low, interval.high), rel=1e-9)


def errors_of(before: tuple[float, float], after: tuple[float, float]) -> Errors:
    """Give the errors of two means from standard deviation and answers."""
    (s1, n1), (s2, n2) = before, after
    return Errors(*(np.array([x]) for x in (s1 / math.sqrt(n1), n1 - 1, s2 / math.sqrt(n2), n2 - 1)))


@pytest.mark.parametrize(("n", "deviation"), [(200, 1.1), (60, 0.9)])
def test_the_smallest_change_of_a_mean_is_near_that_of_the_exact_power(n: int, deviation: float) -> None:
    exact = TTestIndPower().solve_power(nobs1=n, alpha=0.05, power=0.8) * deviation
    found = smallest_means(errors_of((deviation, n), (deviation, n)), 0.05, 4.0)
    assert found[0] == pytest.approx(exact, rel=0.005)


def test_an_interval_of_means_is_cut_where_no_difference_can_be() -> None:
    found: Differences = compare_means(np.array([1.2]), np.array([4.9]), errors_of((1.0, 3), (0.4, 3)), 4.0)
    assert found.high[0] == 4.0
    assert math.isnan(smallest_means(errors_of((2.0, 3), (2.0, 3)), 0.05, 4.0)[0])
