"""The ledger of a privacy budget: how much was spent on whom, and what is left."""

from dataclasses import dataclass, field, replace
from fractions import Fraction

from hearback.stats.privacy.noise import Amount, NoiseNotValid, exact


class BudgetSpent(ValueError):
    """A release would cost more than is left of the budget; the message says how much is left."""


class AlreadyReleased(ValueError):
    """A table was released before; its noise is drawn once, so use the counts released then."""


@dataclass(frozen=True)
class Spending:
    """One release of one table, and what it cost: its cells share nobody, so all cost as much as one."""

    table: str
    epsilon: Fraction


@dataclass(frozen=True)
class Budget:
    """What may be spent on one group of people, and what was spent: releases on the same people add up.

    Amounts are exact fractions, so ten tenths are one. A ledger never changes: `spend` gives the next one.

    Raises:
        NoiseNotValid: if the limit is not exact or not above zero.
        BudgetSpent: if the spendings are more than the limit.

    Source: sequential composition, Dwork and Roth (2014), The algorithmic foundations of differential
    privacy, theorem 3.16; noise drawn once per cell: there, section 3. That cells which share nobody cost as
    one: parallel composition, McSherry (2009), Privacy integrated queries, SIGMOD, theorem 4.

    >>> from decimal import Decimal
    >>> ledger = Budget("2024Q1", exact(1)).spend("language", Decimal("0.4"))
    >>> ledger.left, ledger.has("language")
    (Fraction(3, 5), True)
    """

    people: str
    limit: Fraction
    spendings: tuple[Spending, ...] = field(default=())

    def __post_init__(self) -> None:
        if exact(self.limit) <= 0:
            raise NoiseNotValid(f"a budget of {self.limit} for {self.people}; give one above zero")
        if self.left < 0:
            raise BudgetSpent(f"{self.people}: {self.spent} were spent of a budget of {self.limit}")

    @property
    def spent(self) -> Fraction:
        """Give the privacy loss of all releases together."""
        return sum((one.epsilon for one in self.spendings), Fraction(0))

    @property
    def left(self) -> Fraction:
        """Give what may still be spent."""
        return self.limit - self.spent

    def has(self, table: str) -> bool:
        """Say whether a table was released."""
        return any(one.table == table for one in self.spendings)

    def spend(self, table: str, epsilon: Amount) -> "Budget":
        """Note a release and give the ledger that follows.

        Raises:
            AlreadyReleased: if the table was released before.
            BudgetSpent: if less is left than it costs.
            NoiseNotValid: if epsilon is not exact or not above zero.
        """
        cost = exact(epsilon)
        if cost <= 0:
            raise NoiseNotValid(f"an epsilon of {epsilon} is not above zero")
        if self.has(table):
            raise AlreadyReleased(f"{self.people}: {table} was released before; publish those counts again")
        if cost > self.left:
            raise BudgetSpent(f"{self.people}: {table} costs {cost} and {self.left} of {self.limit} are left")
        return replace(self, spendings=(*self.spendings, Spending(table, cost)))
