"""The quarterly round: opening it, answering, deciding on answers, reminding, closing or withdrawing it.

An answer changes nothing that is promised. Approving it does, through the same actions as everywhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from hearback.fiscal import parse_quarter
from hearback.history.actions import Change, record
from hearback.plan.actions.told import apply_told, check_told
from hearback.plan.days import day_of
from hearback.plan.models import Charge, Round, RoundComment, RoundEntry, RoundNotice
from hearback.plan.rounds.asked import differences, everything_asked, held_still
from hearback.plan.rules import (
    About,
    EntryMove,
    EntryState,
    RoundNotGood,
    check_entry_move,
    check_new_round,
)


class EntryChanged(Exception):
    """Somebody changed the answer, or what it is about, after it was read: nothing was kept."""


@dataclass(frozen=True)
class Told:
    """What an owner says: `changes` of what stands there, empty where it is confirmed as it is.

    `reason` and `source` are published where a milestone moves, and beside a new figure; `remark` is for who
    decides.
    """

    changes: Mapping[str, Any] = field(default_factory=dict)
    reason: str | None = None
    source: str | None = None
    remark: str | None = None


@transaction.atomic
def open_round(quarter: str, due: date, note: str | None, *, by: str, at: datetime, on: date) -> int:
    """Open the round of a quarter: ask for all that somebody answers for; returns how many things that is.

    Args:
        on: the day on which it opens.

    Raises:
        QuarterNotValid: if the quarter is none.
        RoundNotGood: if its quarter is far from that day, it is due before it opens, there is one already, or
            nobody answers for anything.
    """
    asks = parse_quarter(quarter.upper())
    code = str(asks)
    check_new_round(asks, on, due, settings.FISCAL_YEAR_STARTS)
    if Round.objects.filter(quarter=code).exists():
        raise RoundNotGood(f"There is a round of {code} already; a quarter has one.")
    there = everything_asked()
    asked = [
        row
        for row in Charge.objects.exclude(owner=None, seat=None).select_related("seat")
        if (one := there.get((About(row.about), row.record))) is not None and not one.settled
    ]
    if not asked:
        raise RoundNotGood(
            "Nobody answers for anything that is open. Say who does first (`hearback plan round give`, "
            "or the page of who answers)."
        )
    made = Round.objects.create(quarter=code, due=due, note=note, opened_on=on, opened_at=at, opened_by=by)
    RoundEntry.objects.bulk_create(
        RoundEntry(round=made, about=row.about, record=row.record, owner=row.owner, seat=row.seat)
        for row in asked
    )
    after = {"due": due.isoformat(), "note": note, "asked": len(asked)}
    record(Change("round.opened", "round", code, None, after), by=by, at=at)
    return len(asked)


@transaction.atomic
def close_round(quarter: str, *, by: str, at: datetime) -> dict[str, int]:
    """Close a round: what was not answered by then stays so; returns how many entries stand in each state.

    Raises:
        RoundNotGood: if there is none of this quarter, or it is closed already.
    """
    row = _round(quarter)
    if row.closed_at is not None:
        raise RoundNotGood(f"The round of {row.quarter} is closed already.")
    row.closed_at, row.closed_by = at, by
    row.save()
    states = [one.state for one in row.entries.select_for_update()]  # waits for answers on their way
    counts = {state.value: states.count(state) for state in EntryState}
    record(Change("round.closed", "round", row.quarter, None, counts), by=by, at=at)
    return counts


@transaction.atomic
def withdraw_round(quarter: str, *, by: str, at: datetime) -> int:
    """Take back a round before it is due that nobody answered; its history stays.

    Returns how many things it had asked about.

    Raises:
        RoundNotGood: if there is none of this quarter, an answer was given in it, or it is over: who kept
            silent stays to be seen.
    """
    row = _round(quarter)
    if row.closed_at is not None or day_of(at) > row.due:
        raise RoundNotGood(f"The round of {row.quarter} is over, and who kept silent stays to be seen.")
    entries = list(row.entries.select_for_update())  # waits for answers on their way
    if any(one.first_answered_on for one in entries):
        raise RoundNotGood(
            f"An answer was given in the round of {row.quarter}, and it stays. Close it instead."
        )
    before = {
        "due": row.due.isoformat(),
        "note": row.note,
        "opened_on": row.opened_on.isoformat(),
        "opened_by": row.opened_by,
        "asked": [f"{one.about}/{one.record}" for one in entries],
    }
    row.entries.all().delete()
    row.delete()
    record(Change("round.withdrawn", "round", quarter, before), by=by, at=at)
    return len(entries)


@transaction.atomic
def answer(number: int, told: Told, *, seen: int | None, by: str, at: datetime, on: date) -> int:
    """Say how one thing stands; returns the new version of its entry. Nothing that is promised changes yet.

    Args:
        on: the day of the answer, which says whether it was in time.

    Raises:
        RoundNotGood: if it is not theirs, is decided already, or the round is closed.
        EntryChanged: if its version is not the one that was `seen`; null stands for whatever it is.
        MoveNotAllowed, DueNotGood, PeriodNotValid, MeasureNotValid: if what is said cannot be so.
    """
    row = _entry(number, seen)
    _check(row, EntryMove.ANSWER, by)
    about = About(row.about)
    now = held_still(about, row.record)
    changes = differences(about, told.changes, now.values)
    check_told(about, row.record, changes, (told.reason, told.source), by=by, at=at)
    before = _state(row)
    row.was, row.told = now.values, changes
    row.reason, row.source, row.remark = told.reason, told.source, told.remark
    row.first_answered_on = row.first_answered_on or on
    row.answered_at, row.answered_by = at, by
    row.settled_at = row.settled_by = None
    return _move(row, EntryState.ANSWERED, "round.answered", before, by, at)


@transaction.atomic
def decide(
    number: int, move: EntryMove, *, comment: str = "", seen: int | None, by: str, at: datetime
) -> EntryState:
    """Approve an answer, which makes what it says so, or return it with a comment; returns its new state.

    Raises:
        RoundNotGood: if it is not there to decide on, or not for this person, or lacks a comment.
        EntryChanged: if its version is not the one that was `seen`, or what it is about changed since.
        MoveNotAllowed, DueNotGood, PeriodNotValid, MeasureNotValid: if what is said cannot be so any more.
    """
    row = _entry(number, seen)
    end = _check(row, move, by, comment)
    before = _state(row)
    if end is EntryState.APPROVED:
        about = About(row.about)
        now = held_still(about, row.record)
        if now.values != row.was:
            raise EntryChanged(_changed_since(row.was, now.values))
        apply_told(about, row.record, row.told, (row.reason, row.source), by=by, at=at)
    if comment.strip():
        RoundComment.objects.create(entry=row, at=at, by=by, text=comment.strip())
    row.settled_at, row.settled_by = at, by
    _move(row, end, f"round.{end}", before, by, at)
    return end


@transaction.atomic
def remind(quarter: str, account: str, step: str, send: Callable[[], None], *, by: str, at: datetime) -> bool:
    """Remind one account once at a step; returns whether it was new. Where sending fails nothing is noted.

    Raises:
        RoundNotGood: if there is no such round.
    """
    row = _round(quarter)
    if row.notices.filter(account=account, step=step).exists():
        return False
    RoundNotice.objects.create(round=row, account=account, step=step, at=at)
    record(
        Change("round.reminded", "round", row.quarter, None, {"account": account, "step": step}), by=by, at=at
    )
    send()
    return True


def _round(quarter: str) -> Round:
    row = Round.objects.select_for_update().filter(quarter=quarter).first()
    if row is None:
        raise RoundNotGood(f"There is no round of {quarter!r}; `hearback plan round list` names them.")
    return row


def _entry(number: int, seen: int | None) -> RoundEntry:
    row = RoundEntry.objects.select_for_update().filter(pk=number).first()  # its round is read later
    if row is None:
        raise RoundNotGood(f"Nothing of number {number} is asked in any round.")
    if seen is not None and seen != row.version:
        raise EntryChanged(
            f"You saw version {seen}; it is version {row.version} now, and {row.state}. Nothing was kept. "
            "Look at what it says now, and do it again if you still want to."
        )
    return row


def _check(row: RoundEntry, move: EntryMove, by: str, comment: str = "") -> EntryState:
    return check_entry_move(
        move,
        EntryState(row.state),
        closed=row.round.closed_at is not None,
        is_theirs=by in {row.owner, row.seat.account if row.seat else None},
        answered_it=row.answered_by == by,
        comment=comment,
    )


def _changed_since(was: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    differ = [
        f"{name.replace('_', ' ')} was {_word(was.get(name))} and is {_word(now[name])}"
        for name in now
        if was.get(name) != now[name]
    ]
    return f"It was changed since the answer: {'; '.join(differ)}. Return it, so that its owner looks again."


def _word(value: Any) -> str:
    return "not known" if value is None else str(value)


def _state(row: RoundEntry) -> dict[str, Any]:
    names = ("state", "told", "reason", "source", "remark")
    return {name: getattr(row, name) for name in names}


def _move(row: RoundEntry, end: EntryState, verb: str, before: dict[str, Any], by: str, at: datetime) -> int:
    row.state, row.version = end.value, row.version + 1
    row.save()
    key = f"{row.round.quarter}/{row.about}/{row.record}"
    record(Change(verb, "round_entry", key, before, _state(row)), by=by, at=at)
    return row.version
