"""The fitted distribution of rates is the most likely one, also where it has no density."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, betabinom, binom

from hearback.stats.comparison import (
    BetaBinomialFit,
    ProviderNotValid,
    TooFewProviders,
    anova_correlation,
    fit_beta_binomial,
)


def log_likelihood(x: np.ndarray, n: np.ndarray, mean: float, concentration: float) -> float:
    return float(betabinom.logpmf(x, n, mean * concentration, (1 - mean) * concentration).sum())


def drawn(seed: int, k: int, concentration: float, largest: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    n = random.integers(1, largest, k)
    return random.binomial(n, random.beta(0.7 * concentration, 0.3 * concentration, k)), n


@pytest.mark.parametrize("seed", range(8))
def test_no_other_distribution_is_more_likely(seed: int) -> None:
    x, n = drawn(seed, 30, concentration=5 * 3**seed / 50, largest=200)
    fit = fit_beta_binomial(x, n)
    grid = [
        log_likelihood(x, n, mean, concentration)
        for mean in np.linspace(0.02, 0.98, 49)
        for concentration in np.geomspace(1e-3, 1e6, 46)
    ]
    assert fit.log_likelihood >= max(grid) - 1e-9


def test_the_likelihood_is_flat_at_its_top() -> None:
    x, n = drawn(3, 40, concentration=20, largest=300)
    fit = fit_beta_binomial(x, n)
    assert fit.concentration is not None
    top = log_likelihood(x, n, fit.mean, fit.concentration)
    assert top == pytest.approx(fit.log_likelihood, abs=1e-8)
    for mean, concentration in ((1 + 1e-3, 1), (1 - 1e-3, 1), (1, 1 + 1e-2), (1, 1 - 1e-2)):
        assert log_likelihood(x, n, fit.mean * mean, fit.concentration * concentration) < top


def test_many_providers_give_back_the_distribution_they_came_from() -> None:
    x, n = drawn(5, 4000, concentration=15, largest=200)
    fit = fit_beta_binomial(x, n)
    assert fit.mean == pytest.approx(0.7, abs=0.01)
    assert fit.concentration == pytest.approx(15, rel=0.1)
    assert fit.rho == pytest.approx(1 / 16, rel=0.1)


def test_providers_no_further_apart_than_chance_have_one_rate() -> None:
    fit = fit_beta_binomial([50, 101, 24, 76, 13], [100, 200, 50, 150, 25])
    assert (fit.concentration, fit.rho, fit.alpha, fit.beta) == (None, 0.0, None, None)
    assert fit.mean == pytest.approx(264 / 525)
    assert fit.log_likelihood == pytest.approx(
        float(binom.logpmf([50, 101, 24, 76, 13], [100, 200, 50, 150, 25], 264 / 525).sum())
    )


@pytest.mark.parametrize("hits", [[0] * 5, [10, 20, 30, 40, 50]])
def test_nothing_but_hits_or_misses_is_one_rate(hits: list[int]) -> None:
    fit = fit_beta_binomial(hits, [10, 20, 30, 40, 50])
    assert fit == BetaBinomialFit(float(hits[0] > 0), None, 0.0, pytest.approx(0.0, abs=1e-9))


def test_providers_that_got_all_or_nothing_are_as_far_apart_as_can_be() -> None:
    fit = fit_beta_binomial([0, 12, 0, 9, 7, 0, 3, 1], [5, 12, 8, 9, 7, 4, 3, 1])
    assert (fit.mean, fit.concentration, fit.rho) == (5 / 8, 0.0, 1.0)
    assert fit.log_likelihood == pytest.approx(5 * np.log(5 / 8) + 3 * np.log(3 / 8))


def test_one_answer_each_says_nothing_about_how_providers_differ() -> None:
    fit = fit_beta_binomial([1, 0, 1, 1, 0], [1] * 5)
    assert (fit.mean, fit.concentration) == (0.6, None)
    assert anova_correlation([1, 0, 1, 1, 0], [1] * 5) is None


def test_providers_without_answers_say_nothing() -> None:
    x, n = drawn(1, 12, concentration=10, largest=50)
    longer = fit_beta_binomial([*x, 0, None, 3], [*n, 0, 4, None])
    assert longer == fit_beta_binomial(x, n)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_providers_does_not_matter(seed: int, random: object) -> None:
    x, n = drawn(seed, 12, concentration=8, largest=60)
    order = list(range(12))
    random.shuffle(order)  # type: ignore[attr-defined]
    one, other = fit_beta_binomial(x, n), fit_beta_binomial(x[order], n[order])
    assert one.mean == pytest.approx(other.mean, rel=1e-6)
    assert one.rho == pytest.approx(other.rho, rel=1e-5, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_counting_misses_instead_of_hits_turns_the_mean_and_keeps_the_spread(seed: int) -> None:
    x, n = drawn(seed, 12, concentration=8, largest=60)
    hits, misses = fit_beta_binomial(x, n), fit_beta_binomial(n - x, n)
    assert hits.mean == pytest.approx(1 - misses.mean, rel=1e-6)
    assert hits.rho == pytest.approx(misses.rho, rel=1e-5, abs=1e-9)


def test_millions_of_answers_are_fitted_as_exactly() -> None:
    rates = np.array([0.70, 0.71, 0.69, 0.65, 0.72])
    fit = fit_beta_binomial(rates * 10**6, [10**6] * 5)
    assert fit.concentration is not None
    # with so many answers the fit is that of a Beta distribution to the rates themselves
    a, b, _, _ = beta.fit(rates, floc=0, fscale=1)
    assert fit.mean == pytest.approx(a / (a + b), rel=1e-4)
    assert fit.concentration == pytest.approx(a + b, rel=2e-3)


def test_effective_counts_need_not_be_whole() -> None:
    x, n = drawn(2, 20, concentration=8, largest=60)
    smaller = fit_beta_binomial(x / 1.5, n / 1.5)
    assert smaller.mean == pytest.approx(fit_beta_binomial(x, n).mean, abs=0.02)


def test_the_correlation_by_moments_is_the_one_of_the_analysis_of_variance() -> None:
    x, n = np.array([3, 5, 1]), np.array([4, 5, 6])
    answers = [np.repeat([1.0, 0.0], [hits, of - hits]) for hits, of in zip(x, n, strict=True)]
    everybody = np.concatenate(answers)
    between = sum(len(a) * (a.mean() - everybody.mean()) ** 2 for a in answers) / 2
    within = sum(((a - a.mean()) ** 2).sum() for a in answers) / 12
    typical = (15 - (16 + 25 + 36) / 15) / 2
    expected = (between - within) / (between + (typical - 1) * within)
    assert anova_correlation(x, n) == pytest.approx(expected)


@pytest.mark.parametrize(("x", "n"), [([3], [4]), ([], []), ([0, 0], [0, 9])])
def test_one_provider_has_no_correlation(x: list[int], n: list[int]) -> None:
    assert anova_correlation(x, n) is None


def test_too_few_providers_are_refused_unless_asked_for() -> None:
    with pytest.raises(TooFewProviders, match="3 providers have answers and 5 are needed"):
        fit_beta_binomial([1, 2, 3, 0], [4, 4, 4, 0])
    assert fit_beta_binomial([10, 20, 30], [40, 40, 40], fewest=3).concentration is not None
    with pytest.raises(TooFewProviders):
        fit_beta_binomial([], [], fewest=0)


@pytest.mark.parametrize(
    ("x", "n", "message"),
    [
        ([1, 5], [3, 4], "provider 2 has 5 hits of 4 answers"),
        ([1, -1], [3, 4], "provider 2 has -1 hits"),
        ([1], [float("inf")], "provider 1 has 1 hits of inf"),
        ([1], [3, 4], "1 hits and 2 n"),
    ],
)
def test_refuses_counts_that_cannot_be(x: list[float], n: list[float], message: str) -> None:
    with pytest.raises(ProviderNotValid, match=message):
        fit_beta_binomial(x, n)
