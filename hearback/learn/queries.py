"""Reading what people go through. The facts other parts may know stand in `facts` and are found here too."""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps

from hearback.directory.from_rows import fact
from hearback.directory.from_rows import key as key_of
from hearback.directory.queries import agency_ids, service_ids
from hearback.learn.evidence import Cited, cited_there, links_of
from hearback.learn.facts import (
    EvidenceFact,
    InsightFact,
    JourneyFact,
    LinkFact,
    PainPointFact,
    ParticipantsFact,
    PersonaFact,
    StageFact,
    StepFact,
    StoryFact,
    StudyFact,
    StudyFileFact,
)
from hearback.learn.models import (
    Insight,
    Journey,
    PainPoint,
    Persona,
    Stage,
    Step,
    Study,
)
from hearback.learn.rules import QUANTITIES, Amount, PainSize, burden, leads, pain_size, ranked
from hearback.measure.rules import is_small

__all__ = [
    "EvidenceFact",
    "InsightFact",
    "JourneyFact",
    "LinkFact",
    "PainPointFact",
    "ParticipantsFact",
    "PersonaFact",
    "StageFact",
    "StepFact",
    "StoryFact",
    "StudyFact",
    "StudyFileFact",
    "counts",
    "ids_of_others",
    "journey_ids",
    "journeys",
    "pain_point_ids",
]

SUPPRESSED, NOT_COUNTED, NOT_KNOWN = "suppressed_small", "not_counted", "not_known"
"""Why a number is not there."""


def counts() -> dict[str, int]:
    """Count the records of every kind, by the plural of its name."""
    return {
        str(model._meta.verbose_name_plural).replace(" ", "_"): model._default_manager.count()
        for model in apps.get_app_config("learn").get_models()
        if not model._meta.auto_created
    }


def ids_of_others() -> dict[str, dict[str, int]]:
    """Give the rows of earlier stages that journeys link to: their numbers, by kind and key."""
    return {"agency": agency_ids(), "service": service_ids()}


def journey_ids() -> dict[str, int]:
    """Give the row number of every journey by key, for actions that set a foreign key."""
    return dict(Journey.objects.values_list("key", "pk"))


def pain_point_ids() -> dict[str, int]:
    """Give the row number of every pain point by key, for actions that set a foreign key."""
    return dict(PainPoint.objects.values_list("key", "pk"))


def journeys(*, suppress_below: int = 0, key: str | None = None) -> list[JourneyFact]:
    """List journeys by name, each with stages and steps in order, its pain points by rank, and its burden.

    Stories, personas, insights and files are all there, published or not: whoever publishes takes only the
    published ones. Evidence is looked up now, not as it was when it was loaded.

    Args:
        suppress_below: sizes of pain points made of fewer answers than this, and counts of fewer
            participants, are taken as not known; whoever publishes passes the setting of that name.
        key: only the journey of this key.
    """
    rows = Journey.objects.select_related("about").prefetch_related(
        "stages__steps__agency",
        "pain_points__stage",
        "stories__stage",
        "studies__observations",
        "studies__highlights",
        "personas",
        "insights",
    )
    wanted = list(rows if key is None else rows.filter(key=key))
    citing: Iterator[Insight | Persona] = chain.from_iterable(
        (*row.personas.all(), *row.insights.all()) for row in wanted
    )
    there = cited_there(link for one in citing for link in links_of(one))
    return [_journey(row, suppress_below, there) for row in wanted]


def _journey(row: Journey, suppress_below: int, there: Cited) -> JourneyFact:
    stages = list(row.stages.all())
    amounts = [_amounts(step) for stage in stages for step in stage.steps.all()]
    return fact(
        JourneyFact,
        row,
        about_key=key_of(row.about),
        stages=tuple(_stage(stage) for stage in stages),
        pain_points=_pain_points(row, suppress_below),
        burden=burden(amounts, row.yearly_volume),
        stories=tuple(fact(StoryFact, one, stage_key=key_of(one.stage)) for one in row.stories.all()),
        studies=tuple(study_fact(study, suppress_below) for study in row.studies.all()),
        personas=tuple(_persona(one, there) for one in row.personas.all()),
        insights=tuple(fact(InsightFact, one, **_cited(one, there)) for one in row.insights.all()),
    )


def _persona(row: Persona, there: Cited) -> PersonaFact:
    lists = {name: tuple(getattr(row, name)) for name in ("needs", "barriers", "groups")}
    return fact(PersonaFact, row, **_cited(row, there), **lists)


def _cited(row: Insight | Persona, there: Cited) -> dict[str, Any]:
    """Give the links with whether each leads to something now, and how many do."""
    found = [leads(link, there) for link in links_of(row)]
    links = (LinkFact(**link, is_there=led) for link, led in zip(row.evidence, found, strict=True))
    return {"evidence": tuple(links), "evidence_count": len(found) - found.count(False)}


def _stage(stage: Stage) -> StageFact:
    steps = tuple(fact(StepFact, step, agency_key=key_of(step.agency)) for step in stage.steps.all())
    return fact(StageFact, stage, steps=steps)


def _amounts(step: Step) -> dict[str, Amount]:
    return {
        name: Amount(*(getattr(step, part) for part in (name, f"{name}_low", f"{name}_high")))
        for name in QUANTITIES
    }


def _pain_points(row: Journey, suppress_below: int) -> tuple[PainPointFact, ...]:
    held = {point.key: point for point in row.pain_points.all()}
    sizes = {key: _size(point, row.yearly_volume, suppress_below) for key, point in held.items()}
    return tuple(
        fact(
            PainPointFact,
            held[place.key],
            stage_key=key_of(held[place.key].stage),
            groups=tuple(held[place.key].groups),
            evidence=tuple(EvidenceFact(**one) for one in held[place.key].evidence),
            size=sizes[place.key],
            rank=place.rank,
            size_reason=_no_size(held[place.key], sizes[place.key], suppress_below),
        )
        for place in ranked(list(sizes.items()))
    )


def study_fact(study: Study, suppress_below: int = 0) -> StudyFact:
    """Make the fact of a study; counts of fewer participants than `suppress_below` are taken as not known."""
    small = [is_small(one["count"], suppress_below) for one in study.participants]
    groups = [
        ParticipantsFact(one["group"], None if is_held_back else one["count"])
        for one, is_held_back in zip(study.participants, small, strict=True)
    ]
    held_back = any(small) or is_small(study.people_count, suppress_below) or _tells(study, suppress_below)
    return fact(
        StudyFact,
        study,
        participants=tuple(groups),
        people_count=None if held_back else study.people_count,  # less the others it would tell a small group
        people_reason=SUPPRESSED if held_back else NOT_KNOWN if study.people_count is None else None,
        groups_reason=SUPPRESSED if any(small) else None,
        observations_count=len(study.observations.all()),
        highlights_count=len(study.highlights.all()),
        files=tuple(StudyFileFact(**one) for one in study.files),
    )


def _tells(study: Study, suppress_below: int) -> bool:
    """Say whether the number of all people, less the groups that were counted, tells how small others are."""
    counts = [one["count"] for one in study.participants]
    if study.people_count is None or None not in counts:
        return False
    return is_small(study.people_count - sum(n for n in counts if n is not None), suppress_below)


def _size(point: PainPoint, yearly_volume: int | None, suppress_below: int) -> PainSize:
    if is_small(point.asked_count, suppress_below):
        return pain_size(None, None, None)
    return pain_size(point.naming_count, point.asked_count, yearly_volume)


def _no_size(point: PainPoint, size: PainSize, suppress_below: int) -> str | None:
    """Say why a pain point has no size: too few answered, or nobody counted."""
    if size.share is not None:
        return None
    return SUPPRESSED if is_small(point.asked_count, suppress_below) else NOT_COUNTED
