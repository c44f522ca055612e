"""The page of a journey: its map, which is a table, what it takes of people, and what hurts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hearback.learn.queries import (
    InsightFact,
    JourneyFact,
    LinkFact,
    PainPointFact,
    PersonaFact,
    StepFact,
    StudyFact,
)
from hearback.learn.rules import MINUTES_NOT_KNOWN, VOLUME_NOT_KNOWN, Burden, Hours, Total
from hearback.learn.words import EVIDENCE, FEELINGS
from hearback.measure.rules import MEASURES
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue, catalogue, find
from hearback.publish.pages.dates import date_label
from hearback.ui.numbers import count, rounded, rounded_down, share, share_interval
from hearback.ui.words import CHANNELS, plain


@dataclass(frozen=True)
class Entry:
    """One entry of a cell: the number of its step (null for a whole stage), words, where they lead."""

    number: int | None
    words: str | None
    href: str | None = None
    more: str | None = None


@dataclass(frozen=True)
class Cell:
    """What one lane says of one stage; no entries where nothing is known."""

    stage: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Lane:
    """One row of the map: one kind of thing, stage by stage."""

    title: str
    cells: tuple[Cell, ...]
    is_of_steps: bool


@dataclass(frozen=True)
class Taken:
    """One line of what a journey takes: of what, how much (null: not known), how that is known."""

    what: str
    amount: str | None
    how: str


def journey(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one journey: its map, what it takes of people, what hurts and how much.

    Raises:
        NotInRelease: if the release holds no such journey.
    """
    book = catalogue(release)
    found = find(release.journeys, key)
    return {
        "journey": found,
        "experiences": [e for e in release.life_experiences if e.journey_key == key],
        "service": book.services.get(found.about_key or ""),
        "volume": None if found.yearly_volume is None else count(found.yearly_volume),
        "stages": [stage.name for stage in found.stages],
        "lanes": lanes(book, found) if found.stages else [],
        "taken": taken(found.burden) if found.burden else [],
        "points": [_point(found, point) for point in found.pain_points],
        "stories": [{"fact": s, "stage": _stage_name(found, s.stage_key)} for s in found.stories],
        "studies": [_study(study) for study in found.studies],
        "personas": [_persona(persona) for persona in found.personas],
        "insights": [_insight(insight) for insight in found.insights],
        "pages": {"burden": "burden" in book.methods, "pain": "pain-points" in book.methods},
        "is_ranked": any(point.rank for point in found.pain_points),
    }


def lanes(book: Catalogue, found: JourneyFact) -> list[Lane]:
    """Give the rows of the map; steps are numbered through the whole journey."""
    of_steps: tuple[tuple[str, Callable[[int, StepFact], Entry]], ...] = (
        (_("What the person does"), lambda n, s: Entry(n, s.gist)),
        (_("Agency"), lambda n, s: _agency(book, n, s)),
        (_("Channel"), lambda n, s: Entry(n, plain(s.channel, CHANNELS) if s.channel else None)),
        (_("Time"), lambda n, s: Entry(n, _joined(_time(s)))),
        (_("Documents, visits, cost"), lambda n, s: Entry(n, _joined(_other(s)))),
        (_("Feeling"), _feeling),
        (_("Measure"), lambda n, s: _measure(book, n, s)),
    )
    numbers = _numbers(found)
    made = [
        Lane(
            title,
            tuple(Cell(s.name, tuple(say(numbers[p.key], p) for p in s.steps)) for s in found.stages),
            True,
        )
        for title, say in of_steps
    ]
    return [*made, _pain_lane(found)]


def taken(found: Burden) -> list[Taken]:
    """Say what a journey takes of one person, and of all in a year."""
    rows = (
        (_("Minutes"), found.minutes), (_("Documents"), found.documents), (_("Visits"), found.visits),
        (_("Days of waiting"), found.waiting_days), (_("Cost in US dollars"), found.cost_usd),
    )  # fmt: skip
    lines = [Taken(what, total_words(amount), _known_of(amount)) for what, amount in rows]
    hours = found.hours_per_year
    return [*lines, Taken(_("Hours of all people in a year"), hours_words(hours), _why(hours))]


def total_words(found: Total) -> str | None:
    """Write a total; null where nothing is known.

    >>> total_words(Total(None, 50, None, 3, 1)), total_words(Total(60, 50, 110, 3, 0))
    ('at least 50', '60 (50 to 110)')
    """
    if found.is_at_least:
        return _("at least %s") % _plain(rounded_down(found.low or 0, 2))
    return amount_words(found.value, found.low, found.high)


def hours_words(found: Hours) -> str | None:
    """Write the hours of a year, whole from ten on; null where they are not known."""
    if found.is_at_least:
        low = found.low or 0
        return _("at least %s") % _plain(rounded_down(low, _decimals(low)))
    return amount_words(*(None if n is None else _whole(n) for n in (found.value, found.low, found.high)))


def amount_words(value: float | None, low: float | None, high: float | None) -> str | None:
    """Write an amount with its range; null where nothing is known.

    >>> amount_words(20, None, None), amount_words(None, 14, 60), amount_words(40, 30, 90)
    ('20', '14 to 60', '40 (30 to 90)')
    >>> amount_words(20, 20, 20), amount_words(None, None, None)
    ('20', None)
    """
    if low is None or high is None or low == high:
        known = value if value is not None else low
        return None if known is None else number(known)
    between = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    return between if value is None else f"{number(value)} ({between})"


def number(value: float) -> str:
    """Write a number with at most two decimals, and a comma every three digits.

    >>> number(1250), number(12.5), number(0)
    ('1,250', '12.5', '0')
    """
    return _plain(rounded(value, 2))


def _plain(digits: str) -> str:
    whole, _dot, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def _decimals(hours: float) -> int:
    return 0 if hours >= 10 else 2


def _whole(hours: float) -> float:
    return float(rounded(hours, _decimals(hours)))


def _numbers(found: JourneyFact) -> dict[str, int]:
    steps = [step.key for stage in found.stages for step in stage.steps]
    return {key: number for number, key in enumerate(steps, 1)}


def _agency(book: Catalogue, n: int, step: StepFact) -> Entry:
    key = step.agency_key
    return Entry(n, book.agency_name(key), f"/agencies/{key}/" if key in book.agencies else None)


def _time(step: StepFact) -> Iterable[str]:
    if words := amount_words(step.minutes, step.minutes_low, step.minutes_high):
        yield _("minutes: %s") % words
    if words := amount_words(step.waiting_days, step.waiting_days_low, step.waiting_days_high):
        yield _("days of waiting: %s") % words


def _other(step: StepFact) -> Iterable[str]:
    if words := amount_words(step.documents, step.documents_low, step.documents_high):
        yield _("documents: %s") % words
    if words := amount_words(step.visits, step.visits_low, step.visits_high):
        yield _("visits: %s") % words
    if words := amount_words(step.cost_usd, step.cost_usd_low, step.cost_usd_high):
        yield _("US dollars: %s") % words


def _joined(parts: Iterable[str]) -> str | None:
    return "; ".join(parts) or None


def _feeling(n: int, step: StepFact) -> Entry:
    felt = None if step.feeling is None else str(FEELINGS[step.feeling])
    return Entry(n, felt or step.feeling_gist, more=step.feeling_gist if felt else None)


def _measure(book: Catalogue, n: int, step: StepFact) -> Entry:
    measure = MEASURES.get(step.measure_key or "")
    if measure is None:
        return Entry(n, step.measure_key)
    return Entry(n, measure.name, f"/methods/{measure.page}/" if measure.page in book.methods else None)


def _pain_lane(found: JourneyFact) -> Lane:
    def cell(key: str, name: str) -> Cell:
        mine = [p for p in found.pain_points if p.stage_key == key]
        return Cell(name, tuple(Entry(None, p.gist, f"#{p.key}") for p in mine))

    return Lane(_("Pain points"), tuple(cell(s.key, s.name) for s in found.stages), False)


def _known_of(found: Total) -> str:
    known = found.n_steps - found.n_unknown
    return _("known of %(known)s of %(all)s steps") % {"known": known, "all": found.n_steps}


def _why(found: Hours) -> str:
    reasons = {
        VOLUME_NOT_KNOWN: _("how many people go through it in a year was not published"),
        MINUTES_NOT_KNOWN: _("of no step the minutes are known"),
    }
    return reasons.get(found.reason or "", _("minutes of one person, times people in a year, by 60"))


def _point(found: JourneyFact, point: PainPointFact) -> dict[str, Any]:
    size = point.size
    return {
        "fact": point,
        "stage": _stage_name(found, point.stage_key),
        "share": None if size.share is None else share(size.share, size.asked_count),
        "interval": None
        if size.low is None or size.high is None
        else share_interval(size.low, size.high, size.asked_count),
        "asked": None if size.asked_count is None else count(size.asked_count),
        "people": None if size.people_per_year is None else number(_whole(size.people_per_year)),
    }


def _stage_name(found: JourneyFact, key: str | None) -> str | None:
    return next((stage.name for stage in found.stages if stage.key == key), None)


def _study(study: StudyFact) -> dict[str, Any]:
    rows = (
        (_("Method"), study.method),
        (_("When"), date_label(study.dates)),
        (_("Consent"), study.consent),
        (_("People"), None if study.people_count is None else count(study.people_count)),
        (_("States and territories"), None if study.states_count is None else count(study.states_count)),
    )
    groups = [(one.group, None if one.count is None else count(one.count)) for one in study.participants]
    return {"fact": study, "rows": rows, "groups": groups}


def _persona(persona: PersonaFact) -> dict[str, Any]:
    rows = (
        (_("Stands for"), persona.groups), (_("Needs"), persona.needs), (_("Held back by"), persona.barriers),
    )  # fmt: skip
    return {"fact": persona, "rows": rows, "links": _links(persona.evidence)}


def _insight(insight: InsightFact) -> dict[str, Any]:
    return {"fact": insight, "links": _links(insight.evidence)}


def _links(evidence: Iterable[LinkFact]) -> list[tuple[str, LinkFact]]:
    return [(plain(link.kind, EVIDENCE), link) for link in evidence]
