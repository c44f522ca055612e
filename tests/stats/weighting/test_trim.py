"""Trimmed weights keep their sum and their limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.survey import DesignNotValid
from hearback.stats.weighting import BoundsInfeasible, BoundsNotValid, trim_weights

WEIGHTS = st.lists(st.floats(0.1, 100), min_size=2, max_size=40)


@given(WEIGHTS, st.floats(1.05, 3))
def test_the_sum_and_the_limit_are_kept_and_no_order_is_turned(weights: list[float], above: float) -> None:
    upper = above * float(np.mean(weights))
    found = trim_weights(weights, upper=upper)
    assert found.weights.sum() == pytest.approx(sum(weights), rel=1e-9)
    assert found.weights.max() <= upper
    assert (np.diff(found.weights[np.argsort(weights, kind="stable")]) >= -1e-9 * upper).all()


@given(WEIGHTS, st.floats(1.05, 3))
def test_trimming_never_makes_weights_less_even(weights: list[float], above: float) -> None:
    found = trim_weights(weights, upper=above * float(np.mean(weights)))
    assert found.deff_after <= found.deff_before + 1e-9


def test_weights_within_their_limits_stay() -> None:
    found = trim_weights([1, 2, 3], lower=0.5, upper=3)
    assert found.weights.tolist() == [1, 2, 3]
    assert (found.n_trimmed, found.passes) == (0, 0)


def test_a_share_that_pushes_another_weight_over_is_trimmed_again() -> None:
    found = trim_weights([5.9, 1, 1, 12], upper=6)
    assert found.weights[[0, 3]] == pytest.approx([6, 6])
    assert found.weights[1] == pytest.approx((19.9 - 12) / 2)
    assert found.passes > 1


def test_a_weight_of_zero_stays_zero() -> None:
    found = trim_weights([0, 1, 5, 6], lower=2, upper=10)
    assert found.weights == pytest.approx([0, 2, 4.5, 5.5])


@pytest.mark.parametrize(
    ("lower", "upper", "says"), [(0, 2.9, "upper limit"), (3.1, 9, "lower limit"), (2.9, 3.1, "widen")]
)
def test_limits_no_weights_can_keep_are_refused(lower: float, upper: float, says: str) -> None:
    with pytest.raises(BoundsInfeasible, match=says):
        trim_weights([1, 2, 6], lower=lower, upper=upper)


@pytest.mark.parametrize(("lower", "upper"), [(3, 3), (5, 2), (-1, 2), (float("nan"), 2), (0, float("nan"))])
def test_limits_that_leave_no_room_are_refused(lower: float, upper: float) -> None:
    with pytest.raises(BoundsNotValid, match="leave no room"):
        trim_weights([1, 2], lower=lower, upper=upper)


@pytest.mark.parametrize("weights", [[], [1, -2], [0, 0], [1, float("nan")]])
def test_what_is_no_weight_is_refused(weights: list[float]) -> None:
    with pytest.raises(DesignNotValid):
        trim_weights(weights, upper=5)
