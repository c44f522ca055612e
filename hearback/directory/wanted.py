"""From the data files of the directory to the rows they want."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from hearback.directory.decoding import read_records
from hearback.directory.files import Record, check_days, check_once, problem_in
from hearback.directory.records import AgencyRecord, Codes, ProviderRecord, ServiceRecord, WebsiteRecord
from hearback.directory.rows import Wanted
from hearback.fiscal import QuarterNotValid, parse_quarter

AGENCIES, PROVIDERS = "agencies.json", "providers.json"
SERVICES, WEBSITES = "services.json", "websites.json"
TIMES = ("starts_on", "ends_before")
READ = ("source", "confidence")


def read_folder(folder: Path) -> list[Wanted]:
    """Read the four files of a folder.

    Raises:
        FileNotGood: naming file, record, field and what to do.
    """
    agencies = read_records(folder / AGENCIES, AgencyRecord)
    providers = read_records(folder / PROVIDERS, ProviderRecord)
    services = read_records(folder / SERVICES, ServiceRecord)
    websites = read_records(folder / WEBSITES, WebsiteRecord)
    check_once(AGENCIES, (a.key for a in agencies))
    check_once(PROVIDERS, (p.key for p in providers))
    check_once(SERVICES, (s.key for s in services))
    check_once(WEBSITES, (w.address for w in websites), "address")
    rows = [
        row for number, a in enumerate(agencies, 1) for row in agency_rows(a, f"record {number} ({a.key})")
    ]
    rows += [
        row for number, p in enumerate(providers, 1) for row in provider_rows(p, f"record {number} ({p.key})")
    ]
    rows += [
        row for number, s in enumerate(services, 1) for row in service_rows(s, f"record {number} ({s.key})")
    ]
    rows += [website_row(w, f"record {number} ({w.address})") for number, w in enumerate(websites, 1)]
    check_codes_once(rows)
    return rows


def agency_rows(a: AgencyRecord, record: str) -> Iterator[Wanted]:
    """Give an agency and its identifiers."""
    check_days(AGENCIES, record, a.starts_on, a.ends_before)
    values = _taken(a, "key", "name", "abbreviation", "level", *TIMES, *READ)
    yield Wanted("agency", a.key, AGENCIES, record, values, {"parent": a.parent})
    yield from identifier_rows(AGENCIES, record, "agency", a.key, a.identifiers)


def provider_rows(p: ProviderRecord, record: str) -> Iterator[Wanted]:
    """Give a provider and its identifiers."""
    check_days(PROVIDERS, record, p.starts_on, p.ends_before)
    values = _taken(p, "key", "name", "abbreviation", "gist", "designated_since", "note", *TIMES, *READ)
    yield Wanted("provider", p.key, PROVIDERS, record, values, {"agency": p.agency})
    yield from identifier_rows(PROVIDERS, record, "provider", p.key, p.identifiers)


def service_rows(s: ServiceRecord, record: str) -> Iterator[Wanted]:
    """Give a service with its provisions, designations and identifiers."""
    for name in ("first_quarter", "last_quarter"):
        _check_quarter(record, name, getattr(s, name))
    values = _taken(s, "key", "name", "gist", "designated", "state", "first_quarter", "last_quarter", *READ)
    yield Wanted("service", s.key, SERVICES, record, values, {"replaced_by": s.replaced_by})
    _check_starts(record, "provisions", [f"{p.provider} from {p.starts_on}" for p in s.provisions])
    for p in s.provisions:
        check_days(SERVICES, record, p.starts_on, p.ends_before)
        key, links = provision_key(p.provider, s.key, p.starts_on), {"provider": p.provider, "service": s.key}
        yield Wanted("provision", key, SERVICES, record, _taken(p, *TIMES), links)
    _check_starts(record, "designations", [f"designation from {d.starts_on}" for d in s.designations])
    for d in s.designations:
        check_days(SERVICES, record, d.starts_on, d.ends_before)
        key = designation_key(s.key, d.starts_on)
        yield Wanted("designation", key, SERVICES, record, _taken(d, *TIMES, "note"), {"service": s.key})
    yield from identifier_rows(SERVICES, record, "service", s.key, s.identifiers)


def website_row(w: WebsiteRecord, record: str) -> Wanted:
    """Give a website."""
    check_days(WEBSITES, record, w.starts_on, w.ends_before)
    links = {"agency": w.agency, "provider": w.provider}
    return Wanted("website", w.address, WEBSITES, record, _taken(w, "address", "name", *TIMES, *READ), links)


def identifier_rows(file: str, record: str, of: str, key: str, codes: Codes) -> Iterator[Wanted]:
    """Give the codes under which others know a thing."""
    for scheme, values in codes.items():
        for value in values:
            links = {"agency": None, "provider": None, "service": None} | {of: key}
            yield Wanted(
                "identifier", f"{scheme} {value}", file, record, {"scheme": scheme, "value": value}, links
            )


def provision_key(provider: str, service: str, starts_on: date | None) -> str:
    """Name a provision for history and reports."""
    return f"{service} by {provider}" + (f" from {starts_on}" if starts_on else "")


def designation_key(service: str, starts_on: date | None) -> str:
    """Name a designation for history and reports."""
    return service + (f" from {starts_on}" if starts_on else "")


def check_codes_once(rows: list[Wanted]) -> None:
    """Check that no code stands for two things.

    Raises:
        FileNotGood: naming the second.
    """
    seen: dict[str, Wanted] = {}
    for row in rows:
        if row.kind != "identifier":
            continue
        if row.key in seen:
            other = seen[row.key]
            raise problem_in(
                row.file, row.record, "identifiers",
                f"code {row.key} stands in {other.file}, {other.record} too",
                "a code stands for one thing; take it out of one of them",
            )  # fmt: skip
        seen[row.key] = row


def _taken(record: Record, *names: str) -> dict[str, object]:
    return {name: getattr(record, name) for name in names}


def _check_quarter(record: str, name: str, text: str | None) -> None:
    try:
        if text is not None and str(parse_quarter(text)) != text:
            raise QuarterNotValid(f"{text!r} is not written as FY2021-Q1")
    except QuarterNotValid as problem:
        raise problem_in(
            SERVICES, record, name, str(problem), "correct the quarter or write null"
        ) from problem


def _check_starts(record: str, field: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise problem_in(
                SERVICES, record, field, f"{name.replace(' from None', '')} comes twice with the same start",
                "keep one of them or give each its starts_on",
            )  # fmt: skip
