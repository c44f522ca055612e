"""What the data file of journeys holds, field by field. Links are keys; left out means null: not known."""

from typing import Annotated

from msgspec import Meta

from hearback.directory.files import Key, Record, Words
from hearback.directory.nested import ReadRecord

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Short = Annotated[str, Meta(min_length=1, max_length=40)]
Count = Annotated[int, Meta(ge=0, le=2_000_000_000)]
Volume = Annotated[int, Meta(ge=0, le=10**12)]
Quantity = Annotated[float, Meta(ge=0, le=1_000_000_000)]
Feeling = Annotated[int, Meta(ge=-2, le=2)]


class EvidenceRecord(Record, frozen=True, kw_only=True):
    """A short statement with where it was read."""

    gist: Words
    source: Words | None = None
    confidence: Annotated[str, Meta(min_length=1, max_length=20)] | None = None


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
    measure_key: Annotated[str, Meta(min_length=1, max_length=60)] | None = None


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


class JourneyRecord(ReadRecord, frozen=True, kw_only=True):
    """A record of journeys.json. `about` is a service of the directory, null for a life experience."""

    name: Name
    about: Key | None = None
    gist: Words | None = None
    note: Words | None = None
    yearly_volume: Volume | None = None
    volume_gist: Words | None = None
    volume_source: Words | None = None
    stages: list[StageRecord] = []
    pain_points: list[PainPointRecord] = []
