"""Saying who answers for what is promised, and who is told where they do not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from hearback.accounts.queries import people
from hearback.history.actions import Change, record
from hearback.plan.days import day_of
from hearback.plan.models import Charge, Seat
from hearback.plan.rounds.asked import everything_asked
from hearback.plan.rules import About


class ChargeNotGood(ValueError):
    """Nobody can be made to answer so: there is no such thing, person or seat. The message says which."""


@dataclass(frozen=True)
class Answerer:
    """Who answers: an account that is asked, and the key of the seat behind it. Null is nobody."""

    owner: str | None
    seat: str | None


@transaction.atomic
def set_charges(things: Iterable[tuple[About, str]], answerer: Answerer, *, by: str, at: datetime) -> int:
    """Make somebody answer for things; returns for how many that was new.

    Raises:
        ChargeNotGood: if there is no such thing, no active person of that name, or no such seat.
    """
    _check_owner(answerer.owner, at)
    seat = None if answerer.seat is None else _seat(answerer.seat)
    there = everything_asked()
    changed = 0
    for about, key in things:
        if (about, key) not in there:
            raise ChargeNotGood(f"there is no {about.replace('_', ' ')} {key!r}")
        row = Charge.objects.select_for_update().filter(about=about, record=key).first()
        before = None if row is None else _state(row)
        row = row or Charge(key=_new_key(about, key), about=about, record=key)
        row.owner, row.seat = answerer.owner, seat
        if _state(row) != (before or {"owner": None, "seat": None}):
            row.save()
            record(Change("charge.set", "charge", row.key, before, _state(row)), by=by, at=at)
            changed += 1
    return changed


@transaction.atomic
def set_seat_account(seat_key: str, account: str | None, *, by: str, at: datetime) -> bool:
    """Say who is told where those who answer for a seat's promises do not; returns whether that was new.

    Raises:
        ChargeNotGood: if there is no such seat, or no active person of that name.
    """
    _check_owner(account, at)
    seat = _seat(seat_key)
    before, seat.account = seat.account, account
    if before == account:
        return False
    seat.save()
    told = ({"account": before}, {"account": account})
    record(Change("seat.account_set", "seat", seat.key, *told), by=by, at=at)
    return True


def _check_owner(account: str | None, at: datetime) -> None:
    """Check that there is somebody to ask; null is nobody.

    Raises:
        ChargeNotGood: if there is no active person of that name.
    """
    if account is not None and account not in {one.username for one in people(day_of(at)) if one.is_active}:
        raise ChargeNotGood(
            f"there is nobody active named {account!r}; `hearback accounts list` names them all"
        )


def _seat(key: str) -> Seat:
    row = Seat.objects.select_for_update().filter(key=key).first()
    if row is None:
        known = ", ".join(Seat.objects.values_list("key", flat=True)) or "none is known"
        raise ChargeNotGood(f"there is no seat {key!r}; use one of: {known}")
    return row


def _new_key(about: About, record: str) -> str:
    """Make a key of what is answered for; a number more where it is too long to differ, or a file has it."""
    stem = f"{about.replace('_', '-')}.{record}"
    key, count = stem[:80], 1
    while Charge.objects.filter(key=key).exists():
        count += 1
        key = f"{stem[:75]}-{count}"
    return key


def _state(row: Charge) -> dict[str, str | None]:
    return {"owner": row.owner, "seat": row.seat.key if row.seat else None}
