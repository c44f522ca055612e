"""What other parts may know of what people go through. Null means not known."""

from dataclasses import dataclass

from hearback.learn.rules import Burden, PainSize


@dataclass(frozen=True)
class StepFact:
    """What a person does, with whom, how, and what it takes; see Step for the units and the scale."""

    key: str
    gist: str
    agency_key: str | None
    channel: str | None
    minutes: float | None
    minutes_low: float | None
    minutes_high: float | None
    documents: float | None
    documents_low: float | None
    documents_high: float | None
    visits: float | None
    visits_low: float | None
    visits_high: float | None
    waiting_days: float | None
    waiting_days_low: float | None
    waiting_days_high: float | None
    cost_usd: float | None
    cost_usd_low: float | None
    cost_usd_high: float | None
    feeling: int | None
    feeling_gist: str | None
    measure_key: str | None
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class StageFact:
    """A part of a journey with its steps, in order."""

    key: str
    name: str
    gist: str | None
    steps: tuple[StepFact, ...]
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class EvidenceFact:
    """A short statement with where it was read."""

    gist: str
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class PainPointFact:
    """What hurts people on a journey.

    `rank` is null where the size is not known: nobody counted, or too few answers name it to be shown.
    """

    key: str
    gist: str
    stage_key: str | None
    groups: tuple[str, ...]
    evidence: tuple[EvidenceFact, ...]
    size: PainSize
    rank: int | None
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class JourneyFact:
    """What people go through to get a service, or in a life experience (`about_key` null).

    Stages are in order, pain points by rank. `burden` is null where no step is known.
    """

    key: str
    name: str
    about_key: str | None
    gist: str | None
    note: str | None
    yearly_volume: int | None
    volume_gist: str | None
    volume_source: str | None
    stages: tuple[StageFact, ...]
    pain_points: tuple[PainPointFact, ...]
    burden: Burden | None
    source: str | None
    confidence: str | None = None
