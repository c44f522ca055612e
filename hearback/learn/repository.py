"""The research repository: what stays in the house, for signed-in people. Nothing here reaches a release."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from hearback.learn import models
from hearback.learn.evidence import cited_there, links_of
from hearback.learn.facts import JourneyFact, LinkFact, StudyFact
from hearback.learn.queries import journeys, study_fact
from hearback.learn.rules import Standing, existing, standing_of_cited

Places = dict[tuple[str, str], tuple[str, str | None]]
"""Of what is cited, by kind and key: the keys of its journey and of its study, if it belongs to one."""


@dataclass(frozen=True)
class ObservationFact:
    """What a researcher saw."""

    key: str
    gist: str
    tags: tuple[str, ...]
    source: str | None
    confidence: str | None


@dataclass(frozen=True)
class HighlightFact:
    """A passage of a transcript, with the group of who said it."""

    key: str
    text: str
    group: str | None
    tags: tuple[str, ...]
    source: str | None
    confidence: str | None


@dataclass(frozen=True)
class StudyInside:
    """A study with all that was seen and heard in it; nothing is held back."""

    fact: StudyFact
    journey_key: str
    journey_name: str
    passages: tuple[ObservationFact | HighlightFact, ...]

    @property
    def tags(self) -> dict[str, int]:
        """Count the passages with each tag, the tags in order."""
        found = Counter(tag for one in self.passages for tag in set(one.tags))
        return dict(sorted(found.items()))

    def tagged(self, tag: str) -> tuple[ObservationFact | HighlightFact, ...]:
        """Give the passages with a tag; with none, all."""
        return tuple(one for one in self.passages if not tag or tag in one.tags)


@dataclass(frozen=True)
class JourneyCounts:
    """How much is known of a journey; insights by whether they are published, or what is in the way."""

    key: str
    name: str
    n_stages: int
    n_pain_points: int
    n_personas: int
    n_stories: int
    n_studies: int
    n_observations: int
    n_highlights: int
    insights: dict[Standing, int]


def journey_counts() -> list[JourneyCounts]:
    """List all journeys by name, with how much is known of each."""
    counted = {
        "n_stages": _counted(models.Stage, "journey"),
        "n_pain_points": _counted(models.PainPoint, "journey"),
        "n_personas": _counted(models.Persona, "journey"),
        "n_stories": _counted(models.Story, "journey"),
        "n_studies": _counted(models.Study, "journey"),
        "n_observations": _counted(models.Observation, "study__journey"),
        "n_highlights": _counted(models.Highlight, "study__journey"),
    }
    insights: dict[int, Counter[Standing]] = {}
    rows = list(models.Insight.objects.only("journey", "published", "evidence"))
    there = cited_there(link for row in rows for link in links_of(row))
    for row in rows:
        standing = standing_of_cited(row.published, len(existing(links_of(row), there)))
        insights.setdefault(row.journey_id, Counter())[standing] += 1
    return [
        JourneyCounts(
            key, name, **{what: n.get(pk, 0) for what, n in counted.items()}, insights=insights.get(pk, {})
        )
        for pk, key, name in models.Journey.objects.values_list("pk", "key", "name")
    ]


def journey_inside(key: str) -> JourneyFact | None:
    """Give a journey with nothing held back; null where there is none of this key."""
    return next(iter(journeys(key=key)), None)


def study_inside(key: str) -> StudyInside | None:
    """Give a study with its observations, then its highlights; null where there is none of this key."""
    found = (
        models.Study.objects.select_related("journey")
        .prefetch_related("observations", "highlights")
        .filter(key=key)
        .first()
    )
    if found is None:
        return None
    observations = [
        ObservationFact(one.key, one.gist, tuple(one.tags), one.source, one.confidence)
        for one in found.observations.all()
    ]
    highlights = [
        HighlightFact(one.key, one.text, one.group, tuple(one.tags), one.source, one.confidence)
        for one in found.highlights.all()
    ]
    return StudyInside(study_fact(found), found.journey.key, found.journey.name, (*observations, *highlights))


def places_of(links: Iterable[LinkFact]) -> Places:
    """Give where the pain points, observations and highlights belong that are cited by key and are there."""
    keys: dict[str, set[str]] = {}
    for link in links:
        keys.setdefault(link.kind, set()).add(link.cited or "")
    points = models.PainPoint.objects.filter(key__in=keys.get("pain_point", ()))
    found: Places = {("pain_point", key): (of, None) for key, of in points.values_list("key", "journey__key")}
    for kind, model in (("observation", models.Observation), ("highlight", models.Highlight)):
        rows = model._default_manager.filter(key__in=keys.get(kind, ()))
        found |= {
            (kind, key): (journey, study)
            for key, journey, study in rows.values_list("key", "study__journey__key", "study__key")
        }
    return found


def _counted(model: type[Any], way: str) -> dict[int, int]:
    return dict(model.objects.order_by().values_list(way).annotate(n=Count("pk")))
