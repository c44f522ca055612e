"""Writing updates: drafts of their owners, comments of reviewers, and approval by somebody else.

Only approving touches an update that the public may see; the next release has it, earlier ones stay.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from hearback.history.actions import Change, record
from hearback.plan.days import day_of
from hearback.plan.models import Draft, DraftComment, LifeExperience, Strategy, Update
from hearback.plan.rules import (
    DraftMoveNotAllowed,
    Move,
    State,
    check_date,
    check_draft_move,
    check_happened,
)

LONGEST_KEY = 80
WORDS = ("date", "kind", "title", "gist", "body", "source", "all_life_experiences")


class DraftUnknown(Exception):
    """There is no draft, or no update to correct, of that key."""


class DraftChanged(Exception):
    """Somebody changed the draft after it was read: nothing was kept."""

    def __init__(self, seen: int, row: Draft) -> None:
        super().__init__(
            f"you saw version {seen}; {row.changed_by} changed it at {row.changed_at:%Y-%m-%d %H:%M} UTC and "
            f"it is version {row.version} now. Nothing was kept; look at what it says now, and do it again "
            "if you still want to"
        )
        self.seen, self.version = seen, row.version


@dataclass(frozen=True)
class Written:
    """What an update is to say. `correction` tells the public what was wrong in one that was published."""

    date: str
    kind: str
    title: str
    gist: str
    body: str | None = None
    source: str | None = None
    strategies: Sequence[str] = ()
    life_experiences: Sequence[str] = ()
    all_life_experiences: bool = False
    correction: str | None = None


def _owner(name: str) -> str:
    if not name.strip():
        raise DraftMoveNotAllowed("an update needs an owner: say who writes it; nothing was kept")
    return name


@transaction.atomic
def start_draft(written: Written, *, by: str, at: datetime) -> str:
    """Begin an update; returns the key that it gets, made of its date and title.

    Raises:
        PeriodNotValid: if its date is none.
        DraftUnknown: if it names a strategy or life experience that there is not.
        DraftMoveNotAllowed: if nobody is named as its owner.
    """
    row = Draft(owner=_owner(by), key=_free_key(written), version=0)
    return _write(row, written, "update.drafted", by, at).key


@transaction.atomic
def start_correction(update_key: str, *, by: str, at: datetime) -> str:
    """Begin the correction of a published update, with the words it has; returns the key of the draft.

    Raises:
        DraftUnknown: if there is no such update.
        DraftMoveNotAllowed: if it is not published, a correction of it waits already, or nobody is its owner.
    """
    update = Update.objects.select_for_update().filter(key=update_key).first()
    if update is None:
        raise DraftUnknown(f"there is no update {update_key!r}")
    if not update.approved:
        raise DraftMoveNotAllowed("it was not approved yet; only what was published is corrected")
    waiting = update.drafts.exclude(state__in=[State.APPROVED, State.WITHDRAWN]).first()
    if waiting is not None:
        raise DraftMoveNotAllowed(f"{waiting.owner} corrects it already; the draft is {waiting.key}")
    n = update.drafts.count() + 1
    row = Draft(
        owner=_owner(by), key=_free(f"{update.key[: LONGEST_KEY - 10]}-c{n}"), corrects=update, version=0
    )
    row.corrected_words = _all_words(update)
    written = Written(
        **{name: getattr(update, name) for name in WORDS},
        strategies=list(update.strategies.values_list("key", flat=True)),
        life_experiences=list(update.life_experiences.values_list("key", flat=True)),
        correction="",
    )
    return _write(row, written, "update.drafted", by, at).key


@transaction.atomic
def edit_draft(key: str, written: Written, *, seen: int | None, by: str, at: datetime) -> int:
    """Write a draft anew; returns its new version.

    Raises:
        DraftUnknown: if there is none, or it names a strategy or life experience that there is not.
        DraftChanged: if its version is not the one that was `seen`; null stands for whatever it is.
        DraftMoveNotAllowed: if it is not its owner's to write now.
        PeriodNotValid: if its date is none.
    """
    row = _draft(key, seen)
    check_draft_move(Move.EDIT, State(row.state), is_owner=row.owner == by)
    return _write(row, written, "update.edited", by, at).version


@transaction.atomic
def move_draft(key: str, move: Move, *, comment: str = "", seen: int | None, by: str, at: datetime) -> State:
    """Submit, return, approve or withdraw a draft; returns its new state.

    An approved one becomes an update, or corrects the one it was made for; the next release has it.

    Raises:
        DraftUnknown: if there is none.
        DraftChanged: if its version is not the one that was `seen`; null stands for whatever it is.
        DraftMoveNotAllowed: if it cannot be moved so now, by this person, lacks a comment or a correction, or
            tells what has not happened yet.
    """
    row = _draft(key, seen)
    before = State(row.state)
    after = check_draft_move(move, before, is_owner=row.owner == by, comment=comment)
    if move is Move.SUBMIT and row.corrects_id and not row.correction:
        raise DraftMoveNotAllowed("say what was wrong, in the words that the public will read beside it")
    if move in {Move.SUBMIT, Move.APPROVE}:
        check_happened(row.date, day_of(at), settings.FISCAL_YEAR_STARTS)
    row.state, row.version, row.changed_at, row.changed_by = after, row.version + 1, at, by
    row.save()
    if comment.strip():
        DraftComment.objects.create(draft=row, at=at, by=by, text=comment.strip())
    record(Change(f"update.{_DONE[move]}", "draft", key, {"state": before}, {"state": after}), by=by, at=at)
    if after is State.APPROVED:
        _publish(row, by, at)
    return after


_DONE = {
    Move.SUBMIT: "submitted",
    Move.RETURN: "returned",
    Move.APPROVE: "approved",
    Move.WITHDRAW: "withdrawn",
}


def _publish(draft: Draft, by: str, at: datetime) -> None:
    update = draft.corrects or Update(key=draft.key)
    before = _all_words(update) if draft.corrects else None
    if before and before != draft.corrected_words:
        raise DraftMoveNotAllowed(
            "the update was changed since this correction was begun, and approving it would undo that; "
            "return it, or have it withdrawn and begin another"
        )
    for name in WORDS:
        setattr(update, name, getattr(draft, name))
    if draft.corrects:
        update.corrections = [*update.corrections, {"date": day_of(at).isoformat(), "gist": draft.correction}]
    update.approved, update.approved_at, update.approved_by = True, at, by
    update.save()
    update.strategies.set(draft.strategies.all())
    update.life_experiences.set(draft.life_experiences.all())
    verb = "update.corrected" if draft.corrects else "update.approved"
    record(Change(verb, "update", update.key, before, _all_words(update)), by=by, at=at)


def _all_words(update: Update) -> dict[str, Any]:
    """Give all that a correction writes anew, as JSON keeps it."""
    return {**_words(update), "corrections": update.corrections}


def _words(row: Update | Draft) -> dict[str, Any]:
    """Give what somebody wrote, and what it is about."""
    return {
        **{name: getattr(row, name) for name in WORDS},
        "strategies": sorted(row.strategies.values_list("key", flat=True)),
        "life_experiences": sorted(row.life_experiences.values_list("key", flat=True)),
    }


def _draft_words(row: Draft) -> dict[str, Any]:
    return {**_words(row), "correction": row.correction}


def _write(row: Draft, written: Written, verb: str, by: str, at: datetime) -> Draft:
    check_date(written.date)
    before = _draft_words(row) if row.pk else None
    for name in WORDS:
        setattr(row, name, getattr(written, name))
    row.correction = (written.correction or "") if row.corrects_id else None
    row.version, row.changed_at, row.changed_by = row.version + 1, at, by
    row.save()
    row.strategies.set(_rows(Strategy, "strategy", written.strategies))
    row.life_experiences.set(_rows(LifeExperience, "life experience", written.life_experiences))
    record(Change(verb, "draft", row.key, before, _draft_words(row)), by=by, at=at)
    return row


def _rows(model: type[Strategy] | type[LifeExperience], kind: str, keys: Sequence[str]) -> list[Any]:
    found = {row.key: row for row in model._default_manager.filter(key__in=list(keys))}
    for key in keys:
        if key not in found:
            raise DraftUnknown(f"there is no {kind} {key!r}")
    return [found[key] for key in keys]


def _free_key(written: Written) -> str:
    stem = f"{slugify(written.date)}-{slugify(written.title)}"[: LONGEST_KEY - 4].strip("-") or "update"
    return _free(stem)


def _free(stem: str) -> str:
    key, n = stem, 1
    while Draft.objects.filter(key=key).exists() or Update.objects.filter(key=key).exists():
        n += 1
        key = f"{stem}-{n}"
    return key


def _draft(key: str, seen: int | None) -> Draft:
    row = Draft.objects.select_for_update(of=("self",)).select_related("corrects").filter(key=key).first()
    if row is None:
        raise DraftUnknown(f"there is no draft {key!r}; `hearback plan update drafts` names them")
    if seen is not None and seen != row.version:
        raise DraftChanged(seen, row)
    return row
