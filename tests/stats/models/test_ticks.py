"""Reasons ticked after a thumb."""

import math

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

from hearback.stats import CountNotValid, Estimate, NoEstimate, Reason, wilson_interval
from hearback.stats.models import ColumnNotValid, Ticks, count_ticks, ticked_differences, ticked_drivers


def test_people_who_ticked_nothing_were_asked_too_and_others_were_not() -> None:
    ticks = count_ticks(
        ["down", "up", "down", None, "down"],
        [["slow", "slow"], ["slow"], [], [], ["slow", "rude"]],
        "down",
        ["slow", "rude", "unclear"],
    )
    assert ticks == Ticks(3, {"slow": 2, "rude": 1, "unclear": 0})


def test_shares_are_of_those_shown_the_list_most_ticked_first() -> None:
    found = ticked_drivers(Ticks(20, {"rude": 3, "slow": 12, "lost": 3}))
    assert [one.name for one in found] == ["slow", "rude", "lost"]
    assert found[0].share == wilson_interval(12, 20)


def test_nobody_shown_the_list_has_no_share() -> None:
    share = ticked_drivers(Ticks(0, {"slow": 0}))[0].share
    assert isinstance(share, NoEstimate)
    assert share.reason is Reason.NO_ANSWERS


def test_level_reaches_the_interval() -> None:
    share = ticked_drivers(Ticks(20, {"slow": 12}), level=0.8)[0].share
    assert isinstance(share, Estimate)
    assert share == wilson_interval(12, 20, 0.8)


@pytest.mark.parametrize(
    ("a", "m", "b", "n"), [(48, 70, 56, 80), (9, 10, 3, 10), (0, 20, 5, 40), (30, 30, 1, 25)]
)
def test_difference_agrees_with_statsmodels(a: int, m: int, b: int, n: int) -> None:
    found = ticked_differences(Ticks(m, {"slow": a}), Ticks(n, {"slow": b}))[0]
    low, high = confint_proportions_2indep(b, n, a, m, compare="diff", method="newcomb")
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))
    assert found.p_value == pytest.approx(proportions_ztest([a, b], [m, n])[1])
    assert found.difference == pytest.approx(b / n - a / m)


def test_reasons_on_one_list_only_are_not_compared() -> None:
    found = ticked_differences(Ticks(10, {"slow": 1, "rude": 2}), Ticks(10, {"rude": 3, "lost": 3}))
    assert [one.name for one in found] == ["rude"]


def test_difference_without_people_or_ticks_says_why() -> None:
    empty = ticked_differences(Ticks(0, {"slow": 0}), Ticks(10, {"slow": 3}))[0]
    assert (empty.difference, empty.p_value, empty.reason) == (None, None, Reason.NO_ANSWERS)
    never = ticked_differences(Ticks(10, {"slow": 0}), Ticks(20, {"slow": 0}))[0]
    assert (never.difference, never.p_value, never.reason) == (0.0, None, Reason.NO_VARIANCE)
    assert never.low < 0 < never.high  # type: ignore[operator]


def test_nothing_is_nan_whatever_the_counts() -> None:
    for a, b in np.ndindex(6, 6):
        found = ticked_differences(Ticks(5, {"slow": int(a)}), Ticks(5, {"slow": int(b)}))[0]
        assert all(value is None or math.isfinite(value) for value in (found.low, found.high, found.p_value))


def test_refuses_counts_and_ticks_that_cannot_be() -> None:
    with pytest.raises(CountNotValid, match="6 people ticked 'slow' of 5"):
        Ticks(5, {"slow": 6})
    with pytest.raises(ColumnNotValid, match="row 2 ticked 'kind', which is not on the list of 'down'"):
        count_ticks(["up", "down"], [[], ["kind"]], "down", ["slow"])
    with pytest.raises(ColumnNotValid, match="2 thumbs and ticks of 1 people"):
        count_ticks(["up", "down"], [[]], "down", ["slow"])
    with pytest.raises(ValueError, match="not between 0 and 1"):
        ticked_differences(Ticks(5, {"slow": 1}), Ticks(5, {"slow": 1}), level=2)
