"""What somebody can answer for, and how it stands now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from hearback.fiscal import parse_period
from hearback.plan.models import Commitment, MeasureReading, Milestone, Project, SuccessMeasure
from hearback.plan.rules import FIELDS_ASKED, About, Aim, aim_of, is_percent, is_settled

Values = Mapping[str, Any]
MODELS = {
    About.MILESTONE: Milestone,
    About.PROJECT: Project,
    About.COMMITMENT: Commitment,
    About.MEASURE: SuccessMeasure,
}


@dataclass(frozen=True)
class Promise:
    """What a success measure promises: its figures are given beside it. Null is what nobody published.

    `baseline` and `target` are in the words of the source, `measure_key` is of what is computed here.
    """

    aim: Aim
    percent: bool
    baseline: str | None
    target: str | None
    measure_key: str | None


@dataclass(frozen=True)
class Asked:
    """One thing that somebody answers for; `values` holds what can be said anew, as it stands now."""

    about: About
    key: str
    title: str
    place: str | None  # what it belongs to
    settled: bool  # complete or dropped: nothing is asked any more
    values: Values
    computed: bool = False  # a success measure whose figures are computed here: it is only confirmed
    promise: Promise | None = None  # of a success measure


def everything_asked() -> dict[tuple[About, str], Asked]:
    """Give all that can be asked, by kind and key, in the order of pages."""
    return {(one.about, one.key): one for read in _READ.values() for one in read()}


def differences(about: About, told: Values, now: Values) -> dict[str, Any]:
    """Give what of an answer differs from what stands there; a new figure of a measure is always whole."""
    differ = {name: value for name, value in told.items() if value != now[name]}
    return dict(told) if differ and about is About.MEASURE else differ


def held_still(about: About, key: str) -> Asked:
    """Give how a thing stands, and keep others from changing it until the transaction ends."""
    list(MODELS[about]._default_manager.select_for_update().filter(key=key))
    return next(one for one in _READ[about]() if one.key == key)


def _milestones() -> Iterator[Asked]:
    rows = Milestone.objects.select_related("strategy", "life_experience", "project")
    for row in sorted(rows, key=_place_of):
        of = row.strategy and row.strategy.title
        place = of or (row.life_experience or row.project).name  # type: ignore[union-attr]
        yield _asked(About.MILESTONE, row, row.title, place)


def _place_of(row: Milestone) -> tuple[int, str, int]:
    """Give where a milestone stands: strategies first, then life experiences, then projects."""
    found = enumerate((row.strategy, row.life_experience, row.project))
    level, of = next((level, of) for level, of in found if of is not None)
    return (level, of.key, row.position)


def _projects() -> Iterator[Asked]:
    for row in Project.objects.select_related("life_experience"):
        yield _asked(About.PROJECT, row, row.name, row.life_experience.name)


def _commitments() -> Iterator[Asked]:
    for row in Commitment.objects.all():
        yield _asked(About.COMMITMENT, row, row.gist, row.reference)


def _measures() -> Iterator[Asked]:
    for row in SuccessMeasure.objects.select_related("priority_area").prefetch_related("readings"):
        last = max(row.readings.all(), key=_end_of, default=None)
        asked = _asked(About.MEASURE, row, row.name, row.priority_area.title, last)
        yield replace(asked, promise=promise_of(row))


def promise_of(row: SuccessMeasure) -> Promise:
    """Give what a success measure promises, and whether its figures are percents."""
    aim = aim_of(row)
    figures = [value for one in row.readings.all() for value in (one.value, one.low, one.high)]
    percent = not row.measure_key and is_percent(row.kind, row.baseline, aim, figures)
    return Promise(aim, percent, row.baseline, row.target, row.measure_key)


def _end_of(reading: MeasureReading) -> tuple[date, str]:
    """Give by when the days of a figure end: dates of several kinds do not sort as text."""
    return (parse_period(reading.as_of, settings.FISCAL_YEAR_STARTS).ends_before, reading.key)


def _asked(
    about: About, row: Any, title: str, place: str | None, last: MeasureReading | None = None
) -> Asked:
    held = last if about is About.MEASURE else row
    values = {name: getattr(held, name, None) for name in FIELDS_ASKED[about]}
    settled, computed = is_settled(about, values.get("status")), bool(getattr(row, "measure_key", None))
    return Asked(about, row.key, title, place, settled, values, computed)


_READ: Mapping[About, Callable[[], Iterator[Asked]]] = {
    About.MILESTONE: _milestones,
    About.PROJECT: _projects,
    About.COMMITMENT: _commitments,
    About.MEASURE: _measures,
}
