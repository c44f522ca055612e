"""Families of comparisons: adjusted as elsewhere, and quiet where nothing happened."""

import re

import numpy as np
import pytest
from scipy.stats import false_discovery_control

from hearback.measure.changes.families import ALPHA, judge, judge_changes
from hearback.measure.changes.shares import Differences, Pairs, compare_shares
from hearback.measure.rules import DOWN, FALSE_DISCOVERY_RATE, NO_CLEAR_CHANGE, UP, WHO_REPORTED
from hearback.stats.comparison import within_of_shares
from tests.measure.test_method_pages import section

SEED = 20_211_001


def differences(p: list[float], width: float = 0.05) -> Differences:
    """Make differences of 0.1 with such p-values, and intervals of one width."""
    difference = np.full(len(p), 0.1)
    return Differences(difference, difference - width, difference + width, np.array(p))


def test_q_values_are_those_of_another_program() -> None:
    p = [0.0004, 0.012, 0.03, 0.21, 0.21, 0.8, 1.0]
    assert judge(differences(p)).q_value.tolist() == pytest.approx(false_discovery_control(p).tolist())


def test_a_small_q_value_is_no_verdict_while_the_interval_holds_zero() -> None:
    assert judge(differences([0.01, 0.02])).verdict.tolist() == [UP, UP]
    assert judge(differences([0.01, 0.02], width=0.2)).verdict.tolist() == [NO_CLEAR_CHANGE] * 2


def test_an_interval_without_zero_is_no_verdict_among_many_comparisons() -> None:
    assert judge(differences([0.04])).verdict.tolist() == [UP]
    assert judge(differences([0.04, *[0.9] * 30])).verdict.tolist() == [NO_CLEAR_CHANGE] * 31


def test_what_could_have_been_found_is_worked_out_at_the_p_value_it_would_have_taken() -> None:
    assert judge(differences([0.9] * 100)).alpha == pytest.approx(FALSE_DISCOVERY_RATE / 100)
    assert judge(differences([1e-6] * 9 + [0.9] * 91)).alpha == pytest.approx(FALSE_DISCOVERY_RATE * 10 / 100)
    assert judge(differences([1e-6] * 99 + [0.9])).alpha == ALPHA


def shuffled(rng: np.random.Generator, sizes: np.ndarray | None = None) -> Pairs:
    """Split the answers to 40 surveys by lot into two quarters: what differs is chance, or their sizes."""
    n = rng.integers(60, 900, size=(2, 40)) if sizes is None else np.stack([sizes, sizes])
    hits = rng.binomial(n.sum(axis=0), rng.uniform(0.4, 0.95, 40))
    before = rng.hypergeometric(hits, n.sum(axis=0) - hits, n[0])
    return Pairs(*(column.astype(float) for column in (before, n[0], hits - before, n[1])))


def test_of_many_releases_in_which_nothing_happened_few_claim_anything() -> None:
    rng, n_releases = np.random.default_rng(SEED), 1_000
    claims = [
        (judge(compare_shares(shuffled(rng))).verdict != NO_CLEAR_CHANGE).any() for _ in range(n_releases)
    ]
    # at most the rate is expected; three standard errors above it would be a fault
    limit = FALSE_DISCOVERY_RATE + 3 * (0.1 * 0.9 / n_releases) ** 0.5
    assert 0.02 < np.mean(claims) < limit


def rolled_up(pairs: Pairs) -> Pairs:
    """Add roll-ups of the same answers: each survey again as its service, ten providers, the government."""
    columns = (pairs.hits_before, pairs.n_before, pairs.hits_after, pairs.n_after)
    levels = ([c, c, c.reshape(10, 4).sum(axis=1), c.sum(keepdims=True)] for c in columns)
    return Pairs(*(np.concatenate(level) for level in levels))


def test_figures_that_share_answers_do_not_make_for_more_false_claims() -> None:
    rng, n_releases = np.random.default_rng(SEED), 1_000
    sizes = np.random.default_rng(SEED).integers(60, 900, size=40)
    releases = (judge(compare_shares(rolled_up(shuffled(rng, sizes)))) for _ in range(n_releases))
    claims = [(one.verdict != NO_CLEAR_CHANGE).any() for one in releases]
    assert 0.02 < np.mean(claims) < FALSE_DISCOVERY_RATE + 3 * (0.1 * 0.9 / n_releases) ** 0.5


ROLLED_UP = np.arange(91) >= 40
PLACES = [*(np.arange(4 * i, 4 * i + 4) for i in range(10)), np.arange(40)]
"""The surveys of each provider, and of the government."""


def resized(rng: np.random.Generator, larger: int, n_changed: int) -> Pairs:
    """Draw two quarters of 40 surveys that shift in size; the first so many rise by 5 points."""
    n, before = rng.integers(60, 900, size=(2, 40)) * larger, rng.uniform(0.4, 0.95, 40)
    after = np.where(np.arange(40) < n_changed, np.minimum(before + 0.05, 1), before)
    columns = rng.binomial(n[0], before), n[0], rng.binomial(n[1], after), n[1]
    return Pairs(*(column.astype(float) for column in columns))


def within(pairs: Pairs, tested: Differences) -> Differences:
    """Give what surveys did: of surveys and services, which have one, the difference; of others within."""
    own = []
    for place in PLACES:
        one = pairs[place]
        found = within_of_shares(one.hits_before, one.n_before, one.hits_after, one.n_after)
        own.append((found.within, found.low, found.high, found.p))
    columns = zip((tested.difference, tested.low, tested.high, tested.p), np.array(own).T, strict=True)
    return Differences(*(np.concatenate([column[:80], of_own]) for column, of_own in columns))


def wrong_share(claimed: np.ndarray, truly: np.ndarray) -> float:
    return float((claimed & ~truly).sum() / max(claimed.sum(), 1))


@pytest.mark.parametrize(
    ("row", "larger", "n_changed"),
    [
        ("Only sizes shifted", 1, 0),
        ("Only sizes shifted, ten times as many answers", 10, 0),
        ("10 of 40 surveys rose by 5 points, and sizes shifted", 1, 10),
    ],
)
def test_while_sizes_shift_few_claims_are_wrong_as_the_method_page_says(
    row: str, larger: int, n_changed: int
) -> None:
    rng, n_quarters = np.random.default_rng(SEED), 300
    rose = np.arange(40) < n_changed
    truly = np.concatenate([rose, rose, [rose[place].any() for place in PLACES]])
    alone, by_rule, told = [], [], 0
    for _ in range(n_quarters):
        pairs = resized(rng, larger, n_changed)
        tested = compare_shares(rolled_up(pairs))
        own = within(pairs, tested)
        mostly = np.abs(tested.difference - own.difference) > np.abs(own.difference)
        alone.append(wrong_share((judge(tested).verdict != NO_CLEAR_CHANGE) & ~mostly, truly))
        verdict = judge_changes(tested, own, ROLLED_UP).verdict
        by_rule.append(wrong_share(np.isin(verdict, (UP, DOWN)), truly))
        told += bool((verdict == WHO_REPORTED).any())
    assert told / n_quarters > 0.9
    error = float(np.std(by_rule)) / n_quarters**0.5
    assert np.mean(by_rule) < FALSE_DISCOVERY_RATE + 3 * error
    page = section("change", "What the interval says, and what it does not")
    ((_, before, after),) = re.findall(rf"\| ({re.escape(row)}) \| (\d+) % \| (\d+) % \|", page)
    assert [float(np.mean(alone)) * 100, float(np.mean(by_rule)) * 100] == pytest.approx(
        [int(before), int(after)], abs=1
    )


def test_a_rise_of_a_roll_up_is_claimed_only_where_its_surveys_rose() -> None:
    moved = differences([0.001] * 5)
    own = Differences(
        np.array([0.1, 0.1, -0.1, np.nan, 0.1]),
        np.array([0.05, -0.05, -0.15, np.nan, 0.05]),
        np.array([0.15, 0.25, -0.05, np.nan, 0.15]),
        np.array([0.002, 0.3, 0.001, np.nan, 0.001]),
    )
    found = judge_changes(moved, own, np.array([True, True, True, True, False]))
    assert found.verdict.tolist() == [UP, WHO_REPORTED, WHO_REPORTED, WHO_REPORTED, UP]
    tested = [0.002, 0.3, 1.0, 0.001]
    assert found.q_value[[0, 1, 2, 4]].tolist() == pytest.approx(false_discovery_control(tested).tolist())
    assert np.isnan(found.q_value[3])
    assert np.isnan(found.figure_q[4])
    assert found.figure_q[:4].tolist() == pytest.approx([0.001] * 4)


def test_of_claims_about_changes_few_are_wrong_and_none_is_the_wrong_way_round_often() -> None:
    rng = np.random.default_rng(SEED)
    wrong, claimed = 0, 0
    for _ in range(300):
        n = np.full(40, 800.0)
        before = rng.binomial(800, 0.7, 40)
        after = rng.binomial(800, np.where(np.arange(40) < 10, 0.78, 0.7))
        verdict = judge(compare_shares(Pairs(before.astype(float), n, after.astype(float), n))).verdict
        claimed += int((verdict != NO_CLEAR_CHANGE).sum())
        wrong += int((verdict[10:] != NO_CLEAR_CHANGE).sum()) + int((verdict[:10] == DOWN).sum())
    assert claimed > 2_000
    assert wrong / claimed < FALSE_DISCOVERY_RATE
