"""Sums of figures and their intervals, against published numbers, simulation and what must always hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import Estimate, NotAnEstimate, Ranged, combined, wilson_interval

NUMBERS = st.floats(-1e6, 1e6)
WEIGHTS = st.floats(-1e3, 1e3)

# Newcombe (1998), Statistics in Medicine 17, table II, method 10: hits and n of both, and the interval.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 10), -0.2775, 0.2775),
]


def ranged() -> st.SearchStrategy[Ranged]:
    return st.lists(NUMBERS, min_size=3, max_size=3).map(lambda three: _ranged(sorted(three)))


def _ranged(three: list[float]) -> Ranged:
    low, value, high = three
    return Ranged(value, low, high)


def share(hits: int, n: int) -> Ranged:
    found = wilson_interval(hits, n)
    assert isinstance(found, Estimate)
    assert found.low is not None
    assert found.high is not None
    return Ranged(found.value, found.low, found.high)


@pytest.mark.parametrize(("one", "other", "low", "high"), NEWCOMBE)
def test_a_difference_of_shares_is_the_published_one(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = combined([(1, share(*one)), (-1, share(*other))])
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_symmetric_intervals_add_up_as_their_squares_do() -> None:
    found = combined([(2, Ranged(10, 7, 13)), (-1, Ranged(4, 0, 8))])
    assert (found.value, found.low, found.high) == (16, 16 - math.sqrt(52), 16 + math.sqrt(52))


def test_it_covers_the_truth_as_often_as_it_says() -> None:
    draws = np.random.default_rng(20_261_127)
    before, after, n, held = 0.62, 0.71, 400, 0
    for x, y in zip(draws.binomial(n, before, 4_000), draws.binomial(n, after, 4_000), strict=True):
        found = combined([(2.5, share(int(y), n)), (-1.5, share(int(x), n))])
        held += found.low <= 2.5 * after - 1.5 * before <= found.high
    assert 0.94 <= held / 4_000 <= 0.96


@given(st.lists(st.tuples(WEIGHTS, NUMBERS.map(lambda x: Ranged(x, x, x))), min_size=1, max_size=4))
def test_exact_figures_make_an_exact_sum(terms: list[tuple[float, Ranged]]) -> None:
    found = combined(terms)
    assert found.low == found.value == found.high


@given(ranged(), ranged(), WEIGHTS, WEIGHTS, st.floats(0, 1e6))
def test_a_higher_figure_never_makes_either_end_lower(
    one: Ranged, other: Ranged, weight: float, other_weight: float, by: float
) -> None:
    weight = abs(weight)
    higher = Ranged(one.value + by, one.low + by, one.high + by)
    before = combined([(weight, one), (other_weight, other)])
    after = combined([(weight, higher), (other_weight, other)])
    assert after.low >= before.low - 1e-5
    assert after.high >= before.high - 1e-5


@pytest.mark.parametrize(
    ("value", "low", "high"), [(math.nan, 0, 1), (1, 0, math.inf), (2, 0, 1), (0, 0.5, 1)]
)
def test_what_is_no_interval_is_refused(value: float, low: float, high: float) -> None:
    with pytest.raises(NotAnEstimate):
        Ranged(value, low, high)


def test_a_sum_too_large_for_a_number_is_refused() -> None:
    with pytest.raises(NotAnEstimate, match="finite"):
        combined([(1e300, Ranged(1e300, 0, 1e301))])
