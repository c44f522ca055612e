"""Weighted sums of independent figures, such as a difference or a rate, with an interval made of theirs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hearback.stats.estimate import NotAnEstimate


@dataclass(frozen=True)
class Ranged:
    """A figure and the ends of its interval; ends that are the figure itself say that it is exact.

    Raises:
        NotAnEstimate: if a part is not finite, or the interval does not hold the value.
    """

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not all(math.isfinite(part) for part in (self.value, self.low, self.high)):
            raise NotAnEstimate("a figure and the ends of its interval must be finite numbers")
        if not self.low <= self.value <= self.high:
            raise NotAnEstimate(f"the interval {self.low} to {self.high} does not fit the value {self.value}")


def combined(terms: Sequence[tuple[float, Ranged]]) -> Ranged:
    """Add independent figures, each times a weight, and give the sum an interval of the same level as theirs.

    The distance from the sum to its lower end is the root of the summed squares of what each term adds
    downwards, and likewise upwards (the method of variance estimates recovery). Intervals need not be
    symmetric, as those of shares are not. With figures that are exact the sum is exact. Where figures rest on
    the same people the interval is not right: too wide for differences of figures that move together.

    Args:
        terms: weight and figure of each; weights may be negative.

    Raises:
        NotAnEstimate: if a figure times its weight, or the sum, is too large for a number.

    Source: Zou and Donner (2008), Construction of confidence limits about effect measures: a general
    approach, Statistics in Medicine 27; for sums of many terms Zou, Huang and Zhang (2009), A note on
    confidence interval estimation for a linear function of binomial proportions, Computational Statistics
    and Data Analysis 53. With two shares and Wilson's intervals it is method 10 of Newcombe (1998), Interval
    estimation for the difference between independent proportions, Statistics in Medicine 17.

    >>> before, after = Ranged(48 / 80, 0.4905, 0.7004), Ranged(56 / 70, 0.6918, 0.8770)
    >>> found = combined([(1, after), (-1, before)])
    >>> round(found.value, 4), round(found.low, 4), round(found.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    value = sum(weight * figure.value for weight, figure in terms)
    down = math.hypot(*(_reach(weight, figure, downwards=True) for weight, figure in terms))
    up = math.hypot(*(_reach(weight, figure, downwards=False) for weight, figure in terms))
    return Ranged(value, value - down, value + up)


def _reach(weight: float, figure: Ranged, *, downwards: bool) -> float:
    """Say how far a term may pull the sum to one side; with a negative weight its other end does."""
    other_end = figure.low if downwards == (weight >= 0) else figure.high
    return weight * (figure.value - other_end)
