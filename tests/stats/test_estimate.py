"""An estimate is whole, or it is not made."""

import math

import pytest

from hearback.stats import Estimate, NotAnEstimate, Reason


@pytest.mark.parametrize(
    ("value", "low", "high", "reason"),
    [
        (math.nan, 0.1, 0.2, None),
        (math.inf, 0.1, 0.2, None),
        (0.5, 0.6, 0.7, None),
        (0.5, 0.1, 0.4, None),
        (0.5, math.nan, 0.7, None),
        (0.5, None, 0.7, None),
        (0.5, None, None, None),
        (0.5, None, 0.7, Reason.NO_VARIANCE),
        (0.5, 0.4, 0.6, Reason.NO_VARIANCE),
    ],
)
def test_refuses_parts_that_contradict_one_another(
    value: float, low: float | None, high: float | None, reason: Reason | None
) -> None:
    with pytest.raises(NotAnEstimate):
        Estimate(value, low, high, 10, "wilson", "1", reason)


def test_allows_a_value_without_interval_that_says_why() -> None:
    assert Estimate(5.0, None, None, 10, "mean_t", "1", Reason.NO_VARIANCE).value == 5.0


def test_every_reason_has_a_sentence_for_the_public() -> None:
    assert all(reason.sentence.endswith(".") for reason in Reason)
