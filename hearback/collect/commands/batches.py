"""`hearback collect responses`: what comes in with files, what goes on to the archive, what is deleted."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from hearback.collect.actions.responses import (
    BatchNotThere,
    FormNotPublished,
    Source,
    import_responses,
    reverse_batch,
)
from hearback.collect.actions.retention import delete_expired
from hearback.collect.actions.settling import settle
from hearback.collect.archive import ArchiveNotValid, BatchNotValid, CodeNotValid
from hearback.collect.commands.groups import responses_group
from hearback.collect.commands.periods import known_form, period, zone_named
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.opening import tell_intake_all
from hearback.collect.parsed import FileRefused
from hearback.collect.queries import batches
from hearback.collect.response_files.counts import as_lines
from hearback.collect.response_files.mapping import MappingNotValid, read_mapping
from hearback.collect.response_files.seventeen import NotSeventeen
from hearback.fiscal import parse_quarter
from hearback.ui.terminal import (
    Refused,
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    quarter_option,
)

NOT_IMPORTED = (
    BatchNotThere,
    FileRefused,
    FormNotPublished,
    MappingNotValid,
    NotSeventeen,
    OSError,
    StoreNotReady,
)
NOT_SETTLED = (ArchiveNotValid, BatchNotValid, CodeNotValid, StoreNotReady)


@command(
    responses_group,
    "import",
    example="hearback collect responses import passports q1.csv --quarter FY2027-Q1 --dry-run",
)
@click.argument("key", metavar="FORM")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@quarter_option
@click.option("--zone", help="Time zone in which the quarter ends; that of HEARBACK_ZONE, if left out.")
@click.option("--language", default="", help="Language of all rows, where FILE names none; else the first.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path),
    help="What the columns of FILE hold, as `map` proposes it; a YAML file.",
)
@click.option("--keep-good", is_flag=True, help="Store the good rows of a file that also has bad ones.")
@json_option
@dry_run_option
@by_option
def import_command(
    key: str, file: Path, keep_good: bool, as_json: bool, dry_run: bool, by: str, **known: Any
) -> None:
    """Store the responses of a file as one batch; texts are masked first.

    FILE is what `export` writes, as CSV, JSON, XLSX or Parquet; the quarterly file of 17 columns; the CSV
    that Touchpoints writes for a form; or any table by a --mapping. Where it has no times, --quarter says
    when all of them were given. --dry-run counts what every answer would be.

    A file with a bad row is refused whole, unless --keep-good. A row whose name is stored already is passed
    over and told, so the same file twice changes nothing. Ends with 1 where a row or the file was rejected.
    """
    try:
        source = _source(key, file, **known)
        report = import_responses(source, by=by, at=now(), keep_good=keep_good, dry_run=dry_run)
    except NOT_IMPORTED as problem:
        raise Refused(f"{str(problem).rstrip('.')}.") from problem
    counts = {
        "rows_read": report.rows_read, "rows_good": report.rows_good, "rows_rejected": report.rows_rejected,
        "rows_left_out": report.rows_left_out, "rows_stored": report.rows_stored,
        "rows_known": report.rows_known,
    }  # fmt: skip
    rejected = [vars(one) for one in report.rejections]
    lines = [f"{name.replace('_', ' ')}: {n:,}" for name, n in counts.items()]
    lines += [f"row {one.line}, {one.column}: {one.message}" for one in report.rejections[:20]]
    lines += _told_of_known(report.rows_known) + as_lines(report.counts)
    emit({"form": key, "kind": report.kind, "batch": report.batch, "dry_run": dry_run, **counts,
          "counts": report.counts, "rejections": rejected}, as_json=as_json, lines=lines)  # fmt: skip
    if report.rows_rejected or not report.rows_good:
        click.get_current_context().exit(1)


def _told_of_known(n: int) -> list[str]:
    if not n:
        return []
    return [
        f"{n:,} rows are passed over: responses of their names are stored, and stay as they are. To read "
        "them anew, take their batch back first; where they are of others, give names a prefix in a mapping."
    ]


def _source(
    key: str, file: Path, *, quarter: str | None, zone: str | None, language: str, mapping: Path | None
) -> Source:
    """Say what is known of all rows; their moment is in the quarter by the zone of figures too."""
    source = Source(file, file.name, key, language)
    if mapping is not None:
        text = mapping.read_text(encoding="utf-8-sig", errors="replace")
        source = replace(source, mapping=read_mapping(text), mapped_by=mapping.name)
    if quarter is None:
        return source
    ends = [period(quarter, None, None, place)[1] for place in (zone_named(zone), zone_named(None))]
    ends_at = min(one for one in ends if one is not None) - timedelta(milliseconds=1)
    return replace(source, period=str(parse_quarter(quarter)), ends_at=ends_at)


@command(responses_group, "batches", example="hearback collect responses batches passports --json")
@click.argument("key", metavar="FORM")
@json_option
def batches_command(key: str, as_json: bool) -> None:
    """List what was imported into a form, and what was taken back."""
    known_form(key)
    try:
        rows = [vars(one) for one in batches(key)]
    except StoreNotReady as problem:
        raise Refused(f"{problem}.") from problem
    lines = [
        f"{r['batch']:>5}  {r['started_at'][:16]}  {r['n_stored']:>9,} stored  {r['state']:<10}  {r['name']}"
        for r in rows
    ]
    emit({"form": key, "batches": rows}, as_json=as_json, lines=lines or ["Nothing was imported."])


@command(responses_group, "reverse", example="hearback collect responses reverse passports 3 --dry-run")
@click.argument("key", metavar="FORM")
@click.argument("number", metavar="BATCH", type=click.IntRange(1))
@json_option
@dry_run_option
@by_option
def reverse_command(key: str, number: int, as_json: bool, dry_run: bool, by: str) -> None:
    """Take back all responses of one import."""
    try:
        n = reverse_batch(key, number, by=by, at=now(), dry_run=dry_run)
    except (BatchNotThere, StoreNotReady) as problem:
        raise Refused(f"{problem}.") from problem
    would = "Would delete" if dry_run else "Deleted"
    emit({"form": key, "batch": number, "deleted": n, "dry_run": dry_run}, as_json=as_json,
         lines=[f"{would} {n:,} responses of batch {number}."])  # fmt: skip


@command(responses_group, "settle", example="hearback collect responses settle --json")
@json_option
@dry_run_option
@by_option
def settle_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Bring responses to forms into the archive that measure counts; what is there already stays.

    The intake is told once more which forms are open, for where that failed when one was published or closed.
    """
    try:
        if not dry_run:
            tell_intake_all()
        done = settle(by=by, at=now(), dry_run=dry_run)
    except NOT_SETTLED as problem:
        raise Refused(str(problem)) from problem
    would = "Would settle" if dry_run else "Settled"
    lines = [f"{would} {done.n_responses:,} responses. {', '.join(done.quarters)}".strip()]
    lines += [
        f"{n:,} responses to {one.replace(':', ', version ')}, wait: that version is not published here."
        for one, n in done.waiting.items()
    ]
    emit({**vars(done), "dry_run": dry_run}, as_json=as_json, lines=lines)


@command(responses_group, "expire", example="hearback collect responses expire --dry-run")
@json_option
@dry_run_option
@by_option
def expire_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Delete responses that are older than the retention rule of their form allows; run it every day.

    What was deleted leaves the archive of answers too, at the same time.
    """
    try:
        done = delete_expired(by=by, at=now(), dry_run=dry_run)
        if not dry_run:
            settle(by=by, at=now())
    except NOT_SETTLED as problem:
        raise Refused(str(problem)) from problem
    would = "Would delete" if dry_run else "Deleted"
    rows = [{**vars(one), "before": one.before.isoformat()} for one in done]
    lines = [
        f"{would} {one.n_deleted:,} responses to {one.form} from before {one.before:%Y-%m-%d}, "
        f"kept for {one.retention_days} days."
        for one in done
    ]
    emit({"deleted": rows, "dry_run": dry_run}, as_json=as_json, lines=lines or ["Nothing is due."])
