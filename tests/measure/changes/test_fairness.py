"""Providers beside one another: as other programs place them, never ranked, never from too few."""

from datetime import datetime

import numpy as np
import pytest
from scipy.stats import betabinom

from hearback.measure.actions import compute_scores
from hearback.measure.changes.fairness import PLACES, FairComparison, TooFewToCompare, compared_fairly
from hearback.measure.changes.reading import fair_comparison
from tests.measure.changes.series import counts_of, score
from tests.measure.conftest import Load, row

QUARTER = "FY2021-Q2"
GIVEN = {"a": (820, 1000), "b": (60, 70), "c": (1500, 2000), "d": (45, 90), "e": (790, 1000), "f": (30, 31)}


def compare(given: dict[str, tuple[int, int] | None], seed: int = 1) -> FairComparison:
    """Compare made-up providers."""
    scores = [
        score(QUARTER, None if one is None else counts_of(*one), subject=subject)
        for subject, one in reversed(given.items())
    ]
    return compared_fairly(scores, seed=seed, draws=2_000)


def test_subjects_come_in_the_order_of_their_keys_and_ranks_only_as_ranges() -> None:
    found = compare(dict(GIVEN))
    assert [one.subject for one in found.standings] == sorted(GIVEN)
    assert all(1 <= one.rank_low <= one.rank_high <= len(GIVEN) for one in found.standings)
    assert any(one.rank_low < one.rank_high for one in found.standings)


def test_shares_of_few_answers_are_drawn_most_towards_all() -> None:
    found = {one.subject: one for one in compare(dict(GIVEN)).standings}
    drawn = {key: abs(one.value - one.raw) for key, one in found.items()}
    assert drawn["d"] > drawn["a"] < drawn["f"]
    assert all(
        one.low is not None and one.high is not None and one.low < one.value < one.high
        for one in found.values()
    )


def test_the_shares_are_means_under_the_likeliest_spread_of_another_program() -> None:
    found = compare(dict(GIVEN))
    hits, n = (np.array(column) for column in zip(*GIVEN.values(), strict=True))
    weight = [(one.raw - one.value) for one in found.standings]
    assert any(weight)
    # alpha and beta follow from two of the shares; the likelihood has its maximum there
    a = np.array([[1 - found.standings[i].value, -found.standings[i].value] for i in (0, 3)])
    b = np.array([found.standings[i].value * n[i] - hits[i] for i in (0, 3)])
    alpha, beta = np.linalg.solve(a, b)

    def likelihood(first: float, second: float) -> float:
        return float(betabinom.logpmf(hits, n, first, second).sum())

    best = likelihood(alpha, beta)
    assert all(
        likelihood(alpha * x, beta * y) < best
        for x in (0.9, 1, 1.1)
        for y in (0.9, 1, 1.1)
        if (x, y) != (1, 1)
    )


def test_a_place_is_told_only_where_the_usual_differences_do_not_explain_it() -> None:
    far = compare({**{key: (700, 1000) for key in "abcdefgh"}, "z": (520, 1000)})
    places = {one.subject: one.place for one in far.standings}
    assert places["z"] in ("low_95", "low_99.8")
    assert {places[key] for key in "abcdefgh"} == {"within"}
    assert {one.place for one in compare(dict(GIVEN)).standings} <= set(PLACES)


def test_the_same_seed_gives_the_same_ranks() -> None:
    assert compare(dict(GIVEN)) == compare(dict(GIVEN))


def test_subjects_that_differ_by_no_more_than_chance_have_no_rank() -> None:
    found = compare({key: (700 + place, 1000) for place, key in enumerate("abcdef")})
    assert {(one.rank_low, one.rank_high) for one in found.standings} == {(1, 6)}


@pytest.mark.parametrize("n", range(5))
def test_fewer_than_five_are_refused(n: int) -> None:
    with pytest.raises(TooFewToCompare, match=f"{n} have a figure"):
        compare({**{key: (70, 100) for key in "abcd"[:n]}, "hidden": None})


def test_who_is_held_back_is_named_with_the_reason_and_nothing_else() -> None:
    with_hidden, without = compare({**GIVEN, "hidden": None}), compare(dict(GIVEN))
    assert with_hidden.left_out == (("hidden", "suppressed_small"),)
    assert with_hidden.standings == without.standings


def test_stored_scores_of_one_pool_are_compared(load_rows: Load, at: datetime) -> None:
    load_rows(row(QUARTER, "clinic"), row(QUARTER, "office", service="usda-fsa-3", provider="usda-fsa"))
    compute_scores(QUARTER, 10, by="owner", at=at)
    with pytest.raises(TooFewToCompare, match="2 have"):
        fair_comparison("provider", QUARTER, "stated")
    with pytest.raises(TooFewToCompare, match="0 have"):
        fair_comparison("provider", QUARTER, "thumbs")
