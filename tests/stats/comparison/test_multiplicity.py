"""Adjusted p-values against two other libraries, and what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control
from statsmodels.stats.multitest import multipletests

from hearback.stats.comparison import PValueNotValid, adjust_p_values, discoveries
from hearback.stats.comparison.multiplicity import Adjustment

METHODS: list[Adjustment] = ["benjamini_hochberg", "benjamini_yekutieli", "holm", "bonferroni"]
p_values = st.floats(0, 1, allow_subnormal=False)
with_gaps = st.lists(st.none() | p_values, max_size=30)


@pytest.mark.parametrize(("method", "theirs"), [("benjamini_hochberg", "bh"), ("benjamini_yekutieli", "by")])
def test_agrees_with_scipy(method: Adjustment, theirs: str) -> None:
    values = np.random.default_rng(1).uniform(size=200) ** 2
    assert adjust_p_values(values.tolist(), method) == pytest.approx(
        false_discovery_control(values, method=theirs), rel=1e-13
    )


@pytest.mark.parametrize(("method", "theirs"), [("holm", "holm"), ("bonferroni", "bonferroni")])
def test_agrees_with_statsmodels(method: Adjustment, theirs: str) -> None:
    values = np.random.default_rng(2).uniform(size=200) ** 3
    assert adjust_p_values(values.tolist(), method) == pytest.approx(
        multipletests(values, method=theirs)[1], rel=1e-13
    )


@given(with_gaps, st.sampled_from(METHODS))
def test_missing_values_stay_missing_and_are_not_counted(
    values: list[float | None], method: Adjustment
) -> None:
    found = adjust_p_values(values, method)
    assert [q is None for q in found] == [p is None for p in values]
    known = [p for p in values if p is not None]
    assert tuple(q for q in found if q is not None) == adjust_p_values(known, method)


@given(st.lists(p_values, min_size=1, max_size=30), st.sampled_from(METHODS))
def test_adjusting_never_lowers_and_keeps_the_order(values: list[float], method: Adjustment) -> None:
    found = [q for q in adjust_p_values(values, method) if q is not None]
    assert all(p <= q <= 1 for p, q in zip(values, found, strict=True))
    order = np.argsort(values, kind="stable")
    assert (np.diff(np.array(found)[order]) >= 0).all()


@given(st.lists(p_values, min_size=2, max_size=20), st.randoms(use_true_random=False))
def test_the_order_of_the_comparisons_does_not_matter(values: list[float], random: object) -> None:
    shuffled = list(enumerate(values))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = adjust_p_values([p for _, p in shuffled], "benjamini_hochberg")
    by_place = dict(zip((place for place, _ in shuffled), found, strict=True))
    assert tuple(by_place[place] for place in range(len(values))) == adjust_p_values(
        values, "benjamini_hochberg"
    )


@given(st.lists(p_values, min_size=1, max_size=20))
def test_methods_are_ordered_by_how_careful_they_are(values: list[float]) -> None:
    hochberg, yekutieli, holm, bonferroni = (adjust_p_values(values, method) for method in METHODS)
    for bh, by, step, all_at_once in zip(hochberg, yekutieli, holm, bonferroni, strict=True):
        assert None not in (bh, by, step, all_at_once)
        assert bh <= by + 1e-15  # type: ignore[operator]
        assert bh <= step + 1e-15 <= all_at_once + 2e-15  # type: ignore[operator]


def test_one_comparison_needs_no_adjusting() -> None:
    assert [adjust_p_values([0.03], method) for method in METHODS] == [(0.03,)] * 4


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_compared_gives_nothing(values: list[float | None]) -> None:
    assert adjust_p_values(values, "holm") == tuple(values)
    assert discoveries(values) == tuple(values)


def test_ties_get_the_same_value() -> None:
    found = adjust_p_values([0.02, 0.01, 0.02, 0.02], "holm")
    assert found[0] == found[2] == found[3] == pytest.approx(0.06)


def test_a_nan_is_a_missing_value() -> None:
    assert adjust_p_values([0.5, float("nan")], "bonferroni") == (0.5, None)


@pytest.mark.parametrize("wrong", [-0.01, 1.01, float("inf")])
def test_refuses_what_is_no_probability_and_says_which(wrong: float) -> None:
    with pytest.raises(PValueNotValid, match="p-value 3 is"):
        adjust_p_values([0.1, None, wrong], "holm")


def test_refuses_a_rate_that_is_none() -> None:
    with pytest.raises(PValueNotValid, match="rate of 10 is not between 0 and 1"):
        discoveries([0.1], false_discovery_rate=10)


def test_when_nothing_changed_a_release_seldom_claims_anything() -> None:
    random = np.random.default_rng(7)
    releases = [discoveries(random.uniform(size=40).tolist()) for _ in range(1000)]
    assert np.mean([any(release) for release in releases]) < 0.10 + 0.03
