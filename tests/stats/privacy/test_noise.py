"""Noise on counts: against scipy's distribution, and draws that follow it exactly."""

import math
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hearback.stats.privacy import (
    GeometricNoise,
    LaplaceNoise,
    NoiseNotValid,
    SecureNumbers,
    SeededNumbers,
    draw_geometric,
)

EPSILON, SENSITIVITY = st.floats(0.01, 5), st.integers(1, 20)


@given(EPSILON, SENSITIVITY, st.integers(-30, 30))
def test_probabilities_and_spread_are_those_of_the_discrete_laplace(
    epsilon: float, sensitivity: int, noise: int
) -> None:
    ours, other = GeometricNoise(epsilon, sensitivity), stats.dlaplace(epsilon / sensitivity)
    assert ours.probability(noise) == pytest.approx(other.pmf(noise), rel=1e-9)
    assert ours.sd == pytest.approx(other.std(), rel=1e-9)


@given(EPSILON, SENSITIVITY)
def test_the_mean_distance_is_the_sum_over_all_noises(epsilon: float, sensitivity: int) -> None:
    noise = GeometricNoise(epsilon, sensitivity)
    far = int(60 * sensitivity / epsilon)
    if far < 5000:
        added = math.fsum(2 * k * noise.probability(k) for k in range(1, far))
        assert noise.mean_absolute == pytest.approx(added, rel=1e-9)


@given(EPSILON, SENSITIVITY, st.floats(0.01, 0.999))
def test_the_half_width_is_the_smallest_that_holds_the_share(
    epsilon: float, sensitivity: int, level: float
) -> None:
    t = GeometricNoise(epsilon, sensitivity).half_width(level)
    other = stats.dlaplace(epsilon / sensitivity)
    assert other.cdf(t) - other.cdf(-t - 1) >= level - 1e-12
    assert t == 0 or other.cdf(t - 1) - other.cdf(-t) < level + 1e-12


@given(EPSILON, SENSITIVITY, st.integers(-20, 20))
def test_one_person_more_or_less_changes_no_probability_by_more_than_e_to_the_epsilon(
    epsilon: float, sensitivity: int, noise: int
) -> None:
    one = GeometricNoise(epsilon, sensitivity)
    ratio = one.probability(noise + sensitivity) / one.probability(noise)
    assert math.exp(-epsilon) * (1 - 1e-9) <= ratio <= math.exp(epsilon) * (1 + 1e-9)


def test_laplace_noise_is_scipys() -> None:
    ours, other = LaplaceNoise(0.4, 3), stats.laplace(scale=7.5)
    assert (ours.sd, ours.half_width(0.9)) == pytest.approx((other.std(), other.ppf(0.95)))


@pytest.mark.parametrize(("epsilon", "sensitivity"), [(Decimal("0.4"), 1), (1, 1), (Fraction(7, 3), 2)])
def test_draws_follow_the_distribution(epsilon: Decimal | int | Fraction, sensitivity: int) -> None:
    numbers, n = SeededNumbers(11), 8000
    drawn = Counter(draw_geometric(epsilon, sensitivity, numbers) for _ in range(n))
    noise = GeometricNoise(float(epsilon), sensitivity)
    likely = [k for k in range(-40, 41) if n * noise.probability(k) >= 8]
    observed = [drawn[k] for k in likely]
    expected = [n * noise.probability(k) for k in likely]
    observed.append(n - sum(observed))
    expected.append(n - math.fsum(expected))
    assert stats.chisquare(observed, expected).pvalue > 0.001


class Listed:
    """Gives the numbers listed, in order, so that a draw can be followed by hand."""

    def __init__(self, *numbers: int) -> None:
        self.left = list(numbers)

    def below(self, limit: int) -> int:
        number = self.left.pop(0)
        assert number < limit
        return number


def test_minus_zero_is_drawn_again() -> None:
    # per try: part of 1; keep it (0 < over? 0 is not below 0); no whole step (0, then 1 of 2); the sign
    zero, two = (0, 0, 0, 1), (0, 0, 0, 0, 2, 0, 0, 2, 0, 1)
    assert draw_geometric(1, numbers=Listed(*zero, 1, *two, 0)) == 2


def test_the_secure_source_is_the_one_used_without_another(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def below(limit: int) -> int:
        asked.append(limit)
        return 0 if len(asked) % 2 else min(1, limit - 1)

    monkeypatch.setattr("hearback.stats.privacy.noise.secrets.randbelow", below)
    assert isinstance(draw_geometric(Decimal("0.5")), int)
    assert asked
    assert SecureNumbers().below(5) in range(5)


def test_the_same_seed_draws_the_same() -> None:
    draws = [
        [draw_geometric(1, numbers=numbers) for _ in range(50)] for numbers in map(SeededNumbers, (3, 3, 4))
    ]
    assert draws[0] == draws[1] != draws[2]


@pytest.mark.parametrize(
    ("epsilon", "sensitivity", "told"),
    [
        (0.1, 1, "write Decimal('0.1')"),
        (True, 1, "not exact"),
        (Decimal("NaN"), 1, "no amount"),
        (Decimal(0), 1, "not above zero"),
        (Decimal(-1), 1, "not above zero"),
        (1, 0, "sensitivity of 0"),
        (1, 1.5, "whole number"),
    ],
)
def test_what_cannot_be_drawn_with_is_named(epsilon: Decimal, sensitivity: int, told: str) -> None:
    with pytest.raises(NoiseNotValid) as refused:
        draw_geometric(epsilon, sensitivity)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("epsilon", "sensitivity"), [(0, 1), (math.nan, 1), (math.inf, 1), (1, 0), (1, math.nan)]
)
def test_noise_without_an_amount_is_refused(epsilon: float, sensitivity: float) -> None:
    with pytest.raises(NoiseNotValid):
        GeometricNoise(epsilon, sensitivity)
    with pytest.raises(NoiseNotValid):
        LaplaceNoise(epsilon, sensitivity)


def test_a_level_in_percent_is_refused() -> None:
    with pytest.raises(NoiseNotValid, match="level of 95"):
        GeometricNoise(1).half_width(95)
