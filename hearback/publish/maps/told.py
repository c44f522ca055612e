"""What a map of a journey tells, in words. Null is not known, and is shown as that."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from hearback.learn.queries import JourneyFact, PainPointFact, StepFact
from hearback.measure.rules import MEASURES
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue, catalogue, find
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.journey_words import (
    Taken,
    channel_words,
    feeling_words,
    other_words,
    size_words,
    stage_name,
    taken,
    time_words,
)
from hearback.ui.numbers import count


@dataclass(frozen=True)
class ToldStep:
    """A step, numbered through the whole journey. `feeling` goes from -2 to 2, `feels` says it in words."""

    number: int
    gist: str
    agency: str | None
    channel: str | None
    time: str | None
    other: str | None
    feeling: int | None
    feels: str | None
    measure: str | None


@dataclass(frozen=True)
class ToldPain:
    """What hurts: in which stage, whom, how many say so, what shows it (each with its source, if any)."""

    gist: str
    stage: str | None
    groups: str | None
    size: str | None
    evidence: tuple[tuple[str, str | None], ...]
    source: str | None


@dataclass(frozen=True)
class ToldStage:
    """A stage with its steps, and the pain points of which it is known that they belong here."""

    name: str
    steps: tuple[ToldStep, ...]
    pain_points: tuple[ToldPain, ...]


@dataclass(frozen=True)
class ToldMap:
    """A whole map; `pain_points` are all of them, the largest first."""

    key: str
    name: str
    gist: str | None
    note: str | None
    stages: tuple[ToldStage, ...]
    pain_points: tuple[ToldPain, ...]
    taken: tuple[Taken, ...]
    volume: str | None
    volume_gist: str | None
    source: str | None
    release: str

    @property
    def n_steps(self) -> int:
        """Count the steps."""
        return sum(len(stage.steps) for stage in self.stages)

    @property
    def without_stage(self) -> tuple[ToldPain, ...]:
        """Give the pain points of which nobody said in which stage they hurt."""
        return tuple(point for point in self.pain_points if point.stage is None)


def told(release: ReleaseData, key: str) -> ToldMap:
    """Say what the map of a journey tells, in English as the whole release.

    Raises:
        NotInRelease: if the release holds no such journey.
    """
    with translation.override("en"):
        return _told(release, find(release.journeys, key))


def _told(release: ReleaseData, found: JourneyFact) -> ToldMap:
    points = [(point.stage_key, _pain(found, point)) for point in found.pain_points]
    numbers = {s.key: n for n, s in enumerate((s for stage in found.stages for s in stage.steps), 1)}
    book = catalogue(release)
    stages = [
        ToldStage(
            begun(stage.name),
            tuple(_step(book, numbers[step.key], step) for step in stage.steps),
            tuple(point for where, point in points if where == stage.key),
        )
        for stage in found.stages
    ]
    return ToldMap(
        key=found.key,
        name=found.name,
        gist=found.gist,
        note=found.note,
        stages=tuple(stages),
        pain_points=tuple(point for _where, point in points),
        taken=tuple(taken(found.burden)) if found.burden else (),
        volume=None if found.yearly_volume is None else count(found.yearly_volume),
        volume_gist=found.volume_gist,
        source=found.source,
        release=_release(release),
    )


def _release(release: ReleaseData) -> str:
    return _("Release %(number)s of %(day)s, manifest SHA-256 %(hash)s") % {
        "number": release.number,
        "day": date_label(release.made_on.isoformat()),
        "hash": release.manifest_sha256,
    }


def _step(book: Catalogue, number: int, step: StepFact) -> ToldStep:
    feels = ". ".join(words for words in (feeling_words(step.feeling), step.feeling_gist) if words)
    measure = MEASURES.get(step.measure_key or "")
    return ToldStep(
        number=number,
        gist=step.gist,
        agency=book.agency_name(step.agency_key),
        channel=channel_words(step),
        time=time_words(step),
        other=other_words(step),
        feeling=step.feeling,
        feels=feels or None,
        measure=measure.name if measure else step.measure_key,
    )


def _pain(found: JourneyFact, point: PainPointFact) -> ToldPain:
    name = stage_name(found, point.stage_key)
    return ToldPain(
        gist=point.gist,
        stage=None if name is None else begun(name),
        groups=", ".join(point.groups) or None,
        size=size_words(point.size),
        evidence=tuple((one.gist, one.source) for one in point.evidence),
        source=point.source,
    )


def begun(name: str) -> str:
    """Begin words large, as the pages do."""
    return name[:1].upper() + name[1:]
