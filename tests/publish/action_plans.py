"""Action plans of the small site: two years in a row, one after a gap; a provider without any."""

from typing import Any

from hearback.plan.queries import (
    ActionPlanActionFact,
    ActionPlanFact,
    CapacityAreaFact,
    EvidenceFact,
    SelfAssessmentFact,
)

SOURCE = "https://example.org/plans"
LEVELS = ("Beginning", "Growing", "Leading")
LISTS = {
    "evidence", "pain_point_keys", "commitment_keys", "success_measure_keys", "designated_service_keys",
    "levels", "actions", "assessments",
}  # fmt: skip


def _made(kind: Any, **known: Any) -> Any:
    """Make a fact of which only this is known."""
    return kind(**{name: () if name in LISTS else None for name in kind.__dataclass_fields__} | known)


def action(key: str, gist: str, **known: Any) -> ActionPlanActionFact:
    """Make an action."""
    made: ActionPlanActionFact = _made(ActionPlanActionFact, key=key, gist=gist, **known)
    return made


def assessment(key: str, area: str, level: str | None, **known: Any) -> SelfAssessmentFact:
    """Make a self-assessment in one area."""
    made: SelfAssessmentFact = _made(
        SelfAssessmentFact, key=key, capacity_area_key=area, level=level, **known
    )
    return made


def plan(year: int, **known: Any) -> ActionPlanFact:
    """Make a plan of one provider."""
    made: ActionPlanFact = _made(
        ActionPlanFact, key=f"va-vha-{year}", provider_key="va-vha", fiscal_year=year, **known
    )
    return made


def capacity_areas() -> tuple[CapacityAreaFact, ...]:
    """Make three areas."""
    return (
        CapacityAreaFact("measuring", "Measuring", "Ask & act.", None, SOURCE),
        CapacityAreaFact("research", "Customer <research>", None, "2023", SOURCE),
        CapacityAreaFact("leadership", "Leadership", "Leaders back it.", None, None),
    )


def action_plans() -> tuple[ActionPlanFact, ...]:
    """Make three plans of one provider."""
    last = plan(
        2023,
        levels=LEVELS,
        actions=(
            action("a1", "Answer calls in a day.", due="FY2023-Q2", status="delivered", as_of="2023-10",
                   delivered="Nine in ten calls.", evidence=(EvidenceFact("A count of calls", SOURCE),)),
            action("a2", "One <form>.", status="under_way"),
            action("a3", "A phone line.", status="dropped"),
            action("a4", "Train staff."),
            action("a5", "Short letters.", status="delivered_in_part", delivered="Half of them."),
        ),
        assessments=(assessment("s1", "measuring", "Beginning"),),
    )  # fmt: skip
    following = plan(
        2024,
        gist="Fewer forms.",
        published="2023-09",
        designated_service_keys=("va-vha-2",),
        levels=LEVELS,
        note="A remark.",
        source=SOURCE,
        actions=(
            action("b1", "One form, this time.", due="2024-06", status="planned", carried_over_from_key="a2",
                   capacity_area_key="measuring", pain_point_keys=("unclear", "gone"),
                   commitment_keys=("c1",), success_measure_keys=("m2",), source=SOURCE),
            action("b2", "Ask more people."),
        ),
        assessments=(
            assessment("s2", "measuring", "Growing", gist="More is asked.",
                       evidence=(EvidenceFact("Two surveys", None),)),
            assessment("s3", "research", None),
        ),
    )  # fmt: skip
    return last, following, plan(2026)
