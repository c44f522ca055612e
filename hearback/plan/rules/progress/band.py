"""Where a figure is to be, and whether all of an interval is there."""

from dataclasses import dataclass
from math import isclose

ROUNDING = 1e-9  # two numbers that differ by less, as part of their size, are the same number


@dataclass(frozen=True)
class Band:
    """Where a figure is to be; a null bound is none."""

    low: float | None
    high: float | None

    def holds(self, low: float, high: float) -> bool:
        """Say whether all of an interval is inside, its ends included."""
        over = self.low is None or low > self.low or _same(low, self.low)
        return over and (self.high is None or high < self.high or _same(high, self.high))

    def is_under(self, high: float) -> bool:
        """Say whether all of an interval, whose upper end is given, is below the band."""
        return self.low is not None and high < self.low and not _same(high, self.low)

    def is_over(self, low: float) -> bool:
        """Say whether all of an interval, whose lower end is given, is above the band."""
        return self.high is not None and low > self.high and not _same(low, self.high)

    def misses(self, low: float, high: float) -> bool:
        """Say whether all of an interval is outside."""
        return self.is_under(high) or self.is_over(low)


ANYWHERE = Band(None, None)
"""No bound at all: nothing can be judged by it."""


def _same(one: float, other: float) -> bool:
    return isclose(one, other, rel_tol=ROUNDING, abs_tol=ROUNDING * ROUNDING)
