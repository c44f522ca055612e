"""The score of two shares, held against its definition in decimal numbers of 60 digits (`exact_score`)."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.experiments import change_of_shares
from hearback.stats.experiments.score import likeliest_shares, score
from tests.golden.read import golden
from tests.stats.experiments.exact_score import HARD, LIMIT, Four, exact_score

GOLDEN = golden("score_interval")
PRECISION = 2e-15
"""Halving goes on until no number lies between; what is left is that the shares are rounded."""


def side(largest: int) -> st.SearchStrategy[tuple[int, int]]:
    """Draw hits and answers: few answers or many, and shares that are often at or next to 0 or 1."""
    sizes = st.integers(1, 60) | st.integers(1, 3_000) | st.integers(1, largest)
    few = st.integers(0, 3)
    return sizes.flatmap(
        lambda n: st.tuples(
            few.map(lambda k: min(k, n)) | few.map(lambda k: max(n - k, 0)) | st.integers(0, n), st.just(n)
        )
    )


def counts_up_to(largest: int) -> st.SearchStrategy[Four]:
    return st.tuples(side(largest), side(largest)).map(lambda two: (*two[0], *two[1]))


CANDIDATES = st.builds(
    lambda size, sign: sign * size,
    st.just(0.0)
    | st.floats(1e-12, 0.999)
    | st.floats(1, 12).map(lambda tens: 10.0**-tens)
    | st.floats(1, 12).map(lambda tens: 1 - 10.0**-tens),
    st.sampled_from((-1, 1)),
)
"""No nearer to 0 or 1 than decimal numbers of 60 digits can tell."""


@pytest.mark.parametrize("case", GOLDEN.cases, ids=lambda case: str(case["counts"]))
def test_the_ends_are_those_of_exact_arithmetic(case: dict[str, Any]) -> None:
    found = change_of_shares(*case["counts"])
    assert (found.low, found.high) == pytest.approx((case["low"], case["high"]), rel=0, abs=PRECISION)


def test_the_golden_cases_are_all_the_hard_ones() -> None:
    assert [tuple(case["counts"]) for case in GOLDEN.cases] == HARD


@settings(deadline=None)
@given(counts_up_to(10**12))
def test_the_exact_score_passes_its_limit_at_the_ends(counts: Four) -> None:
    found = change_of_shares(*counts)
    for end, limit in ((found.low, LIMIT), (found.high, -LIMIT)):
        assert end is not None
        inner, outer = Decimal(end - PRECISION), Decimal(end + PRECISION)
        assert inner <= -1 or exact_score(counts, inner) > limit
        assert outer >= 1 or exact_score(counts, outer) < limit


@settings(deadline=None)
@given(counts_up_to(10**6), CANDIDATES)
def test_the_score_is_that_of_exact_arithmetic(counts: Four, candidate: float) -> None:
    exact = float(exact_score(counts, Decimal(candidate)))
    assert score(counts, np.array([candidate]))[0] == pytest.approx(exact, rel=1e-9, abs=1e-9)


@given(counts_up_to(10**12), CANDIDATES)
def test_the_likeliest_shares_differ_by_the_candidate(counts: Four, candidate: float) -> None:
    before, not_before, after, not_after = likeliest_shares(counts, np.array([candidate]))[:, 0]
    assert min(before, not_before, after, not_after) >= 0
    assert after - before == pytest.approx(candidate, abs=1e-15)
    assert (before + not_before, after + not_after) == pytest.approx((1, 1), abs=1e-15)


def test_many_candidates_and_many_pairs_are_each_as_one_by_one() -> None:
    counts = np.array(HARD, dtype=float).T
    candidates = np.linspace(-0.999, 0.999, len(HARD))
    together = score(tuple(counts), candidates)
    alone = [score(one, candidates[k : k + 1])[0] for k, one in enumerate(HARD)]
    assert together.tolist() == alone


def test_what_was_found_has_a_score_of_zero_also_at_the_ends_of_the_scale() -> None:
    assert score((0, 3, 5, 5), np.array([1.0]))[0] == 0
    assert score((7, 7, 0, 2), np.array([-1.0]))[0] == 0
    assert score((0, 3, 4, 5), np.array([1.0, -1.0])).tolist() == [-np.inf, np.inf]
