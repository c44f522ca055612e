"""Weighting classes keep everybody, and merge rather than divide by zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import Reason
from hearback.stats.response import weighting_classes
from hearback.stats.survey import DesignNotValid


@given(
    st.lists(st.tuples(st.sampled_from("abcd"), st.booleans(), st.floats(0.1, 9)), min_size=1, max_size=40),
    st.integers(1, 4),
)
def test_respondents_weigh_as_much_as_everybody(
    people: list[tuple[str, bool, float]], min_respondents: int
) -> None:
    classes, responded, weights = (list(column) for column in zip(*people, strict=True))
    found = weighting_classes(classes, responded, weights, min_respondents=min_respondents)
    if not any(responded):
        assert (found.weights, found.reason) == (None, Reason.NO_ANSWERS)
        return
    assert found.weights is not None
    assert found.factors is not None
    assert found.weights.sum() == pytest.approx(sum(weights))
    assert (found.weights[~np.array(responded)] == 0).all()
    assert min(found.factors.values()) >= 1 - 1e-12
    assert set(found.factors) == set(classes)


def test_a_class_without_respondents_joins_the_neighbour_of_its_kind() -> None:
    classes = [("mail", "old"), ("mail", "young"), ("phone", "middle"), ("phone", "middle")]
    found = weighting_classes(classes, [True, False, True, False])
    assert found.merged == {("mail", "young"): ("mail", "old")}
    assert found.factors == {("mail", "old"): 2, ("mail", "young"): 2, ("phone", "middle"): 2}


def test_of_two_neighbours_the_smaller_is_joined() -> None:
    found = weighting_classes(["a", "a", "b", "c"], [True, True, False, True])
    assert found.merged == {"b": "c"}


def test_small_classes_are_merged_until_large_enough() -> None:
    found = weighting_classes(list("aabbcc"), [True, False] * 3, min_respondents=3)
    assert found.factors == {"a": 2, "b": 2, "c": 2}
    assert len(found.merged) == 2


def test_a_respondent_of_weight_zero_speaks_for_nobody() -> None:
    found = weighting_classes(["a", "b"], [True, True], [0, 2])
    assert found.merged == {"a": "b"}


def test_input_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="1 classes"):
        weighting_classes(["a"], [True, False])
    with pytest.raises(ValueError, match="ask for 1 or more"):
        weighting_classes(["a"], [True], min_respondents=0)
