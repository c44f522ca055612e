"""Place a row: which provider, which service, which survey it is about."""

import re
from dataclasses import dataclass

from hearback.collect.parsed import Oddity, ParsedRow, RowRefused
from hearback.collect.rules import digest
from hearback.directory import queries as directory

PROVIDER_CODES = "us-cx-provider"
SERVICE_CODES = "us-cx-service"


@dataclass(frozen=True)
class Places:
    """What the directory knows: codes and keys to keys, and which provider gives which service."""

    providers: dict[str, str]
    services: dict[str, str]
    provisions: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class PlacedRow:
    """A row and what it is about. `line` is the line of the file it starts on, `record` its number."""

    line: int
    record: int
    row: ParsedRow
    provider_key: str
    service_key: str
    identity: str
    series: str
    oddities: tuple[Oddity, ...]


def known_places() -> Places:
    """Read from the directory what rows may name. A code wins over a key of the same spelling."""
    return Places(
        {key: key for key in directory.provider_ids()} | directory.codes(PROVIDER_CODES),
        {key: key for key in directory.service_ids()} | directory.codes(SERVICE_CODES),
        directory.provision_pairs(),
    )


def placed(line: int, record: int, row: ParsedRow, places: Places, names: dict[str, str]) -> PlacedRow:
    """Find what a row is about.

    Raises:
        RowRefused: if the directory knows no such provider or no such service.
    """
    provider = places.providers.get(row.provider_code)
    if provider is None:
        raise RowRefused(names["provider"], _unknown("provider", row.provider_code))
    service = places.services.get(row.service_code)
    if service is None:
        raise RowRefused(names["service"], _unknown("service", row.service_code))
    odd: tuple[Oddity, ...] = ()
    if (provider, service) not in places.provisions:
        message = f"The directory knows provider {provider} and service {service}, but no link between them."
        odd = (Oddity("service_not_linked_to_provider", names["service"], message),)
    series = (provider, service, row.name.lower(), row.channel)
    identity = digest(row.quarter, *series)[:32]
    return PlacedRow(line, record, row, provider, service, identity, digest(*series)[:32], odd)


def _unknown(what: str, code: str) -> str:
    return (
        f"The directory knows no {what} with the code {code[:60]!r}. Add it to the directory with "
        "`hearback directory load`, or correct the code."
    )


def survey_key(one: PlacedRow, variant: int, digits: int = 8) -> str:
    """Make the public key of a survey: service, quarter, channel and the first digits of its identity."""
    quarter = one.row.quarter.replace("-", "").lower()
    channel = re.sub(r"[^a-z0-9_]+", "-", one.row.channel or "none").strip("-") or "other"
    key = f"{one.service_key}-{quarter}-{channel}-{one.identity[:digits]}"
    return key if variant == 1 else f"{key}-{variant}"
