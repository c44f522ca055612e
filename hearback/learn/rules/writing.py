"""What may be written down of a journey."""

QUANTITIES = ("minutes", "documents", "visits", "waiting_days", "cost_usd")
"""What a step takes of a person."""

FEELINGS = range(-2, 3)
"""How a step feels: -2 very bad, -1 bad, 0 neither, 1 good, 2 very good."""


class RangeNotValid(ValueError):
    """A quantity and its range contradict one another."""


class NamingNotValid(ValueError):
    """How many answers name a pain point, and of how many, contradict one another."""


def check_range(low: float | None, value: float | None, high: float | None) -> None:
    """Check that a quantity lies in its range, and that a range has two ends or none; null is not known.

    Raises:
        RangeNotValid: if not.
    """
    if (low is None) != (high is None):
        raise RangeNotValid("a range has two ends, and one of low and high is missing")
    if low is None or high is None:
        return
    if low > high:
        raise RangeNotValid(f"a range from {low:g} to {high:g} is upside down")
    if value is not None and not low <= value <= high:
        raise RangeNotValid(f"{value:g} is not between {low:g} and {high:g}")


def check_naming(naming: int | None, asked: int | None) -> None:
    """Check how many of the answers name a pain point; both numbers are known, or neither.

    Raises:
        NamingNotValid: if one is missing, nobody was asked, or more name it than were asked.
    """
    if (naming is None) != (asked is None):
        raise NamingNotValid("one of naming_count and asked_count is missing")
    if naming is None or asked is None:
        return
    if asked == 0:
        raise NamingNotValid("of 0 answers nothing can be said")
    if naming > asked:
        raise NamingNotValid(f"{naming} of {asked} answers cannot name it")
