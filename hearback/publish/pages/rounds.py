"""Who confirmed what in the quarterly rounds, how long ago, and what stayed silent."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as _

from hearback.plan.queries import ConfirmationFact, PublicRoundFact
from hearback.plan.rules import Word, age
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import catalogue
from hearback.publish.pages.dates import date_label
from hearback.publish.said import said
from hearback.ui.words import plain

ABOUTS = {
    "milestone": _("Milestone"),
    "project": _("Project"),
    "commitment": _("Commitment"),
    "success_measure": _("Success measure"),
}
WORDS: dict[str, str] = {
    Word.CONFIRMED: _("confirmed"),
    Word.BEING_READ: _("answered, being read"),
    Word.AWAITED: _("awaited"),
    Word.NOT_CONFIRMED: _("not confirmed"),
}


@dataclass(frozen=True)
class Fresh:
    """When one thing was last confirmed, in which round it stayed silent, whose seat stands behind it."""

    confirmed_on: str | None
    age: str | None
    word: str | None  # of the newest round that asked about it, where that is not confirmed
    quarter: str | None
    seat: str | None
    is_vacant: bool

    @property
    def round(self) -> str | None:
        """Name the quarter of that round as people read it."""
        return date_label(self.quarter)


def fresh(release: ReleaseData, about: str, record: str) -> Fresh | None:
    """Say how fresh one thing is; None in a release that holds no round and no seat for it."""
    book = catalogue(release)
    asked, seat = book.asked.get((about, record), []), book.seat_of.get((about, record))
    if not release.rounds and seat is None:
        return None
    last = max((found.confirmed_on for _quarter, found in asked if found.confirmed_on), default=None)
    newest = asked[0] if asked and asked[0][1].word != Word.CONFIRMED else None
    name, vacant = _seats(release).get(seat or "", (None, False))
    return Fresh(
        confirmed_on=date_label(last),
        age=None if last is None else said(age(date.fromisoformat(last), release.made_on)) or None,
        word=plain(newest[1].word, WORDS) if newest else None,
        quarter=newest[0] if newest else None,
        seat=name,
        is_vacant=vacant,
    )


def rounds(release: ReleaseData) -> dict[str, Any]:
    """Show every round: how much was confirmed, in time or late, and what stayed silent."""
    names, seats = _names(release), _seats(release)
    return {"rounds": [_round(one, names, seats) for one in release.rounds]}


def _round(
    one: PublicRoundFact, names: dict[tuple[str, str], str], seats: dict[str, tuple[str, bool]]
) -> dict[str, Any]:
    asked = one.confirmations
    return {
        "fact": one,
        "quarter": date_label(one.quarter),
        "opened": date_label(one.opened_on),
        "due": date_label(one.due),
        "closed": date_label(one.closed_on),
        "n": len(asked),
        "n_confirmed": sum(a.word == Word.CONFIRMED for a in asked),
        "n_late": sum(a.late is True for a in asked),
        "silent": [_line(a, names, seats) for a in asked if a.word != Word.CONFIRMED],
    }


def _line(
    asked: ConfirmationFact, names: dict[tuple[str, str], str], seats: dict[str, tuple[str, bool]]
) -> dict[str, Any]:
    name, vacant = seats.get(asked.seat_key or "", (None, False))
    return {
        "title": names.get((asked.about, asked.record), asked.record),
        "about": plain(asked.about, ABOUTS),
        "word": plain(asked.word, WORDS),
        "seat": name,
        "is_vacant": vacant,
    }


def _names(release: ReleaseData) -> dict[tuple[str, str], str]:
    found = {("commitment", c.key): c.gist for c in release.commitments}
    groups = [s.milestones for area in release.priority_areas for s in area.strategies]
    for area in release.priority_areas:
        found |= {("success_measure", m.key): m.name for m in area.success_measures}
    for life in release.life_experiences:
        groups += [life.milestones, *(p.milestones for p in life.projects)]
        found |= {("project", p.key): p.name for p in life.projects}
    return found | {("milestone", m.key): m.title for group in groups for m in group}


def _seats(release: ReleaseData) -> dict[str, tuple[str, bool]]:
    """Name the seats, and say which are vacant: the newest holder shown holds it."""
    book = catalogue(release)
    return {
        seat.key: (
            f"{seat.role}, {book.agency_name(seat.agency_key)}",
            not seat.holders or seat.holders[0].name is None,
        )
        for area in release.priority_areas
        for seat in area.seats
    }
