"""Stories with consent, studies without names, insights with evidence."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from hearback.directory.files import FileNotGood
from hearback.learn import queries
from hearback.learn.commands import load
from hearback.learn.evidence import cited_there
from hearback.learn.models import Insight, Journey, Observation, PainPoint, Persona, Story
from hearback.learn.rules import (
    Link,
    LinkNotValid,
    NotPublishable,
    check_evidence,
    check_link,
    check_story,
    existing,
)
from hearback.measure.models import Score
from hearback.plan.chain import chain_of
from hearback.plan.desk.gaps import working
from hearback.publish.snapshot import publish_journey
from tests.learn.small import changed, write

ANN: list[str | int] = [0, "stories", 2]
FIRST: list[str | int] = [0, "insights", 0]
FIGURE = "trust_agree_share/service/mooring/FY2021-Q2"
PAIN = {"kind": "pain_point", "cited": "slow", "gist": "Half of them wait for weeks."}


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


def test_what_is_cited_is_looked_up_by_its_key(learn_folder: Path, at: datetime) -> None:
    loaded(learn_folder, at)
    cited = [Link("pain_point", "slow", None), Link("observation", "slow", None), Link("case", "7", None),
             Link("published_figure", FIGURE, None), Link("published_figure", "trust", None)]  # fmt: skip
    assert cited_there(cited) == {("pain_point", "slow")}


def test_a_figure_is_there_as_soon_as_it_has_a_value(learn_folder: Path, at: datetime) -> None:
    figure = {"kind": "published_figure", "cited": FIGURE, "gist": "A third trusts it."}
    report = load(write(learn_folder, changed(FIRST, evidence=[PAIN, figure])), by="operator", at=at)
    assert f"insight i1 cites published_figure {FIGURE}, which is not there" in report.not_there
    (insight, _) = queries.journeys()[1].insights
    assert [one.is_there for one in insight.evidence] == [True, False]
    assert insight.evidence_count == 1
    for pool, value, is_there in (("stated", None, False), ("increased", 0.33, True)):
        Score.objects.create(
            measure="trust_agree_share", level="service", subject="mooring", quarter="FY2021-Q2", pool=pool,
            value=value, reason="suppressed_small", n_surveys=1, method="wilson", method_version="1",
            inputs_sha256="0" * 64,
        )  # fmt: skip
        (insight, _) = queries.journeys()[1].insights
        assert [one.is_there for one in insight.evidence] == [True, is_there]


def test_loading_again_tells_again_what_is_not_there(learn_folder: Path, at: datetime) -> None:
    for _ in range(2):
        report = load(write(learn_folder), by="operator", at=at)
        assert report.not_there == ["insight i1 cites highlight gone, which is not there"]
    assert "not there: insight i1 cites highlight gone, which is not there" in report.lines(False)


def test_what_lost_its_evidence_is_not_released_any_more(learn_folder: Path, at: datetime) -> None:
    one = {"kind": "observation", "cited": "o1", "gist": "They turn it over."}
    load(write(learn_folder, changed(FIRST, evidence=[one])), by="operator", at=at)
    assert [i.key for i in publish_journey(queries.journeys()[1]).insights] == ["i1"]
    Observation.objects.get(key="o1").delete()
    journey = queries.journeys()[1]
    assert (journey.insights[0].published, journey.insights[0].evidence_count) == (True, 0)
    assert publish_journey(journey).insights == ()
    PainPoint.objects.get(key="slow").delete()
    assert publish_journey(queries.journeys()[1]).personas == ()
    gaps = {(gap.node.id, gap.missing) for gap in chain_of(working()).gaps}
    assert (("insight", "i1"), "insight_without_evidence") in gaps
    assert (("persona", "newcomer"), "persona_without_evidence") in gaps


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
    "an answer that nobody could look up": (
        changed(FIRST, evidence=[PAIN, {"kind": "answer", "cited": "7", "gist": "x"}]),
        [
            "insight i1.evidence[2]",
            "of kind answer nothing can be looked up by a key",
            'cite it by its address, as "url": "https://example.gov/dashboard/forms/',
        ],
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
    with pytest.raises(LinkNotValid, match="kind case"):
        check_link(Link("case", "7", None))
    check_link(Link("case", "7", "https://x"))
    links = [
        Link("observation", "o1", None),
        Link("observation", "o2", "https://x"),
        Link("case", "7", None),
        Link("case", None, "https://x"),
    ]
    assert existing(links, {("observation", "o1"), ("case", "7")}) == [links[0], links[3]]
