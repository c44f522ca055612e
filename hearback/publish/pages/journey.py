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
from hearback.learn.words import EVIDENCE
from hearback.measure.rules import MEASURES
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue, catalogue, find
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.journey_words import (
    channel_words,
    feeling_words,
    other_words,
    size_words,
    stage_name,
    taken,
    time_words,
)
from hearback.ui.numbers import count
from hearback.ui.words import plain


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
        "lanes": _told(lanes(book, found)) if found.stages else [],
        "taken": taken(found.burden) if found.burden else [],
        "points": [_point(found, point) for point in found.pain_points],
        "stories": [{"fact": s, "stage": stage_name(found, s.stage_key)} for s in found.stories],
        "studies": [_study(study) for study in found.studies],
        "personas": [_persona(persona) for persona in found.personas],
        "insights": [_insight(insight) for insight in found.insights],
        "pages": {"burden": "burden" in book.methods, "pain": "pain-points" in book.methods},
        "is_ranked": any(point.rank for point in found.pain_points),
    }


def _told(made: list[Lane]) -> list[Lane]:
    """Leave out lanes that say nothing of any stage; the first one says that of each stage."""
    return made[:1] + [one for one in made[1:] if any(e.words for cell in one.cells for e in cell.entries)]


def lanes(book: Catalogue, found: JourneyFact) -> list[Lane]:
    """Give the rows of the map; steps are numbered through the whole journey."""
    of_steps: tuple[tuple[str, Callable[[int, StepFact], Entry]], ...] = (
        (_("What the person does"), lambda n, s: Entry(n, s.gist)),
        (_("Agency"), lambda n, s: _agency(book, n, s)),
        (_("Channel"), lambda n, s: Entry(n, channel_words(s))),
        (_("Time"), lambda n, s: Entry(n, time_words(s))),
        (_("Documents, visits, cost"), lambda n, s: Entry(n, other_words(s))),
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


def _numbers(found: JourneyFact) -> dict[str, int]:
    steps = [step.key for stage in found.stages for step in stage.steps]
    return {key: number for number, key in enumerate(steps, 1)}


def _agency(book: Catalogue, n: int, step: StepFact) -> Entry:
    key = step.agency_key
    return Entry(n, book.agency_name(key), f"/agencies/{key}/" if key in book.agencies else None)


def _feeling(n: int, step: StepFact) -> Entry:
    felt = feeling_words(step.feeling)
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


def _point(found: JourneyFact, point: PainPointFact) -> dict[str, Any]:
    return {
        "fact": point,
        "stage": stage_name(found, point.stage_key),
        "size": size_words(point.size),
    }


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
