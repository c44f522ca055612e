"""The two figures that are held against each other, and the time between them and until the due date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hearback.fiscal import Period, parse_period
from hearback.plan.rules.progress.facts import Aim, ReadingFact
from hearback.plan.rules.progress.reasons import STALE_QUARTERS
from hearback.stats import Ranged

DAYS_A_YEAR = 365.25
OTHERS = frozenset({"composition_changed", "wording_changed"})
"""Flags of figures behind which other surveys, or other words, stand than in the quarter before."""


@dataclass(frozen=True)
class Figure:
    """A reading in time, with its interval where one is known."""

    fact: ReadingFact
    period: Period

    @property
    def ranged(self) -> Ranged | None:
        """Give the value with its interval; None where no interval is known."""
        if self.fact.low is None or self.fact.high is None:
            return None
        return Ranged(self.fact.value, self.fact.low, self.fact.high)

    @property
    def middle(self) -> float:
        """Give the middle of the days it is about, in days."""
        return (self.period.starts_on.toordinal() + self.period.ends_before.toordinal()) / 2


@dataclass(frozen=True)
class Case:
    """All that one judgement rests on."""

    aim: Aim
    due: Period | None
    on: date
    start: Figure | None
    judged: Figure | None
    has_other_surveys: bool  # who reported, or in which words they asked, changed between the two

    @property
    def is_settled(self) -> bool:
        """Say whether the figure judged is one of the due date."""
        if self.due is None or self.judged is None:
            return False
        return self.judged.period.ends_before >= self.due.ends_before

    @property
    def is_over(self) -> bool:
        """Say whether the due date has passed on the day asked for; without one it never does."""
        return self.due is not None and self.on >= self.due.ends_before

    @property
    def is_stale(self) -> bool:
        """Say whether the figure judged is too old to speak of today."""
        if self.judged is None:
            return False
        age = (self.on - self.judged.period.ends_before).days
        return age > STALE_QUARTERS * DAYS_A_YEAR / 4

    @property
    def years_passed(self) -> float | None:
        """Give the years between the middles of the two figures; None without two apart from each other."""
        if self.start is None or self.judged is None or not follows(self.judged, self.start):
            return None
        return (self.judged.middle - self.start.middle) / DAYS_A_YEAR

    @property
    def years_left(self) -> float | None:
        """Give the years from the end of the newest figure's days to the due date; None at or after it."""
        if self.due is None or self.judged is None or self.is_settled:
            return None
        return (self.due.ends_before - self.judged.period.ends_before).days / DAYS_A_YEAR

    @property
    def has_two_definitions(self) -> bool:
        """Say whether the two figures are made by different definitions."""
        return bool(self.start and self.judged and self.start.fact.definition != self.judged.fact.definition)

    @property
    def is_comparable(self) -> bool:
        """Say whether a difference of the two figures means what it says."""
        return not (self.has_two_definitions or self.has_other_surveys)


def case_of(aim: Aim, readings: Sequence[ReadingFact], on: date, start_month: int) -> Case:
    """Find the two figures that are held against each other.

    Raises:
        PeriodNotValid: if a date cannot be read.
    """
    dated = [Figure(reading, parse_period(reading.as_of, start_month)) for reading in readings]
    figures = sorted(dated, key=lambda f: (f.period.ends_before, f.period.starts_on))
    due = parse_period(aim.due, start_month) if aim.due else None
    start = _start(aim, figures, start_month)
    known = [f for f in figures if start is None or f.period.ends_before >= start.period.ends_before]
    known = [f for f in known if start is not None and follows(f, start)] or known
    of_due = [f for f in known if due is not None and f.period.ends_before >= due.ends_before]
    judged = of_due[0] if of_due else known[-1] if known else None
    is_other = bool(start and judged and has_other_surveys(start.fact, _after(figures, start, judged)))
    return Case(aim, due, on, start, judged, is_other)


def _after(figures: Sequence[Figure], start: Figure, last: Figure) -> list[ReadingFact]:
    """Give the figures of days that end after those of the first, up to the last."""
    ends = start.period.ends_before, last.period.ends_before
    return [f.fact for f in figures if ends[0] < f.period.ends_before <= ends[1]]


def readings_after(readings: Sequence[ReadingFact], start_month: int, *of: ReadingFact) -> list[ReadingFact]:
    """Give the readings after the first of two, up to the second.

    Raises:
        PeriodNotValid: if a date cannot be read.
    """
    first, last = (Figure(one, parse_period(one.as_of, start_month)) for one in of)
    return _after([Figure(one, parse_period(one.as_of, start_month)) for one in readings], first, last)


def has_other_surveys(start: ReadingFact, after: Sequence[ReadingFact]) -> bool:
    """Say whether any figure after the first is of other surveys, or other words, than that."""
    known = start.n_surveys
    return any(OTHERS & set(one.flags) or (known is not None and one.n_surveys != known) for one in after)


def _start(aim: Aim, figures: list[Figure], start_month: int) -> Figure | None:
    """Give the baseline, as a reading where one of its date says the same; without one the first reading."""
    value, as_of = aim.baseline_value, aim.baseline_as_of
    if as_of is None:
        return figures[0] if figures and value is None else None
    period = parse_period(as_of, start_month)
    for figure in figures:
        days = (figure.period.starts_on, figure.period.ends_before)
        if days == (period.starts_on, period.ends_before) and value in {None, figure.fact.value}:
            return figure
    return None if value is None else Figure(ReadingFact(as_of, value, None, None), period)


def follows(later: Figure, earlier: Figure) -> bool:
    """Say whether a figure is about days that come after those of another, all of them."""
    return later.period.starts_on >= earlier.period.ends_before
