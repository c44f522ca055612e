"""Bringing in responses that were collected elsewhere, as one batch that can be taken back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from msgspec.structs import replace

from hearback.collect.intake.store import Received
from hearback.collect.models import Form, ResponseBatch
from hearback.collect.queries import FormFact, form, intake_store
from hearback.collect.response_files.counts import Counts
from hearback.collect.response_files.held import Held
from hearback.collect.response_files.mapping import Mapping
from hearback.collect.response_files.opened import Opened, opened
from hearback.collect.response_files.reading import Given, LeftOut, Outcome, Rejection
from hearback.collect.response_files.tables import unchanged
from hearback.history.actions import Change, record
from hearback.ui.terminal import progress

AT_ONCE = 15_000
"""Responses in one transaction: fewer write pages of indexes more often, more keep others out for long."""
MOST_LISTED = 1_000


class BatchNotThere(Exception):
    """There is no such batch, or it was taken back already, or half of it."""


class FormNotPublished(Exception):
    """Responses answer a published version, and the form has none."""


@dataclass(frozen=True)
class Source:
    """A file of responses, and what is known of all of them.

    Attributes:
        period: the fiscal quarter, where the file does not say when each was given; blank where it does.
        ends_at: the last moment of the period; None without one.
        mapping: what stands in its columns, where its header does not say it.
        mapped_by: name of the file of the mapping.
    """

    file: Path
    name: str
    form: str
    language: str
    period: str = ""
    ends_at: datetime | None = None
    mapping: Mapping | None = None
    mapped_by: str = ""


@dataclass
class ResponsesReport:
    """What an import did. `rejections` lists the first thousand; `counts` is for a dry run alone."""

    kind: str = ""
    batch: int | None = None
    rows_read: int = 0
    rows_good: int = 0
    rows_left_out: int = 0
    rows_stored: int = 0
    rows_known: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    counts: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)

    @property
    def rows_rejected(self) -> int:
        """Count the rows that cannot be taken."""
        return self.rows_read - self.rows_good - self.rows_left_out


def import_responses(
    source: Source, *, by: str, at: datetime, keep_good: bool = False, dry_run: bool = False
) -> ResponsesReport:
    """Read all of a file, then store its responses as one batch; a row whose name is stored is passed over.

    Nothing is stored before every row is known to be good, unless `keep_good`; till then responses wait,
    masked, in a file without a name. Broken off, the same import goes on where it stopped. Where all rows are
    stored already, there is no batch. The file itself is not kept: its texts are not masked.

    Raises:
        FormNotPublished: if the form has no published version.
        NotSeventeen: if the file has the 17 columns, and the form cannot be written as them.
        FileRefused: if the file cannot be read at all, or was changed meanwhile.
        MappingNotValid: if the mapping does not fit the file or the form.
        BatchNotThere: if the file was imported before, and half taken back, or broken off otherwise.
        StoreNotReady: if responses cannot be stored now.
    """
    found = _published(source.form)
    with Held(AT_ONCE) as held:
        with unchanged(source.file) as sha256:
            report = _checked(_opened(source, found, sha256), found, held, dry_run=dry_run)
        if dry_run:
            report.rows_known = _n_known(source.form, held)
        elif report.rows_good and (keep_good or not report.rows_rejected):
            batch = _begun(source.form, source.period, sha256)
            if batch is None and _has_new(source.form, held):
                batch = _new_batch(source, found, report, sha256, by=by, at=at)
            if batch is not None:
                report.batch = batch.pk
                _store(held, batch, report)
                _finish(batch, report, by=by, at=at)
            report.rows_known = report.rows_good - report.rows_stored
    return report


def _n_known(form: str, held: Held) -> int:
    with intake_store() as store:
        return sum(len(store.known(form, [one.key for one in some])) for some in held.blocks())


def _has_new(form: str, held: Held) -> bool:
    with intake_store() as store:
        return any(len(store.known(form, [one.key for one in some])) < len(some) for some in held.blocks())


def _published(key: str) -> FormFact:
    found = form(key)
    if found is None or found.published is None:
        raise FormNotPublished(f"there is no published form {key!r}; `hearback collect form list` names them")
    return found


def _opened(source: Source, found: FormFact, sha256: str) -> Opened:
    assert found.published is not None  # noqa: S101 - asked before
    language = source.language or found.published.instrument.languages[0]
    given = Given(source.ends_at, language, found.published.number, settings.FISCAL_YEAR_STARTS, sha256)
    return opened(source.file, source.form, found.asked, given, source.mapping)


def _checked(file: Opened, found: FormFact, held: Held, *, dry_run: bool) -> ResponsesReport:
    report = ResponsesReport(kind=file.kind)
    counts = Counts(found.asked)
    for one in _good(progress(file.outcomes, "read"), report):
        held.put(one)
        if dry_run:
            counts.add(one)
    report.counts = counts.told() if dry_run else {}
    return report


def _good(outcomes: Iterator[Outcome], report: ResponsesReport) -> Iterator[Received]:
    for one in outcomes:
        report.rows_read += 1
        if isinstance(one, Received):
            report.rows_good += 1
            yield one
        elif isinstance(one, LeftOut):
            report.rows_left_out += 1
        elif len(report.rejections) < MOST_LISTED:
            report.rejections.append(one)


def _begun(form: str, period: str, sha256: str) -> ResponseBatch | None:
    """Find the import of the same file that was broken off; a batch says one quarter of all its responses."""
    there = ResponseBatch.objects.filter(form__key=form, sha256=sha256, reversed_at__isnull=True)
    half = there.filter(reversal_begun_at__isnull=False).first()
    if half is not None:
        raise BatchNotThere(
            f"the file is batch {half.pk}, which is half taken back; end that with "
            f"`hearback collect responses reverse {form} {half.pk}`"
        )
    begun = there.filter(finished_at__isnull=True).first()
    if begun is not None and begun.period != period:
        raise BatchNotThere(
            f"the file is batch {begun.pk}, which was broken off with {begun.period or 'no quarter'}; import "
            f"it as then, or take it back first with `hearback collect responses reverse {form} {begun.pk}`"
        )
    return begun


@transaction.atomic
def _new_batch(
    source: Source, found: FormFact, report: ResponsesReport, sha256: str, *, by: str, at: datetime
) -> ResponseBatch:
    assert found.published is not None  # noqa: S101 - asked before
    batch = ResponseBatch.objects.create(
        form=Form.objects.get(key=source.form),
        version=found.published.number,
        sha256=sha256,
        name=source.name[-255:],
        kind=report.kind,
        period=source.period,
        started_at=at,
        by=by,
    )
    begun = {"batch": batch.pk, "file": batch.name, "kind": batch.kind}
    if source.mapped_by:
        begun["mapping"] = source.mapped_by
    record(Change("responses.import_begun", "form", source.form, after=begun), by=by, at=at)
    return batch


def _store(held: Held, batch: ResponseBatch, report: ResponsesReport) -> None:
    with intake_store() as store:
        for some in held.blocks():
            report.rows_stored += sum(store.append([replace(one, batch=batch.mark) for one in some]))


@transaction.atomic
def _finish(batch: ResponseBatch, report: ResponsesReport, *, by: str, at: datetime) -> None:
    with intake_store() as store:
        batch.n_stored = store.count(batch.form.key, batch.mark)
    batch.finished_at = at
    batch.n_rows, batch.n_rejected = report.rows_read, report.rows_rejected
    batch.save()
    counts = {"batch": batch.pk, "rows": batch.n_rows, "stored": batch.n_stored, "rejected": batch.n_rejected}
    record(Change("responses.imported", "form", batch.form.key, after=counts), by=by, at=at)


def reverse_batch(key: str, number: int, *, by: str, at: datetime, dry_run: bool = False) -> int:
    """Take back all responses of one import; returns how many were deleted.

    History says so before they are deleted, and how many when they are. Broken off between, the same goes on.

    Raises:
        BatchNotThere: if the form has no such batch, or it was taken back already.
    """
    batch = ResponseBatch.objects.filter(form__key=key, pk=number, reversed_at__isnull=True).first()
    if batch is None:
        raise BatchNotThere(f"form {key!r} has no batch {number} that could be taken back")
    with intake_store() as store:
        n = store.count(key, batch.mark)
        if dry_run:
            return n
        with transaction.atomic():
            batch.reversal_begun_at = at
            batch.save()
            begun = {"batch": number, "due": n}
            record(Change("responses.reversal_begun", "form", key, after=begun), by=by, at=at)
        n = store.delete_batch(key, batch.mark)
        with transaction.atomic():
            batch.reversed_at, batch.reversed_by = at, by
            batch.save()
            done = {"batch": number, "deleted": n}
            record(Change("responses.import_reversed", "form", key, after=done), by=by, at=at)
    return n
