"""Sample sizes: against exact power, against themselves turned round, and where there is no answer."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from scipy import stats

from hearback.stats.estimate import Reason
from hearback.stats.experiments import (
    PlanNotValid,
    minimum_detectable_change,
    size_for_change,
    size_for_margin,
)

SHARES = st.floats(0.01, 0.99)


def exact_power(before: float, after: float, n: int, alpha: float) -> float:
    """How often the pooled z test finds the change, summed over all pairs of counts that matter."""
    x, y = np.arange(n + 1)[:, None], np.arange(n + 1)[None, :]
    pooled = (x + y) / (2 * n)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (y - x) / n / np.sqrt(pooled * (1 - pooled) * 2 / n)
    found = np.abs(np.nan_to_num(z)) > stats.norm.isf(alpha / 2)
    chance = stats.binom.pmf(x, n, before) * stats.binom.pmf(y, n, after)
    return float(chance[found].sum())


@pytest.mark.parametrize(("before", "after", "power"), [(0.70, 0.75, 0.8), (0.5, 0.35, 0.9), (0.2, 0.3, 0.8)])
def test_the_size_has_the_power_it_promises(before: float, after: float, power: float) -> None:
    n = size_for_change(before, after, power=power).n_design
    assert n is not None
    assert exact_power(before, after, n, 0.05) == pytest.approx(power, abs=0.01)


@given(SHARES, SHARES, st.floats(1, 3), st.sampled_from([0.01, 0.05, 0.1]), st.sampled_from([0.5, 0.8, 0.95]))
def test_the_smallest_change_is_the_size_turned_round(
    before: float, after: float, deff: float, alpha: float, power: float
) -> None:
    assume(abs(before - after) > 1e-3)
    needed = size_for_change(before, after, alpha=alpha, power=power, deff=deff).n_per_group
    assert needed is not None
    found = minimum_detectable_change(before, needed * deff, alpha=alpha, power=power, deff=deff)
    assert (found.up if after > before else found.down) == pytest.approx(after - before, rel=1e-8)


@given(SHARES, SHARES)
def test_direction_and_naming_of_the_answers_do_not_matter(before: float, after: float) -> None:
    assume(abs(before - after) > 1e-3)
    one = size_for_change(before, after).n_per_group
    assert size_for_change(after, before).n_per_group == pytest.approx(one)
    assert size_for_change(1 - before, 1 - after).n_per_group == pytest.approx(one, rel=1e-6)


def test_a_second_group_ten_times_the_size_finds_smaller_changes() -> None:
    alike, larger = minimum_detectable_change(0.7, 400), minimum_detectable_change(0.7, 400, 4000)
    assert alike.up is not None
    assert larger.up is not None
    assert 0.6 * alike.up < larger.up < 0.8 * alike.up


def test_one_side_needs_fewer_answers() -> None:
    both, one = size_for_change(0.7, 0.75), size_for_change(0.7, 0.75, sides=1)
    assert (one.n_per_group or 0) < (both.n_per_group or 0)
    assert one.n_per_group == pytest.approx(size_for_change(0.7, 0.75, alpha=0.1).n_per_group)


def test_no_change_needs_no_number_but_a_reason() -> None:
    found = size_for_change(0.7, 0.7)
    assert (found.n_per_group, found.n_design, found.reason) == (None, None, Reason.NO_DIFFERENCE)


@pytest.mark.parametrize(("share", "n"), [(0.9, 60), (0.95, 5), (1.0, 1000), (0.5, 0)])
def test_a_change_no_sample_of_the_size_finds_is_none_with_a_reason(share: float, n: int) -> None:
    found = minimum_detectable_change(share, n)
    assert (found.up, found.reason_up) == (None, Reason.BEYOND_SAMPLE)


def test_from_a_share_of_nothing_changes_up_are_found_and_none_down() -> None:
    found = minimum_detectable_change(0.0, 100)
    assert found.up is not None
    assert size_for_change(0.0, found.up).n_per_group == pytest.approx(100)
    assert (found.down, found.reason_down, found.reason_up) == (None, Reason.BEYOND_SAMPLE, None)


def test_sizes_are_rounded_up_but_not_for_the_dust_of_a_float() -> None:
    exact = size_for_change(0.2, 0.3).n_per_group
    assert exact is not None
    assert size_for_change(0.2, 0.3, deff=100 / exact).n_design == 100
    assert size_for_change(0.2, 0.3, deff=100.01 / exact).n_design == 101


def test_nobody_more_than_the_population_is_asked_unless_said() -> None:
    assert size_for_margin(0.02, 0.8, population=500).n_design == 378
    asked = size_for_margin(0.02, 0.8, population=500, response_rate=0.5)
    assert (asked.invitations, asked.feasible) == (755, False)


@given(st.floats(0.005, 0.2), st.floats(0, 1), st.integers(1, 10**6))
@example(0.1, 1e-20, 1)
def test_a_small_population_never_needs_more_answers_than_a_large_one_nor_than_it_has(
    margin: float, share: float, population: int
) -> None:
    found = size_for_margin(margin, share, population=population)
    assert found.n_design <= math.ceil(population)
    if found.n_srs >= 1:
        assert found.n_fpc <= found.n_srs * (1 + 1e-12)


def test_the_margin_is_half_the_width_of_the_interval_with_so_many_answers() -> None:
    n = size_for_margin(0.03, 0.3, level=0.9).n_srs
    assert stats.norm.ppf(0.95) * math.sqrt(0.3 * 0.7 / n) == pytest.approx(0.03)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: size_for_change(0.7, 75), "share_after is 75"),
        (lambda: size_for_change(math.nan, 0.7), "share_before is nan"),
        (lambda: size_for_change(0.7, 0.8, power=1), "power of 1"),
        (lambda: size_for_change(0.7, 0.8, power=0.04), "above alpha"),
        (lambda: size_for_change(0.7, 0.8, alpha=5), "alpha is 5"),
        (lambda: size_for_change(0.7, 0.8, sides=3), "3 sides"),  # type: ignore[arg-type]
        (lambda: size_for_change(0.7, 0.8, deff=0), "design effect of 0"),
        (lambda: size_for_change(0.7, 0.8, response_rate=1.2), "response rate of 1.2"),
        (lambda: minimum_detectable_change(0.7, -1), "-1 and None answers"),
        (lambda: size_for_margin(0), "margin of 0"),
        (lambda: size_for_margin(0.03, level=95), "level of 95"),
        (lambda: size_for_margin(0.03, population=0), "population of 0"),
    ],
)
def test_what_cannot_be_planned_with_is_named(call: object, told: str) -> None:
    assert callable(call)
    with pytest.raises(PlanNotValid) as refused:
        call()
    assert told in str(refused.value)
