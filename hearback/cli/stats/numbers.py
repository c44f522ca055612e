"""Numbers as people type them, and as they read them."""

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from typing import Any, NoReturn

import click

from hearback.ui.terminal import ExampleCommand

LARGEST_COUNT = 10**12
"""Up to it the score test of a change is tested."""
FEWEST_DECIMALS, MOST_DECIMALS = 1, 12
POWER = 0.8


class Counting(ExampleCommand):
    """A command whose arguments are numbers: a negative one is told as such, not as an unknown option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as problem:
            word = next((one for one in given if one.startswith(problem.option_name)), "")
            if word[1:2].isdigit() or word[1:2] == ".":
                raise click.UsageError(f"{word} is below zero; write numbers of zero or more.", ctx) from None
            raise


class Count(click.ParamType[int]):
    """How many answers or people: a whole number, written with digits only."""

    name = "count"

    def __init__(self, fewest: int = 0) -> None:
        self.fewest = fewest

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number, or refuse it and say how to write one."""
        text = str(value)
        if not (text.isascii() and text.isdigit()):
            self.fail(
                f"{text!r} is not a whole number of zero or more; write it with digits only, as 1000 or 41.",
                param,
                ctx,
            )
        if int(text[:20]) > LARGEST_COUNT:
            self.fail(f"{text[:20]} is above {LARGEST_COUNT:,}, the most that is taken.", param, ctx)
        if int(text) < self.fewest:
            self.fail(f"{text} is less than {self.fewest}.", param, ctx)
        return int(text)


class Between(click.ParamType[float]):
    """A number between two others, each end included or not; never nan.

    `unit` is what people call a hundredth, `%` or `points`: a number so meant is told how it is written.
    """

    name = "number"

    def __init__(
        self, low: float, high: float = math.inf, *, ends: tuple[bool, bool] = (True, True), unit: str = ""
    ) -> None:
        self.low, self.high, self.ends, self.unit = low, high, ends, unit

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, or refuse it and say what is wanted."""
        try:
            number = float(value)
        except ValueError:
            self.fail(f"{value!r} is not a number; write it like 0.7.", param, ctx)
        if math.isinf(number) or not self._holds(number):
            self.fail(f"{value} is not {self.wanted()}{self._instead(number)}.", param, ctx)
        return number

    def wanted(self) -> str:
        """Say which numbers are taken."""
        if math.isinf(self.high):
            return f"{self.low:g} or more" if self.ends[0] else f"a number above {self.low:g}"
        if any(self.ends):
            above = "from" if self.ends[0] else "above"
            return f"{above} {self.low:g} {'' if self.ends[0] else 'and up '}to {self.high:g}"
        return f"between {self.low:g} and {self.high:g}"

    def _holds(self, number: float) -> bool:
        above = self.low <= number if self.ends[0] else self.low < number
        return above and (number <= self.high if self.ends[1] else number < self.high)

    def _instead(self, number: float) -> str:
        if not self.unit or number < 1 or not self._holds(number / 100):
            return ""
        return f"; for {number:g} {self.unit} write {number / 100:g}"


COUNT = Count()
PEOPLE = Count(1)
SHARE = Between(0, 1, unit="%")
RATE = Between(0, 1, ends=(False, True), unit="%")
INSIDE = Between(0, 1, ends=(False, False), unit="%")
MARGIN = Between(0, 0.5, ends=(False, False), unit="points")
ABOVE_ZERO = Between(0, ends=(False, False))


def level_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--level`: how sure the result is to be."""
    return click.option(
        "--level",
        default=0.95,
        show_default=True,
        type=INSIDE,
        help="Confidence; 1 - level are false alarms.",
    )(function)


def deff_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--deff`: n answers tell as much as n / deff independent ones (Kish 1965)."""
    return click.option(
        "--deff", default=1.0, show_default=True, type=ABOVE_ZERO,
        help="Design effect of clusters and weights: n answers count as n / deff.",
    )(function)  # fmt: skip


def power_option(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add `--power`, with what it says here."""
    return click.option("--power", default=POWER, show_default=True, type=INSIDE, help=text)


def check_parts(*pairs: tuple[str, int, str, int]) -> None:
    """Refuse more hits than answers, naming both; each pair is a name and its number, twice."""
    for part, n_hits, whole, n in pairs:
        if n_hits > n:
            raise click.UsageError(
                f"{part} is {n_hits:,} and {whole} is {n:,}: {part} counts some of the {whole} answers. "
                "Write the smaller number first, as 41 50."
            )


def refuse(problem: Exception) -> NoReturn:
    """Tell what cannot be used on the command line: wrong use."""
    raise click.UsageError(f"{str(problem).rstrip('.')}.") from problem


def decimals_for(width: float) -> int:
    """Give the decimals of percentages that show the width of an interval of shares with two digits.

    >>> decimals_for(0.21), decimals_for(0.0025), decimals_for(0.0)
    (1, 2, 12)
    """
    if width <= 0:
        return MOST_DECIMALS
    return min(max(1 - math.floor(math.log10(100 * width)), FEWEST_DECIMALS), MOST_DECIMALS)


def percent(share: float, decimals: int) -> str:
    """Write a share for people: 0.625 is 62.5 %."""
    return f"{_hundredfold(share, decimals, ROUND_HALF_EVEN)} %"


def interval_of_percents(low: float, high: float, decimals: int) -> str:
    """Write an interval of a share, its ends rounded outwards.

    >>> interval_of_percents(0.30001, 0.49999, 1)
    '30.0 % to 50.0 %'
    """
    ends = _hundredfold(low, decimals, ROUND_FLOOR), _hundredfold(high, decimals, ROUND_CEILING)
    return " to ".join(f"{end} %" for end in ends)


def points(difference: float, decimals: int) -> str:
    """Write a difference of shares for people: 0.05 is +5.0 points."""
    return f"{_signed(_hundredfold(difference, decimals, ROUND_HALF_EVEN))} points"


def interval_of_points(low: float, high: float, decimals: int) -> str:
    """Write an interval of a difference of shares, its ends rounded outwards.

    >>> interval_of_points(-0.00001, 0.2, 1)
    '-0.1 points to +20.0 points'
    """
    ends = _hundredfold(low, decimals, ROUND_FLOOR), _hundredfold(high, decimals, ROUND_CEILING)
    return " to ".join(f"{_signed(end)} points" for end in ends)


def as_typed(share: float) -> str:
    """Write a share or level that somebody gave with the digits it needs: 0.95 is 95 %."""
    return f"{100 * share:.12g} %"


def p_value(p: float) -> str:
    """Write a p-value, and a bound for a tiny one."""
    return "p < 0.001" if p < 0.001 else f"p = {p:.3f}"


def _hundredfold(number: float, decimals: int, rounding: str) -> Decimal:
    """Give percent or points, rounded as decimal digits are; zero has no sign."""
    exact = Decimal(repr(float(number))) * 100
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding)
    return abs(rounded) if rounded.is_zero() else rounded


def _signed(number: Decimal) -> str:
    return f"{number:f}" if number.is_zero() else f"{number:+f}"
