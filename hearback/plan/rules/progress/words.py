"""Figures, rates and progress of success measures as people read them."""

from collections.abc import Callable
from math import floor, log10

from hearback.plan.rules.progress.facts import ProgressFact, ReadingFact
from hearback.plan.rules.progress.reasons import REASONS
from hearback.ui.numbers import (
    NO_BREAK,
    ONE_DECIMAL_FROM,
    mean_interval,
    rounded,
    rounded_down,
    rounded_up,
    share_interval,
    share_to_one_decimal,
)

MINUS = "\u2212"
PARTS = frozenset({"share", "rate"})
"""Kinds of numbers that are parts of 1 and are read as percent."""
WHOLE_FROM = 1_000
"""From here on a rate is written without a fraction, and never as a power of ten."""

SMALLEST = 1e-6
"""A rate below this is written with nine decimals at most."""


def figure_words(value: float, kind: str | None = None) -> str:
    """Write a figure: parts of 1 as percent with one decimal, means with two, anything else as it came.

    Args:
        kind: kind of a measure computed here, as share; None for an index of others.

    >>> figure_words(0.7449, "share"), figure_words(4.125, "mean"), figure_words(61.0), figure_words(288000.0)
    ('74.5\\xa0%', '4.13', '61', '288,000')
    """
    if kind in PARTS:
        if value < 0:
            return f"{_signed(rounded(value * 100, 1))}{NO_BREAK}%"
        return share_to_one_decimal(value)
    if kind == "mean":
        return _signed(rounded(value, 2))
    return _signed(f"{value:,.10g}")


def reading_words(reading: ReadingFact, kind: str | None = None) -> str:
    """Write a reading with its interval, whose ends are rounded outwards, or that none is known.

    >>> reading_words(ReadingFact("2023", 66.0, 65.5, 66.5)), reading_words(ReadingFact("2023", 66, 66, 66))
    ('66 (65.5 to 66.5)', '66 (exact)')
    >>> reading_words(ReadingFact("2023", 0.0112, 0.01104, 0.01138), "share")
    '1.1\\xa0% (1.1–\\u20601.2\\xa0%)'
    >>> reading_words(ReadingFact("2023", 0.000386, 0.0003, 0.00048), "rate")
    '0.04\\xa0% (0.03–\\u20600.05\\xa0%)'
    >>> reading_words(ReadingFact("2021", 61.0, None, None))
    '61 (how sure is not known)'
    """
    written = figure_words(reading.value, kind)
    if reading.low is None or reading.high is None:
        return f"{written} (how sure is not known)"
    if reading.low == reading.high:
        return f"{written} (exact)"
    return f"{written} ({_interval(reading.low, reading.high, kind)})"


def _interval(low: float, high: float, kind: str | None) -> str:
    """Write an interval as other pages do; ends of an index may be below zero, so a word stands between."""
    if kind in PARTS:
        return share_interval(low, high, ONE_DECIMAL_FROM)
    return mean_interval(low, high) if kind == "mean" else f"{figure_words(low)} to {figure_words(high)}"


def rate_words(rate: float, kind: str | None = None) -> str:
    """Write a change a year with its sign, in percentage points where figures are parts of 1.

    >>> rate_words(0.0112, "share"), rate_words(-0.5), rate_words(2.0), rate_words(-0.0)
    ('+1.12', '\u22120.5', '+2', '0')
    """
    scaled = rate * 100 if kind in PARTS else rate
    shown = f"{scaled:+,.0f}" if abs(scaled) >= WHOLE_FROM else f"{scaled:+,.3g}"
    return "0" if float(shown.replace(",", "")) == 0 else _signed(shown)


def _end(rate: float, kind: str | None, rounding: Callable[[float, int], str]) -> str:
    """Write an end of an interval of rates, rounded one way at the digits of `rate_words`.

    >>> _end(0.011241, "share", rounded_down), _end(0.011241, "share", rounded_up)
    ('+1.12', '+1.13')
    >>> _end(-0.5, None, rounded_up), _end(2500.5, None, rounded_up), _end(0.0, None, rounded_down)
    ('\u22120.5', '+2,501', '0')
    """
    scaled = rate * 100 if kind in PARTS else rate
    size = abs(scaled)
    decimals = 0 if size >= WHOLE_FROM else 2 - floor(log10(size)) if size >= SMALLEST else 9
    return rate_words(float(rounding(scaled, decimals)))


def unit_words(kind: str | None = None) -> str:
    """Name the unit of a rate."""
    return "percentage points a year" if kind in PARTS else "a year"


def needed_words(progress: ProgressFact, kind: str | None = None) -> str | None:
    """Say which rate is needed from now on; None where it cannot be known."""
    low, high, unit = progress.needed_low, progress.needed_high, unit_words(kind)
    if low is not None and high is not None:
        return f"from {rate_words(low, kind)} to {rate_words(high, kind)} {unit}"
    if low is not None:
        return f"at least {rate_words(low, kind)} {unit}"
    return None if high is None else f"at most {rate_words(high, kind)} {unit}"


def actual_words(progress: ProgressFact, kind: str | None = None) -> str | None:
    """Say the rate so far with its interval, or that none is known; None where there is no rate."""
    if progress.actual_rate is None:
        return None
    written = f"{rate_words(progress.actual_rate, kind)} {unit_words(kind)}"
    low, high = progress.actual_low, progress.actual_high
    if low is None or high is None:
        return f"{written} (how sure is not known)"
    if low == high:
        return written
    return f"{written} ({_end(low, kind, rounded_down)} to {_end(high, kind, rounded_up)})"


def status_words(progress: ProgressFact) -> str:
    """Say the status and why, as one sentence.

    >>> status_words(ProgressFact("cannot tell yet", "no_target"))
    'Cannot tell yet: no target figure to compare with was published.'
    """
    status = progress.status[:1].upper() + progress.status[1:]
    return f"{status}: {REASONS.get(progress.reason, progress.reason)}."


def _signed(text: str) -> str:
    return text.replace("-", MINUS)
