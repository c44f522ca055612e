"""Reading action plans and capacity areas; found in `queries` too."""

from typing import Any

from hearback.directory.from_rows import fact, facts, key, keys
from hearback.plan.action_plans.facts import (
    ActionPlanActionFact,
    ActionPlanFact,
    CapacityAreaFact,
    SelfAssessmentFact,
)
from hearback.plan.facts import EvidenceFact
from hearback.plan.models import ActionPlan, ActionPlanAction, CapacityArea


def capacity_areas() -> list[CapacityAreaFact]:
    """List capacity areas in the order of their source."""
    return list(facts(CapacityAreaFact, CapacityArea.objects.all()))


def action_plans() -> list[ActionPlanFact]:
    """List action plans by provider and year, each with its actions and self-assessment."""
    rows = ActionPlan.objects.select_related("provider").prefetch_related(
        "designated_services",
        "actions__capacity_area",
        "actions__carried_over_from",
        "actions__pain_points",
        "actions__commitments",
        "actions__success_measures",
        "assessments__capacity_area",
    )
    return [
        fact(
            ActionPlanFact,
            row,
            provider_key=row.provider.key,
            designated_service_keys=keys(row.designated_services.all()),
            levels=tuple(row.levels),
            actions=tuple(_action(action) for action in row.actions.all()),
            assessments=tuple(
                fact(
                    SelfAssessmentFact, one, capacity_area_key=one.capacity_area.key, evidence=_evidence(one)
                )
                for one in row.assessments.all()
            ),
        )
        for row in rows
    ]


def _action(row: ActionPlanAction) -> ActionPlanActionFact:
    return fact(
        ActionPlanActionFact,
        row,
        evidence=_evidence(row),
        capacity_area_key=key(row.capacity_area),
        carried_over_from_key=key(row.carried_over_from),
        pain_point_keys=keys(row.pain_points.all()),
        commitment_keys=keys(row.commitments.all()),
        success_measure_keys=keys(row.success_measures.all()),
    )


def _evidence(row: Any) -> tuple[EvidenceFact, ...]:
    return tuple(EvidenceFact(**shown) for shown in row.evidence)
