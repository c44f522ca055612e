"""The spread of means against statsmodels, and shrunken means in what must hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from hearback.stats.comparison import ProviderNotValid, TooFewProviders, shrink_means, spread_of_means
from hearback.stats.comparison.shrunken_means import SpreadMethod
from hearback.stats.estimate import Reason

METHODS: list[SpreadMethod] = ["restricted_likelihood", "dersimonian_laird", "paule_mandel"]


def drawn(seed: int, k: int = 15, tau: float = 0.2) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    se = random.uniform(0.05, 0.3, k)
    return random.normal(3.8, np.hypot(tau, se)), se


@pytest.mark.parametrize(("method", "theirs"), [("dersimonian_laird", "chi2"), ("paule_mandel", "iterated")])
@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_statsmodels(method: SpreadMethod, theirs: str, seed: int) -> None:
    y, se = drawn(seed)
    other = combine_effects(y, se**2, method_re=theirs)
    found = spread_of_means(y, se, method=method)
    assert found.tau_squared == pytest.approx(other.tau2, rel=1e-4)
    assert found.mean == pytest.approx(other.mean_effect_re, rel=1e-5)
    assert found.se_mean == pytest.approx(other.sd_eff_w_re, rel=1e-4)


@pytest.mark.parametrize("seed", range(10))
def test_no_other_spread_has_a_higher_restricted_likelihood(seed: int) -> None:
    y, se = drawn(seed, k=8, tau=0.05 * (seed % 4))

    def log_restricted(tau_squared: float) -> float:
        covariance = np.diag(se**2 + tau_squared)
        ones = np.ones((len(y), 1))
        inverse = np.linalg.inv(covariance)
        information = (ones.T @ inverse @ ones)[0, 0]
        off = y - (ones.T @ inverse @ y)[0] / information
        return float(-(np.linalg.slogdet(covariance)[1] + np.log(information) + off @ inverse @ off) / 2)

    found = spread_of_means(y, se, method="restricted_likelihood").tau_squared
    grid = np.concatenate([[0.0], np.geomspace(1e-6, 10, 2000)])
    assert log_restricted(found) >= max(map(log_restricted, grid)) - 1e-12


@pytest.mark.parametrize("method", METHODS)
def test_equal_errors_give_the_variance_of_the_means_less_that_of_sampling(method: SpreadMethod) -> None:
    y = np.array([3.0, 3.5, 4.0, 4.5, 4.9])
    found = spread_of_means(y, [0.2] * 5, method=method)
    assert found.tau_squared == pytest.approx(y.var(ddof=1) - 0.04)
    assert found.mean == pytest.approx(y.mean())
    assert found.i_squared == pytest.approx(100 * (1 - 0.04 / y.var(ddof=1)))


@pytest.mark.parametrize("method", METHODS)
def test_means_no_further_apart_than_chance_are_one_mean(method: SpreadMethod) -> None:
    found = shrink_means([4.0, 4.01, 3.99, 4.0, 4.02], [0.1, 0.2, 0.1, 0.1, 0.3], method=method)
    assert (found.spread.tau_squared, found.spread.i_squared) == (0.0, 0.0)
    for provider in found.providers:
        assert provider.mean == found.spread.mean
        assert (provider.sd, provider.weight_on_own_data, provider.expected_rank) == (0.0, 0.0, None)
        assert provider.reason is Reason.NO_SPREAD


@pytest.mark.parametrize("method", METHODS)
def test_equal_means_have_no_spread(method: SpreadMethod) -> None:
    assert spread_of_means([4.0] * 5, [0.1, 0.2, 0.1, 0.1, 0.3], method=method).tau_squared == 0.0


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(METHODS), st.floats(-5, 5), st.floats(0.1, 20))
def test_moving_and_stretching_the_scale_moves_and_stretches_the_result(
    seed: int, method: SpreadMethod, shift: float, scale: float
) -> None:
    y, se = drawn(seed)
    one = spread_of_means(y, se, method=method)
    other = spread_of_means(shift + scale * y, scale * se, method=method)
    assert other.tau_squared == pytest.approx(scale**2 * one.tau_squared, rel=1e-6, abs=1e-9)
    assert other.mean == pytest.approx(shift + scale * one.mean, rel=1e-6, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_every_mean_is_drawn_towards_the_mean_of_all(seed: int) -> None:
    y, se = drawn(seed)
    found = shrink_means(y, se)
    for raw, error, provider in zip(y, se, found.providers, strict=True):
        low, high = sorted((raw, found.spread.mean))
        assert low - 1e-12 <= provider.mean <= high + 1e-12
        assert provider.sd <= error


def test_the_sd_is_that_of_prior_and_data_together() -> None:
    y, se = drawn(4)
    found = shrink_means(y, se)
    expected = 1 / np.sqrt(1 / found.spread.tau_squared + 1 / se**2)
    assert [provider.sd for provider in found.providers] == pytest.approx(expected)


def test_a_provider_without_a_mean_gets_what_providers_are_like() -> None:
    y, se = drawn(4)
    found = shrink_means([*y, None, 4.0], [*se, 0.2, None])
    assert found.spread == shrink_means(y, se).spread
    for provider in found.providers[-2:]:
        assert (provider.raw, provider.weight_on_own_data) == (None, 0.0)
        assert provider.mean == found.spread.mean
        assert provider.sd == pytest.approx(np.sqrt(found.spread.tau_squared))


def test_refuses_too_few_and_errors_of_zero() -> None:
    with pytest.raises(TooFewProviders, match="2 providers have answers and 5 are needed"):
        shrink_means([1, 2, None], [1, 1, 1])
    with pytest.raises(TooFewProviders):
        spread_of_means([1], [1], method="paule_mandel", fewest=1)
    with pytest.raises(ProviderNotValid, match="provider 2 has mean 5 and standard error 0"):
        shrink_means([4, 5], [0.1, 0])
    with pytest.raises(ProviderNotValid, match="1 means and 2 errors"):
        shrink_means([4], [0.1, 0.1])
