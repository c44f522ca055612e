"""The ledger: what is spent adds up exactly, and no table is released twice."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.privacy import AlreadyReleased, Budget, BudgetSpent, NoiseNotValid, Spending

ONE = Fraction(1)


def test_ten_tenths_are_one() -> None:
    ledger = Budget("2024Q1", ONE)
    for number in range(10):
        ledger = ledger.spend(f"table {number}", Decimal("0.1"))
    assert (ledger.spent, ledger.left) == (1, 0)
    with pytest.raises(BudgetSpent, match="0 of 1 are left"):
        ledger.spend("one more", Decimal("0.0001"))


def test_a_ledger_does_not_change() -> None:
    before = Budget("2024Q1", ONE)
    after = before.spend("web", Decimal("0.4"))
    assert (before.left, before.has("web")) == (1, False)
    assert (after.left, after.has("web")) == (Fraction(3, 5), True)


def test_a_table_is_released_once() -> None:
    ledger = Budget("2024Q1", ONE).spend("web", Decimal("0.1"))
    with pytest.raises(AlreadyReleased, match="web was released before"):
        ledger.spend("web", Decimal("0.1"))


@given(st.lists(st.fractions(Fraction(1, 1000), Fraction(1)), max_size=12))
def test_what_is_spent_and_left_is_the_limit_and_never_more(costs: list[Fraction]) -> None:
    ledger = Budget("2024Q1", Fraction(3))
    for number, cost in enumerate(costs):
        try:
            ledger = ledger.spend(str(number), cost)
        except BudgetSpent:
            assert cost > ledger.left
    assert ledger.spent + ledger.left == 3
    assert ledger.left >= 0


def test_a_ledger_that_was_overspent_is_refused() -> None:
    with pytest.raises(BudgetSpent, match="2 were spent of a budget of 1"):
        Budget("2024Q1", ONE, (Spending("web", Fraction(2)),))


@pytest.mark.parametrize("epsilon", [Decimal(0), Decimal(-1), 0.1])
def test_a_cost_that_is_none_is_refused(epsilon: Decimal) -> None:
    with pytest.raises(NoiseNotValid):
        Budget("2024Q1", ONE).spend("web", epsilon)


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(NoiseNotValid, match="above zero"):
        Budget("2024Q1", Fraction(0))
