"""Run lengths against simulation, published tables and closed forms."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from hearback.stats.monitoring import (
    SettingNotValid,
    cusum_run_length,
    design_limit,
    design_threshold,
    ewma_run_length,
    run_length_for,
)


@pytest.mark.parametrize(
    ("h", "shift", "published"),
    [(4, 0, 168), (4, 0.5, 26.6), (4, 1, 8.38), (5, 0, 465), (5, 1, 10.4), (5, 2, 4.01), (5, 4, 2.01)],
)
def test_agrees_with_the_table_of_montgomery(h: float, shift: float, published: float) -> None:
    # Montgomery (2013), table 9.3, from Lucas and Crosier (1982): k = 1/2
    assert cusum_run_length(0.5, h, shift=shift) == pytest.approx(published, rel=5e-3)


@pytest.mark.parametrize(
    ("weight", "limit", "shift", "published"),
    [(0.40, 3.054, 0, 500), (0.20, 2.962, 0, 500), (0.10, 2.814, 0, 500), (0.10, 2.814, 1, 10.3)],
)
def test_agrees_with_the_table_of_lucas_and_saccucci(
    weight: float, limit: float, shift: float, published: float
) -> None:
    # Lucas and Saccucci (1990), table 3
    assert ewma_run_length(weight, limit, shift=shift) == pytest.approx(published, rel=5e-3)


def test_a_chart_without_memory_runs_as_long_as_a_tail_is_rare() -> None:
    assert ewma_run_length(1.0, 3.0) == pytest.approx(1 / (2 * norm.sf(3)))
    assert ewma_run_length(1.0, 3.0, shift=1) == pytest.approx(1 / (norm.sf(2) + norm.sf(4)))


def test_agrees_with_simulated_cusums() -> None:
    random = np.random.default_rng(12)
    k, h, n = 0.5, 2.5, 20_000
    high, low, runs, running = np.zeros(n), np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    while running.any():
        z = random.normal(0.3, 1, n)
        high, low = np.maximum(0, high + z - k), np.maximum(0, low - z - k)
        runs[running] += 1
        running &= (high <= h) & (low <= h)
    standard_error = runs.std() / math.sqrt(n)
    assert cusum_run_length(k, h, shift=0.3) == pytest.approx(runs.mean(), abs=4 * standard_error)


def test_agrees_with_simulated_ewmas() -> None:
    random = np.random.default_rng(13)
    weight, limit, n = 0.3, 2.2, 20_000
    end = limit * math.sqrt(weight / (2 - weight))
    average, runs, running = np.zeros(n), np.zeros(n), np.ones(n, dtype=bool)
    while running.any():
        average = weight * random.normal(0.2, 1, n) + (1 - weight) * average
        runs[running] += 1
        running &= np.abs(average) <= end
    standard_error = runs.std() / math.sqrt(n)
    assert ewma_run_length(weight, limit, shift=0.2) == pytest.approx(runs.mean(), abs=4 * standard_error)


def test_looking_one_way_halves_the_false_alarms() -> None:
    one = cusum_run_length(0.5, 5, sides="one")
    assert one == pytest.approx(2 * cusum_run_length(0.5, 5))


def test_a_shift_down_is_found_as_soon_as_a_shift_up() -> None:
    assert cusum_run_length(0.5, 5, shift=-1) == pytest.approx(cusum_run_length(0.5, 5, shift=1))
    assert ewma_run_length(0.2, 3, shift=-1) == pytest.approx(ewma_run_length(0.2, 3, shift=1))


def test_a_shift_nobody_can_miss_is_found_at_once() -> None:
    assert cusum_run_length(0.5, 5, shift=30) == pytest.approx(1)
    assert ewma_run_length(0.2, 3, shift=30) == pytest.approx(1)


@pytest.mark.parametrize("wanted", [10, 370, 20_800, 1e7])
def test_a_designed_threshold_gives_the_run_length_it_was_designed_for(wanted: float) -> None:
    for k in (0.25, 0.5, 1.0):
        assert cusum_run_length(k, design_threshold(wanted, k)) == pytest.approx(wanted, rel=1e-6)
    for weight in (0.1, 0.2, 1.0):
        assert ewma_run_length(weight, design_limit(wanted, weight)) == pytest.approx(wanted, rel=1e-6)


def test_one_false_alarm_a_quarter_over_1600_weekly_charts_needs_a_high_threshold() -> None:
    assert design_threshold(run_length_for(1600, 1 / 13), 0.5) == pytest.approx(8.8, abs=0.05)


@pytest.mark.parametrize("wanted", [0.5, 1.0, 1e12, math.inf, math.nan])
def test_refuses_run_lengths_no_threshold_gives(wanted: float) -> None:
    with pytest.raises(SettingNotValid, match="no threshold gives"):
        design_threshold(wanted, 0.5)
    with pytest.raises(SettingNotValid, match="no threshold gives"):
        design_limit(wanted, 0.2)


def test_a_run_length_too_long_to_compute_is_refused_and_not_made_up() -> None:
    for h in (25, 60):
        with pytest.raises(SettingNotValid, match="beyond a thousand million"):
            cusum_run_length(0.5, h)
    for limit in (7, 12):
        with pytest.raises(SettingNotValid, match="beyond a thousand million"):
            ewma_run_length(0.2, limit)


def test_refuses_settings_outside_their_range() -> None:
    with pytest.raises(SettingNotValid, match="k not negative"):
        cusum_run_length(-1, 4)
    with pytest.raises(SettingNotValid, match="limit 0"):
        ewma_run_length(0.2, 0)
    with pytest.raises(SettingNotValid, match="allowance of -1"):
        design_threshold(500, -1)
    with pytest.raises(SettingNotValid, match="weight of 2"):
        design_limit(500, 2)
    with pytest.raises(SettingNotValid, match="both are above zero"):
        run_length_for(10, 0)
