"""Tables of what providers promised year by year, and of how able they say they are."""

from hearback.plan.queries import ActionPlanActionFact, ActionPlanFact, SelfAssessmentFact
from hearback.plan.rules import level_number
from hearback.publish.formats.plan_tables import evidence_cell
from hearback.publish.formats.tables import Row, Table, columns

CAPACITY_AREAS = Table(
    "capacity_areas",
    "Capacity areas of the self-assessment of providers",
    columns(
        capacity_area="Key of the capacity area.",
        name="Name.",
        gist="What it is about, in short.",
        round="Round of the assessment for which it was found; empty where not known.",
        source="Where this was read.",
    ),
    lambda content: ((a.key, a.name, a.gist, a.round, a.source) for a in content.capacity_areas),
)

ACTION_PLANS = Table(
    "action_plans",
    "Action plans of providers, one for each fiscal year",
    columns(
        action_plan="Key of the action plan.",
        provider="Key of the provider.",
        fiscal_year="The fiscal year for which it promises.",
        gist="What it says, in short.",
        published="When it was published; empty where not known.",
        designated_services="Keys of the services that it names as designated, separated by '; '.",
        levels="Levels of its self-assessment in rising order, separated by '; '; empty: none published.",
        action_count="How many actions it promises, as far as is known.",
        note="Remarks.",
        source="Where this was read.",
    ),
    lambda content: (
        (
            p.key, p.provider_key, p.fiscal_year, p.gist, p.published, p.designated_service_keys, p.levels,
            len(p.actions), p.note, p.source,
        )
        for p in content.action_plans
    ),
)  # fmt: skip


def _action(plan: ActionPlanFact, a: ActionPlanActionFact) -> Row:
    return (
        a.key, plan.key, plan.provider_key, plan.fiscal_year, a.gist, a.due, a.status, a.as_of, a.delivered,
        evidence_cell(a.evidence), a.capacity_area_key, a.carried_over_from_key, a.pain_point_keys,
        a.commitment_keys, a.success_measure_keys, a.source,
    )  # fmt: skip


ACTION_PLAN_ACTIONS = Table(
    "action_plan_actions",
    "Actions of action plans: what was promised, and what was delivered",
    columns(
        action="Key of the action.",
        action_plan="Key of the action plan.",
        provider="Key of the provider.",
        fiscal_year="The fiscal year for which it was promised.",
        gist="What was promised, in short.",
        due="When, as the source gives it; empty where not known.",
        status="planned, under_way, delivered, delivered_in_part or dropped; empty where that is not said.",
        as_of="When the status was so; empty where not known.",
        delivered="What was delivered, in short.",
        evidence="What shows it, each with its source, separated by '; '.",
        capacity_area="Key of the capacity area that it is about.",
        carried_over_from="Key of the action of the year before that it goes on with.",
        pain_points="Keys of the pain points that it answers, separated by '; '.",
        commitments="Keys of the commitments that it serves, separated by '; '.",
        success_measures="Keys of the success measures that it is to move, separated by '; '.",
        source="Where this was read.",
    ),
    lambda content: (_action(plan, one) for plan in content.action_plans for one in plan.actions),
)


def _assessment(plan: ActionPlanFact, a: SelfAssessmentFact) -> Row:
    number = level_number(a.level, plan.levels)
    return (
        a.key, plan.key, plan.provider_key, plan.fiscal_year, a.capacity_area_key, a.level, number,
        len(plan.levels) or None, a.gist, evidence_cell(a.evidence), a.source,
    )  # fmt: skip


SELF_ASSESSMENTS = Table(
    "self_assessments",
    "Self-assessments: how able providers say they are",
    columns(
        self_assessment="Key of the self-assessment.",
        action_plan="Key of the action plan that it stands in.",
        provider="Key of the provider.",
        fiscal_year="The fiscal year of the plan.",
        capacity_area="Key of the capacity area.",
        level="The level, in the words of the plan; empty where none was given.",
        level_number="Its place on the scale of the plan, which rises from 1; empty where there is no scale.",
        level_count="How many levels that scale has. Levels of two scales must not be compared.",
        gist="What the provider says of it, in short.",
        evidence="What shows it, each with its source, separated by '; '.",
        source="Where this was read.",
    ),
    lambda content: (_assessment(plan, one) for plan in content.action_plans for one in plan.assessments),
)
