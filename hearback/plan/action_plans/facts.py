"""What other parts may know of action plans. Dates are the text of their source; null means unknown."""

from dataclasses import dataclass

from hearback.plan.facts import EvidenceFact


@dataclass(frozen=True)
class CapacityAreaFact:
    """Something a provider must be able to do. `round` is the assessment that asked about it."""

    key: str
    name: str
    gist: str | None
    round: str | None
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class ActionPlanActionFact:
    """One action of a plan and what became of it; `status` is one of `rules.ACTION_STATUSES`, or not said."""

    key: str
    gist: str
    due: str | None
    status: str | None
    as_of: str | None
    delivered: str | None
    evidence: tuple[EvidenceFact, ...]
    capacity_area_key: str | None
    carried_over_from_key: str | None  # an action of the year before, of the same provider
    pain_point_keys: tuple[str, ...]
    commitment_keys: tuple[str, ...]
    success_measure_keys: tuple[str, ...]
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class SelfAssessmentFact:
    """How able a provider says it is in one capacity area; a null `level` was not given."""

    key: str
    capacity_area_key: str
    level: str | None
    gist: str | None
    evidence: tuple[EvidenceFact, ...]
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class ActionPlanFact:
    """What a provider promises for a fiscal year. `levels`: the scale of its assessment, lowest first."""

    key: str
    provider_key: str
    fiscal_year: int
    gist: str | None
    published: str | None
    designated_service_keys: tuple[str, ...]
    levels: tuple[str, ...]
    note: str | None
    actions: tuple[ActionPlanActionFact, ...]
    assessments: tuple[SelfAssessmentFact, ...]
    source: str | None
    confidence: str | None = None
