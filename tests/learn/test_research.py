"""Stories with consent, studies without names, insights with evidence."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from hearback.directory.files import FileNotGood
from hearback.learn import queries
from hearback.learn.commands import load
from hearback.learn.models import Insight, Journey, Persona, Story
from hearback.learn.rules import (
    Link,
    LinkNotValid,
    NotPublishable,
    check_evidence,
    check_link,
    check_story,
    existing,
)
from hearback.publish.snapshot import publish_journey
from tests.learn.small import changed, write

ANN: list[str | int] = [0, "stories", 2]
FIRST: list[str | int] = [0, "insights", 0]


def loaded(folder: Path, at: datetime, suppress_below: int = 0) -> queries.JourneyFact:
    load(write(folder), by="operator", at=at)
    return queries.journeys(suppress_below=suppress_below)[1]


def test_stories_studies_and_insights_are_read_back(learn_folder: Path, at: datetime) -> None:
    journey = loaded(learn_folder, at)
    told, composite, _ = journey.stories
    assert (told.stage_key, told.text, told.consent, told.provenance, told.composite) == (
        "asking", "I came three times.", "signed form, 2026", "interview", False,
    )  # fmt: skip
    assert (composite.composite, composite.text, composite.consent) == (True, None, None)
    (study,) = journey.studies
    assert (study.method, study.dates, study.people_count, study.states_count) == (
        "interviews", "2025", 18, None,
    )  # fmt: skip
    assert [(p.group, p.count) for p in study.participants] == [("fishers", 14), ("clerks", 4)]
    assert (study.observations_count, study.highlights_count) == (1, 1)
    assert [(file.name, file.gist, file.published) for file in study.files] == [
        ("Questions", None, True), ("Recordings", "Locked.", False),
    ]  # fmt: skip
    composed, bare = journey.personas
    assert (composed.needs, composed.barriers, composed.groups, composed.evidence_count) == (
        ("one form",), ("words of the trade", "office hours"), ("fishers",), 1,
    )  # fmt: skip
    assert (bare.published, bare.evidence_count, bare.gist) == (False, 0, None)


def test_evidence_is_counted_only_where_it_leads_to_something(learn_folder: Path, at: datetime) -> None:
    cited, bare = loaded(learn_folder, at).insights
    assert (len(cited.evidence), cited.evidence_count) == (3, 2)
    assert (cited.published, bare.published, bare.evidence_count) == (True, False, 0)


def test_only_what_is_published_is_released_and_nothing_said_in_private(
    learn_folder: Path, at: datetime
) -> None:
    journey = publish_journey(loaded(learn_folder, at, suppress_below=10))
    assert [story.key for story in journey.stories] == ["ann", "bea"]
    assert [insight.key for insight in journey.insights] == ["i1"]
    assert [persona.key for persona in journey.personas] == ["newcomer"]
    assert [file.name for file in journey.studies[0].files] == ["Questions"]
    assert "Which one is it?" not in repr(journey)


def test_few_participants_are_not_told_nor_can_they_be_worked_out(learn_folder: Path, at: datetime) -> None:
    (study,) = loaded(learn_folder, at, suppress_below=10).studies
    assert [(p.group, p.count) for p in study.participants] == [("fishers", 14), ("clerks", None)]
    assert study.people_count is None


def test_nor_can_those_be_worked_out_whom_nobody_counted(learn_folder: Path, at: datetime) -> None:
    groups = [{"group": "fishers", "count": 14}, {"group": "clerks"}]
    for in_all, shown in ((17, None), (30, 30), (14, 14)):
        few = changed([0, "studies", 0], participants=groups, people_count=in_all)
        load(write(learn_folder, few), by="operator", at=at)
        (study,) = queries.journeys(suppress_below=10)[1].studies
        assert study.people_count == shown, in_all


def test_a_published_figure_is_there_only_with_a_value(learn_folder: Path, at: datetime) -> None:
    assert not queries.evidence_is_there("published_figure", "trust_agree_share/service/mooring/FY2021-Q2")
    assert not queries.evidence_is_there("published_figure", "trust")
    assert not queries.evidence_is_there("case", "7")
    loaded(learn_folder, at)
    assert queries.evidence_is_there("pain_point", "slow")
    assert not queries.evidence_is_there("observation", "slow")


CASES = {
    "a story without consent": (
        changed(ANN, published=True),
        ["story cy.consent", "not composite", "leave it unpublished"],
    ),
    "an insight without evidence": (
        changed([0, "insights", 1], published=True),
        ["insight i2.evidence", "none of the evidence it cites is there"],
    ),
    "a persona without evidence": (
        changed([0, "personas", 1], published=True),
        ["persona old-hand.evidence", "none of the evidence it cites is there"],
    ),
    "a persona that cites nothing": (
        changed([0, "personas", 0], evidence=[{"kind": "case", "gist": "x"}]),
        ["persona newcomer.evidence[1]", "a key or an address"],
    ),
    "a file that is a script": (
        changed([0, "studies", 0], files=[{"name": "x", "url": "javascript:alert(1)"}]),
        ["study dockside.files[1]", "no address", "give the address of the file"],
    ),
    "an insight whose evidence is gone": (
        changed(FIRST, evidence=[{"kind": "observation", "cited": "o9", "gist": "x"}]),
        ["insight i1.evidence", "none of the evidence"],
    ),
    "a link to nothing": (
        changed(FIRST, evidence=[{"kind": "case", "gist": "x"}]),
        ["insight i1.evidence[1]", "a key or an address"],
    ),
    "a link that is a script": (
        changed(FIRST, evidence=[{"kind": "case", "url": "javascript:alert(1)", "gist": "x"}]),
        ["insight i1.evidence[1]", "no address"],
    ),
    "an unknown kind of evidence": (
        changed(FIRST, evidence=[{"kind": "rumour", "cited": "x", "gist": "x"}]),
        ["insights[i1].evidence[1].kind", "rumour", "answer, comment, case"],
    ),
    "a story of a stage elsewhere": (
        changed(ANN, stage="flying"),
        ["stories[cy].stage", "no stage 'flying'"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named_and_nothing_is_kept(case: str, learn_folder: Path, at: datetime) -> None:
    journeys, words = CASES[case]
    with pytest.raises(FileNotGood) as problem:
        load(write(learn_folder, journeys), by="operator", at=at)
    said = str(problem.value)
    assert [word for word in words if word not in said] == [], said
    assert queries.journeys() == []


def test_the_database_holds_consent_and_evidence_too(db: None) -> None:
    journey = Journey.objects.create(key="j", name="Buying a boat")
    story = {"journey": journey, "position": 1, "title": "x", "composite": False, "published": True}
    for consent in (None, ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            Story.objects.create(key="s", consent=consent, **story)
    with pytest.raises(IntegrityError), transaction.atomic():
        Insight.objects.create(key="i", journey=journey, position=1, text="x", published=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Persona.objects.create(key="p", journey=journey, position=1, name="x", published=True)
    Story.objects.create(key="s", **story | {"composite": True})
    Story.objects.create(key="t", consent="signed", **story)
    Insight.objects.create(key="i", journey=journey, position=1, text="x", published=True, evidence_count=1)


def test_the_rules_alone() -> None:
    check_story(True, True, None)
    check_story(False, False, None)
    with pytest.raises(NotPublishable):
        check_story(True, False, "")
    check_evidence(False, 0)
    check_evidence(True, 1)
    with pytest.raises(NotPublishable):
        check_evidence(True, 0)
    with pytest.raises(LinkNotValid):
        check_link(Link("case", None, None))
    links = [
        Link("observation", "o1", None),
        Link("observation", "o2", None),
        Link("case", None, "https://x"),
    ]
    assert existing(links, lambda kind, key: (kind, key) == ("observation", "o1")) == [links[0], links[2]]
