"""The within part of a change: its interval holds what it should, and its test is that of textbooks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import t as student
from scipy.stats import ttest_ind_from_stats

from hearback.stats.comparison import (
    ProviderMeans,
    ProviderNotValid,
    WithinChange,
    decompose_change,
    within_of_means,
    within_of_shares,
)
from hearback.stats.estimate import Reason
from hearback.stats.experiments import change_of_shares

SEED, LIMIT = 20_211_001, 1.959964
Four = tuple[int, int, int, int]
Columns = tuple[list[int], list[int], list[int], list[int]]
SHIFTED: Columns = ([720, 100], [800, 200], [270, 350], [300, 700])
"""Two offices with 90 and 50 of 100, before and after; only their sizes shift."""


def four() -> st.SearchStrategy[Four]:
    side = st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    return st.tuples(side, side).map(lambda two: (*two[0], *two[1]))


def columns(listed: list[Four]) -> Columns:
    x1, n1, x2, n2 = ([one[place] for one in listed] for place in range(4))
    return x1, n1, x2, n2


def numbers(found: WithinChange) -> list[float]:
    assert found.reason is None
    return [found.within, found.low, found.high, found.p]  # type: ignore[list-item]


def test_where_only_sizes_shift_nothing_is_found_within() -> None:
    x1, n1, x2, n2 = SHIFTED
    assert (change_of_shares(sum(x1), sum(n1), sum(x2), sum(n2)).p or 1) < 1e-20
    assert (within_of_shares(*SHIFTED).within, within_of_shares(*SHIFTED).p) == pytest.approx((0, 1))


@given(four())
def test_one_provider_is_tested_as_two_shares_are(one: Four) -> None:
    expected = change_of_shares(*one)
    found = numbers(within_of_shares(*columns([one])))
    assert found == pytest.approx([expected.difference, expected.low, expected.high, expected.p], abs=1e-9)


@given(st.lists(four(), min_size=1, max_size=6))
def test_the_interval_holds_the_within_part_and_agrees_with_the_p_value(listed: list[Four]) -> None:
    x1, n1, x2, n2 = columns(listed)
    within, low, high, p = numbers(within_of_shares(x1, n1, x2, n2))
    means = [[x / n for x, n in zip(*side, strict=True)] for side in ((x1, n1), (x2, n2))]
    assert within == pytest.approx(decompose_change(n1, means[0], n2, means[1]).within, abs=1e-12)
    assert -1 <= low <= within <= high <= 1
    if abs(p - 0.05) > 1e-6:
        assert (p < 0.05) == (low > 0 or high < 0)


@given(st.lists(four(), min_size=1, max_size=6))
def test_turning_time_round_turns_the_interval_round(listed: list[Four]) -> None:
    x1, n1, x2, n2 = columns(listed)
    within, low, high, p = numbers(within_of_shares(x1, n1, x2, n2))
    assert numbers(within_of_shares(x2, n2, x1, n1)) == pytest.approx([-within, -high, -low, p], abs=1e-9)


def test_who_came_and_who_left_count_for_nothing() -> None:
    x1, n1, x2, n2 = SHIFTED
    more = within_of_shares([*x1, 5, 0, None], [*n1, 90, 0, 0], [*x2, 0, 70, 1], [*n2, 0, 80, 2])
    assert more == within_of_shares(*SHIFTED)


def score_by_definition(listed: list[Four], supposed: float) -> float:
    """Give the score with the likeliest shares searched by a general optimiser."""
    x1, n1, x2, n2 = (np.array(column, dtype=float) for column in columns(listed))
    x, n = np.concatenate([x1, x2]), np.concatenate([n1, n2])
    part = (n1 / n1.sum() + n2 / n2.sum()) / 2
    weights = np.concatenate([-part, part])

    def unlikely(p: np.ndarray) -> float:
        return float(-(x * np.log(p) + (n - x) * np.log(1 - p)).sum() / n.sum())

    limit = {"type": "eq", "fun": lambda p: weights @ p - supposed}
    start = np.clip(x / n, 0.05, 0.95)
    best = minimize(
        unlikely, start, bounds=[(1e-9, 1 - 1e-9)] * len(n), constraints=limit, options={"ftol": 1e-15}
    ).x
    correction = np.tile((n1 + n2) / (n1 + n2 - 1), 2)
    se = math.sqrt((weights**2 * best * (1 - best) / n * correction).sum())
    return float(weights @ (x / n) - supposed) / se


@pytest.mark.parametrize(
    "listed",
    [
        [(48, 80, 56, 70), (30, 60, 20, 50)],
        [(720, 800, 265, 300), (100, 200, 362, 700)],
        [(12, 12, 9, 11), (3, 40, 9, 35), (60, 75, 40, 44)],
    ],
)
def test_the_ends_are_where_the_score_is_at_its_limit(listed: list[Four]) -> None:
    _, low, high, p = numbers(within_of_shares(*columns(listed)))
    assert score_by_definition(listed, low) == pytest.approx(LIMIT, abs=2e-3)
    assert score_by_definition(listed, high) == pytest.approx(-LIMIT, abs=2e-3)
    assert math.erfc(abs(score_by_definition(listed, 0.0)) / math.sqrt(2)) == pytest.approx(p, abs=1e-3)


def test_of_many_draws_19_in_20_intervals_hold_the_truth() -> None:
    rng, n_draws = np.random.default_rng(SEED), 4_000
    n1, n2 = np.array([400, 60, 15, 25]), np.array([70, 300, 40, 12])
    p1, p2 = np.array([0.9, 0.6, 0.97, 0.75]), np.array([0.85, 0.66, 0.9, 0.7])
    truth = float((n1 / n1.sum() + n2 / n2.sum()) / 2 @ (p2 - p1))
    held = 0
    for _ in range(n_draws):
        _, low, high, _ = numbers(within_of_shares(rng.binomial(n1, p1), n1, rng.binomial(n2, p2), n2))
        held += low <= truth <= high
    # three standard errors of a coverage of 0.95 to either side
    assert held / n_draws == pytest.approx(0.95, abs=3 * (0.05 * 0.95 / n_draws) ** 0.5)


def test_the_interval_is_that_of_answers_drawn_again() -> None:
    rng, n_draws = np.random.default_rng(SEED), 20_000
    x1, n1, x2, n2 = (np.array(c) for c in ([720, 100], [800, 200], [265, 362], [300, 700]))
    weights = (n1 / n1.sum() + n2 / n2.sum()) / 2
    before, after = (rng.binomial(n, x / n, (n_draws, 2)) / n for x, n in ((x1, n1), (x2, n2)))
    drawn = np.quantile((after - before) @ weights, [0.025, 0.975])
    _, low, high, _ = numbers(within_of_shares(x1, n1, x2, n2))
    assert [low, high] == pytest.approx(drawn.tolist(), abs=0.002)


BEFORE = ProviderMeans([60, 40], [4.0, 3.0], [0.9, 1.2])
AFTER = ProviderMeans([40, 60], [4.2, 3.1], [0.8, 1.1])


def test_means_are_tested_as_by_hand() -> None:
    # weights 0.5 and 0.5; within 0.5 * 0.2 + 0.5 * 0.1; the variance of each side is 0.25 * s * s / n:
    # 0.003375, 0.009, 0.004, 0.005041667, together 0.021416667, whose root is 0.146344
    within, low, high, p = numbers(within_of_means(BEFORE, AFTER))
    assert within == pytest.approx(0.15)
    parts = [(0.003375, 59), (0.009, 39), (0.004, 39), (0.005041667, 59)]
    df = 0.021416667**2 / sum(v * v / k for v, k in parts)
    assert df == pytest.approx(147.433, abs=0.001)
    half = float(student.ppf(0.975, df)) * 0.146344
    assert [low, high] == pytest.approx([0.15 - half, 0.15 + half], abs=1e-5)
    assert p == pytest.approx(2 * student.sf(0.15 / 0.146344, df), abs=1e-5)


def test_one_provider_has_welchs_test() -> None:
    other = ttest_ind_from_stats(3.9, 0.6, 30, 2.5, 1.4, 12, equal_var=False)
    found = within_of_means(ProviderMeans([12], [2.5], [1.4]), ProviderMeans([30], [3.9], [0.6]))
    assert (found.within, found.p) == pytest.approx((1.4, other.pvalue))


def test_of_many_draws_19_in_20_intervals_hold_the_true_mean() -> None:
    rng, n_draws = np.random.default_rng(SEED), 2_000
    n1, n2 = [120, 30, 12], [25, 90, 40]
    chances1 = [[0.02, 0.05, 0.13, 0.3, 0.5], [0.3, 0.2, 0.2, 0.2, 0.1], [0.1, 0.1, 0.2, 0.3, 0.3]]
    chances2 = [[0.05, 0.05, 0.2, 0.3, 0.4], [0.2, 0.2, 0.2, 0.2, 0.2], [0.1, 0.1, 0.2, 0.3, 0.3]]
    scale = np.arange(1, 6)
    sides = [(np.array(n), np.array(c)) for n, c in ((n1, chances1), (n2, chances2))]
    weights = sum(n / n.sum() for n, _ in sides) / 2
    truth = float(weights @ (sides[1][1] @ scale - sides[0][1] @ scale))

    def drawn(n: np.ndarray, chances: np.ndarray) -> ProviderMeans:
        answers = [rng.choice(scale, k, p=c) for k, c in zip(n, chances, strict=True)]
        return ProviderMeans(n, [a.mean() for a in answers], [a.std(ddof=1) for a in answers])

    held = 0
    for _ in range(n_draws):
        _, low, high, _ = numbers(within_of_means(*(drawn(*side) for side in sides)))  # type: ignore[arg-type]
        held += low <= truth <= high
    assert held / n_draws == pytest.approx(0.95, abs=3 * (0.05 * 0.95 / n_draws) ** 0.5)


def test_what_cannot_be_reckoned_says_why() -> None:
    nobody = within_of_shares([5], [9], [0], [0])
    assert nobody == WithinChange(None, reason=Reason.NO_LIKE_FOR_LIKE)
    apart = within_of_means(ProviderMeans([9], [4], [1]), ProviderMeans([0], [None], [None]))
    assert apart == WithinChange(None, reason=Reason.NO_LIKE_FOR_LIKE)
    one = within_of_means(ProviderMeans([1], [4], [None]), ProviderMeans([9], [4.5], [0.5]))
    assert one == WithinChange(0.5, reason=Reason.ONE_ANSWER)
    same = within_of_means(ProviderMeans([9], [4], [0]), ProviderMeans([9], [4.5], [0]))
    assert same == WithinChange(0.5, reason=Reason.NO_VARIANCE)


@pytest.mark.parametrize(
    "side",
    [
        ProviderMeans([9, 8], [4], [1]),
        ProviderMeans([-9], [4], [1]),
        ProviderMeans([9], [math.inf], [1]),
        ProviderMeans([9], [4], [-1]),
    ],
)
def test_impossible_figures_are_refused(side: ProviderMeans) -> None:
    with pytest.raises(ProviderNotValid):
        within_of_means(ProviderMeans([9], [4], [1]), side)
    with pytest.raises(ProviderNotValid):
        within_of_means(side, ProviderMeans([9], [4], [1]))


@pytest.mark.parametrize(
    "wrong", [([5, 1], [9], [5], [9]), ([5], [9], [10], [9]), ([5, 5], [9, 9], [5], [9])]
)
def test_impossible_counts_are_refused(wrong: Columns) -> None:
    with pytest.raises(ProviderNotValid):
        within_of_shares(*wrong)
