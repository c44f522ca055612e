"""Outcome rates of the standard, and what must hold between them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats import CountNotValid, Reason
from hearback.stats.response import (
    DispositionNotKnown,
    Dispositions,
    count_dispositions,
    intercept_rates,
    outcome_rates,
)

NAMES = (
    "complete",
    "partial",
    "refusal",
    "non_contact",
    "other",
    "unknown_household",
    "unknown_other",
    "not_eligible",
)
COUNTS = st.lists(st.integers(0, 10_000), min_size=8, max_size=8)


def dispositions(counts: list[int]) -> Dispositions:
    return Dispositions(**dict(zip(NAMES, counts, strict=True)))


def test_a_worked_example() -> None:
    """100 known cases, 90 eligible; 50 unknown, of which 45 count."""
    rates = outcome_rates(dispositions([30, 10, 20, 25, 5, 30, 20, 10]))
    assert rates.e == 0.9
    assert rates.rr1 == pytest.approx(30 / 140)
    assert rates.rr4 == pytest.approx(40 / 135)
    assert rates.rr5 == pytest.approx(30 / 90)
    assert rates.coop1 == pytest.approx(30 / 65)
    assert rates.coop4 == pytest.approx(40 / 60)
    assert rates.ref2 == pytest.approx(20 / 135)
    assert rates.con3 == pytest.approx(65 / 90)
    assert rates.reason is None


@given(COUNTS)
def test_rates_are_shares_and_stand_in_their_order(counts: list[int]) -> None:
    rates = outcome_rates(dispositions(counts))
    shares = [rate for name, rate in vars(rates).items() if name != "reason" and rate is not None]
    assert all(0 <= share <= 1 for share in shares)
    for low, mid, high in (("rr1", "rr3", "rr5"), ("rr2", "rr4", "rr6"), ("con1", "con2", "con3")):
        first, second, third = (getattr(rates, name) for name in (low, mid, high))
        if None not in (first, second, third):
            assert first <= second * (1 + 1e-12)
            assert second <= third * (1 + 1e-12)


@given(COUNTS)
def test_without_unknown_cases_the_three_response_rates_are_one(counts: list[int]) -> None:
    rates = outcome_rates(dispositions([*counts[:5], 0, 0, counts[7]]))
    assert rates.rr1 == rates.rr3 == rates.rr5
    assert rates.con1 == rates.con2 == rates.con3


def test_nobody_asked_has_no_rates_and_says_so() -> None:
    rates = outcome_rates(dispositions([0] * 8))
    assert {rate for name, rate in vars(rates).items() if name != "reason"} == {None}
    assert rates.reason is Reason.NO_ANSWERS


def test_only_unknown_cases_have_no_share_that_is_eligible() -> None:
    rates = outcome_rates(dispositions([0, 0, 0, 0, 0, 7, 0, 0]))
    assert (rates.e, rates.rr1, rates.rr3) == (None, 0.0, None)


def test_a_stated_share_of_eligible_cases_is_used() -> None:
    rates = outcome_rates(dispositions([30, 0, 0, 0, 0, 100, 0, 10]), e=0.2)
    assert (rates.e, rates.rr3) == (0.2, 30 / 50)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        outcome_rates(dispositions([1] * 8), e=1.2)


def test_a_count_nobody_reported_spoils_only_what_needs_it() -> None:
    found = Dispositions(**(dict.fromkeys(NAMES, 10.0) | {"unknown_other": None}))
    rates = outcome_rates(found)
    assert (rates.rr1, rates.rr3) == (None, None)
    assert rates.rr5 == pytest.approx(10 / 50)
    assert rates.reason is Reason.NOT_REPORTED


@pytest.mark.parametrize("count", [-1.0, float("nan"), float("inf")])
def test_what_is_no_count_is_refused(count: float) -> None:
    with pytest.raises(CountNotValid, match="refusal is"):
        Dispositions(**(dict.fromkeys(NAMES, 1.0) | {"refusal": count}))


def test_cases_are_counted_by_letter_or_weighed() -> None:
    codes = ["I", "P", "I", "UO", "NE"]
    assert outcome_rates(count_dispositions(codes)).rr1 == 2 / 4
    weighed = count_dispositions(codes, weights=[1, 1, 3, 5, 2])
    assert (weighed.complete, weighed.unknown_other) == (4.0, 5.0)


def test_a_letter_the_standard_lacks_is_refused() -> None:
    with pytest.raises(DispositionNotKnown, match="case 2 ended as 'X'"):
        count_dispositions(["I", "X"])


@pytest.mark.parametrize(
    ("customers", "offered", "responses", "found"),
    [
        (1000, 100, 10, (0.1, 0.1, None)),
        (None, 100, 10, (0.1, None, Reason.NOT_REPORTED)),
        (1000, None, 10, (None, None, Reason.NOT_REPORTED)),
        (1000, 0, 0, (None, 0.0, Reason.NO_ANSWERS)),
        (1000, 9, 10, (None, None, Reason.IMPOSSIBLE_VOLUMES)),
        (99, 100, 10, (None, None, Reason.IMPOSSIBLE_VOLUMES)),
        (9, None, 10, (None, None, Reason.IMPOSSIBLE_VOLUMES)),
    ],
)
def test_intercepts_have_participation_and_reach(
    customers: int | None,
    offered: int | None,
    responses: int | None,
    found: tuple[float | None, float | None, Reason | None],
) -> None:
    rates = intercept_rates(customers=customers, offered=offered, responses=responses)
    assert (rates.participation, rates.reach, rates.reason) == found


def test_a_negative_volume_is_refused() -> None:
    with pytest.raises(CountNotValid, match="offered is -1"):
        intercept_rates(customers=1, offered=-1, responses=0)
