"""What a new figure of a success measure may be: how large, and of which days."""

import re
from collections.abc import Iterable
from datetime import date

from hearback.fiscal import FEDERAL_START_MONTH, parse_period
from hearback.plan.rules.progress.checks import MeasureNotValid
from hearback.plan.rules.progress.facts import Aim, ReadingFact

LARGEST_FIGURE = 1e12
"""No figure is larger, nor smaller than its negative."""
PERCENT_KIND = re.compile(r"(?:percent|percentage|%)(?:_of_.+)?", re.IGNORECASE)


def is_percent(kind: str, baseline: str | None, aim: Aim, figures: Iterable[float | None]) -> bool:
    """Say whether a measure counts percents: its kind says so, or the words of its baseline do.

    It does not where any figure that is known lies outside 0 to 100: then it is a change, in percent.

    Args:
        kind: of the measure, in the words of its source.
        baseline: where it stood at the start, in the words of the source.
        figures: those known so far.

    >>> is_percent("index", "2021: 61 % were content", Aim(baseline_value=61.0), [64.0])
    True
    >>> is_percent("index", "2021: score 61 of 100", Aim(baseline_value=61.0), [64.0])
    False
    """
    known = [*figures, aim.baseline_value, aim.target_value, aim.target_low, aim.target_high]
    if any(one is not None and not 0 <= one <= 100 for one in known):
        return False
    if PERCENT_KIND.fullmatch(kind.replace(" ", "_")):
        return True
    start = None if aim.baseline_value is None else f"{aim.baseline_value:.10g}"
    written = rf"(?<![\d.,]){re.escape(start or '')}\s*(?:%|per ?cent\b)"
    return start is not None and re.search(written, baseline or "", re.IGNORECASE) is not None


def is_before_baseline(as_of: str, aim: Aim, start_month: int = FEDERAL_START_MONTH) -> bool:
    """Say whether the days of a figure end before those of the baseline; never where that has no date.

    Raises:
        PeriodNotValid: if a date cannot be read.
    """
    if aim.baseline_as_of is None:
        return False
    start = parse_period(aim.baseline_as_of, start_month)
    return parse_period(as_of, start_month).ends_before < start.ends_before


def check_new_figure(
    figure: ReadingFact, aim: Aim, on: date, start_month: int = FEDERAL_START_MONTH, *, percent: bool
) -> None:
    """Check that a new figure is none of the future or from before the baseline, and not too large.

    Raises:
        MeasureNotValid: if it is.
        PeriodNotValid: if a date cannot be read.
    """
    least, most = (0, 100) if percent else (-LARGEST_FIGURE, LARGEST_FIGURE)
    for field in ("value", "low", "high"):
        value = getattr(figure, field)
        if value is not None and not least <= value <= most:
            unit = "a percent" if percent else "a figure"
            raise MeasureNotValid(field, f"{value:g} cannot be", f"give {unit} from {least:g} to {most:g}")
    if parse_period(figure.as_of, start_month).starts_on > on:
        raise MeasureNotValid("as_of", f"{figure.as_of} has not begun", "give a date of the past")
    if is_before_baseline(figure.as_of, aim, start_month):
        raise MeasureNotValid(
            "as_of", f"{figure.as_of} is before the baseline, which is of {aim.baseline_as_of}",
            "give a date after that",
        )  # fmt: skip
