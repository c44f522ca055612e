"""Noise on the counts of groups: what is counted, what hides it, how a budget is shared out."""

from decimal import Decimal
from fractions import Fraction

from hearback.stats.privacy import GeometricNoise

METHOD, VERSION = "geometric_noise", "1"
LEVEL = 0.95
AGREEING = frozenset({4, 5})
"""Answers that are counted as agreeing; all others of the five are not."""
SENSITIVITY = 2
"""Who is in another group takes one from a count and adds one to another of the same table."""


def epsilon_of_table(budget: Decimal, n_tables: int) -> Fraction:
    """Give the privacy loss of one table of a survey: anybody can be in each of them, and losses add up.

    >>> epsilon_of_table(Decimal(1), 3)
    Fraction(1, 3)
    """
    return Fraction(budget) / n_tables


def noise_of(epsilon: Fraction) -> GeometricNoise:
    """Describe the noise of each count of a table that costs so much."""
    return GeometricNoise(float(epsilon), SENSITIVITY)
