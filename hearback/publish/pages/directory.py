"""Pages of agencies and of the providers that belong to them."""

from typing import Any

from django.utils.translation import gettext

from hearback.directory.queries import AgencyFact, ServiceFact
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages import plan, trust
from hearback.publish.pages.action_plans import plans_of
from hearback.publish.pages.catalogue import Catalogue, by_name, catalogue, find
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.pictures import shown
from hearback.publish.pages.words import STATES
from hearback.ui.words import plain


def agencies(release: ReleaseData) -> dict[str, Any]:
    """List all agencies by name, parts under the body they belong to."""
    book = catalogue(release)
    tops = by_name(a for a in release.agencies if a.parent_key not in book.agencies)
    lines = [line for top in tops for line in _lines(book, top, 0)]
    return {
        "lines": lines,
        "n_providing": sum(bool(line["providers"]) for line in lines),
        "has_levels": len({line["fact"].level for line in lines}) > 1,
    }


def _lines(book: Catalogue, agency: AgencyFact, depth: int) -> list[dict[str, Any]]:
    providers = book.providers_of(agency.key)
    line = {
        "fact": agency,
        "depth": depth,
        "providers": providers,
        "n_services": len({s.key for p in providers for s in book.services_of(p.key)}),
        "n_commitments": sum(agency.key in c.agency_keys for c in book.release.commitments),
    }
    return [line] + [below for part in book.parts_of(agency.key) for below in _lines(book, part, depth + 1)]


def agency(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one agency: its providers and services, trust, commitments, funding, websites.

    Raises:
        NotInRelease: if the release holds no such agency.
    """
    book = catalogue(release)
    found = find(release.agencies, key)
    provided = {s.key: s for p in book.providers_of(key) for s in book.services_of(p.key)}
    bound = [c for c in release.commitments if key in c.agency_keys]
    one = plan.cited(bound)
    return {
        "agency": found,
        "parent": book.agencies.get(found.parent_key or ""),
        "parts": book.parts_of(key),
        "providers": [{"fact": p, "services": book.services_of(p.key)} for p in book.providers_of(key)],
        "panels": trust.panels(book, "agency", key),
        "chart": shown(book, f"agency-{key}"),
        "multiples": shown(book, f"services-{key}"),
        "without_panel": without_panel([service_line(book, s) for s in by_name(provided.values())]),
        "commitments": plan.commitment_lines(book, bound, one),
        "cited": one,
        "funding": plan.funding_groups(
            book, [f for f in release.funding if key in {f.agency_key, *f.agency_keys}]
        ),
        "websites": [w for w in by_address(release) if w.agency_key == key],
        "experiences": [
            e for e in by_name(release.life_experiences) if key in {e.lead_agency_key, *e.participant_keys}
        ],
        "seats": [
            {"area": area, "seat": seat}
            for area in release.priority_areas
            for seat in area.seats
            if seat.agency_key == key
        ],
    }


def providers(release: ReleaseData) -> dict[str, Any]:
    """List all providers by name."""
    book = catalogue(release)
    reporting = {s.provider_key for s in release.surveys}
    return {
        "n_reporting": sum(p.key in reporting for p in release.providers),
        "n_plans": len(release.action_plans),
        "lines": [
            {
                "fact": p,
                "agency": book.agencies.get(p.agency_key),
                "services": book.services_of(p.key),
                "plans": plans_of(release, p.key),
            }
            for p in by_name(release.providers)
        ],
    }


def provider(release: ReleaseData, key: str) -> dict[str, Any]:
    """Show one provider: its services by name, action plans, trust, its agency's commitments, websites.

    Raises:
        NotInRelease: if the release holds no such provider.
    """
    book = catalogue(release)
    found = find(release.providers, key)
    return {
        "provider": found,
        "agency": book.agencies.get(found.agency_key),
        "services": [service_line(book, s) for s in book.services_of(key)],
        "panels": trust.panels(book, "provider", key),
        "chart": shown(book, f"provider-{key}"),
        "websites": [w for w in by_address(release) if w.provider_key == key],
        "n_commitments": sum(found.agency_key in c.agency_keys for c in release.commitments),
        "plans": plans_of(release, key),
    }


def service_line(book: Catalogue, service: ServiceFact) -> dict[str, Any]:
    """Give a service as a line of a list, without figures: services are not held against each other."""
    keys = dict.fromkeys(p.provider_key for p in service.provisions)
    reported = [str(q) for q in book.numbers.quarters if book.numbers.surveys(service.key, str(q))]
    return {
        "fact": service,
        "providers": by_name(book.providers[k] for k in keys if k in book.providers),
        "state": _state(service),
        "n_quarters": len(reported),
        "last": reported[-1].replace("-", " ") if reported else None,
        "comparable": bool(book.numbers.pools("service", service.key)),
    }


def without_panel(lines: list[dict[str, Any]]) -> dict[str, Any]:
    """Name the services that no panel shows against their own history.

    Of `silent` no survey was reported. Of `unlike` some were, and no share of theirs may be shown.
    """
    left = [line for line in lines if not line["comparable"]]
    return {
        "n": len(left),
        "silent": [line["fact"] for line in left if not line["n_quarters"]],
        "unlike": [line["fact"] for line in left if line["n_quarters"]],
    }


def _state(service: ServiceFact) -> str | None:
    """Say in words how a service stands; where it was still reporting, in which quarter that was read."""
    if service.state is None:
        return None
    words = plain(service.state, STATES)
    still = service.state == "reporting_at_last_extract" and service.last_quarter
    if not still:
        return words
    return gettext("%(state)s, in %(quarter)s") % {
        "state": words,
        "quarter": date_label(service.last_quarter),
    }


def by_address(release: ReleaseData) -> list[Any]:
    """List the websites by name."""
    return sorted(release.websites, key=lambda w: (w.name.casefold(), w.address))
