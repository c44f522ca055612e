"""How rounds stand: what is asked of whom, what was answered, who is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from hearback.plan.days import day_of
from hearback.plan.facts import CommentFact
from hearback.plan.models import Charge, Round, RoundEntry, Seat
from hearback.plan.rounds.asked import Asked, everything_asked
from hearback.plan.rounds.facts import AnswerableFact, ConfirmationFact, PublicRoundFact
from hearback.plan.rules import WAITING, About, EntryState, Word, is_late, word_of


@dataclass(frozen=True)
class EntryFact:
    """One thing that is asked in a round. `now` is how it stands; null where it is not there any more."""

    number: int
    quarter: str
    about: About
    record: str
    owner: str | None
    seat_key: str | None
    seat_account: str | None
    state: EntryState
    version: int
    was: dict[str, Any]
    told: dict[str, Any]
    reason: str | None
    source: str | None
    remark: str | None
    first_answered_on: date | None
    answered_at: datetime | None
    answered_by: str | None
    due: date
    comments: tuple[CommentFact, ...]
    now: Asked | None
    is_open: bool = True  # its round is

    @property
    def is_late(self) -> bool:
        """Say whether its first answer came after the due date."""
        return self.first_answered_on is not None and is_late(self.first_answered_on, self.due)

    @property
    def waits(self) -> bool:
        """Say whether its owner is to answer."""
        return self.state in WAITING

    def is_for(self, account: str) -> bool:
        """Say whether somebody answers for it: as its owner, or for its seat."""
        return account in {self.owner, self.seat_account}


@dataclass(frozen=True)
class RoundFact:
    """One round with all that is asked in it."""

    quarter: str
    opened_on: date
    due: date
    note: str | None
    closed_at: datetime | None
    entries: tuple[EntryFact, ...]
    notices: tuple[tuple[str, str, datetime], ...] = ()  # account, step, when

    @property
    def is_open(self) -> bool:
        """Say whether it can still be answered."""
        return self.closed_at is None

    @property
    def has_answers(self) -> bool:
        """Say whether anything was answered in it, whatever became of it."""
        return any(one.first_answered_on for one in self.entries)

    @property
    def undecided(self) -> tuple[EntryFact, ...]:
        """Give the answers that nobody decided on yet."""
        return tuple(one for one in self.entries if one.state is EntryState.ANSWERED)

    def counts(self) -> dict[EntryState, int]:
        """Count what is asked by how far it is."""
        return count_states(self.entries)


@dataclass(frozen=True)
class OwnerRow:
    """What one person is asked in a round; `account` null is nobody."""

    account: str | None
    entries: tuple[EntryFact, ...]
    counts: dict[EntryState, int] = field(default_factory=dict)

    @property
    def n_waiting(self) -> int:
        """Count what they are still to answer."""
        return sum(one.waits for one in self.entries)

    @property
    def n_late(self) -> int:
        """Count what they answered after the due date."""
        return sum(one.is_late for one in self.entries)


@dataclass(frozen=True)
class ChargeRow:
    """One thing that can be answered for, and who does."""

    asked: Asked
    owner: str | None
    seat_key: str | None


def count_states(entries: Iterable[EntryFact]) -> dict[EntryState, int]:
    """Count entries by how far they are."""
    states = [one.state for one in entries]
    return {state: states.count(state) for state in EntryState}


def rounds() -> list[RoundFact]:
    """List the rounds; the newest is the one that opened last."""
    there = everything_asked()
    order = {place: n for n, place in enumerate(there)}

    def places(entry: EntryFact) -> tuple[int, str]:
        return (order.get((entry.about, entry.record), len(order)), entry.record)

    rows = Round.objects.order_by("-opened_on", "-quarter").prefetch_related(
        "entries__seat", "entries__comments", "notices"
    )
    return [
        RoundFact(
            quarter=row.quarter,
            opened_on=row.opened_on,
            due=row.due,
            note=row.note,
            closed_at=row.closed_at,
            entries=tuple(sorted((_entry(one, row, there) for one in row.entries.all()), key=places)),
            notices=tuple((one.account, one.step, one.at) for one in row.notices.all()),
        )
        for row in rows
    ]


def round_of(quarter: str) -> RoundFact | None:
    """Give the round of a quarter; None where there is none."""
    return next((one for one in rounds() if one.quarter == quarter), None)


def entry(number: int) -> EntryFact | None:
    """Give one thing that is asked; None where there is none of that number."""
    row = RoundEntry.objects.select_related("round", "seat").filter(pk=number).first()
    return None if row is None else _entry(row, row.round, everything_asked())


def waiting_for(account: str) -> int:
    """Count what somebody is to answer in the rounds that are open."""
    theirs = Q(owner=account) | Q(seat__account=account)
    return RoundEntry.objects.filter(theirs, round__closed_at=None, state__in=list(WAITING)).count()


def by_owner(entries: Sequence[EntryFact]) -> list[OwnerRow]:
    """Put entries together by who is asked: who is missing most comes first, nobody before all."""
    rows = []
    for account in {one.owner for one in entries}:
        mine = tuple(one for one in entries if one.owner == account)
        rows.append(OwnerRow(account, mine, count_states(mine)))
    return sorted(rows, key=lambda row: (row.account is not None, -row.n_waiting, row.account or ""))


def charges() -> list[ChargeRow]:
    """List all that can be answered for and is not settled, with who answers."""
    held = {(row.about, row.record): row for row in Charge.objects.select_related("seat")}
    return [
        ChargeRow(one, row.owner if row else None, row.seat.key if row and row.seat else None)
        for place, one in everything_asked().items()
        if not one.settled
        for row in [held.get(place)]
    ]


def public_rounds(on: date) -> list[PublicRoundFact]:
    """List the rounds as the public may know them on a day, the newest first."""
    return [
        PublicRoundFact(
            quarter=one.quarter,
            opened_on=one.opened_on.isoformat(),
            due=one.due.isoformat(),
            closed_on=None if one.closed_at is None else day_of(one.closed_at).isoformat(),
            confirmations=tuple(_confirmation(entry, one, on) for entry in one.entries),
        )
        for one in rounds()
    ]


def answerable() -> list[AnswerableFact]:
    """List the seats that stand behind what was promised."""
    rows = Charge.objects.filter(seat__isnull=False).select_related("seat")
    return [AnswerableFact(row.about, row.record, row.seat.key) for row in rows if row.seat]


def _confirmation(entry: EntryFact, of: RoundFact, on: date) -> ConfirmationFact:
    word = word_of(entry.state, closed=not of.is_open, overdue=on > of.due)
    confirmed = word is Word.CONFIRMED and entry.answered_at is not None
    first = entry.first_answered_on
    return ConfirmationFact(
        about=entry.about.value,
        record=entry.record,
        seat_key=entry.seat_key,
        word=word.value,
        answered_on=first.isoformat() if first else None,
        late=entry.is_late if first else None,
        confirmed_on=day_of(entry.answered_at).isoformat() if confirmed and entry.answered_at else None,
    )


def seat_accounts() -> list[tuple[str, str, str | None]]:
    """List the seats by key: what each is, and who is told where its promises go unanswered."""
    rows = Seat.objects.select_related("agency")
    return [(row.key, f"{row.role}, {row.agency.name}", row.account) for row in rows]


def _entry(row: RoundEntry, of: Round, there: dict[tuple[About, str], Asked]) -> EntryFact:
    about = About(row.about)
    return EntryFact(
        number=row.pk,
        quarter=of.quarter,
        about=about,
        record=row.record,
        owner=row.owner,
        seat_key=row.seat.key if row.seat else None,
        seat_account=row.seat.account if row.seat else None,
        state=EntryState(row.state),
        version=row.version,
        was=row.was,
        told=row.told,
        reason=row.reason,
        source=row.source,
        remark=row.remark,
        first_answered_on=row.first_answered_on,
        answered_at=row.answered_at,
        answered_by=row.answered_by,
        due=of.due,
        comments=tuple(CommentFact(one.at, one.by, one.text) for one in row.comments.all()),
        now=there.get((about, row.record)),
        is_open=of.closed_at is None,
    )
