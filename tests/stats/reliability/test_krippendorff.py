"""Krippendorff's alpha."""

import itertools
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.estimate import Reason
from hearback.stats.reliability import Level, RatingsNotValid, agreement_interval, krippendorff_alpha

LEVELS: tuple[Level, ...] = get_args(Level)


def coded(seed: int, units: int = 40, raters: int = 3) -> list[list[int | None]]:
    rng = np.random.default_rng(seed)
    true = rng.integers(1, 6, units)
    found = []
    for value in true:
        row = [int(np.clip(value + rng.choice([-1, 0, 0, 0, 1]), 1, 5)) for _ in range(raters)]
        found.append([None if rng.random() < 0.15 else rating for rating in row])
    return found


def by_pairs(ratings: list[list[int | None]], level: Level) -> float:
    """Alpha from all pairs of ratings, one by one, as it is defined."""
    units = [[r for r in unit if r is not None] for unit in ratings]
    units = [unit for unit in units if len(unit) > 1]
    everything = [rating for unit in units for rating in unit]
    n = len(everything)

    def apart(a: int, b: int) -> float:
        if level == "nominal":
            return float(a != b)
        if level == "interval":
            return float((a - b) ** 2)
        if level == "ratio":
            return ((a - b) / (a + b)) ** 2
        low, high = min(a, b), max(a, b)
        between = sum(low <= rating <= high for rating in everything)
        return (between - (everything.count(a) + everything.count(b)) / 2) ** 2 if a != b else 0.0

    observed = (
        sum(sum(apart(a, b) for a, b in itertools.permutations(u, 2)) / (len(u) - 1) for u in units) / n
    )
    expected = sum(apart(a, b) for a, b in itertools.permutations(everything, 2)) / (n * (n - 1))
    return 1 - observed / expected


@pytest.mark.parametrize("level", LEVELS)
def test_is_one_less_observed_over_expected_disagreement_of_all_pairs(level: Level) -> None:
    ratings = coded(1)
    assert krippendorff_alpha(ratings, level).alpha == pytest.approx(by_pairs(ratings, level), rel=1e-12)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 100_000), level=st.sampled_from(LEVELS))
def test_order_of_units_and_raters_does_not_matter_and_alpha_is_one_at_most(seed: int, level: Level) -> None:
    ratings = coded(seed, 15)
    rng = np.random.default_rng(seed)
    moved = [[row[j] for j in rng.permutation(3)] for row in (ratings[i] for i in rng.permutation(15))]
    found = krippendorff_alpha(ratings, level)
    assert krippendorff_alpha(moved, level).alpha == pytest.approx(found.alpha, abs=1e-12)
    assert found.alpha is None or found.alpha <= 1


@pytest.mark.parametrize("level", LEVELS)
def test_full_agreement_is_one_and_random_codes_are_near_zero(level: Level) -> None:
    assert krippendorff_alpha([[1, 1], [2, 2], [5, 5]], level).alpha == 1
    noise = np.random.default_rng(1).integers(1, 6, (2000, 2)).tolist()
    assert krippendorff_alpha(noise, level).alpha == pytest.approx(0, abs=0.06)


def test_names_do_not_matter_at_the_nominal_level_nor_distances_at_the_ordinal() -> None:
    ratings = coded(2)
    words = [[None if r is None else "abcde"[r - 1] for r in row] for row in ratings]
    assert krippendorff_alpha(words, "nominal").alpha == krippendorff_alpha(ratings, "nominal").alpha
    stretched = [[None if r is None else r**3 for r in row] for row in ratings]
    assert krippendorff_alpha(stretched, "ordinal").alpha == krippendorff_alpha(ratings, "ordinal").alpha


def test_units_rated_once_do_not_count() -> None:
    ratings: list[list[Any]] = [
        [1, 1, None],
        [2, 3, 2],
        [1, None, None],
        [None, None, float("nan")],
        ["", 4, ""],
    ]
    found = krippendorff_alpha(ratings, "interval")
    assert (found.n_units, found.n_pairable) == (2, 5)
    assert found.alpha == krippendorff_alpha(ratings[:2], "interval").alpha


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_to_pair_and_nothing_that_differs_have_none(level: Level) -> None:
    nothing = krippendorff_alpha([[1, None], [None, 2]], level)
    assert (nothing.alpha, nothing.reason, nothing.n_pairable) == (None, Reason.NO_PAIRS, 0)
    same = krippendorff_alpha([[4, 4], [4, 4], [4, None]], level)
    assert (same.alpha, same.reason, same.n_pairable) == (None, Reason.NO_VARIANCE, 4)
    assert not same.may_publish


def test_zeros_are_no_ratio_apart() -> None:
    assert krippendorff_alpha([[0, 0], [0, 2], [2, 2]], "ratio").alpha == pytest.approx(
        1 - (2 / 6) / (18 / 30)
    )


def test_interval_holds_alpha_repeats_with_its_seed_and_narrows_with_units() -> None:
    few, many = coded(3, 40), coded(3, 400)
    found = agreement_interval(few, "ordinal", seed=1, draws=500)
    assert found == agreement_interval(few, "ordinal", seed=1, draws=500)
    assert found.low < found.alpha < found.high  # type: ignore[operator]
    wide = agreement_interval(many, "ordinal", seed=1, draws=500)
    assert (wide.high or 0) - (wide.low or 0) < 0.5 * ((found.high or 0) - (found.low or 0))


def test_codes_are_relied_on_by_the_lower_end_where_there_is_one() -> None:
    ratings = [[1, 1], [2, 2], [3, 3], [1, 1], [2, 2], [2, 3]]
    assert krippendorff_alpha(ratings, "nominal").may_publish
    assert not krippendorff_alpha(ratings, "nominal").may_rely
    assert not agreement_interval(ratings, "nominal", seed=1).may_publish


def test_one_unit_or_no_alpha_has_no_interval() -> None:
    assert agreement_interval([[1, 2]], "nominal", seed=1).low is None
    assert agreement_interval([[4, 4], [4, 4]], "nominal", seed=1).reason is Reason.NO_VARIANCE


def test_refuses_words_and_numbers_its_level_cannot_take() -> None:
    with pytest.raises(RatingsNotValid, match="'good' is no number; ordinal needs numbers"):
        krippendorff_alpha([["good", "bad"]], "ordinal")
    with pytest.raises(RatingsNotValid, match="-1 cannot be used at the level ratio"):
        krippendorff_alpha([[-1, 1]], "ratio")
    with pytest.raises(RatingsNotValid, match="inf cannot be used"):
        krippendorff_alpha([[float("inf"), 1]], "interval")
    with pytest.raises(ValueError, match="0 draws"):
        agreement_interval([[1, 1]], "nominal", seed=1, draws=0)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        agreement_interval([[1, 1]], "nominal", seed=1, confidence=95)
