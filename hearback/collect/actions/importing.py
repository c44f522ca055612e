"""Import one file: check all of it, then write all of it in one transaction, in bounded memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import transaction

from hearback.collect.actions.batches import store_batch
from hearback.collect.actions.series import note_changed_wordings
from hearback.collect.checking import Checked, OpenedFile, check, opened, rows
from hearback.collect.models import Finding, ImportedFile
from hearback.collect.originals import copied, keep_original
from hearback.collect.parsed import FileRefused
from hearback.collect.places import PlacedRow, Places, known_places
from hearback.collect.spool import Spool
from hearback.collect.target import Target
from hearback.directory import queries as directory
from hearback.history.actions import Change, record
from hearback.ui.terminal import progress

BATCH = 500


@dataclass
class ImportReport:
    """What an import did. Findings and rejections are in the spool it was given.

    `rows_good` is how many rows could be taken; `rows_loaded` how many of them now stand in the database,
    whether or not that changed anything; `rows_changed` how many changed something. The file was `refused`
    where none of it was loaded.
    """

    file: str
    kind: str | None = None
    sha256: str | None = None
    rows_read: int = 0
    rows_good: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_changed: int = 0
    refused: bool = False

    @property
    def is_whole(self) -> bool:
        """Say whether all of the file was loaded: no row was rejected, and the file was not refused."""
        return not self.refused and not self.rows_rejected


def import_file(
    path: Path, spool: Spool, *, by: str, at: datetime, keep_good: bool = False, dry_run: bool = False
) -> ImportReport:
    """Load a file of reported counts.

    A file with one bad row is refused whole unless `keep_good`. Loading a file again changes nothing and
    finds the same. With `dry_run` everything is done and taken back.
    """
    report = ImportReport(file=path.name)
    try:
        copy, report.sha256 = copied(path, spool.folder)
        file = opened(copy)
        report.kind = file.importer.kind
        places = known_places()
        checked = check(file, places, spool)
        _count(report, checked)
        if checked.rows_good and (keep_good or not report.rows_rejected):
            spool.forget_findings()
            _write(file, places, spool, report, by=by, at=at, dry_run=dry_run)
    except FileRefused as problem:
        spool.reject(problem.row, None, problem.column, problem.message)
        report.rows_loaded = report.rows_changed = 0
    report.refused = not report.rows_loaded
    return report


def _count(report: ImportReport, checked: Checked) -> None:
    report.rows_read, report.rows_good = checked.rows_read, checked.rows_good
    report.rows_rejected = checked.rows_read - checked.rows_good


def _write(
    file: OpenedFile,
    places: Places,
    spool: Spool,
    report: ImportReport,
    *,
    by: str,
    at: datetime,
    dry_run: bool,
) -> None:
    with transaction.atomic():
        target = _target(file, report, spool, by=by, at=at)
        good = (one for one in rows(file, places) if isinstance(one, PlacedRow))
        for batch in _batches(progress(good, "loaded", report.rows_good)):
            report.rows_changed += store_batch(batch, target, by=by, at=at)
            report.rows_loaded += len(batch)
        note_changed_wordings(target, by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
        else:
            keep_original(file.path, str(report.sha256))


def _batches(good: Iterator[PlacedRow]) -> Iterator[list[PlacedRow]]:
    while batch := list(islice(good, BATCH)):
        yield batch


def _target(file: OpenedFile, report: ImportReport, spool: Spool, *, by: str, at: datetime) -> Target:
    counted = {
        "rows_read": report.rows_read,
        "rows_loaded": report.rows_good,
        "rows_rejected": report.rows_rejected,
    }
    kept, is_new = ImportedFile.objects.get_or_create(
        sha256=report.sha256,
        defaults={
            "kind": file.importer.kind,
            "name": report.file[-255:],
            "imported_at": at,
            "by": by,
            **counted,
        },
    )
    before = {name: getattr(kept, name) for name in counted}
    if is_new:
        Finding.objects.bulk_create(
            Finding(file=kept, row=1, column=one.column, kind=one.kind, message=one.message)
            for one in file.oddities
        )
        after = {"name": kept.name, "kind": kept.kind, **counted}
        record(Change("file.loaded", "imported_file", kept.sha256, None, after), by=by, at=at)
    elif before != counted:
        ImportedFile.objects.filter(pk=kept.pk).update(**counted)
        record(Change("file.loaded_again", "imported_file", kept.sha256, before, counted), by=by, at=at)
    spool.find(1, file.oddities)
    return Target(
        file=kept,
        is_new=is_new,
        kinds=dict(ImportedFile.objects.values_list("pk", "kind")),
        importer=file.importer,
        spool=spool,
        provider_ids=directory.provider_ids(),
        service_ids=directory.service_ids(),
    )
