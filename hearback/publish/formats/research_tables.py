"""Tables of what was learnt of people: stories, studies, personas, insights, as far as they are published."""

from hearback.learn.queries import (
    InsightFact,
    LinkFact,
    ParticipantsFact,
    PersonaFact,
    StoryFact,
    StudyFact,
    StudyFileFact,
)
from hearback.publish.formats.journey_tables import READ, SURE
from hearback.publish.formats.reasons import NOT_TOLD_HERE, why_empty
from hearback.publish.formats.tables import Row, Table, columns

NAMED = ("published_figure", "pain_point")
"""Kinds of evidence whose keys lead to what is published; others are kept in the house."""

CITED = (
    "What it rests on, each as 'kind: gist (where)', separated by '; '; of what is gone (where, not there)."
)


def _story(journey: str, s: StoryFact) -> Row:
    return (
        s.key, journey, s.stage_key, s.title, s.text, s.composite, s.consent, s.provenance, s.confidence,
        s.source, None if s.text is not None else NOT_TOLD_HERE,
    )  # fmt: skip


def _study(journey: str, s: StudyFact) -> Row:
    return (
        s.key, journey, s.name, s.method, s.dates, tuple(_group(one) for one in s.participants),
        s.people_count, s.states_count, s.consent, s.observations_count, s.highlights_count, s.confidence,
        s.source, s.groups_reason, why_empty(s.people_count, s.people_reason),
    )  # fmt: skip


def _group(one: ParticipantsFact) -> str:
    return one.group if one.count is None else f"{one.group}: {one.count}"


def _file(study: str, one: StudyFileFact) -> Row:
    return study, one.name, one.url, one.gist


def _persona(journey: str, p: PersonaFact) -> Row:
    evidence = tuple(_link(one) for one in p.evidence)
    return (
        p.key, journey, p.name, p.gist, p.needs, p.barriers, p.groups, evidence, p.evidence_count,
        p.provenance, p.confidence, p.source,
    )  # fmt: skip


def _insight(journey: str, i: InsightFact) -> Row:
    evidence = tuple(_link(one) for one in i.evidence)
    return i.key, journey, i.text, evidence, i.evidence_count, i.confidence, i.source


def _link(one: LinkFact) -> str:
    where = one.url or (one.cited if one.kind in NAMED else None)
    told = [where] if where else []
    if one.is_there is False:
        told.append("not there")
    return f"{one.kind}: {one.gist}" + (f" ({', '.join(told)})" if told else "")


STORIES = Table(
    "stories",
    "Stories of journeys: composite ones, and those told with consent",
    columns(
        story="Key of the story.",
        journey="Key of the journey.",
        stage="Key of the stage it is about; empty where not known.",
        title="Title.",
        text="Its words; empty where they are not told here.",
        composite="Whether it is made up of what many people went through.",
        consent="How consent was given; empty for a composite one.",
        provenance="Where it comes from.",
        confidence=SURE,
        source=READ,
        text_reason="Why text is empty, as a code.",
    ),
    lambda content: (_story(j.key, story) for j in content.journeys for story in j.stories),
)

STUDIES = Table(
    "studies",
    "Studies: research with people, without names",
    columns(
        study="Key of the study.",
        journey="Key of the journey.",
        name="Name.",
        method="How it was done.",
        dates="When, as the source gives it.",
        groups="Who took part, as 'group: how many', separated by '; '; bare where not known or too few.",
        people_count="How many took part; empty where not known, or where it would tell a small group.",
        states_count="In how many states and territories.",
        consent="How consent was given.",
        observation_count="How many observations it made; they are not published.",
        highlight_count="How many passages of transcripts it kept; they are not published.",
        confidence=SURE,
        source=READ,
        groups_reason="Why a group stands without how many it were, as a code; empty: that is not known.",
        people_count_reason="Why people_count is empty, as a code.",
    ),
    lambda content: (_study(j.key, study) for j in content.journeys for study in j.studies),
)

STUDY_FILES = Table(
    "study_files",
    "Files of studies, by their address",
    columns(
        study="Key of the study.",
        name="Name of the file.",
        url="Where it is.",
        gist="What it is, in short.",
    ),
    lambda content: (
        _file(study.key, one) for j in content.journeys for study in j.studies for one in study.files
    ),
)

PERSONAS = Table(
    "personas",
    "Personas: kinds of people on journeys, all composed from research; none is a real person",
    columns(
        persona="Key of the persona.",
        journey="Key of the journey.",
        name="A label for a kind of people.",
        gist="Who they are, in short.",
        needs="What they need, separated by '; '.",
        barriers="What holds them back, separated by '; '.",
        groups="Which groups it stands for, separated by '; '.",
        evidence=CITED,
        evidence_count="How many of those lead to something that is there.",
        provenance="Which research it was composed from.",
        confidence=SURE,
        source=READ,
    ),
    lambda content: (_persona(j.key, persona) for j in content.journeys for persona in j.personas),
)

INSIGHTS = Table(
    "insights",
    "Insights: what was understood, and what it rests on",
    columns(
        insight="Key of the insight.",
        journey="Key of the journey.",
        text="What was understood.",
        evidence=CITED,
        evidence_count="How many of those lead to something that is there.",
        confidence=SURE,
        source=READ,
    ),
    lambda content: (_insight(j.key, insight) for j in content.journeys for insight in j.insights),
)
