"""Two shares: against published examples, a searched maximum, coverage counted out, and another program."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import test_proportions_2indep as compare_proportions

from hearback.stats.estimate import Reason
from hearback.stats.experiments import Direction, change_of_shares, minimum_detectable_change
from hearback.stats.experiments.score import likeliest_shares
from hearback.stats.proportion import CountNotValid

PUBLISHED = [
    ((48, 80, 56, 70), (0.0528, 0.3382)),
    ((3, 10, 9, 10), (0.1700, 0.8406)),
    ((0, 29, 5, 56), (-0.0326, 0.1933)),
    ((0, 20, 0, 10), (-0.1658, 0.2844)),
]
"""Source: Newcombe (1998), table II, method 6."""

COUNTS = st.tuples(st.integers(1, 60), st.integers(1, 60)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)


@pytest.mark.parametrize(("counts", "interval"), PUBLISHED)
def test_the_interval_is_the_published_one(
    counts: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    found = change_of_shares(*counts)
    assert (found.low, found.high) == pytest.approx(interval, abs=5e-5)


@given(COUNTS, st.floats(-0.95, 0.95))
def test_the_share_before_is_the_likeliest_there_is(counts: tuple[int, int, int, int], gap: float) -> None:
    hits_before, n_before, hits_after, n_after = counts

    def unlikely(before: float) -> float:
        after = before + gap
        chances = (
            stats.binom.logpmf(hits_before, n_before, before),
            stats.binom.logpmf(hits_after, n_after, after),
        )
        return -float(sum(chances))

    low, high = max(0.0, -gap), min(1.0, 1.0 - gap)
    searched = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded").fun
    found = float(likeliest_shares(counts, np.array([gap]))[0, 0])
    ours = unlikely(min(max(found, low + 1e-12), high - 1e-12))
    assert ours <= searched + 1e-6 * max(1.0, abs(searched))


@given(COUNTS)
def test_verdict_p_value_and_interval_say_the_same(counts: tuple[int, int, int, int]) -> None:
    found = change_of_shares(*counts)
    assert found.low is not None
    assert found.high is not None
    assert found.p is not None
    assert -1 <= found.low <= (found.difference or 0) <= found.high <= 1
    outside = found.low > 0 or found.high < 0
    assert outside == (found.verdict is not Direction.NO_CLEAR_CHANGE) == (found.p < 0.05)


@given(COUNTS)
def test_the_other_way_round_is_the_same_change_back(counts: tuple[int, int, int, int]) -> None:
    there, back = change_of_shares(*counts), change_of_shares(*counts[2:], *counts[:2])
    assert (back.low, back.high) == pytest.approx((-(there.high or 0), -(there.low or 0)), abs=1e-9)
    assert back.p == pytest.approx(there.p)


@pytest.mark.parametrize("counts", [(48, 80, 56, 70), (700, 1000, 690, 1001), (4, 30, 9, 25)])
def test_the_p_value_is_that_of_another_program(counts: tuple[int, int, int, int]) -> None:
    other = compare_proportions(*counts[2:], *counts[:2], method="score", correction=True, compare="diff")
    assert change_of_shares(*counts).p == pytest.approx(other.pvalue, rel=1e-9)


@pytest.mark.parametrize("deff", [1.7, 0.6])
def test_a_design_effect_divides_the_answers_of_both_sides(deff: float) -> None:
    counts = (700, 1000, 735, 1001)
    fewer = [count / deff for count in counts]
    other = compare_proportions(*fewer[2:], *fewer[:2], method="score", correction=True, compare="diff")
    found = change_of_shares(*counts, deff=deff)
    assert found.p == pytest.approx(other.pvalue, rel=1e-9)
    assert found.smallest_found == minimum_detectable_change(0.7, 1000, 1001, alpha=1 - 0.95, deff=deff)


@pytest.mark.parametrize(("counts", "interval"), PUBLISHED)
def test_three_times_the_answers_with_a_design_effect_of_three_have_the_published_interval(
    counts: tuple[int, int, int, int], interval: tuple[float, float]
) -> None:
    found = change_of_shares(*(3 * count for count in counts), deff=3.0)
    assert (found.low, found.high) == pytest.approx(interval, abs=5e-5)


@pytest.mark.parametrize(("before", "after"), [(0.9, 0.9), (0.97, 0.9), (0.5, 0.7)])
def test_the_interval_covers_the_change_as_often_as_it_says(before: float, after: float) -> None:
    n = 25
    chance = np.outer(stats.binom.pmf(range(n + 1), n, before), stats.binom.pmf(range(n + 1), n, after))
    covered = 0.0
    for x, y in product(range(n + 1), repeat=2):
        if chance[x, y] > 1e-7:
            found = change_of_shares(x, n, y, n)
            covered += chance[x, y] * ((found.low or 0) <= after - before <= (found.high or 0))
    assert covered > 0.93


def test_shares_that_are_both_whole_have_an_interval_and_no_verdict() -> None:
    found = change_of_shares(20, 20, 30, 30)
    assert (found.difference, found.p, found.verdict) == (0, 1, Direction.NO_CLEAR_CHANGE)
    assert (found.low or 0) < -0.1
    assert (found.high or 0) > 0.1


def test_a_complete_turn_ends_at_the_end_of_the_scale() -> None:
    found = change_of_shares(0, 40, 40, 40)
    assert (found.high, found.verdict) == (1, Direction.UP)


def test_without_answers_on_one_side_there_is_no_change() -> None:
    found = change_of_shares(0, 0, 3, 4)
    assert (found.share_before, found.share_after, found.difference) == (None, 0.75, None)
    assert (found.verdict, found.reason) == (None, Reason.NO_ANSWERS)


def test_the_smallest_change_found_comes_with_the_verdict() -> None:
    found = change_of_shares(280, 400, 290, 400)
    assert found.verdict is Direction.NO_CLEAR_CHANGE
    assert found.smallest_found is not None
    assert found.smallest_found.up == pytest.approx(0.0864, abs=5e-5)


def test_very_many_answers_keep_their_precision() -> None:
    found = change_of_shares(500_000_000, 10**9, 500_100_000, 10**9)
    half = 1.959964 * math.sqrt(0.5 / 10**9)
    assert (found.low, found.high) == pytest.approx((1e-4 - half, 1e-4 + half), rel=1e-4)


@pytest.mark.parametrize("counts", [(5, 4, 1, 2), (-1, 4, 1, 2), (1, 4, 3, 2)])
def test_a_part_that_is_none_of_its_whole_is_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(CountNotValid, match="not a part of a whole"):
        change_of_shares(*counts)


def test_a_level_in_percent_is_refused() -> None:
    with pytest.raises(ValueError, match="level of 95"):
        change_of_shares(1, 2, 1, 2, level=95)
