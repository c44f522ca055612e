"""Reading the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from hearback.directory.models import Agency, Identifier, Provider, Provision, Service, Website

M = TypeVar("M", bound=Model)


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
    confidence: str | None = None


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
    confidence: str | None = None


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
    confidence: str | None = None


@dataclass(frozen=True)
class WebsiteFact:
    """A website of an agency or provider."""

    address: str
    name: str
    agency_key: str
    provider_key: str | None
    source: str | None
    confidence: str | None = None


def agencies(on: date | None = None) -> list[AgencyFact]:
    """List agencies by name: all that ever were, or those there on a day."""
    rows = _there(Agency.objects.select_related("parent").order_by("name", "key"), on)
    return [
        AgencyFact(
            a.key, a.name, a.abbreviation, a.level, a.parent.key if a.parent else None,
            _text(a.starts_on), _text(a.ends_before), a.source, a.confidence,
        )
        for a in rows
    ]  # fmt: skip


def providers(on: date | None = None) -> list[ProviderFact]:
    """List providers by name: all that ever were, or those there on a day."""
    rows = _there(Provider.objects.select_related("agency").order_by("name", "key"), on)
    return [
        ProviderFact(
            p.key,
            p.name,
            p.abbreviation,
            p.agency.key,
            p.gist,
            p.designated_since,
            p.note,
            p.source,
            p.confidence,
        )
        for p in rows
    ]


def services(on: date | None = None) -> list[ServiceFact]:
    """List services by name with their provisions; on a day, only those provided then."""
    provisions: dict[int, list[ProvisionFact]] = {}
    held = _there(
        Provision.objects.select_related("provider", "service").order_by("starts_on", "provider__key"), on
    )
    for p in held:
        fact = ProvisionFact(p.provider.key, p.service.key, _text(p.starts_on), _text(p.ends_before))
        provisions.setdefault(p.service_id, []).append(fact)
    rows = Service.objects.select_related("replaced_by").order_by("name", "key")
    return [
        ServiceFact(
            s.key, s.name, s.gist, s.designated, s.state, s.first_quarter, s.last_quarter,
            s.replaced_by.key if s.replaced_by else None, tuple(provisions.get(s.pk, ())), s.source,
            s.confidence,
        )
        for s in rows
        if on is None or s.pk in provisions
    ]  # fmt: skip


def websites(on: date | None = None) -> list[WebsiteFact]:
    """List websites by address."""
    rows = _there(Website.objects.select_related("agency", "provider").order_by("address"), on)
    return [
        WebsiteFact(
            w.address, w.name, w.agency.key, w.provider.key if w.provider else None, w.source, w.confidence
        )
        for w in rows
    ]


def codes(scheme: str) -> dict[str, str]:
    """Give, for one scheme of codes, the key of the agency, provider or service each value stands for."""
    rows = Identifier.objects.filter(scheme=scheme).select_related("agency", "provider", "service")
    return {row.value: _named(row).key for row in rows}


def agency_subtree(key: str) -> frozenset[str]:
    """Give the keys of an agency and of everything under it; empty where there is no such agency."""
    children: dict[str | None, list[str]] = {}
    for child, parent in Agency.objects.values_list("key", "parent__key"):
        children.setdefault(parent, []).append(child)
    known = {child for kids in children.values() for child in kids}
    found: set[str] = set()
    waiting = [key] if key in known else []
    while waiting:
        at_hand = waiting.pop()
        if at_hand not in found:
            found.add(at_hand)
            waiting += children.get(at_hand, [])
    return frozenset(found)


def provision_pairs() -> frozenset[tuple[str, str]]:
    """Give every pair of provider key and service key that was ever linked."""
    return frozenset(Provision.objects.values_list("provider__key", "service__key"))


def agency_ids() -> dict[str, int]:
    """Give the row number of every agency by key, for actions that set a foreign key."""
    return _ids(Agency.objects.all())


def provider_ids() -> dict[str, int]:
    """Give the row number of every provider by key, for actions that set a foreign key."""
    return _ids(Provider.objects.all())


def service_ids() -> dict[str, int]:
    """Give the row number of every service by key, for actions that set a foreign key."""
    return _ids(Service.objects.all())


def _ids(rows: Iterable[Agency | Provider | Service]) -> dict[str, int]:
    return {row.key: row.pk for row in rows}


def _there(rows: QuerySet[M], on: date | None) -> QuerySet[M]:
    if on is None:
        return rows
    return rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=on)).filter(
        Q(ends_before__isnull=True) | Q(ends_before__gt=on)
    )


def _named(row: Identifier) -> Agency | Provider | Service:
    named = row.agency or row.provider or row.service
    assert named is not None  # noqa: S101 - the table holds it so
    return named


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
