"""What the columns of open data hold, for programs: types, codes, keys, and what links to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hearback.measure.rules import CHART_REASONS, EXCLUSION_REASONS
from hearback.publish.formats.reasons import REASONS
from hearback.publish.formats.tables import Column, Table

STRING, INTEGER, NUMBER, BOOLEAN, LIST = "string", "integer", "number", "boolean", "list"
QUARTER = r"^FY[0-9]{4}-Q[1-4]$"

_BY_TYPE: Mapping[str, str] = {
    INTEGER: """
        n numerator denominator n_surveys customers_count offered_count respondents_count variant n1
        n2 n3 n4 n5 baseline_year change_count due_moved_count fiscal_year amount_usd action_count
        level_number level_count yearly_volume stage_count step_count pain_point_count
        minutes_unknown_steps documents_unknown_steps visits_unknown_steps
        waiting_days_unknown_steps cost_usd_unknown_steps steps_added_up position place asked_count
        feeling people_count states_count observation_count highlight_count evidence_count
        agreeing agreeing_low agreeing_high others others_low others_high half_width
        priority_areas.number strategies.number discovery_people discovery_states
    """,
    NUMBER: """
        value low high se df n_effective noise_sd epsilon budget
        baseline_value target_value target_low target_high
        latest_value latest_low latest_high start_value start_low start_high judged_value judged_low
        judged_high years_passed years_left needed_low needed_high actual_rate actual_low
        actual_high centre spread projected projected_low projected_high minutes minutes_low minutes_high
        documents documents_low documents_high visits visits_low visits_high waiting_days
        waiting_days_low waiting_days_high cost_usd cost_usd_low cost_usd_high hours_per_year
        hours_low hours_high share people_per_year project_results.before before_low before_high
        project_results.after after_low after_high difference difference_low difference_high
    """,
    BOOLEAN: """
        designated sets_the_band joint customer_experience status_is_official late hours_at_least composite
        is_cross_agency_goal name_is_official
    """,
    LIST: """
        flags excluded surveys.findings services.providers commitments.agencies projects.agencies
        funding.agency funding.projects updates.strategies strategy_keys updates.life_experiences corrections
        cautions depends_on evidence levels designated_services pain_points commitments success_measures
        groups needs barriers participants facts where_we_want_to_be where_we_start results
    """,
}
TYPES: Mapping[str, str] = {name: kind for kind, names in _BY_TYPE.items() for name in names.split()}
"""Column, or table.column where the same name holds something else elsewhere → type. All others are text."""

VERDICTS: Mapping[str, str] = {
    "clear": "The difference is more than chance alone explains.",
    "within noise": "It is within what chance alone explains: that anything changed is not shown.",
    "cannot tell": "It cannot be told, as a figure has no interval.",
    "other definition": "The figures are not compared, as their definitions differ.",
    "other surveys": "The figures are not compared, as surveys came or went or were worded anew.",
}

CODES: Mapping[str, Mapping[str, str]] = {
    "scores.reason": REASONS,
    "answers.reason": REASONS,
    "exclusions.reason": EXCLUSION_REASONS,
    "bands.reason": CHART_REASONS,
    "surveys.customers_count_reason": REASONS,
    "surveys.offered_count_reason": REASONS,
    "surveys.respondents_count_reason": REASONS,
    "findings.message_reason": REASONS,
    "journeys.hours_reason": REASONS,
    "pain_points.share_reason": REASONS,
    "stories.text_reason": REASONS,
    "studies.groups_reason": REASONS,
    "studies.people_count_reason": REASONS,
    "life_experiences.discovery_people_reason": REASONS,
    "project_results.verdict": VERDICTS,
}
"""table.column → the codes that it holds, with what each means."""

WHY: Mapping[str, Mapping[str, str]] = {
    "scores": dict.fromkeys(("value", "low", "high", "n", "numerator", "denominator", "se", "df"), "reason"),
    "bands": dict.fromkeys(("centre", "low", "high", "spread"), "reason"),
    "answers": dict.fromkeys(("n1", "n2", "n3", "n4", "n5", "published_mean"), "reason"),
    "surveys": {
        "customers_count": "customers_count_reason",
        "offered_count": "offered_count_reason",
        "respondents_count": "respondents_count_reason",
    },
    "findings": {"message": "message_reason"},
    "journeys": {"hours_per_year": "hours_reason"},
    "pain_points": dict.fromkeys(("share", "low", "high", "asked_count", "people_per_year"), "share_reason"),
    "stories": {"text": "text_reason"},
    "studies": {"groups": "groups_reason", "people_count": "people_count_reason"},
    "life_experiences": {"discovery_people": "discovery_people_reason"},
    "success_measures": dict.fromkeys(("actual_rate", "projected"), "progress_reason"),
}
"""Table → column that may be held back → the column that says why it is empty."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "scores": ("measure", "level", "subject", "quarter", "pool", "dimension", "group"),
    "surveys": ("survey",),
    "bands": ("level", "subject", "pool", "measure", "quarter"),
    "answers": ("survey", "question"),
    "noisy_groups": ("survey", "question", "dimension", "group"),
    "agencies": ("agency",),
    "providers": ("provider",),
    "services": ("service",),
    "success_measures": ("success_measure",),
    "goals": ("goal",),
    "milestones": ("milestone",),
    "milestone_changes": ("change",),
    "commitments": ("commitment",),
    "funding": ("funding",),
    "updates": ("update",),
    "capacity_areas": ("capacity_area",),
    "action_plans": ("action_plan",),
    "action_plan_actions": ("action",),
    "self_assessments": ("self_assessment",),
    "journeys": ("journey",),
    "journey_stages": ("stage",),
    "journey_steps": ("step",),
    "pain_points": ("pain_point",),
    "stories": ("story",),
    "studies": ("study",),
    "personas": ("persona",),
    "insights": ("insight",),
    "priority_areas": ("priority_area",),
    "strategies": ("strategy",),
    "life_experiences": ("life_experience",),
    "projects": ("project",),
    "project_results": ("project", "position"),
    "websites": ("website",),
}
"""Table → the columns that together name a row; exclusions, findings and files of studies have none."""

_LINKS = """
    answers.survey=surveys exclusions.survey=surveys findings.survey=surveys
    noisy_groups.survey=surveys noisy_groups.service=services noisy_groups.provider=providers
    surveys.service=services surveys.provider=providers exclusions.service=services
    exclusions.provider=providers agencies.parent=agencies providers.agency=agencies
    services.replaced_by=services success_measures.priority_area=priority_areas goals.strategy=strategies
    goals.replaced_by=goals milestone_changes.milestone=milestones strategies.priority_area=priority_areas
    funding.life_experience=life_experiences
    life_experiences.lead_agency=agencies life_experiences.journey=journeys
    projects.life_experience=life_experiences project_results.project=projects action_plans.provider=providers
    action_plan_actions.action_plan=action_plans action_plan_actions.provider=providers
    action_plan_actions.capacity_area=capacity_areas self_assessments.action_plan=action_plans
    self_assessments.provider=providers self_assessments.capacity_area=capacity_areas
    journey_stages.journey=journeys journey_steps.journey=journeys journey_steps.stage=journey_stages
    journey_steps.agency=agencies pain_points.journey=journeys pain_points.stage=journey_stages
    stories.journey=journeys stories.stage=journey_stages studies.journey=journeys study_files.study=studies
    personas.journey=journeys insights.journey=journeys websites.agency=agencies websites.provider=providers
"""


@dataclass(frozen=True)
class Link:
    """A column that holds the key of a row of another table, or nothing."""

    column: str
    table: str
    key: str


def kind_of(table: Table, column: Column) -> str:
    """Say what a column holds: string, integer, number, boolean or list."""
    return TYPES.get(f"{table.name}.{column.name}", TYPES.get(column.name, STRING))


def codes_of(table: Table, column: Column) -> Mapping[str, str]:
    """Give the codes that a column holds, with what each means; none where it holds anything else."""
    return CODES.get(f"{table.name}.{column.name}", {})


def why_of(table: Table, column: Column) -> str | None:
    """Name the column that says why this one is empty."""
    return WHY.get(table.name, {}).get(column.name)


def links_of(table: Table) -> Iterator[Link]:
    """List the columns of a table that lead to others."""
    for one in _LINKS.split():
        place, _, target = one.partition("=")
        name, _, column = place.partition(".")
        if name == table.name:
            yield Link(column, target, KEYS[target][0])
