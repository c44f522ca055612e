"""Shrunken rates lie between a provider's own rate and the rate of all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta

from hearback.stats.comparison import ProviderNotValid, TooFewProviders, shrink_rates
from hearback.stats.estimate import Reason

HITS, N = [51, 102, 20, 63, 81, 3, 0], [56, 147, 38, 101, 113, 3, 0]


def test_a_posterior_is_the_beta_distribution_of_fit_and_data() -> None:
    found = shrink_rates(HITS, N, target=0.7, level=0.9)
    assert found.fit.alpha is not None
    assert found.fit.beta is not None
    for hits, n, provider in zip(HITS, N, found.providers, strict=True):
        posterior = beta(found.fit.alpha + hits, found.fit.beta + n - hits)
        assert provider.mean == pytest.approx(posterior.mean())
        assert (provider.low, provider.high) == pytest.approx(posterior.interval(0.9))
        assert provider.prob_above_target == pytest.approx(posterior.sf(0.7))


def test_a_provider_without_answers_gets_what_providers_are_like() -> None:
    found = shrink_rates(HITS, N)
    last = found.providers[-1]
    assert (last.raw, last.weight_on_own_data) == (None, 0.0)
    assert last.mean == pytest.approx(found.fit.mean)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_every_rate_is_drawn_towards_the_mean_and_by_less_the_more_answers_it_has(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = random.integers(1, 100, 10)
    found = shrink_rates(random.binomial(n, random.beta(4, 2, 10)), n, target=0.5)
    for provider in found.providers:
        assert provider.raw is not None
        low, high = sorted((provider.raw, found.fit.mean))
        assert low - 1e-12 <= provider.mean <= high + 1e-12
    weights = [provider.weight_on_own_data for provider in found.providers]
    assert (np.diff(np.array(weights)[np.argsort(n)]) >= 0).all()


def test_shrinking_comes_closer_to_the_truth_than_raw_rates() -> None:
    random = np.random.default_rng(11)
    n = random.integers(5, 60, 200)
    truth = random.beta(14, 6, 200)
    found = shrink_rates(random.binomial(n, truth), n)
    raw = np.array([provider.raw for provider in found.providers], dtype=float)
    shrunken = np.array([provider.mean for provider in found.providers])
    assert ((shrunken - truth) ** 2).mean() < 0.7 * ((raw - truth) ** 2).mean()
    inside = [p.low <= t <= p.high for p, t in zip(found.providers, truth, strict=True) if p.low and p.high]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


def test_expected_ranks_lie_inside_the_rank_intervals() -> None:
    found = shrink_rates(HITS, N)
    intervals = found.rank_intervals(seed=5)
    assert intervals is not None
    for provider, (low, high) in zip(found.providers, intervals, strict=True):
        assert provider.expected_rank is not None
        assert low <= provider.expected_rank <= high


def test_providers_no_further_apart_than_chance_all_get_the_pooled_rate() -> None:
    found = shrink_rates([50, 101, 24, 76, 13, 0], [100, 200, 50, 150, 25, 0], target=0.5)
    assert found.rho_by_moments == 0
    assert found.concentration_by_moments is None
    assert found.rank_intervals(seed=1) is None
    for provider in found.providers:
        assert provider.mean == found.pooled
        assert (provider.low, provider.high, provider.prob_above_target) == (None, None, None)
        assert (provider.weight_on_own_data, provider.reason) == (0.0, Reason.NO_SPREAD)


def test_providers_that_got_all_or_nothing_keep_their_own() -> None:
    found = shrink_rates([0, 9, 8, 0, 7, 0], [9, 9, 8, 3, 7, 0])
    assert [provider.mean for provider in found.providers] == [0, 1, 1, 0, 1, 0.6]
    assert {provider.reason for provider in found.providers} == {Reason.NO_VARIANCE}
    assert found.providers[-1].weight_on_own_data == 0


def test_without_a_target_there_is_no_probability_of_it() -> None:
    assert shrink_rates(HITS, N).providers[0].prob_above_target is None


def test_very_many_answers_leave_a_provider_its_own_rate() -> None:
    found = shrink_rates([*HITS, 9_000_000], [*N, 10_000_000])
    last = found.providers[-1]
    assert last.mean == pytest.approx(0.9, abs=1e-5)
    assert last.low is not None
    assert last.high is not None
    assert 0.899 < last.low < last.high < 0.901


def test_refuses_too_few_providers_and_impossible_settings() -> None:
    with pytest.raises(TooFewProviders, match="show each with an interval of its own"):
        shrink_rates([1, 2], [3, 4])
    with pytest.raises(ProviderNotValid, match="target of 70"):
        shrink_rates(HITS, N, target=70)
    with pytest.raises(ProviderNotValid, match="level of 95"):
        shrink_rates(HITS, N, level=95)
