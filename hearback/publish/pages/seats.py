"""The seats of leadership of a priority area: who was shown in them, when, and when nobody was."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.plan.queries import PriorityAreaFact, SeatFact, SeatHolderFact
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.dates import date_label, newest_first, span_label


@dataclass(frozen=True)
class Holder:
    """Somebody, or nobody, in a seat, with when the source showed them there."""

    fact: SeatHolderFact
    shown: str | None

    @property
    def is_vacant(self) -> bool:
        """Say whether the seat was shown without anybody in it."""
        return self.fact.name is None


@dataclass(frozen=True)
class Seat:
    """A seat as it is now, null where nothing was published of it, with who was shown in it before."""

    fact: SeatFact
    agency: str | None
    now: Holder | None
    before: list[Holder]


@dataclass(frozen=True)
class Period:
    """How the seats were shown from a date on: each agency with its holder, null where that is not known."""

    since: str | None
    holders: list[tuple[str | None, Holder | None]]

    @property
    def n_vacant(self) -> int:
        """Count the seats that were shown vacant."""
        return sum(one is not None and one.is_vacant for _agency, one in self.holders)


def seats(book: Catalogue, found: PriorityAreaFact) -> list[Seat]:
    """Give the seats by agency name; the newest holder shown in a seat holds it now."""
    shown = []
    for seat in found.seats:
        holders = sorted(seat.holders, key=lambda h: newest_first(h.shown_from), reverse=True)
        lines = [Holder(h, span_label(h.shown_from, h.shown_to)) for h in holders]
        shown.append(Seat(seat, book.agency_name(seat.agency_key), lines[0] if lines else None, lines[1:]))
    return sorted(shown, key=lambda s: (s.agency or "").casefold())


def seat_periods(found: Sequence[Seat]) -> list[Period]:
    """Tell of every date from which somebody or nobody was newly shown how all seats stood, newest first.

    A date is that of a page which was read, not that of an appointment.
    """
    dates = {h.fact.shown_from for seat in found for h in _all(seat) if h.fact.shown_from}
    return [
        Period(date_label(date), [(seat.agency, _held(seat, date)) for seat in found])
        for date in sorted(dates, key=newest_first, reverse=True)
    ]


def _all(seat: Seat) -> list[Holder]:
    return [*([seat.now] if seat.now else []), *seat.before]


def _held(seat: Seat, date: str) -> Holder | None:
    """Give who was shown in a seat at a date: whoever was shown there last, and not only until before it."""
    for one in _all(seat):
        start, end = one.fact.shown_from, one.fact.shown_to
        if start and newest_first(start) <= newest_first(date):
            return one if end is None or newest_first(end) >= newest_first(date) else None
    return None
