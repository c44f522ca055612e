"""Expected ranks against numerical integrals, rank intervals against what draws must give."""

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import betaln, expit, xlogy
from scipy.special import logit as logit_of
from scipy.stats import beta, norm

from hearback.stats.comparison import (
    ProviderNotValid,
    expected_ranks_of_betas,
    expected_ranks_of_normals,
    rank_intervals_of_betas,
    rank_intervals_of_normals,
)

shapes = st.floats(0.05, 1e5)
posteriors = st.lists(st.tuples(shapes, shapes), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((2, 3), (4, 4)),
        ((900, 100), (2, 1)),
        ((0.5, 0.5), (30, 20)),
        ((3, 90), (0.3, 4)),
        ((5e4, 5e4), (1, 1)),
        ((2, 0.2), (3, 4)),
        ((0.4, 6), (5, 0.3)),
    ],
)
def test_agrees_with_a_numerical_integral(first: tuple[float, float], second: tuple[float, float]) -> None:
    def density_and_above(logit: float) -> float:
        share, rest = expit(logit), expit(-logit)
        density = math.exp(xlogy(second[0], share) + xlogy(second[1], rest) - betaln(*second))
        return density * float(beta.cdf(share, *first) if logit < 0 else beta.sf(rest, *reversed(first)))

    ends = logit_of(beta.ppf([1e-9, 0.5, 1 - 1e-9], *first))
    above = quad(density_and_above, -200, 200, points=[*ends, 0.0], epsabs=1e-12, limit=1000)[0]
    found = expected_ranks_of_betas([first[0], second[0]], [first[1], second[1]])
    assert found == pytest.approx((1 + above, 2 - above), abs=1e-7)


def test_whole_shapes_agree_with_the_closed_form() -> None:
    # P(U > V) for U, V ~ Beta(2, 1), Beta(1, 2): the integral of 2v (1 - (1 - v)^2) over 0 to 1 is 5/6
    assert expected_ranks_of_betas([2, 1], [1, 2]) == pytest.approx((7 / 6, 11 / 6), abs=1e-8)


@settings(max_examples=40, deadline=None)
@given(posteriors)
def test_ranks_add_up_whatever_the_posteriors(pairs: list[tuple[float, float]]) -> None:
    found = expected_ranks_of_betas([a for a, _ in pairs], [b for _, b in pairs])
    n = len(pairs)
    assert sum(found) == pytest.approx(n * (n + 1) / 2, abs=1e-9)
    assert all(1 - 1e-7 <= rank <= n + 1e-7 for rank in found)


@settings(max_examples=40, deadline=None)
@given(shapes, shapes, st.integers(2, 5))
@example(1.0, 120.0, 5)
@example(1.0, 500.0, 5)
def test_equal_posteriors_share_the_middle_rank(a: float, b: float, n: int) -> None:
    assert expected_ranks_of_betas([a] * n, [b] * n) == pytest.approx([(n + 1) / 2] * n, abs=1e-7)


def test_normal_posteriors_agree_with_the_normal_distribution() -> None:
    means, sds = [4.0, 3.9, 3.2], [0.1, 0.2, 0.3]
    found = expected_ranks_of_normals(means, sds)
    for i in range(3):
        others = [j for j in range(3) if j != i]
        above = sum(norm.sf(means[i], means[j], np.hypot(sds[i], sds[j])) for j in others)
        assert found[i] == pytest.approx(1 + above)


def test_the_same_seed_gives_the_same_intervals() -> None:
    a, b = [30, 40, 50, 20], [20, 20, 20, 20]
    assert rank_intervals_of_betas(a, b, seed=3) == rank_intervals_of_betas(a, b, seed=3)


def test_providers_nobody_can_tell_apart_may_have_any_rank() -> None:
    assert rank_intervals_of_betas([50] * 5, [50] * 5, seed=1) == ((1, 5),) * 5
    assert rank_intervals_of_normals([4.0] * 5, [0.1] * 5, seed=1) == ((1, 5),) * 5


def test_providers_far_apart_have_their_rank() -> None:
    a, b = np.array([9000, 5000, 1000]), np.array([1000, 5000, 9000])
    assert rank_intervals_of_betas(a, b, seed=1) == ((1, 1), (2, 2), (3, 3))
    assert rank_intervals_of_normals([1, 3, 2], [0.01] * 3, seed=1) == ((3, 3), (1, 1), (2, 2))


def test_a_higher_level_never_gives_a_shorter_interval() -> None:
    a, b = [30, 40, 50, 20, 33], [20, 20, 20, 20, 21]
    narrow, wide = (rank_intervals_of_betas(a, b, seed=4, level=level) for level in (0.5, 0.99))
    assert all(w[0] <= n[0] <= n[1] <= w[1] for n, w in zip(narrow, wide, strict=True))


def test_nobody_has_no_rank() -> None:
    assert expected_ranks_of_betas([], []) == ()
    assert rank_intervals_of_betas([], [], seed=1) == ()


def test_refuses_shapes_and_settings_that_are_none() -> None:
    with pytest.raises(ProviderNotValid, match="not above zero"):
        expected_ranks_of_betas([1, 0], [1, 1])
    with pytest.raises(ProviderNotValid, match="2 alphas and 1 betas"):
        expected_ranks_of_betas([1, 2], [1])
    with pytest.raises(ProviderNotValid, match="negative"):
        expected_ranks_of_normals([1, 2], [1, -1])
    with pytest.raises(ProviderNotValid, match="1 means and 2 deviations"):
        rank_intervals_of_normals([1], [1, 1], seed=1)
    with pytest.raises(ValueError, match="a level of 95"):
        rank_intervals_of_betas([1], [1], seed=1, level=95)
