"""What the data files of the plan hold, field by field. Links are keys; left out means null: not known."""

from typing import Annotated, Literal

from msgspec import Meta

from hearback.directory.files import WORDS, Key, Record, Words
from hearback.directory.nested import ReadRecord
from hearback.plan.rules import ACTION_STATUSES, EARLIEST_YEAR, LARGEST_FIGURE, LATEST_YEAR, About

When = Annotated[str, Meta(pattern=WORDS, max_length=40)]
Short = Annotated[str, Meta(pattern=WORDS, max_length=40)]
Status = Annotated[str, Meta(pattern=WORDS, max_length=60)]
Line = Annotated[str, Meta(pattern=WORDS, max_length=120)]
Name = Annotated[str, Meta(pattern=WORDS, max_length=200)]
Number = Annotated[int, Meta(ge=1, le=999)]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Year = Annotated[int, Meta(ge=EARLIEST_YEAR, le=LATEST_YEAR)]
Figure = Annotated[float, Meta(ge=-LARGEST_FIGURE, le=LARGEST_FIGURE)]
Level = Annotated[str, Meta(pattern=WORDS, max_length=80)]
Dollars = Annotated[int, Meta(ge=0, le=10**15)]


class GistRecord(Record, frozen=True, kw_only=True):
    """A short statement with where it was read."""

    gist: Words
    source: Words | None = None
    confidence: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None


class ResultRecord(GistRecord, frozen=True, kw_only=True):
    """What came of a project, with figures before and after: its own, or those of a success measure."""

    measure: Key | None = None
    unit: Annotated[str, Meta(pattern=WORDS, max_length=40)] | None = None
    before: Figure | None = None
    before_low: Figure | None = None
    before_high: Figure | None = None
    before_as_of: When | None = None
    after: Figure | None = None
    after_low: Figure | None = None
    after_high: Figure | None = None
    after_as_of: When | None = None


class HolderRecord(ReadRecord, frozen=True, kw_only=True):
    """Somebody in a seat, or with a null name nobody."""

    name: Line | None
    office_title: Line | None = None
    shown_from: When | None = None
    shown_to: When | None = None
    note: Words | None = None


class SeatRecord(ReadRecord, frozen=True, kw_only=True):
    """A seat held by an agency."""

    role: Line
    agency: Key
    holders: list[HolderRecord] = []


class ReadingRecord(ReadRecord, frozen=True, kw_only=True):
    """A figure of a success measure that others publish; both ends null where no interval is known."""

    as_of: When
    value: Figure
    low: Figure | None = None
    high: Figure | None = None
    definition: Annotated[str, Meta(pattern=WORDS, max_length=80)] | None = None
    note: Words | None = None


class MeasureRecord(ReadRecord, frozen=True, kw_only=True):
    """A success measure; `measure_key` where Hearback computes it, else readings."""

    choices = {"direction": ("up", "down", "keep")}
    checked_whole = ("readings",)

    name: Words
    kind: Short
    provider: Words | None = None
    baseline: Words | None = None
    baseline_value: Figure | None = None
    baseline_year: Year | None = None
    target: Words | None = None
    target_value: Figure | None = None
    latest: Words | None = None
    drivers: list[Words] = []
    note: Words | None = None
    measure_key: Annotated[str, Meta(pattern=WORDS, max_length=60)] | None = None
    measure_level: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None
    measure_subject: Key | None = None
    measure_pool: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None
    direction: Literal["up", "down", "keep"] | None = None
    due: When | None = None
    target_low: Figure | None = None
    target_high: Figure | None = None
    baseline_as_of: When | None = None
    readings: list[ReadingRecord] = []


class ChangeRecord(ReadRecord, frozen=True, kw_only=True):
    """A line of the log of a milestone. `decided_by` names a role, never a person."""

    choices = {"field": ("status", "due", "done", "title", "owner")}

    date: When | None = None
    field: Literal["status", "due", "done", "title", "owner"]
    before: Words | None = None
    after: Words | None = None
    reason: Words | None = None
    decided_by: Line | None = None


class MilestoneRecord(ReadRecord, frozen=True, kw_only=True):
    """A step with a due date. `depends_on` holds keys of milestones that must be done before it."""

    title: Words
    due: When | None = None
    status: Status | None = None
    done: When | None = None
    owner: Line | None = None
    as_of: When | None = None
    note: Words | None = None
    depends_on: list[Key] = []
    evidence: list[GistRecord] = []
    changes: list[ChangeRecord] = []


class GoalRecord(ReadRecord, frozen=True, kw_only=True):
    """A goal as its text stood at one time; `replaced_…` say when, why and by which role it was replaced."""

    number: Annotated[str, Meta(pattern=WORDS, max_length=20)]
    gist: Words
    target_date: When | None = None
    status: Status | None = None
    as_of: When | None = None
    note: Words | None = None
    replaced_by: Key | None = None
    replaced_on: When | None = None
    replaced_reason: Words | None = None
    replaced_decided_by: Line | None = None


class CountRecord(ReadRecord, frozen=True, kw_only=True):
    """How many providers reported."""

    as_of: When
    reporting: Count
    total: Count | None = None
    note: Words | None = None


class StrategyRecord(ReadRecord, frozen=True, kw_only=True):
    """A strategy with its goals, milestones and counts; `success_measures` are those it is to move."""

    number: Number
    title: Words
    is_cross_agency_goal: bool | None = None
    note: Words | None = None
    success_measures: list[Key] = []
    goals: list[GoalRecord] = []
    milestones: list[MilestoneRecord] = []
    reporting_counts: list[CountRecord] = []


class AreaRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of priority_areas.json."""

    number: Number
    title: Words
    gist: Words | None = None
    challenge: Words | None = None
    opportunity: Words | None = None
    seats: list[SeatRecord] = []
    success_measures: list[MeasureRecord] = []
    strategies: list[StrategyRecord] = []


class ProjectRecord(ReadRecord, frozen=True, kw_only=True):
    """A project of a life experience, the `pain_points` it answers, the `success_measures` it is to move."""

    name: Name
    name_is_official: bool
    goal: Words | None = None
    agencies: list[Key] = []
    pain_points: list[Key] = []
    success_measures: list[Key] = []
    phase: Short | None = None
    announced: When | None = None
    next_steps: Words | None = None
    results: list[ResultRecord] = []
    note: Words | None = None
    milestones: list[MilestoneRecord] = []


class ExperienceRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of life_experiences.json; `journey` is what people go through in it."""

    name: Name
    question: Words | None = None
    lead_agency: Key | None = None
    participants: list[Key] = []
    facts: list[GistRecord] = []
    where_we_want_to_be: list[Words] = []
    where_we_start: list[Words] = []
    charter_source: Words | None = None
    discovery_dates: Words | None = None
    discovery_who: Words | None = None
    discovery_people: Count | None = None
    discovery_states: Count | None = None
    discovery_source: Words | None = None
    journey: Key | None = None
    projects: list[ProjectRecord] = []
    milestones: list[MilestoneRecord] = []


class CommitmentRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of commitments.json. `bound_group` names a group where the text names no agency."""

    goes_with = {
        "progress": ("progress_date", "progress_source", "progress_confidence"),
        "status": ("status_is_official",),
    }

    kind: Short
    reference: Annotated[str, Meta(pattern=WORDS, max_length=80)] | None = None
    agencies: list[Key] = []
    bound_group: Annotated[str, Meta(pattern=WORDS, max_length=80)] | None = None
    joint: bool | None = None
    gist: Words
    due: When | None = None
    status: Status | None = None
    status_is_official: bool | None = None
    progress: Words | None = None
    progress_date: When | None = None
    progress_source: Words | None = None
    progress_confidence: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None


class FundingRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of funding.json."""

    choices = {"kind": ("fund_allocation", "fund_investment", "budget_request")}

    kind: Literal["fund_allocation", "fund_investment", "budget_request"]
    date: When | None = None
    fiscal_year: Year | None = None
    recipient: Words | None = None
    agencies: list[Key] = []
    amount_usd: Dollars | None = None
    customer_experience: bool | None = None
    gist: Words | None = None
    life_experience: Key | None = None
    projects: list[Key] = []
    commitments: list[Key] = []
    note: Words | None = None


class CorrectionRecord(Record, frozen=True, kw_only=True):
    """What was put right in an update, and when."""

    date: When
    gist: Words


class UpdateRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of updates.json. `approved` says that it was published already, or may be.

    Other words than are held are not those that were put right: such a file is older.
    """

    goes_with = dict.fromkeys(("date", "kind", "title", "gist", "body"), ("corrections",))

    date: When
    kind: Short
    title: Words
    gist: Words
    body: Words | None = None
    corrections: list[CorrectionRecord] = []
    strategies: list[Key] = []
    life_experiences: list[Key] = []
    all_life_experiences: bool = False
    approved: bool = False


class ChargeRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of charges.json: who answers for one thing. `owner` is the name of an account."""

    choices = {"about": tuple(one.value for one in About)}

    about: Literal["milestone", "project", "commitment", "success_measure"]
    record: Key
    owner: Annotated[str, Meta(pattern=WORDS, max_length=150)] | None = None
    seat: Key | None = None


class CapacityAreaRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of capacity_areas.json. `round` is the assessment that asked about it, where known."""

    name: Name
    gist: Words | None = None
    round: When | None = None


class ActionRecord(ReadRecord, frozen=True, kw_only=True):
    """An action that a plan promises; `carried_over_from` is one of the year before."""

    choices = {"status": ACTION_STATUSES}

    gist: Words
    due: When | None = None
    status: Literal["planned", "under_way", "delivered", "delivered_in_part", "dropped"] | None = None
    as_of: When | None = None
    delivered: Words | None = None
    evidence: list[GistRecord] = []
    capacity_area: Key | None = None
    carried_over_from: Key | None = None
    pain_points: list[Key] = []
    commitments: list[Key] = []
    success_measures: list[Key] = []


class AssessmentRecord(ReadRecord, frozen=True, kw_only=True):
    """How able a provider says it is in one capacity area; a null level was not given."""

    capacity_area: Key
    level: Level | None = None
    gist: Words | None = None
    evidence: list[GistRecord] = []


class ActionPlanRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of action_plans.json. `levels` are those of its self-assessment, the lowest first."""

    provider: Key
    fiscal_year: Year
    gist: Words | None = None
    published: When | None = None
    designated_services: list[Key] = []
    levels: list[Level] = []
    note: Words | None = None
    actions: list[ActionRecord] = []
    assessments: list[AssessmentRecord] = []
