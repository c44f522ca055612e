"""Reading forms, their versions, and the responses to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import msgspec
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.life import revision, state_of
from hearback.collect.instruments.outdated import Outdated
from hearback.collect.intake.store import Store, Stored
from hearback.collect.intake.store.opened import open_store
from hearback.collect.models import Form, FormVersion, ResponseBatch

OF_DJANGO = {"assume_role", "isolation_level", "pool", "server_side_binding"}
"""Options of a database that Django keeps to itself and PostgreSQL does not know."""


@dataclass(frozen=True)
class VersionFact:
    """One version of a form: what it asks, how far it is, and which translations are older than it."""

    number: int
    state: str
    instrument: Instrument
    question_versions: dict[str, int]
    changed_at: datetime
    changed_by: str
    published_at: datetime | None
    published_by: str | None
    outdated: Outdated

    @property
    def revision(self) -> str:
        """Name what stands there now, so that whoever changes it can say what was seen."""
        return revision(self.number, self.state, self.instrument)


@dataclass(frozen=True)
class FormFact:
    """A form with its versions, the earliest first.

    `asker` says in words whom people answer; `state` is draft, in_review, published, closed or archived.
    """

    key: str
    service_key: str
    provider_key: str
    agency_key: str
    asker: str
    state: str
    retention_days: int | None
    versions: tuple[VersionFact, ...]

    @property
    def newest(self) -> VersionFact:
        """Give the newest version, published or not."""
        return self.versions[-1]

    @property
    def published(self) -> VersionFact | None:
        """Give the newest published version, which is the one that people see."""
        return next((v for v in reversed(self.versions) if v.state == "published"), None)

    @property
    def asked(self) -> dict[int, Instrument]:
        """Give what each version asks that was published."""
        return {v.number: v.instrument for v in self.versions if v.state == "published"}


def forms(service: str | None = None) -> list[FormFact]:
    """Give all forms, or those of a service."""
    rows = _rows()
    return [_fact(row) for row in (rows.filter(service__key=service) if service else rows)]


def form_page(*, after: str, limit: int, agencies: frozenset[str] | None) -> list[FormFact]:
    """Give at most so many forms in the order of their keys, from the one after a key on.

    Args:
        agencies: only forms of these; None means of every agency.
    """
    rows = _rows().filter(key__gt=after).order_by("key")
    if agencies is not None:
        rows = rows.filter(provider__agency__key__in=agencies)
    return [_fact(row) for row in rows[:limit]]


def form(key: str) -> FormFact | None:
    """Give a form by its key; None where there is none."""
    row = _rows().filter(key=key).first()
    return None if row is None else _fact(row)


def form_at(key: str) -> tuple[FormFact, VersionFact] | None:
    """Give the form that the public sees at an address, with its published version; None without one."""
    found = form(key)
    if found is None or found.published is None or found.state == "archived":
        return None
    return found, found.published


def version(key: str, number: int) -> VersionFact | None:
    """Give one version of a form; None where there is none."""
    row = FormVersion.objects.filter(form__key=key, number=number).first()
    return None if row is None else _version(row)


def instrument_of(row: FormVersion) -> Instrument:
    """Read what a version asks."""
    return msgspec.convert(row.instrument, Instrument)


@contextmanager
def intake_store() -> Iterator[Store]:
    """Open the store of responses that the settings name, and close it.

    Raises:
        StoreNotReady: if it cannot be opened now.
    """
    store = open_store(settings.HOME, intake_database())
    try:
        yield store
    finally:
        store.close()


def intake_database() -> str:
    """Give the address of the PostgreSQL database that responses go into; empty where it is SQLite."""
    if connection.vendor != "postgresql":
        return ""
    from psycopg.conninfo import make_conninfo

    given = connection.settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    place = {name: given[setting] or None for name, setting in names.items()}
    options: dict[str, Any] = {k: v for k, v in given["OPTIONS"].items() if k not in OF_DJANGO}
    return make_conninfo(**{**options, **place})


def responses(key: str, *, after: int = 0, since: int = 0, until: int | None = None) -> list[Stored]:
    """Give the responses to a form; times in milliseconds since 1970, `until` exclusive."""
    with intake_store() as store:
        return list(store.responses(key, after=after, since=since, until=until))


def response_page(key: str, *, after: int, since: int, until: int | None, limit: int) -> list[Stored]:
    """Give at most so many responses to a form, numbered above `after`; times as `responses` takes them."""
    with intake_store() as store:
        return list(islice(store.responses(key, after=after, since=since, until=until), limit))


@dataclass(frozen=True)
class BatchFact:
    """One import of responses. `state` is unfinished, stored, being taken back, or taken back."""

    batch: int
    name: str
    kind: str
    version: int
    period: str
    state: str
    started_at: str
    by: str
    n_rows: int
    n_rejected: int
    n_stored: int


def batches(key: str) -> list[BatchFact]:
    """Give the imports into a form, the earliest first.

    `n_stored` is what the import stored; of one that is neither finished nor taken back, what is there now.

    Raises:
        StoreNotReady: if the store cannot count them.
    """
    rows = list(ResponseBatch.objects.filter(form__key=key))
    counted = {row.pk: row.n_stored for row in rows}
    under_way = [
        row for row in rows if not row.reversed_at and (row.reversal_begun_at or not row.finished_at)
    ]
    if under_way:
        with intake_store() as store:
            counted |= {row.pk: store.count(key, row.mark) for row in under_way}
    return [
        BatchFact(
            batch=row.pk,
            name=row.name,
            kind=row.kind,
            version=row.version,
            period=row.period,
            state=_state(row),
            started_at=row.started_at.isoformat(),
            by=row.by,
            n_rows=row.n_rows,
            n_rejected=row.n_rejected,
            n_stored=counted[row.pk],
        )
        for row in rows
    ]


def _state(row: ResponseBatch) -> str:
    if row.reversed_at:
        return "taken back"
    if row.reversal_begun_at:
        return "being taken back"
    return "stored" if row.finished_at else "unfinished"


def _rows() -> QuerySet[Form]:
    return Form.objects.select_related("service", "provider__agency").prefetch_related("versions")


def _fact(row: Form) -> FormFact:
    versions = tuple(_version(one) for one in row.versions.all())
    return FormFact(
        key=row.key,
        service_key=row.service.key,
        provider_key=row.provider.key,
        agency_key=row.provider.agency.key,
        asker=", ".join(dict.fromkeys((row.provider.name, row.provider.agency.name))),
        state=state_of(
            versions[-1].state,
            is_published=any(one.state == "published" for one in versions),
            is_closed=row.closed_at is not None,
            is_archived=row.archived_at is not None,
        ),
        retention_days=row.retention_days,
        versions=versions,
    )


def _version(row: FormVersion) -> VersionFact:
    return VersionFact(
        number=row.number,
        state=row.state,
        instrument=instrument_of(row),
        question_versions=row.question_versions,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        published_at=row.published_at,
        published_by=row.published_by,
        outdated=row.outdated,
    )
