"""Making the chain from facts: what rests on what, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain as joined
from typing import Protocol

from hearback.learn.facts import InsightFact, JourneyFact, PainPointFact, PersonaFact
from hearback.plan.action_plans.facts import ActionPlanFact
from hearback.plan.chain.links import Chain, Node
from hearback.plan.facts import (
    CommitmentFact,
    FundingFact,
    LifeExperienceFact,
    MilestoneFact,
    PriorityAreaFact,
    ProjectFact,
    SuccessMeasureFact,
    UpdateFact,
)
from hearback.plan.rules import Kind, figure_words, kind_of, status_words

CITED = {"published_figure": "figure"}
"""What the chain calls a kind of evidence, where that is not its own name."""
NAMED = frozenset({"figure", "pain_point"})
"""Kinds of evidence whose keys name what is published; keys of others stay in the house."""


class Facts(Protocol):
    """Where the facts of a chain come from: a release, or the working tables."""

    @property
    def journeys(self) -> Sequence[JourneyFact]:
        """Journeys with what was learnt on them."""

    @property
    def priority_areas(self) -> Sequence[PriorityAreaFact]:
        """Priority areas with strategies, goals, milestones, success measures."""

    @property
    def life_experiences(self) -> Sequence[LifeExperienceFact]:
        """Life experiences with projects and milestones."""

    @property
    def commitments(self) -> Sequence[CommitmentFact]:
        """Commitments."""

    @property
    def funding(self) -> Sequence[FundingFact]:
        """Money."""

    @property
    def updates(self) -> Sequence[UpdateFact]:
        """Updates."""

    @property
    def action_plans(self) -> Sequence[ActionPlanFact]:
        """Action plans of providers."""


def chain_of(facts: Facts) -> Chain:
    """Make the chain of all that is known and promised."""
    chain = Chain()
    answered = {key for life in facts.life_experiences for p in life.projects for key in p.pain_point_keys}
    answered |= {key for plan in facts.action_plans for a in plan.actions for key in a.pain_point_keys}
    for journey in facts.journeys:
        _add_journey(chain, journey, answered)
    for area in facts.priority_areas:
        _add_area(chain, area)
    for life in facts.life_experiences:
        _add_life_experience(chain, life)
    _add_gaps_of_measures(chain)
    for commitment in facts.commitments:
        _add_commitment(chain, commitment)
    for money in facts.funding:
        _add_money(chain, money)
    for plan in facts.action_plans:
        _add_action_plan(chain, plan)
    _add_updates(chain, facts)
    return chain


def _add_commitment(chain: Chain, commitment: CommitmentFact) -> None:
    """Add a commitment; one with a status of which nothing is told has a gap of its own."""
    node = chain.add("commitment", commitment.key, commitment.gist, commitment.source)
    if commitment.progress is not None:
        told = [(commitment.progress, commitment.progress_source)]
        chain.evidence(node, told, commitment.progress_date)
    elif commitment.status is not None:
        chain.gap(node, "commitment_without_evidence")
    else:
        chain.gap(node, "commitment_without_progress")


def _add_money(chain: Chain, money: FundingFact) -> None:
    """Add money that is for something."""
    served = [
        *(("life_experience", key) for key in (money.life_experience_key,) if key is not None),
        *(("project", key) for key in money.project_keys),
        *(("commitment", key) for key in money.commitment_keys),
    ]
    if served:
        node = chain.add("funding", money.key, money.gist or money.recipient or money.key, money.source)
        for one in served:
            chain.link(node.id, "is for", one)


def _add_journey(chain: Chain, journey: JourneyFact, answered: set[str]) -> None:
    node = chain.add("journey", journey.key, journey.name, journey.source)
    for study in journey.studies:
        chain.link(node.id, "was seen in", chain.add("study", study.key, study.name, study.source).id)
    for story in journey.stories:
        chain.link(node.id, "is told in", chain.add("story", story.key, story.title, story.source).id)
    for pain in journey.pain_points:
        _add_pain_point(chain, pain, node, answered)
    for persona in journey.personas:
        stands_for = chain.add("persona", persona.key, persona.name, persona.source)
        chain.link(stands_for.id, "is about", node.id)
        _cite(chain, stands_for, persona)
    for insight in journey.insights:
        _add_insight(chain, insight, node, answered)


def _add_pain_point(chain: Chain, pain: PainPointFact, on: Node, answered: set[str]) -> None:
    point = chain.add("pain_point", pain.key, pain.gist, pain.source)
    chain.link(on.id, "hurts at", point.id)
    chain.evidence(point, ((one.gist, one.source) for one in pain.evidence))
    if not pain.evidence and pain.source is None:
        chain.gap(point, "pain_point_without_evidence")
    if pain.key not in answered:
        chain.gap(point, "pain_point_without_project")


def _add_insight(chain: Chain, insight: InsightFact, on: Node, answered: set[str]) -> None:
    found = chain.add("insight", insight.key, insight.text, insight.source)
    chain.link(found.id, "is about", on.id)
    if not _cite(chain, found, insight) & answered:
        chain.gap(found, "insight_without_project")


def _cite(chain: Chain, node: Node, cited: InsightFact | PersonaFact) -> set[str]:
    """Link an insight or a persona to what it cites; returns the keys of pain points among it."""
    for number, one in enumerate(cited.evidence, 1):
        kind = CITED.get(one.kind, one.kind) if one.cited or one.kind != "pain_point" else "evidence"
        key = one.cited if one.cited and kind in NAMED else None
        there = (kind, key or f"{node.kind}:{node.key}:{number}")
        chain.link(node.id, "cites", there)
        if one.is_there is not False and kind != "pain_point" and there not in chain.nodes:
            chain.add(*there, one.gist, one.url)
    if not cited.evidence_count:
        chain.gap(node, f"{node.kind}_without_evidence")
    return {one.cited for one in cited.evidence if one.kind == "pain_point" and one.cited}


def _add_area(chain: Chain, area: PriorityAreaFact) -> None:
    node = chain.add("priority_area", area.key, area.title, area.source)
    for measure in area.success_measures:
        _add_success_measure(chain, measure, node)
    for strategy in area.strategies:
        of = chain.add("strategy", strategy.key, strategy.title, strategy.source)
        chain.link(of.id, "is part of", node.id)
        for goal in strategy.goals:
            chain.link(chain.add("goal", goal.key, goal.gist, goal.source).id, "is part of", of.id)
            if goal.replaced_by_key is not None:
                chain.link(("goal", goal.replaced_by_key), "took the place of", ("goal", goal.key))
        _moves(chain, of, strategy.success_measure_keys)
        _add_milestones(chain, strategy.milestones, of)


def _add_success_measure(chain: Chain, measure: SuccessMeasureFact, of: Node) -> None:
    told = status_words(measure.progress) if measure.progress else None
    node = chain.add("success_measure", measure.key, measure.name, measure.source, told)
    chain.link(node.id, "is part of", of.id)
    if measure.measure_key is not None:
        key = measure.measure_key
        if ("measure", key) not in chain.nodes:
            chain.add("measure", key, key)
        chain.link(node.id, "is measured by", ("measure", key))
    for one in measure.readings:
        shown = f"{figure_words(one.value)} in {one.as_of}"
        reading = chain.add("figure", one.key or f"{measure.key}:{one.as_of}", shown, one.source)
        chain.link(node.id, "cites", reading.id)
    if measure.measure_key is None and not measure.readings:
        chain.gap(node, "success_measure_without_figures")
    if measure.target_value is None and measure.target_low is None and measure.target_high is None:
        chain.gap(node, "success_measure_without_target")


def _add_life_experience(chain: Chain, life: LifeExperienceFact) -> None:
    node = chain.add("life_experience", life.key, life.name, life.source)
    if life.journey_key is not None:
        chain.link(node.id, "is lived as", ("journey", life.journey_key))
    _add_milestones(chain, life.milestones, node)
    for project in life.projects:
        _add_project(chain, project, node)


def _add_project(chain: Chain, project: ProjectFact, of: Node) -> None:
    node = chain.add("project", project.key, project.name, project.source)
    chain.link(node.id, "is part of", of.id)
    for key in project.pain_point_keys:
        chain.link(node.id, "answers", ("pain_point", key))
    _moves(chain, node, project.success_measure_keys)
    _add_milestones(chain, project.milestones, node)
    sources = (*project.result_sources, *[None] * len(project.results))
    for number, (gist, url) in enumerate(zip(project.results, sources, strict=False), 1):
        result = chain.add("result", f"{project.key}:{number}", gist, url)
        chain.link(result.id, "came of", node.id)
    for is_missing, code in (
        (not project.pain_point_keys, "project_without_pain_point"),
        (not project.milestones, "project_without_milestone"),
        (not project.results, "project_without_result"),
    ):
        if is_missing:
            chain.gap(node, code)


def _moves(chain: Chain, work: Node, measures: Iterable[str]) -> None:
    """Link success measures to the work that is to move them."""
    keys = list(measures)
    for key in keys:
        chain.link(("success_measure", key), "is to be moved by", work.id)
    if not keys:
        chain.gap(work, f"{work.kind}_without_success_measure")


def _add_gaps_of_measures(chain: Chain) -> None:
    for node in [one for one in chain.nodes.values() if one.kind == "success_measure"]:
        if all(link.says != "is to be moved by" for link in chain.rests_on(node.id)):
            chain.gap(node, "success_measure_without_work")


def _add_milestones(chain: Chain, milestones: Sequence[MilestoneFact], of: Node) -> None:
    for milestone in milestones:
        node = chain.add("milestone", milestone.key, milestone.title, milestone.source, milestone.status)
        chain.link(node.id, "is a step of", of.id)
        for key in milestone.depends_on:
            chain.link(node.id, "depends on", ("milestone", key))
        chain.evidence(node, ((one.gist, one.source) for one in milestone.evidence))
        if kind_of(milestone.status) is Kind.COMPLETE and not milestone.evidence:
            chain.gap(node, "milestone_without_evidence")


def _add_action_plan(chain: Chain, plan: ActionPlanFact) -> None:
    node = chain.add("action_plan", plan.key, f"{plan.provider_key}, FY{plan.fiscal_year}", plan.source)
    for action in plan.actions:
        step = chain.add("action_plan_action", action.key, action.gist, action.source)
        chain.link(step.id, "is part of", node.id)
        if action.carried_over_from_key is not None:
            chain.link(step.id, "goes on with", ("action_plan_action", action.carried_over_from_key))
        for says, kind, keys in (
            ("answers", "pain_point", action.pain_point_keys),
            ("serves", "commitment", action.commitment_keys),
            ("is to move", "success_measure", action.success_measure_keys),
        ):
            for key in keys:
                chain.link(step.id, says, (kind, key))
        chain.evidence(step, ((one.gist, one.source) for one in action.evidence))
        if action.status == "delivered" and not action.evidence:
            chain.gap(step, "action_without_evidence")


def _add_updates(chain: Chain, facts: Facts) -> None:
    numbers: dict[int, set[str]] = defaultdict(set)  # one that two areas have names no strategy
    for area in facts.priority_areas:
        for one in area.strategies:
            numbers[one.number].add(one.key)
    for update in facts.updates:
        node = chain.add("update", update.key, update.title, update.source)
        named = (keys for number in update.strategy_numbers if len(keys := numbers[number]) == 1)
        for key in update.strategy_keys if update.strategy_keys is not None else joined.from_iterable(named):
            chain.link(node.id, "is about", ("strategy", key))
        for key in _lives(update, facts):
            chain.link(node.id, "is about", ("life_experience", key))


def _lives(update: UpdateFact, facts: Facts) -> Iterator[str]:
    if update.life_experience_keys == ("all",):
        yield from (life.key for life in facts.life_experiences)
    else:
        yield from update.life_experience_keys
