"""The chain of evidence: links from what is promised to why, and what is missing."""

from dataclasses import dataclass, field, replace

from hearback.learn import facts as learn
from hearback.learn.queries import JourneyFact
from hearback.plan.action_plans.facts import ActionPlanFact
from hearback.plan.chain import EVIDENCE_WITHOUT_PROMISE, GAPS, chain_of
from hearback.plan.facts import (
    CommitmentFact,
    EvidenceFact,
    FundingFact,
    LifeExperienceFact,
    PriorityAreaFact,
    UpdateFact,
)
from hearback.plan.rules import ProgressFact, ReadingFact
from tests.publish.site import small_site


@dataclass(frozen=True)
class Some:
    """Facts of a few kinds."""

    journeys: tuple[JourneyFact, ...] = ()
    priority_areas: tuple[PriorityAreaFact, ...] = ()
    life_experiences: tuple[LifeExperienceFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    funding: tuple[FundingFact, ...] = ()
    updates: tuple[UpdateFact, ...] = field(default=())
    action_plans: tuple[ActionPlanFact, ...] = ()


CONTENT = small_site()
LIFE = CONTENT.life_experiences[0]
PAIN = CONTENT.journeys[0].pain_points[0]


def _with_project(**differs: object) -> Some:
    project = replace(LIFE.projects[0], **differs)  # type: ignore[arg-type]
    life = replace(LIFE, projects=(project,), journey_key=CONTENT.journeys[0].key)
    journeys = tuple(replace(one, insights=()) for one in CONTENT.journeys)  # one of them cites what is gone
    return Some(journeys=journeys, life_experiences=(life,))


def test_a_result_leads_back_to_what_hurt_people_and_forth_again() -> None:
    facts = _with_project(pain_point_keys=(PAIN.key,), results=("Fewer papers.",), result_sources=(None,))
    project = facts.life_experiences[0].projects[0]
    chain = chain_of(facts)
    (came_of,) = chain.rests_on(("result", f"{project.key}:1"))
    assert (came_of.says, came_of.end) == ("came of", ("project", project.key))
    answers = [one.end for one in chain.rests_on(came_of.end) if one.says == "answers"]
    assert answers == [("pain_point", PAIN.key)]
    hurts = [one.start for one in chain.rests_on_it(answers[0]) if one.says == "hurts at"]
    assert hurts == [("journey", CONTENT.journeys[0].key)]
    lived = [one.end for one in chain.rests_on(("life_experience", LIFE.key)) if one.says == "is lived as"]
    assert lived == hurts
    assert [one.start for one in chain.rests_on_it(answers[0]) if one.says == "answers"] == [came_of.end]
    assert {gap.missing for gap in chain.missing_at(came_of.end)} <= {
        "project_without_milestone", "project_without_success_measure",
    }  # fmt: skip


def test_every_link_is_found_from_both_ends() -> None:
    chain = chain_of(CONTENT)
    assert len(chain.links) > 20
    for link in chain.links:
        assert link in chain.rests_on(link.start)
        assert link in chain.rests_on_it(link.end)
        assert link.start in chain.nodes


def test_a_link_to_what_is_not_there_is_broken_and_told() -> None:
    chain = chain_of(_with_project(pain_point_keys=("gone",)))
    assert [(one.says, one.end) for one in chain.broken] == [("answers", ("pain_point", "gone"))]


def test_what_is_missing_is_named_where_it_is_missing() -> None:
    chain = chain_of(_with_project(pain_point_keys=(), results=(), result_sources=(), milestones=()))
    project = ("project", LIFE.projects[0].key)
    assert {gap.missing for gap in chain.missing_at(project)} == {
        "project_without_pain_point", "project_without_milestone", "project_without_result",
        "project_without_success_measure",
    }  # fmt: skip
    assert "pain_point_without_project" in {gap.missing for gap in chain.missing_at(("pain_point", PAIN.key))}


def test_an_update_under_a_number_that_two_areas_have_is_about_neither() -> None:
    area = CONTENT.priority_areas[0]
    number = area.strategies[0].number
    update = replace(CONTENT.updates[0], strategy_numbers=(number,), life_experience_keys=())
    other = replace(area, key="other", strategies=(replace(area.strategies[0], key="other-s"),))
    one = chain_of(Some(priority_areas=(area,), updates=(update,)))
    assert [link.end for link in one.rests_on(("update", update.key))] == [
        ("strategy", area.strategies[0].key)
    ]
    two = chain_of(Some(priority_areas=(area, other), updates=(update,)))
    assert two.rests_on(("update", update.key)) == []
    by_key = replace(update, strategy_keys=("other-s",))
    told = chain_of(Some(priority_areas=(area, other), updates=(by_key,)))
    assert [link.end for link in told.rests_on(("update", update.key))] == [("strategy", "other-s")]


def test_nothing_gives_an_empty_chain() -> None:
    chain = chain_of(Some())
    assert (chain.nodes, chain.links, chain.gaps) == ({}, [], [])


def test_the_gaps_are_those_that_can_be_named() -> None:
    assert {gap.missing for gap in chain_of(CONTENT).gaps} <= set(GAPS)
    assert set(GAPS) >= EVIDENCE_WITHOUT_PROMISE


def test_evidence_of_two_things_of_one_key_stays_apart() -> None:
    milestone = replace(LIFE.projects[0].milestones[0], key=PAIN.key, evidence=(EvidenceFact("A list."),))
    facts = _with_project(milestones=(milestone,))
    pain = replace(PAIN, evidence=(learn.EvidenceFact("A count.", None),))
    journey = replace(CONTENT.journeys[0], pain_points=(pain,))
    chain = chain_of(replace(facts, journeys=(journey,)))
    for kind, gist in (("milestone", "A list."), ("pain_point", "A count.")):
        cited = [
            chain.nodes[one.end].title for one in chain.rests_on((kind, PAIN.key)) if one.says == "cites"
        ]
        assert cited == [gist]


def test_a_success_measure_rests_on_the_work_that_names_it_and_says_how_far_it_is() -> None:
    area = CONTENT.priority_areas[0]
    key = area.success_measures[0].key
    facts = replace(_with_project(success_measure_keys=(key,)), priority_areas=(area,))
    project = ("project", LIFE.projects[0].key)
    chain = chain_of(facts)
    moved = [one.end for one in chain.rests_on(("success_measure", key)) if one.says == "is to be moved by"]
    assert moved == [project]
    assert "success_measure_without_work" not in {
        gap.missing for gap in chain.missing_at(("success_measure", key))
    }
    assert "project_without_success_measure" not in {gap.missing for gap in chain.missing_at(project)}
    without = chain_of(replace(facts, life_experiences=()))
    assert "success_measure_without_work" in {
        gap.missing for gap in without.missing_at(("success_measure", key))
    }
    assert "strategy_without_success_measure" in {gap.missing for gap in without.gaps}
    judged = replace(area.success_measures[0], progress=ProgressFact("cannot tell yet", "no_target"))
    told = chain_of(replace(facts, priority_areas=(replace(area, success_measures=(judged,)),)))
    assert (
        told.nodes["success_measure", key].told
        == "Cannot tell yet: no target figure to compare with was published."
    )
    assert chain.nodes["success_measure", key].told is None, "a release from before says nothing"


def test_work_that_names_a_measure_that_is_not_there_is_told_as_a_broken_link() -> None:
    (broken,) = chain_of(_with_project(success_measure_keys=("gone",))).broken
    assert (broken.start, broken.says) == (("success_measure", "gone"), "is to be moved by")


def test_a_figure_without_a_source_does_not_borrow_that_of_its_success_measure() -> None:
    area = CONTENT.priority_areas[0]
    given = (ReadingFact("2023", 64, 63, 65, key="a", source="https://example.org/a"),
             ReadingFact("2024", 66, None, None, key="b"))  # fmt: skip
    index = replace(
        area.success_measures[0], measure_key=None, source="https://example.org/m", readings=given
    )
    chain = chain_of(replace(CONTENT, priority_areas=(replace(area, success_measures=(index,)),)))
    urls = [chain.nodes["figure", key].url for key in "ab"]
    assert urls == ["https://example.org/a", None]


def test_evidence_is_of_the_kind_that_the_link_says() -> None:
    links = (
        learn.LinkFact("answer", None, "https://example.org/7", "Somebody wrote so."),
        learn.LinkFact("published_figure", "trust/service/x/FY2021-Q1", None, "A third.", True),
        learn.LinkFact("observation", "o1", None, "They turn it over.", True),
        learn.LinkFact("observation", "o9", None, "Not kept.", False),
        learn.LinkFact("published_figure", "trust/service/y/FY2021-Q1", None, "None.", False),
        learn.LinkFact("pain_point", None, "https://example.org/p", "Elsewhere."),
    )
    one = learn.InsightFact("i", "So it is.", links, 4, True, None)
    other = replace(one, key="j", evidence=links[1:2], evidence_count=1)
    journey = replace(CONTENT.journeys[0], insights=(one, other), personas=())
    chain = chain_of(Some(journeys=(journey,)))
    cited = [link.end for link in chain.rests_on(("insight", "i")) if link.says == "cites"]
    figure = ("figure", "trust/service/x/FY2021-Q1")
    assert cited == [
        ("answer", "insight:i:1"), figure, ("observation", "insight:i:3"), ("observation", "insight:i:4"),
        ("figure", "trust/service/y/FY2021-Q1"), ("evidence", "insight:i:6"),
    ]  # fmt: skip
    assert [link.end for link in chain.broken] == [cited[3], cited[4]]
    assert [link.start[1] for link in chain.rests_on_it(figure)] == ["i", "j"]
    assert chain.nodes[cited[0]].url == "https://example.org/7"
    bare = replace(journey, insights=(replace(one, evidence=links[3:5], evidence_count=0),))
    gaps = chain_of(Some(journeys=(bare,))).missing_at(("insight", "i"))
    assert "insight_without_evidence" in {gap.missing for gap in gaps}


def test_what_is_told_of_a_commitment_is_its_evidence() -> None:
    told, silent = CONTENT.commitments
    assert (told.progress, silent.progress) == ("Half of it works.", None)
    chain = chain_of(Some(commitments=(told, silent)))
    (link,) = chain.rests_on(("commitment", told.key))
    cited = chain.nodes[link.end]
    assert (link.says, cited.kind, cited.title) == ("cites", "evidence", "Half of it works.")
    assert (cited.url, cited.told) == (told.progress_source, told.progress_date)
    assert [(gap.node.key, gap.missing) for gap in chain.gaps] == [
        (silent.key, "commitment_without_progress")
    ]


def test_of_a_commitment_with_a_status_it_is_not_said_that_nothing_was_published() -> None:
    rated = replace(CONTENT.commitments[1], status="Complete", progress=None)
    assert [gap.missing for gap in chain_of(Some(commitments=(rated,))).gaps] == [
        "commitment_without_evidence"
    ]


def test_money_leads_to_the_project_and_the_commitment_that_it_is_for() -> None:
    money = FundingFact(
        "f", "budget_request", None, 2024, None, None, 5, None, "Staff.", None, None, None,
        project_keys=(LIFE.projects[0].key,), commitment_keys=("gone",),
    )  # fmt: skip
    chain = chain_of(Some(life_experiences=(LIFE,), funding=(money,)))
    ends = [(one.says, one.end, chain.is_broken(one)) for one in chain.rests_on(("funding", "f"))]
    assert ends == [
        ("is for", ("project", LIFE.projects[0].key), False), ("is for", ("commitment", "gone"), True)
    ]  # fmt: skip
