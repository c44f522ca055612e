"""On-line change points against adding up every possible history."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betaln

from hearback.stats.monitoring import SeriesNotValid, SettingNotValid, run_lengths

ALPHA, BETA, HAZARD = 2.0, 3.0, 0.2
periods = st.lists(st.integers(0, 20).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=7)


def by_every_history(series: list[tuple[int, int]]) -> np.ndarray:
    """Weigh every way of cutting the series, and say how long its last piece is."""
    found = np.zeros(len(series) + 1)
    for cuts in product([False, True], repeat=len(series)):
        weight, hits, misses, run = 1.0, 0, 0, 0
        log_chance = 0.0
        for (x, n), cut in zip(series, cuts, strict=True):
            log_chance += betaln(ALPHA + hits + x, BETA + misses + n - x) - betaln(
                ALPHA + hits, BETA + misses
            )
            hits, misses, run = hits + x, misses + n - x, run + 1
            weight *= HAZARD if cut else 1 - HAZARD
            if cut:
                hits = misses = run = 0
        found[run] += weight * math.exp(log_chance)
    return found / found.sum()


@settings(max_examples=60, deadline=None)
@given(periods.filter(bool))
def test_agrees_with_every_possible_history(series: list[tuple[int, int]]) -> None:
    found = run_lengths(*zip(*series, strict=True), alpha=ALPHA, beta=BETA, hazard=HAZARD)
    assert found.distributions[-1] == pytest.approx(by_every_history(series), abs=1e-10)


@given(periods)
def test_probabilities_add_up_and_a_new_share_is_as_likely_as_the_hazard(
    series: list[tuple[int, int]],
) -> None:
    found = run_lengths([x for x, _ in series], [n for _, n in series], alpha=1, beta=1, hazard=0.1)
    for period, one in enumerate(found.distributions):
        assert len(one) == period + 2
        assert math.fsum(one) == pytest.approx(1)
        assert one[0] == pytest.approx(0.1)
    if series:
        assert math.fsum(found.began_with()) == pytest.approx(1)
        assert len(found.began_with()) == len(series)


def test_a_drop_is_dated() -> None:
    n = [200] * 24
    hits = [150] * 16 + [120] * 8
    found = run_lengths(hits, n, alpha=7, beta=3, hazard=1 / 24)
    began = found.began_with()
    assert int(np.argmax(began)) == 16
    assert began[16] > 0.8
    assert found.most_likely[-1] == 8
    assert found.at_most(8)[-1] > 0.95


def test_without_a_change_the_share_has_most_likely_held_all_along() -> None:
    found = run_lengths([70, 72, 69, 71] * 5, [100] * 20, alpha=7, beta=3, hazard=1 / 24)
    assert found.most_likely == tuple(range(1, 21))
    assert found.mean[-1] > 15


def test_an_empty_period_lets_time_pass_and_says_nothing() -> None:
    empty, missing = (
        run_lengths(hits, n, alpha=2, beta=2, hazard=0.1)
        for hits, n in (([5, 0, 6], [9, 0, 9]), ([5, None, 6], [9, 9, 9]))
    )
    assert empty == missing
    assert empty.most_likely == (1, 2, 3)
    after_one, after_two = empty.distributions[0], empty.distributions[1]
    assert after_two[1:] == pytest.approx([0.9 * probability for probability in after_one])


def test_very_many_answers_do_not_underflow() -> None:
    found = run_lengths([500_000] * 30 + [900_000] * 3, [1_000_000] * 33, alpha=1, beta=1, hazard=0.01)
    assert all(math.isfinite(probability) for one in found.distributions for probability in one)
    assert found.most_likely[-1] == 3


def test_no_periods_give_no_run_lengths() -> None:
    found = run_lengths([], [], alpha=1, beta=1, hazard=0.1)
    assert (found.distributions, found.most_likely, found.began_with()) == ((), (), ())


def test_refuses_impossible_counts_and_settings() -> None:
    with pytest.raises(SeriesNotValid, match="period 2 has 5 hits of 4"):
        run_lengths([1, 5], [2, 4], alpha=1, beta=1, hazard=0.1)
    with pytest.raises(SeriesNotValid, match="1 hits and 2 n"):
        run_lengths([1], [2, 4], alpha=1, beta=1, hazard=0.1)
    for alpha, beta, hazard in ((0, 1, 0.1), (1, math.inf, 0.1), (1, 1, 0), (1, 1, 1)):
        with pytest.raises(SettingNotValid, match="the hazard inside 0 and 1"):
            run_lengths([1], [2], alpha=alpha, beta=beta, hazard=hazard)
