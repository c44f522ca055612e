"""Reading what was promised. The facts other parts may know stand in `facts` and are found here too."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from hearback.directory.from_rows import fact as _fact
from hearback.directory.from_rows import facts as _facts
from hearback.directory.from_rows import key as _key
from hearback.directory.from_rows import keys as _keys
from hearback.directory.queries import agency_ids, provider_ids, service_ids
from hearback.fiscal import parse_period
from hearback.learn import queries as learn
from hearback.plan.action_plans.facts import (
    ActionPlanActionFact,
    ActionPlanFact,
    CapacityAreaFact,
    SelfAssessmentFact,
)
from hearback.plan.action_plans.reading import action_plans, capacity_areas
from hearback.plan.facts import (
    CommitmentFact,
    EvidenceFact,
    FundingFact,
    GoalFact,
    LifeExperienceFact,
    MilestoneChangeFact,
    MilestoneFact,
    PainPointFact,
    PlacedMilestoneFact,
    PriorityAreaFact,
    ProjectFact,
    ReportingCountFact,
    SeatFact,
    SeatHolderFact,
    StrategyFact,
    SuccessMeasureFact,
    UpdateFact,
)
from hearback.plan.models import (
    Commitment,
    Funding,
    Goal,
    LifeExperience,
    Milestone,
    PriorityArea,
    Project,
    Seat,
    SeatHolder,
    Strategy,
    SuccessMeasure,
)
from hearback.plan.readings import effect_in, measured, own_readings
from hearback.plan.rounds.facts import AnswerableFact, ConfirmationFact, PublicRoundFact
from hearback.plan.rounds.reading import answerable, public_rounds, waiting_for
from hearback.plan.rules import EffectFact, ProgressFact, ReadingFact
from hearback.plan.wordings import PlacedGoalFact
from hearback.plan.writing.reading import updates

__all__ = [
    "ActionPlanActionFact",
    "ActionPlanFact",
    "AnswerableFact",
    "CapacityAreaFact",
    "CommitmentFact",
    "ConfirmationFact",
    "EffectFact",
    "EvidenceFact",
    "FundingFact",
    "GoalFact",
    "LifeExperienceFact",
    "MilestoneChangeFact",
    "MilestoneFact",
    "PainPointFact",
    "PlacedGoalFact",
    "PlacedMilestoneFact",
    "PriorityAreaFact",
    "ProgressFact",
    "ProjectFact",
    "PublicRoundFact",
    "ReadingFact",
    "ReportingCountFact",
    "SeatFact",
    "SeatHolderFact",
    "SelfAssessmentFact",
    "StrategyFact",
    "SuccessMeasureFact",
    "UpdateFact",
    "action_plans",
    "answerable",
    "capacity_areas",
    "commitments",
    "counts",
    "funding",
    "goal",
    "goals",
    "ids_of_others",
    "life_experiences",
    "milestone",
    "milestones",
    "priority_areas",
    "public_rounds",
    "updates",
    "waiting_for",
]


def ids_of_others() -> dict[str, dict[str, int]]:
    """Give the rows of earlier stages that the plan links to: their numbers, by kind and key."""
    return {
        "agency": agency_ids(),
        "provider": provider_ids(),
        "service": service_ids(),
        "journey": learn.journey_ids(),
        "pain_point": learn.pain_point_ids(),
    }


def counts() -> dict[str, int]:
    """Count the records of every kind, by the plural of its name; with those of journeys, which it names."""
    return learn.counts() | {
        str(model._meta.verbose_name_plural).replace(" ", "_"): model._default_manager.count()
        for model in apps.get_app_config("plan").get_models()
        if not model._meta.auto_created
    }


def priority_areas(on: date | None = None) -> list[PriorityAreaFact]:
    """List priority areas by number, each with all that belongs to it; goals that were replaced stay.

    Args:
        on: the day for which success measures say how far they are; None leaves that out.
    """
    rows = PriorityArea.objects.prefetch_related(
        "seats__agency",
        "seats__holders",
        "success_measures__readings",
        "strategies__goals__replaced_by",
        "strategies__success_measures",
        "strategies__milestones__depends_on",
        "strategies__milestones__changes",
        "strategies__reporting_counts",
    )
    return [
        _fact(
            PriorityAreaFact,
            area,
            seats=tuple(_seat(seat) for seat in area.seats.all()),
            success_measures=tuple(_measure(m, on) for m in area.success_measures.all()),
            strategies=tuple(_strategy(strategy) for strategy in area.strategies.all()),
        )
        for area in rows
    ]


def life_experiences() -> list[LifeExperienceFact]:
    """List life experiences by name, each with its projects, milestones, and what is known of its journey.

    Stages, note and pain points are those of the journey.
    """
    rows = LifeExperience.objects.select_related("lead_agency", "journey").prefetch_related(
        "participants",
        "milestones__depends_on",
        "milestones__changes",
        "projects__agencies",
        "projects__milestones__depends_on",
        "projects__milestones__changes",
        "projects__pain_points",
        "projects__success_measures",
    )
    journeys = {journey.key: journey for journey in learn.journeys()}
    return [
        _fact(
            LifeExperienceFact,
            row,
            lead_agency_key=_key(row.lead_agency),
            participant_keys=_keys(row.participants.all()),
            facts=tuple(fact["gist"] for fact in row.facts),
            fact_sources=tuple(fact["source"] for fact in row.facts),
            discovery_reason=None,
            where_we_want_to_be=tuple(row.where_we_want_to_be),
            where_we_start=tuple(row.where_we_start),
            **_journey(journeys.get(_key(row.journey) or "")),
            projects=tuple(_project(project) for project in row.projects.all()),
            milestones=milestone_facts(row.milestones.all()),
        )
        for row in rows
    ]


def commitments() -> list[CommitmentFact]:
    """List commitments in the order of the texts that bind. A null status is not known: it is not open."""
    rows = Commitment.objects.prefetch_related("agencies")
    return [_fact(CommitmentFact, row, agency_keys=_keys(row.agencies.all())) for row in rows]


def funding() -> list[FundingFact]:
    """List money by date. Never add requests to money set aside or awarded."""
    rows = Funding.objects.select_related("life_experience").prefetch_related(
        "agencies", "projects", "commitments"
    )
    facts = []
    for row in rows:
        keys = _keys(row.agencies.all())
        only = keys[0] if len(keys) == 1 else None
        experience = _key(row.life_experience)
        facts.append(
            _fact(
                FundingFact,
                row,
                agency_key=only,
                agency_keys=keys,
                life_experience_key=experience,
                project_keys=_keys(row.projects.all()),
                commitment_keys=_keys(row.commitments.all()),
            )
        )
    return facts


def goals() -> list[PlacedGoalFact]:
    """List all goals, replaced ones too, by priority area and strategy."""
    rows = _goals().order_by("strategy__priority_area__number", "strategy__number", "position", "key")
    return [_placed_goal(row) for row in rows]


def goal(key: str) -> PlacedGoalFact | None:
    """Give one goal; None where there is none of this key."""
    row = _goals().filter(key=key).first()
    return None if row is None else _placed_goal(row)


def _goals() -> QuerySet[Goal]:
    return Goal.objects.select_related("strategy", "replaced_by")


def _placed_goal(row: Goal) -> PlacedGoalFact:
    return PlacedGoalFact(_goal(row), row.version, row.strategy.key, row.strategy.title)


def milestones() -> list[PlacedMilestoneFact]:
    """List all milestones: of strategies, of life experiences, of projects, each in the order of its own."""
    rows = _milestones()
    order = {"strategy": 0, "life_experience": 1, "project": 2}
    return sorted(map(_placed, rows), key=lambda m: (order[m.level], m.subject_key))


def milestone(key: str) -> PlacedMilestoneFact | None:
    """Give one milestone; None where there is none of this key."""
    row = _milestones().filter(key=key).first()
    return None if row is None else _placed(row)


def _milestones() -> QuerySet[Milestone]:
    return Milestone.objects.select_related("strategy", "life_experience", "project").prefetch_related(
        "depends_on", "needed_by", "changes"
    )


def _placed(row: Milestone) -> PlacedMilestoneFact:
    level, of, name = next(
        (level, of, name)
        for level, of, name in (
            ("strategy", row.strategy, row.strategy and row.strategy.title),
            ("life_experience", row.life_experience, row.life_experience and row.life_experience.name),
            ("project", row.project, row.project and row.project.name),
        )
        if of is not None
    )
    (fact,) = milestone_facts([row])
    return PlacedMilestoneFact(fact, row.version, level, of.key, name or "", _keys(row.needed_by.all()))


def milestone_facts(rows: Iterable[Milestone]) -> tuple[MilestoneFact, ...]:
    """Make the facts of milestones, each with its log."""
    return tuple(
        _fact(
            MilestoneFact,
            row,
            depends_on=_keys(row.depends_on.all()),
            evidence=tuple(EvidenceFact(**shown) for shown in row.evidence),
            changes=_facts(MilestoneChangeFact, row.changes.all()),
        )
        for row in rows
    )


def _measure(row: SuccessMeasure, on: date | None) -> SuccessMeasureFact:
    at = None if on is None else measured(row, on)
    return _fact(
        SuccessMeasureFact,
        row,
        drivers=tuple(row.drivers),
        readings=own_readings(row.readings.all()),
        pool=at.pool if at else None,
        latest_reading=at.latest_reading if at else None,
        reporting=at.reporting if at else None,
        progress=at.progress if at else None,
    )


def _seat(seat: Seat) -> SeatFact:
    holders = sorted(seat.holders.all(), key=_first_shown, reverse=True)
    return SeatFact(seat.key, seat.role, seat.agency.key, tuple(_fact(SeatHolderFact, h) for h in holders))


def _first_shown(holder: SeatHolder) -> str:
    return parse_period(holder.shown_from).starts_on.isoformat() if holder.shown_from else ""


def _strategy(strategy: Strategy) -> StrategyFact:
    return _fact(
        StrategyFact,
        strategy,
        goals=tuple(_goal(goal) for goal in strategy.goals.all()),
        milestones=milestone_facts(strategy.milestones.all()),
        reporting_counts=_facts(ReportingCountFact, strategy.reporting_counts.all()),
        success_measure_keys=_keys(strategy.success_measures.all()),
    )


def _goal(goal: Goal) -> GoalFact:
    return _fact(GoalFact, goal, replaced_by_key=_key(goal.replaced_by))


def _journey(journey: learn.JourneyFact | None) -> dict[str, Any]:
    if journey is None:
        return {"journey_key": None, "journey_stages": (), "journey_note": None, "pain_points": ()}
    return {
        "journey_key": journey.key,
        "journey_stages": tuple(stage.name for stage in journey.stages),
        "journey_note": journey.note,
        "pain_points": tuple(_fact(PainPointFact, point) for point in journey.pain_points),
    }


def _project(project: Project) -> ProjectFact:
    return _fact(
        ProjectFact,
        project,
        agency_keys=_keys(project.agencies.all()),
        pain_point_keys=_keys(project.pain_points.all()),
        effects=tuple(effect_in(result) for result in project.results),
        success_measure_keys=_keys(project.success_measures.all()),
        results=tuple(result["gist"] for result in project.results),
        result_sources=tuple(result["source"] for result in project.results),
        milestones=milestone_facts(project.milestones.all()),
    )
