"""What other parts may know of what was promised.

Dates are the text of their source (see fiscal.parse_period); null means unknown.
"""

from dataclasses import dataclass
from datetime import datetime

from hearback.plan.rules import EffectFact, ProgressFact, Promise, ReadingFact, State


@dataclass(frozen=True)
class SeatHolderFact:
    """Somebody, or nobody, shown in a seat for a time. `name` null is a vacant seat."""

    name: str | None
    office_title: str | None
    shown_from: str | None
    shown_to: str | None
    note: str | None
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class SeatFact:
    """A seat of leadership held by an agency; `holders` newest first."""

    key: str
    role: str
    agency_key: str
    holders: tuple[SeatHolderFact, ...]


@dataclass(frozen=True)
class GoalFact:
    """A goal of a strategy.

    `as_of` is when the text was read; `replaced_by_key` is set where a later text replaced it, and then
    `replaced_on`, `replaced_reason` and `replaced_decided_by`, where somebody said so.
    """

    key: str
    number: str
    gist: str
    target_date: str | None
    status: str | None
    as_of: str | None
    note: str | None
    replaced_by_key: str | None
    source: str | None
    confidence: str | None = None
    replaced_on: str | None = None
    replaced_reason: str | None = None
    replaced_decided_by: str | None = None  # a role, never a person


@dataclass(frozen=True)
class SuccessMeasureFact:
    """How success is to be seen. Targets and baselines stay null where none was published."""

    key: str
    name: str
    kind: str
    provider: str | None
    baseline: str | None
    baseline_value: float | None
    baseline_year: int | None
    target: str | None
    target_value: float | None
    latest: str | None
    note: str | None
    measure_key: str | None
    source: str | None
    confidence: str | None = None
    drivers: tuple[str, ...] = ()
    measure_level: str | None = None  # of what the measure is; null is the whole government
    measure_subject: str | None = None
    measure_pool: str | None = None  # null is the first pool that has figures
    direction: str | None = None  # up, down or keep
    due: str | None = None
    target_low: float | None = None  # bounds of what is to keep
    target_high: float | None = None
    baseline_as_of: str | None = None  # where it is more exact than the year
    readings: tuple[ReadingFact, ...] = ()  # of others; what is computed here stands among the scores
    pool: str | None = None  # the pool whose figures were taken
    latest_reading: ReadingFact | None = None
    reporting: str | None = None  # reported, being gathered, not published: apart from progress
    progress: ProgressFact | None = None  # null in releases from before there was a rule for it


@dataclass(frozen=True)
class EvidenceFact:
    """Something that shows how far a thing is, and where it was read."""

    gist: str
    source: str | None = None
    confidence: str | None = None


@dataclass(frozen=True)
class MilestoneChangeFact:
    """One line of the log of a milestone: `field` is status, due, done, title or owner."""

    key: str
    date: str | None
    field: str
    before: str | None
    after: str | None
    reason: str | None
    decided_by: str | None  # a role, never a person
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class MilestoneFact:
    """A step with a due date. It belongs to a strategy, a life experience or a project."""

    key: str
    title: str
    due: str | None
    status: str | None
    owner: str | None
    as_of: str | None
    note: str | None
    source: str | None
    confidence: str | None = None
    done: str | None = None
    depends_on: tuple[str, ...] = ()
    evidence: tuple[EvidenceFact, ...] = ()
    changes: tuple[MilestoneChangeFact, ...] = ()

    @property
    def promise(self) -> Promise:
        """Give what tells whether it was kept in time."""
        return Promise(self.due, self.status, self.done, self.as_of)

    @property
    def earlier_due(self) -> tuple[str, ...]:
        """List the dates that were promised and moved, the first one first, as far as the log tells.

        A date that was found where none was known is not moved.
        """
        return tuple(one.before for one in self.changes if one.field == "due" and one.before is not None)


@dataclass(frozen=True)
class PlacedMilestoneFact:
    """A milestone with where it belongs, and the version that whoever changes it must have seen.

    `level` is strategy, life_experience or project; `subject` names that one. `needed_by` holds the keys of
    the milestones that depend on it.
    """

    fact: MilestoneFact
    version: int
    level: str
    subject_key: str
    subject: str
    needed_by: tuple[str, ...]


@dataclass(frozen=True)
class ReportingCountFact:
    """How many providers reported, at one time, under one rule of counting."""

    as_of: str
    reporting: int
    total: int | None
    note: str | None
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class StrategyFact:
    """One strategy of a priority area, with its goals and milestones."""

    key: str
    number: int
    title: str
    is_cross_agency_goal: bool | None
    note: str | None
    goals: tuple[GoalFact, ...]
    milestones: tuple[MilestoneFact, ...]
    reporting_counts: tuple[ReportingCountFact, ...]
    source: str | None
    confidence: str | None = None
    success_measure_keys: tuple[str, ...] = ()  # that it is to move


@dataclass(frozen=True)
class PriorityAreaFact:
    """A priority area with everything that belongs to it but life experiences and updates."""

    key: str
    number: int
    title: str
    gist: str | None
    challenge: str | None
    opportunity: str | None
    seats: tuple[SeatFact, ...]
    success_measures: tuple[SuccessMeasureFact, ...]
    strategies: tuple[StrategyFact, ...]
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class PainPointFact:
    """What hurts people in a life experience."""

    key: str
    gist: str
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class ProjectFact:
    """Work that answers pain points of a life experience."""

    key: str
    name: str
    name_is_official: bool
    goal: str | None
    agency_keys: tuple[str, ...]
    phase: str | None
    announced: str | None
    next_steps: str | None
    results: tuple[str, ...]
    note: str | None
    milestones: tuple[MilestoneFact, ...]
    source: str | None
    confidence: str | None = None
    result_sources: tuple[str | None, ...] = ()  # of each result, in the same order
    pain_point_keys: tuple[str, ...] = ()
    effects: tuple[EffectFact | None, ...] = ()  # of each result; null where it has no figures
    success_measure_keys: tuple[str, ...] = ()  # that it is to move


@dataclass(frozen=True)
class LifeExperienceFact:
    """A point in life where people meet several public bodies at once."""

    key: str
    name: str
    question: str | None
    lead_agency_key: str | None
    participant_keys: tuple[str, ...]
    facts: tuple[str, ...]
    where_we_want_to_be: tuple[str, ...]
    where_we_start: tuple[str, ...]
    discovery_dates: str | None
    discovery_who: str | None
    discovery_people: int | None
    discovery_states: int | None
    journey_stages: tuple[str, ...]
    journey_note: str | None
    pain_points: tuple[PainPointFact, ...]
    projects: tuple[ProjectFact, ...]
    milestones: tuple[MilestoneFact, ...]
    source: str | None
    confidence: str | None = None
    fact_sources: tuple[str | None, ...] = ()  # of each fact, in the same order
    charter_source: str | None = None
    discovery_source: str | None = None
    journey_key: str | None = None
    discovery_reason: str | None = None  # suppressed_small where the number of people is held back


@dataclass(frozen=True)
class CommitmentFact:
    """Something public bodies are bound to do, where that is written, and what is known of it.

    `due` is a date, or how often the duty comes back, as 'yearly, February'.
    """

    key: str
    kind: str
    reference: str | None
    agency_keys: tuple[str, ...]
    joint: bool | None
    gist: str
    due: str | None
    status: str | None
    progress: str | None
    progress_date: str | None
    source: str | None
    progress_source: str | None
    confidence: str | None = None
    progress_confidence: str | None = None
    status_is_official: bool | None = None  # no: a reading made here; null in older releases
    bound_group: str | None = None  # who is bound where no agency is named, as "all agencies"


@dataclass(frozen=True)
class FundingFact:
    """Money set aside, awarded or asked for. What is asked for is never money given."""

    key: str
    kind: str  # fund_allocation, fund_investment, budget_request
    date: str | None
    fiscal_year: int | None
    recipient: str | None
    agency_key: str | None
    amount_usd: int | None
    customer_experience: bool | None
    gist: str | None
    life_experience_key: str | None
    note: str | None
    source: str | None
    confidence: str | None = None
    agency_keys: tuple[str, ...] = ()  # all agencies; `agency_key` is null where there are several
    project_keys: tuple[str, ...] = ()
    commitment_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class CorrectionFact:
    """What was put right in an update that had been published, and when."""

    date: str
    gist: str


@dataclass(frozen=True)
class UpdateFact:
    """A dated note of progress. Only approved ones reach a release. `body` is a little Markdown."""

    key: str
    date: str
    kind: str  # area_summary, blog, fact_sheet, ...
    title: str
    gist: str
    strategy_numbers: tuple[int, ...]
    life_experience_keys: tuple[str, ...]  # ("all",) where the source says all
    approved: bool
    source: str | None
    confidence: str | None = None
    approved_at: str | None = None
    approved_by: str | None = None
    body: str | None = None
    corrections: tuple[CorrectionFact, ...] = ()
    strategy_keys: tuple[str, ...] | None = None  # null in releases that name strategies by number alone


@dataclass(frozen=True)
class CommentFact:
    """What somebody said about a draft."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True)
class DraftFact:
    """An update that somebody writes. `corrects_key` names the published update that it would change."""

    key: str
    corrects_key: str | None
    correction: str | None
    date: str
    kind: str
    title: str
    gist: str
    body: str | None
    source: str | None
    strategy_keys: tuple[str, ...]
    life_experience_keys: tuple[str, ...]
    all_life_experiences: bool
    owner: str
    state: State
    version: int
    changed_at: datetime
    changed_by: str
    comments: tuple[CommentFact, ...]
