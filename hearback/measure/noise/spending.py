"""What counts with noise have used of the budgets that their tables share."""

from collections.abc import Iterable
from fractions import Fraction

from hearback.measure.facts import NoisyGroupsFact


def spent_by_budget(drawn: Iterable[NoisyGroupsFact]) -> dict[str, Fraction]:
    """Add up the privacy losses of tables by the budget they share; a table given twice counts twice."""
    found: dict[str, Fraction] = {}
    for one in drawn:
        found[one.budget_key] = found.get(one.budget_key, Fraction(0)) + Fraction(one.epsilon)
    return found
