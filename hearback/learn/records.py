"""What the data file of journeys holds, field by field. Links are keys; left out means null: not known."""

from typing import Annotated, Literal

from msgspec import Meta

from hearback.directory.files import WORDS, Key, Record, Words
from hearback.directory.nested import ReadRecord
from hearback.learn.rules import EVIDENCE_KINDS

Name = Annotated[str, Meta(pattern=WORDS, max_length=200)]
Short = Annotated[str, Meta(pattern=WORDS, max_length=40)]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Volume = Annotated[int, Meta(ge=0, le=10**12)]
Quantity = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Feeling = Annotated[int, Meta(ge=-2, le=2)]


class EvidenceRecord(Record, frozen=True, kw_only=True):
    """A short statement with where it was read."""

    gist: Words
    source: Words | None = None
    confidence: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None


class StepRecord(ReadRecord, frozen=True, kw_only=True):
    """What a person does, with whom, how, and what it takes; `_low` and `_high` come together."""

    gist: Words
    agency: Key | None = None
    channel: Short | None = None
    minutes: Quantity | None = None
    minutes_low: Quantity | None = None
    minutes_high: Quantity | None = None
    documents: Quantity | None = None
    documents_low: Quantity | None = None
    documents_high: Quantity | None = None
    visits: Quantity | None = None
    visits_low: Quantity | None = None
    visits_high: Quantity | None = None
    waiting_days: Quantity | None = None
    waiting_days_low: Quantity | None = None
    waiting_days_high: Quantity | None = None
    cost_usd: Quantity | None = None
    cost_usd_low: Quantity | None = None
    cost_usd_high: Quantity | None = None
    feeling: Feeling | None = None
    feeling_gist: Words | None = None
    measure_key: Annotated[str, Meta(pattern=WORDS, max_length=60)] | None = None


class StageRecord(ReadRecord, frozen=True, kw_only=True):
    """A stage with its steps, in order."""

    name: Words
    gist: Words | None = None
    steps: list[StepRecord] = []


class PainPointRecord(ReadRecord, frozen=True, kw_only=True):
    """What hurts people; `stage` is the key of a stage of the same journey."""

    gist: Words
    stage: Key | None = None
    groups: list[Words] = []
    evidence: list[EvidenceRecord] = []
    naming_count: Count | None = None
    asked_count: Count | None = None


class StoryRecord(ReadRecord, frozen=True, kw_only=True):
    """A story of one person, or a composite of many; `consent` says how it was given."""

    title: Name
    stage: Key | None = None
    text: Words | None = None
    composite: bool
    consent: Words | None = None
    provenance: Words | None = None
    published: bool = False


class ParticipantsRecord(Record, frozen=True, kw_only=True):
    """How many people of a group took part in a study; nobody is named."""

    group: Words
    count: Count | None = None


class ObservationRecord(ReadRecord, frozen=True, kw_only=True):
    """What a researcher saw."""

    gist: Words
    tags: list[Words] = []


class HighlightRecord(ReadRecord, frozen=True, kw_only=True):
    """A passage of a transcript; `group` is of who said it, never a name."""

    text: Words
    group: Words | None = None
    tags: list[Words] = []


class StudyFileRecord(Record, frozen=True, kw_only=True):
    """A file of a study, by its address; it is shown inside only, unless `published`."""

    name: Name
    url: Words
    gist: Words | None = None
    published: bool = False


class StudyRecord(ReadRecord, frozen=True, kw_only=True):
    """A piece of research with what was seen and heard."""

    name: Name
    method: Words | None = None
    dates: Words | None = None
    participants: list[ParticipantsRecord] = []
    people_count: Count | None = None
    states_count: Count | None = None
    consent: Words | None = None
    files: list[StudyFileRecord] = []
    observations: list[ObservationRecord] = []
    highlights: list[HighlightRecord] = []


Kind = Literal["answer", "comment", "case", "observation", "highlight", "published_figure", "pain_point"]


class LinkRecord(Record, frozen=True, kw_only=True):
    """A link to evidence by key (`cited`) or address. A published figure is measure/level/subject/quarter."""

    choices = {"kind": EVIDENCE_KINDS}

    kind: Kind
    cited: Words | None = None
    url: Words | None = None
    gist: Words


class InsightRecord(ReadRecord, frozen=True, kw_only=True):
    """What was understood, with links to its evidence."""

    text: Words
    evidence: list[LinkRecord] = []
    published: bool = False


class PersonaRecord(ReadRecord, frozen=True, kw_only=True):
    """A kind of people, composed from research; `name` is a label, never that of somebody who lives."""

    name: Name
    gist: Words | None = None
    needs: list[Words] = []
    barriers: list[Words] = []
    groups: list[Words] = []
    evidence: list[LinkRecord] = []
    provenance: Words | None = None
    published: bool = False


class JourneyRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of journeys.json. `about` is a service of the directory, null for a life experience."""

    checked_whole = ("stages",)

    name: Name
    about: Key | None = None
    gist: Words | None = None
    note: Words | None = None
    yearly_volume: Volume | None = None
    volume_gist: Words | None = None
    volume_source: Words | None = None
    stages: list[StageRecord] = []
    pain_points: list[PainPointRecord] = []
    stories: list[StoryRecord] = []
    studies: list[StudyRecord] = []
    personas: list[PersonaRecord] = []
    insights: list[InsightRecord] = []
