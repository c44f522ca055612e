"""What weighting costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.survey import DesignNotValid
from hearback.stats.weighting import effective_sample_size, kish_design_effect, weighting_effects

WEIGHTS = st.lists(st.floats(0.01, 1000), min_size=1, max_size=30)


@given(WEIGHTS, st.floats(1e-6, 1e6))
def test_the_design_effect_is_one_or_more_and_knows_no_scale(weights: list[float], scale: float) -> None:
    found = kish_design_effect(weights)
    assert 1 - 1e-12 <= found <= len(weights) + 1e-9
    assert kish_design_effect([scale * weight for weight in weights]) == pytest.approx(found, rel=1e-9)


@given(WEIGHTS)
def test_design_effect_times_effective_size_is_the_number_of_rows(weights: list[float]) -> None:
    product = kish_design_effect(weights) * effective_sample_size(weights)
    assert product == pytest.approx(len(weights))


def test_rows_of_weight_zero_do_not_count() -> None:
    assert kish_design_effect([2, 2, 0]) == 1.0
    effects = weighting_effects([1, 1, 0], [2, 6, 0])
    assert (effects.n, effects.min_ratio, effects.max_ratio) == (2, 2.0, 6.0)


@pytest.mark.parametrize(("largest", "due"), [(5.0, False), (5.1, True)])
def test_a_weight_that_grew_more_than_five_times_is_to_be_trimmed(largest: float, due: bool) -> None:
    assert weighting_effects([1, 1], [1, largest]).should_trim is due


@pytest.mark.parametrize("weights", [[], [0.0], [-1.0], [float("inf")]])
def test_what_is_no_weight_is_refused(weights: list[float]) -> None:
    with pytest.raises(DesignNotValid):
        kish_design_effect(weights)


def test_weights_of_other_rows_are_refused() -> None:
    with pytest.raises(DesignNotValid, match="2 weights before and 1 after"):
        weighting_effects([1, 1], [1])
