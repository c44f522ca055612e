"""Reading the directory."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgencyFact:
    """An organisation of any level. Dates are null where unknown; `ends_before` is exclusive."""

    key: str
    name: str
    abbreviation: str
    level: str
    parent_key: str | None
    starts_on: str | None
    ends_before: str | None
    source: str | None


@dataclass(frozen=True)
class ProviderFact:
    """A part of an agency that provides services."""

    key: str
    name: str
    abbreviation: str | None
    agency_key: str
    gist: str | None
    designated_since: str | None
    note: str | None
    source: str | None


@dataclass(frozen=True)
class ProvisionFact:
    """One provider giving one service for a time; several may hold at once."""

    provider_key: str
    service_key: str
    starts_on: str | None
    ends_before: str | None


@dataclass(frozen=True)
class ServiceFact:
    """A service, with every provision of it, past and present."""

    key: str
    name: str
    gist: str | None
    designated: bool | None
    state: str | None
    first_quarter: str | None
    last_quarter: str | None
    replaced_by_key: str | None
    provisions: tuple[ProvisionFact, ...]
    source: str | None


@dataclass(frozen=True)
class WebsiteFact:
    """A website of an agency or provider."""

    address: str
    name: str
    agency_key: str
    provider_key: str | None
    source: str | None
