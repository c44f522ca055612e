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

    `rank` is null where the size is not known: nobody counted, or too few were asked for it to be shown;
    `size_reason` says which, in releases made since it was added.
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
    size_reason: str | None = None  # not_counted or suppressed_small


@dataclass(frozen=True)
class StoryFact:
    """What one person went through, or a composite of many. Only published ones reach a release."""

    key: str
    title: str
    stage_key: str | None
    text: str | None
    composite: bool
    consent: str | None
    provenance: str | None
    published: bool
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class ParticipantsFact:
    """How many people of a group took part; `count` null where not known, or too few to be told."""

    group: str
    count: int | None


@dataclass(frozen=True)
class StudyFileFact:
    """A file of a study, by its address. Only published ones reach a release."""

    name: str
    url: str
    gist: str | None
    published: bool


@dataclass(frozen=True)
class StudyFact:
    """A piece of research: how, when and with whom. What was seen and heard stays in the house, counted."""

    key: str
    name: str
    method: str | None
    dates: str | None
    participants: tuple[ParticipantsFact, ...]
    people_count: int | None
    states_count: int | None
    consent: str | None
    observations_count: int
    highlights_count: int
    source: str | None
    confidence: str | None = None
    files: tuple[StudyFileFact, ...] = ()
    groups_reason: str | None = None  # suppressed_small where the count of a group is held back
    people_reason: str | None = None  # suppressed_small or not_known where the count of all is not there


@dataclass(frozen=True)
class LinkFact:
    """A link of an insight or a persona to its evidence: `cited` is its key.

    `is_there` says whether it led to something when it was looked up; null where only an address of somebody
    else says what is cited, and in releases made before anybody looked.
    """

    kind: str
    cited: str | None
    url: str | None
    gist: str
    is_there: bool | None = None


@dataclass(frozen=True)
class InsightFact:
    """What was understood, with its evidence; `evidence_count` links lead to something.

    Only published ones reach a release, and those have evidence.
    """

    key: str
    text: str
    evidence: tuple[LinkFact, ...]
    evidence_count: int
    published: bool
    source: str | None
    confidence: str | None = None


@dataclass(frozen=True)
class PersonaFact:
    """A kind of people, composed from research: always a composite, whose `name` is a label.

    Only published ones reach a release, and those have evidence.
    """

    key: str
    name: str
    gist: str | None
    needs: tuple[str, ...]
    barriers: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[LinkFact, ...]
    evidence_count: int
    provenance: str | None
    published: bool
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
    stories: tuple[StoryFact, ...] = ()
    studies: tuple[StudyFact, ...] = ()
    insights: tuple[InsightFact, ...] = ()
    personas: tuple[PersonaFact, ...] = ()
