"""Funnel limits: chance stays within, what differs falls out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from hearback.stats.comparison import ProviderNotValid, exact_limits, funnel
from hearback.stats.estimate import Reason

HITS, N = [45, 100, 24, 76, 13, 270, 0], [100, 200, 50, 150, 25, 300, 0]


def test_the_target_is_the_pooled_rate_unless_given() -> None:
    assert funnel(HITS, N).target == pytest.approx(528 / 825)
    assert funnel(HITS, N, target=0.5).target == 0.5


def test_z_is_the_distance_in_standard_errors_and_decides_the_place() -> None:
    found = funnel(HITS, N, target=0.5)
    assert [point.z for point in found.points[:2]] == pytest.approx([-1.0, 0.0])
    assert found.points[5].place == "high_99.8"
    assert found.points[1].place == "within"


@pytest.mark.parametrize(
    ("hits", "place"),
    [
        (500, "within"),
        (530, "within"),
        (531, "high_95"),
        (549, "high_99.8"),
        (469, "low_95"),
        (451, "low_99.8"),
    ],
)
def test_places_lie_between_the_limits(hits: int, place: str) -> None:
    point = funnel([hits], [1000], target=0.5).points[0]
    assert point.place == place
    assert point.normal is not None
    assert point.normal.high_95 == pytest.approx(0.5 + 1.959964 * 0.5 / np.sqrt(1000))


def test_more_spread_than_chance_widens_the_funnel_and_places_fewer_outside() -> None:
    random = np.random.default_rng(3)
    n = random.integers(50, 400, 60)
    hits = random.binomial(n, random.beta(14, 6, 60))
    found = funnel(hits, n)
    assert found.phi is not None
    assert found.tau_squared is not None
    assert found.phi > 2
    assert funnel(hits, n, winsorised=0.0).tau_squared == pytest.approx(0.7 * 0.3 / 21, rel=0.3)
    outside = [point.place != "within" for point in found.points]
    outside_adjusted = [point.place_adjusted != "within" for point in found.points]
    assert sum(outside_adjusted) < sum(outside) / 2


def test_chance_alone_leaves_about_one_in_twenty_outside() -> None:
    random = np.random.default_rng(4)
    n = random.integers(50, 400, 2000)
    found = funnel(random.binomial(n, 0.7), n)
    outside = np.mean([point.place != "within" for point in found.points])
    assert outside == pytest.approx(0.05, abs=0.015)


def test_winsorising_keeps_one_outlier_from_widening_the_funnel() -> None:
    hits, n = [50] * 19 + [100], [100] * 20
    with_it, without_it = (funnel(hits, n, winsorised=share).phi for share in (0.0, 0.1))
    assert with_it is not None
    assert without_it is not None
    assert without_it < with_it / 4


@given(st.integers(1, 5000), st.floats(0.01, 0.99))
@settings(max_examples=60)
def test_exact_limits_lie_between_the_counts_around_their_quantile(n: int, target: float) -> None:
    limits = exact_limits(n, target)
    assert limits is not None
    given_ = (limits.low_998, limits.low_95, limits.high_95, limits.high_998)
    for limit, q in zip(given_, (0.001, 0.025, 0.975, 0.999), strict=True):
        count = binom.ppf(q, n, target)
        assert count - 1 - 1e-6 <= limit * n <= count + 1e-6
    assert list(given_) == sorted(given_)


@given(st.integers(10, 5000))
def test_exact_limits_mirror_one_another_where_the_target_is_a_half(n: int) -> None:
    limits = exact_limits(n, 0.5)
    assert limits is not None
    # the interpolated quantile is below its count by what the count below it is above: together one count
    assert limits.low_95 + limits.high_95 == pytest.approx(1 - 1 / n, abs=1e-8)


def test_providers_without_answers_are_not_placed() -> None:
    point = funnel(HITS, N).points[-1]
    assert (point.n, point.rate, point.place, point.reason) == (0.0, None, None, Reason.NO_ANSWERS)


def test_effective_counts_have_no_exact_limits() -> None:
    point = funnel([4.5, 6.0], [10.5, 12.0]).points[0]
    assert point.exact is None
    assert point.normal is not None


def test_where_everybody_hit_there_is_no_chance_to_speak_of() -> None:
    found = funnel([10, 20], [10, 20])
    assert (found.target, found.phi, found.tau_squared) == (1.0, None, None)
    assert [(p.rate, p.z, p.place, p.reason) for p in found.points] == [
        (1.0, None, "within", Reason.NO_VARIANCE)
    ] * 2


def test_off_a_target_of_1_there_is_no_place() -> None:
    assert [p.place for p in funnel([10, 19, 0], [10, 20, 0], target=1.0).points] == ["within", None, None]


def test_nobody_with_answers_is_an_empty_funnel() -> None:
    found = funnel([0, None], [0, 3])
    assert (found.target, found.phi, found.tau_squared) == (None, None, None)
    assert [point.reason for point in found.points] == [Reason.NO_ANSWERS] * 2
    assert funnel([], []).points == ()


def test_one_provider_shows_no_spread_between_providers() -> None:
    assert funnel([7], [10], target=0.2).tau_squared == 0.0


def test_refuses_impossible_counts_and_settings() -> None:
    with pytest.raises(ProviderNotValid, match="provider 2 has 9 hits of 8"):
        funnel([1, 9], [2, 8])
    with pytest.raises(ProviderNotValid, match="target of 70"):
        funnel([1], [2], target=70)
    with pytest.raises(ProviderNotValid, match=r"0\.5 not between"):
        funnel([1], [2], winsorised=0.5)
