"""Making what an owner said so: of a milestone, a project, a commitment, or a success measure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from hearback.history.actions import Change, record
from hearback.plan.actions.milestones import Why, move_due, move_status, note_done
from hearback.plan.days import day_of
from hearback.plan.models import Commitment, MeasureReading, Project, SuccessMeasure
from hearback.plan.rounds.asked import promise_of
from hearback.plan.rules import (
    About,
    MeasureNotValid,
    MoveNotAllowed,
    ReadingFact,
    check_new_figure,
    check_readings,
)

Values = Mapping[str, Any]
Said = tuple[str | None, str | None]
"""The reason that was given, and where it can be read."""


class _Undone(Exception):
    """Carries nothing: it takes back what was tried."""


@transaction.atomic
def check_told(about: About, key: str, changes: Values, said: Said, *, by: str, at: datetime) -> None:
    """Try what an owner says, and take it back.

    Raises:
        MoveNotAllowed, DueNotGood, PeriodNotValid, MeasureNotValid: if it cannot be so.
    """
    try:
        with transaction.atomic():
            apply_told(about, key, changes, said, by=by, at=at)
            raise _Undone
    except _Undone:
        return


@transaction.atomic
def apply_told(about: About, key: str, changes: Values, said: Said, *, by: str, at: datetime) -> None:
    """Make what an owner said so; nothing is done where nothing is to change.

    Raises:
        MoveNotAllowed, DueNotGood, PeriodNotValid, MeasureNotValid: if it cannot be so.
    """
    if changes:
        _APPLY[about](key, changes, said, by, at)


def _milestone(key: str, changes: Values, said: Said, by: str, at: datetime) -> None:
    why = Why(reason=said[0], source=said[1])
    if "due" in changes:
        move_due(key, changes["due"], why, seen=None, by=by, at=at)
    if "status" in changes:
        if changes["status"] is None:
            raise MoveNotAllowed("A status that is known cannot become unknown. Choose one.")
        done = changes.get("done")
        move_status(key, changes["status"], why, done=done, seen=None, by=by, at=at)
    elif "done" in changes:
        if changes["done"] is None:
            raise MoveNotAllowed("When it was done is known. To take that back, move its status.")
        note_done(key, changes["done"], why, seen=None, by=by, at=at)


def _project(key: str, changes: Values, said: Said, by: str, at: datetime) -> None:
    _set(Project.objects.get(key=key), "project", changes, said, by, at)


def _commitment(key: str, changes: Values, said: Said, by: str, at: datetime) -> None:
    also: dict[str, Any] = {}
    if "status" in changes:
        also["status_is_official"] = None if changes["status"] is None else True
    if "progress" in changes:
        told_on = None if changes["progress"] is None else day_of(at).isoformat()
        also |= {"progress_date": told_on, "progress_confidence": None}
    _set(Commitment.objects.get(key=key), "commitment", {**changes, **also}, said, by, at)


def _set(row: Project | Commitment, kind: str, changes: Values, said: Said, by: str, at: datetime) -> None:
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    told = {**changes, "reason": said[0], "source": said[1]}
    record(Change(f"{kind}.told", kind, row.key, before, told), by=by, at=at)


def _measure(key: str, changes: Values, said: Said, by: str, at: datetime) -> None:
    """Add a figure to a success measure; all of it comes from the answer, nothing from the figure before."""
    row = SuccessMeasure.objects.get(key=key)
    value, as_of = changes.get("value"), changes.get("as_of")
    if row.measure_key:
        raise MeasureNotValid("value", "its figures are computed here", "confirm it as it is")
    if value is None or as_of is None:
        raise MeasureNotValid("value", "a new figure has a value and a date", "give both")
    made = f"{key[:50]}-{as_of.lower()}-{at:%Y%m%dt%H%M%S}"
    new = ReadingFact(as_of, value, changes.get("low"), changes.get("high"), key=made)
    promise = promise_of(row)
    check_new_figure(new, promise.aim, day_of(at), settings.FISCAL_YEAR_STARTS, percent=promise.percent)
    known = [ReadingFact(r.as_of, r.value, r.low, r.high, key=r.key) for r in row.readings.all()]
    check_readings([*known, new], settings.FISCAL_YEAR_STARTS)
    figure = {"as_of": as_of, "value": value, "low": new.low, "high": new.high}
    MeasureReading.objects.create(key=made, success_measure=row, **figure, source=said[1], note=said[0])
    record(Change("measure_reading.told", "measure_reading", made, None, figure), by=by, at=at)


_APPLY = {
    About.MILESTONE: _milestone,
    About.PROJECT: _project,
    About.COMMITMENT: _commitment,
    About.MEASURE: _measure,
}
