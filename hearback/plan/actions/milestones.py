"""Moving milestones: their status, their due date, when they were done; and putting title and owner right.

Each change leaves lines in the log of the milestone, which the public sees, and a row of history.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from hearback.fiscal import parse_period
from hearback.history.actions import Change, record
from hearback.plan.days import day_of
from hearback.plan.models import Milestone, MilestoneChange
from hearback.plan.records import ChangeRecord, MilestoneRecord
from hearback.plan.rules import (
    Kind,
    MoveNotAllowed,
    check_done,
    check_due_move,
    check_move,
    check_order_of_due,
    kind_of,
)
from hearback.plan.saying import problem_of
from hearback.plan.seen import check_seen

COMPLETE = "Complete"
Values = dict[str, str | None]


class MilestoneUnknown(Exception):
    """There is no milestone of that key."""


@dataclass(frozen=True)
class Why:
    """What is said about a change. `decided_by` is a role, never a person; the public sees all of it."""

    reason: str | None = None
    decided_by: str | None = None
    source: str | None = None


NOTHING_SAID = Why()


@transaction.atomic
def move_status(
    key: str, status: str, why: Why, *, done: str | None = None, seen: int | None, by: str, at: datetime
) -> int:
    """Move the status of a milestone; returns its new version.

    What becomes complete was done on `done`, null where that is not known. What was complete and is not any
    more was not done.

    Raises:
        MilestoneUnknown: if there is none of this key.
        ChangedMeanwhile: if its version is not the one that was `seen`; null stands for whatever it is.
        MoveNotAllowed: if there is no such move, the day it was done does not fit, or a move back or another
            day than the one known has no reason.
        PeriodNotValid: if `done` is no date.
    """
    row = _milestone(key, seen)
    check_move(row.status, status, why.reason)
    done = done or (row.done if kind_of(status) is Kind.COMPLETE else None)
    _check_done(row, done, status, why, at)
    before, after = _change(row, {"status": status, "done": done}, why, at)
    record(Change("milestone.moved", "milestone", key, before, after), by=by, at=at)
    return row.version


@transaction.atomic
def move_due(key: str, due: str | None, why: Why, *, seen: int | None, by: str, at: datetime) -> int:
    """Move the due date of a milestone, with a reason; returns its new version.

    Raises:
        MilestoneUnknown: if there is none of this key.
        ChangedMeanwhile: if its version is not the one that was `seen`; null stands for whatever it is.
        DueNotGood: if it lacks a reason, or comes before one that it depends on, or after one that needs it.
        PeriodNotValid: if the date is none.
    """
    row = _milestone(key, seen)
    check_due_move(row.due, due, why.reason)
    _check_order(row, due)
    before, after = _change(row, {"due": due}, why, at)
    record(Change("milestone.due_moved", "milestone", key, before, after), by=by, at=at)
    return row.version


@transaction.atomic
def note_done(key: str, done: str, why: Why, *, seen: int | None, by: str, at: datetime) -> int:
    """Note when a milestone was done, which makes it complete; returns its new version.

    Raises:
        MilestoneUnknown: if there is none of this key.
        ChangedMeanwhile: if its version is not the one that was `seen`; null stands for whatever it is.
        MoveNotAllowed: if it cannot become complete, that day has not come, or another day is put right
            without a reason.
        PeriodNotValid: if `done` is no date.
    """
    row = _milestone(key, seen)
    status = row.status if kind_of(row.status) is Kind.COMPLETE else COMPLETE
    if status != row.status:
        check_move(row.status, COMPLETE, why.reason)
    _check_done(row, done, status, why, at)
    before, after = _change(row, {"status": status, "done": done}, why, at)
    record(Change("milestone.done", "milestone", key, before, after), by=by, at=at)
    return row.version


@transaction.atomic
def correct_milestone(
    key: str, title: str, owner: str | None, why: Why, *, seen: int | None, by: str, at: datetime
) -> int:
    """Put the title or the owner of a milestone right, with a reason; returns its new version.

    Raises:
        MilestoneUnknown: if there is none of this key.
        ChangedMeanwhile: if its version is not the one that was `seen`; null stands for whatever it is.
        MoveNotAllowed: if the title is empty, nothing is different, or there is no reason.
    """
    row = _milestone(key, seen)
    if not title:
        raise MoveNotAllowed("a milestone has a title; give one")
    if not why.reason:
        raise MoveNotAllowed("what a milestone says is put right with a reason, which the public sees")
    before, after = _change(row, {"title": title, "owner": owner}, why, at)
    record(Change("milestone.corrected", "milestone", key, before, after), by=by, at=at)
    return row.version


def _milestone(key: str, seen: int | None) -> Milestone:
    row = Milestone.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise MilestoneUnknown(f"there is no milestone {key!r}; `hearback plan milestone list` names them")
    check_seen("milestone", key, seen, row.version)
    return row


def _check_done(row: Milestone, done: str | None, status: str | None, why: Why, at: datetime) -> None:
    check_done(done, status)
    if row.done is not None and done not in (None, row.done) and not why.reason:
        raise MoveNotAllowed(f"it was said to be done in {row.done}; another date needs a reason")
    if done is not None and parse_period(done, settings.FISCAL_YEAR_STARTS).starts_on > day_of(at):
        raise MoveNotAllowed(
            f"it cannot have been done in {done}, which has not begun; give the day it was done"
        )


def _check_order(row: Milestone, due: str | None) -> None:
    """Check a new due date against the milestones that this one depends on, and those that depend on it."""
    before, after = list(row.depends_on.all()), list(row.needed_by.all())
    dates = {one.key: one.due for one in (*before, *after)} | {row.key: due}
    needed = {row.key: [one.key for one in before]} | {one.key: [row.key] for one in after}
    check_order_of_due(dates, needed, settings.FISCAL_YEAR_STARTS)


def _change(row: Milestone, values: Values, why: Why, at: datetime) -> tuple[Values, Values]:
    """Set values, one line of the log for each that differs; returns them before and after, for history."""
    before: Values = {name: getattr(row, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        raise MoveNotAllowed("nothing would be different; nothing was changed")
    for kind, said in ((MilestoneRecord, changed), (ChangeRecord, asdict(why))):
        if problem := problem_of(kind, said):
            raise MoveNotAllowed(problem)
    for name, value in changed.items():
        setattr(row, name, value)
        _log(row, name, before[name], why, at)
    if {"status", "done"} & changed.keys():
        row.as_of = day_of(at).isoformat()
    row.version += 1
    row.save()
    told: Values = {"reason": why.reason, "decided_by": why.decided_by, "version": str(row.version)}
    return before, {**values, **told}


def _log(row: Milestone, field: str, before: str | None, why: Why, at: datetime) -> None:
    stem = f"{row.key[:50]}-{at:%Y%m%dt%H%M%S}-{field}"  # no file gives such a key to a line of its own
    key, number = stem, 1
    while MilestoneChange.objects.filter(key=key).exists():
        number += 1
        key = f"{stem}-{number}"
    last = row.changes.order_by("-position").first()
    MilestoneChange.objects.create(
        key=key,
        milestone=row,
        position=last.position + 1 if last else 1,
        date=day_of(at).isoformat(),
        field=field,
        before=before,
        after=getattr(row, field),
        reason=why.reason,
        decided_by=why.decided_by,
        source=why.source,
    )
