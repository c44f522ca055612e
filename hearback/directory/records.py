"""What the data files of the directory hold, field by field."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from hearback.directory.files import WORDS, Key, Record, Words

Codes = dict[str, list[Annotated[str, Meta(pattern=WORDS, max_length=120)]]]
Short = Annotated[str, Meta(pattern=WORDS, max_length=40)]
Name = Annotated[str, Meta(pattern=WORDS, max_length=200)]
Confidence = Annotated[str, Meta(pattern=WORDS, max_length=20)]
LEVELS = ("federal", "state", "local", "tribal", "territorial", "nonprofit")


class AgencyRecord(Record, frozen=True, kw_only=True):
    """A record of agencies.json. `parent` is a key; `identifiers` holds codes by scheme."""

    choices = {"level": LEVELS}

    key: Key
    name: Name
    abbreviation: Short
    level: Literal["federal", "state", "local", "tribal", "territorial", "nonprofit"]
    parent: Key | None = None
    starts_on: date | None = None
    ends_before: date | None = None
    source: Words | None = None
    confidence: Confidence | None = None
    identifiers: Codes = {}


class ProviderRecord(Record, frozen=True, kw_only=True):
    """A record of providers.json. `agency` is a key."""

    key: Key
    name: Name
    abbreviation: Short | None = None
    agency: Key
    gist: Words | None = None
    designated_since: Annotated[str, Meta(pattern=WORDS, max_length=80)] | None = None
    note: Words | None = None
    starts_on: date | None = None
    ends_before: date | None = None
    source: Words | None = None
    confidence: Confidence | None = None
    identifiers: Codes = {}


class ProvisionRecord(Record, frozen=True, kw_only=True):
    """One provider giving a service for a time."""

    provider: Key
    starts_on: date | None = None
    ends_before: date | None = None


class DesignationRecord(Record, frozen=True, kw_only=True):
    """A service being designated for a time."""

    starts_on: date | None = None
    ends_before: date | None = None
    note: Words | None = None


class ServiceRecord(Record, frozen=True, kw_only=True):
    """A record of services.json. Quarters are written FY2021-Q1; `replaced_by` is a key."""

    key: Key
    name: Annotated[str, Meta(pattern=WORDS, max_length=300)]
    gist: Words | None = None
    designated: bool | None = None
    state: Annotated[str, Meta(pattern=WORDS, max_length=60)] | None = None
    first_quarter: Words | None = None
    last_quarter: Words | None = None
    replaced_by: Key | None = None
    provisions: list[ProvisionRecord] = []
    designations: list[DesignationRecord] = []
    source: Words | None = None
    confidence: Confidence | None = None
    identifiers: Codes = {}


class WebsiteRecord(Record, frozen=True, kw_only=True):
    """A record of websites.json. `agency` and `provider` are keys."""

    address: Name
    name: Name
    agency: Key
    provider: Key | None = None
    starts_on: date | None = None
    ends_before: date | None = None
    source: Words | None = None
    confidence: Confidence | None = None
