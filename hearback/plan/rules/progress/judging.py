"""The rule: a status for a success measure, from its figures, its target and its due date."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from hearback.fiscal import FEDERAL_START_MONTH
from hearback.plan.rules.progress.band import ANYWHERE
from hearback.plan.rules.progress.case import Case, Figure, case_of
from hearback.plan.rules.progress.facts import KEEP, UP, Aim, ProgressFact, ReadingFact
from hearback.plan.rules.progress.reasons import CANNOT_TELL, MET, MISSED, OFF_TRACK, ON_TRACK, WRONG_WAY
from hearback.stats import Ranged, combined


def judge(
    aim: Aim, readings: Sequence[ReadingFact], on: date, start_month: int = FEDERAL_START_MONTH
) -> ProgressFact:
    """Say how far a success measure is on its way, on a day.

    Args:
        readings: in any order, of one definition or of several.
        on: the day of the judgement: it says whether the due date has passed and how old a figure is.
        start_month: month in which a fiscal year begins, 1-12.

    Raises:
        PeriodNotValid: if a date cannot be read.
        NotAnEstimate: if a figure lies outside its interval, or is no finite number.

    Source: the needed rate held against the rate since a base year is the method of Statistics Canada for
    indicators of the Sustainable Development Goals, as used by Open SDG. Ours differs: see the method page.

    >>> aim = Aim("up", "2025", 70, baseline_value=60, baseline_as_of="2021")
    >>> found = judge(aim, [ReadingFact("2021", 60, 59, 61), ReadingFact("2023", 66, 65.5, 66.5)],
    ...               date(2024, 3, 1))
    >>> found.status, round(found.needed_low, 2), round(found.actual_rate, 2), round(found.actual_low, 2)
    ('on track', 2.0, 3.0, 2.44)
    """
    case = case_of(aim, readings, on, start_month)
    here = case.judged.ranged if case.judged else None
    missing = _missing(case)
    status, reason = (CANNOT_TELL, missing) if missing or not here else _judged(case, here)
    flags = {flag for one in (case.start, case.judged) if one is not None for flag in one.fact.flags}
    made = ProgressFact(
        status, reason, _fact(case.start), _fact(case.judged), case.years_passed, case.years_left,
        cautions=tuple(sorted(flags)),
    )  # fmt: skip
    return replace(made, **_needed(case), **_actual(case))


def _missing(case: Case) -> str:
    """Say what is missing to judge at all; nothing where nothing is."""
    start, judged = case.start, case.judged
    reason = ""
    if not case.aim.has_target:
        reason = "no_target"
    elif case.aim.band == ANYWHERE:
        reason = "no_direction"
    elif judged is None:
        reason = "no_reading" if start is None else "one_reading"
    elif case.has_two_definitions:
        reason = "other_definition"
    elif judged.ranged is None:
        reason = "no_interval"
    return reason


def _judged(case: Case, here: Ranged) -> tuple[str, str]:
    """Judge first where the figure is, then where it goes."""
    band = case.aim.band
    inside = band.holds(here.low, here.high)
    if case.is_settled and case.is_over:
        if inside:
            return MET, "at_target"
        return (MISSED, "not_at_target") if band.misses(here.low, here.high) else (CANNOT_TELL, "either_side")
    if case.is_stale and not case.is_over:
        return CANNOT_TELL, "stale"
    if inside and case.aim.direction != KEEP and not case.is_stale:
        return MET, "at_target"
    waiting = _waiting(case)
    if waiting:
        return CANNOT_TELL, waiting
    return _moving(case, here)


def _waiting(case: Case) -> str:
    """Say why no rate can be held against the due date; nothing where one can."""
    if case.due is None:
        return "no_due"
    if case.is_settled:
        return "due_not_over"
    return "no_reading_at_due" if case.is_over else ""


def _moving(case: Case, here: Ranged) -> tuple[str, str]:
    """Judge by the rate so far: what the figure would be at the due date."""
    rate, there, band = _rate(case), _projected(case), case.aim.band
    if rate is None or there is None:
        return CANNOT_TELL, _no_rate(case)
    if _moves_away(case.aim, here, rate):
        return WRONG_WAY, "moves_away"
    if case.aim.direction == KEEP and band.misses(here.low, here.high):
        return OFF_TRACK, "outside"
    if band.holds(there.low, there.high):
        return ON_TRACK, "rate_enough"
    misses = band.misses(there.low, there.high)
    return (OFF_TRACK, "rate_not_enough") if misses else (CANNOT_TELL, "either_rate")


def _no_rate(case: Case) -> str:
    """Say why there is no rate with an interval."""
    if case.start is None:
        return "no_baseline"
    if case.years_passed is None:
        return "one_reading"
    return "other_surveys" if case.has_other_surveys else "no_interval"


def _moves_away(aim: Aim, here: Ranged, rate: Ranged) -> bool:
    """Say whether a figure surely moves against its direction, or out of its bounds and further out."""
    falls, rises = rate.high < 0, rate.low > 0
    if aim.direction == KEEP:
        return (falls and aim.band.is_under(here.high)) or (rises and aim.band.is_over(here.low))
    return falls if aim.direction == UP else rises


def _ends(case: Case) -> tuple[Ranged, Ranged, float] | None:
    """Give the figures at both ends with their intervals, and the years between; None without them."""
    passed = case.years_passed
    first = case.start.ranged if case.start else None
    last = case.judged.ranged if case.judged else None
    if passed is None or first is None or last is None or not case.is_comparable:
        return None
    return first, last, passed


def _rate(case: Case) -> Ranged | None:
    """Give the change a year between the two figures, with its interval."""
    ends = _ends(case)
    if ends is None:
        return None
    first, last, passed = ends
    return combined([(1 / passed, last), (-1 / passed, first)])


def _projected(case: Case) -> Ranged | None:
    """Give the figure at the due date, if the rate so far went on; it lies on a line through both figures."""
    ends, left = _ends(case), case.years_left
    if ends is None or left is None:
        return None
    first, last, passed = ends
    return combined([(1 + left / passed, last), (-left / passed, first)])


def _needed(case: Case) -> dict[str, Any]:
    """Give the least and the largest rate that bring the newest figure into the band by the due date."""
    left, band = case.years_left, case.aim.band
    if left is None or case.judged is None:
        return {}
    here = case.judged.fact.value
    return {
        "needed_low": None if band.low is None else (band.low - here) / left,
        "needed_high": None if band.high is None else (band.high - here) / left,
    }


def _actual(case: Case) -> dict[str, Any]:
    """Give the rate so far and where it leads, with intervals where both figures have one."""
    passed, left = case.years_passed, case.years_left
    if passed is None or case.start is None or case.judged is None or not case.is_comparable:
        return {}
    rate, there = _rate(case), _projected(case)
    change = (case.judged.fact.value - case.start.fact.value) / passed
    reached = None if left is None else case.judged.fact.value + change * left
    return {
        "actual_rate": rate.value if rate else change,
        "actual_low": rate.low if rate else None,
        "actual_high": rate.high if rate else None,
        "projected": there.value if there else reached,
        "projected_low": there.low if there else None,
        "projected_high": there.high if there else None,
    }


def _fact(figure: Figure | None) -> ReadingFact | None:
    return None if figure is None else figure.fact
