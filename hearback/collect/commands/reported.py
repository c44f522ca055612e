"""Import reported counts and files of answers, list what was loaded, export what is there."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from hearback.collect import printing, queries
from hearback.collect.actions import ImportReport, import_file
from hearback.collect.actions.answering import AnswersReport, HowToRead, MarginsNotValid, import_answers
from hearback.collect.answers.layout import LayoutNotValid, read_small_file
from hearback.collect.answers.printing import as_lines as answers_as_lines
from hearback.collect.answers.printing import as_payload as answers_as_payload
from hearback.collect.archive import ArchiveNotValid
from hearback.collect.commands.groups import group
from hearback.collect.exchange import ExchangeQuestion, ExchangeSurvey, write_exchange_file
from hearback.collect.places import PROVIDER_CODES, SERVICE_CODES
from hearback.collect.spool import Spool
from hearback.directory import queries as directory
from hearback.ui.terminal import (
    Refused,
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
    progress,
)

READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def load_file(path: Path, *, by: str, at: datetime, dry_run: bool = False) -> ImportReport:
    """Load one file of reported counts for another command; its findings stand in the database.

    Raises:
        Refused: if a row was rejected; then nothing was loaded.
    """
    with Spool() as spool:
        report = import_file(path, spool, by=by, at=at, dry_run=dry_run)
        if not report.is_whole:
            first = next(spool.rejections())
            raise Refused(f"{path.name}, row {first['row']}, column {first['column']}: {first['message']}")
        return report


@command(group, "import", example="hearback collect import examples/federal/reported_surveys.csv --json")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=READABLE)
@click.option("--keep-good", is_flag=True, help="Load the good rows of a file that also has bad ones.")
@json_option
@dry_run_option
@by_option
@click.pass_context
def import_command(
    ctx: click.Context, files: tuple[Path, ...], keep_good: bool, as_json: bool, dry_run: bool, by: str
) -> None:
    """Load files of reported counts. A file with a bad row is refused whole, unless --keep-good.

    The kind of a file is known by its header. Ends with 1 where a row or a file was rejected.
    """
    with ExitStack() as stack:
        done: printing.Done = []
        for path in files:
            spool = stack.enter_context(Spool())
            report = import_file(path, spool, by=by, at=now(), keep_good=keep_good, dry_run=dry_run)
            done.append((report, spool))
        if as_json:
            for piece in printing.as_json(done, dry_run=dry_run):
                click.echo(piece, nl=False)
        else:
            for line in printing.as_lines(done, dry_run=dry_run):
                click.echo(line)
    if not all(report.is_whole for report, _ in done):
        ctx.exit(1)


def load_answers(
    path: Path, how: HowToRead, spool: Spool, *, by: str, at: datetime, dry_run: bool = False
) -> AnswersReport:
    """Archive the answers of one file; rejections and findings are left in the spool.

    Raises:
        Refused: if layout, margins or archive cannot be used.
    """
    try:
        return import_answers(path, how, spool, by=by, at=at, dry_run=dry_run)
    except (LayoutNotValid, MarginsNotValid, ArchiveNotValid) as problem:
        raise Refused(str(problem)) from problem


@command(
    group,
    "answers",
    example="hearback collect answers examples/airport/answers_2017.csv "
    "--layout examples/airport/layout_2017.json --dry-run",
)
@click.argument("file", metavar="FILE", type=READABLE)
@click.option(
    "--layout", required=True, type=READABLE, help="What the columns and codes of FILE mean, as JSON."
)
@click.option(
    "--margins", type=READABLE, help="Known sizes of groups of the population, to weight to, as JSON."
)
@click.option(
    "--keep-good", is_flag=True, help="Let the good rows replace earlier answers, though some are bad."
)
@json_option
@dry_run_option
@by_option
def answers_command(
    file: Path, layout: Path, margins: Path | None, keep_good: bool, as_json: bool, dry_run: bool, by: str
) -> None:
    """Archive the answers of single persons, one row each, read as a layout says.

    They take the place of earlier ones of the same survey and period. A row that cannot be read is rejected
    and told; the others are loaded. Ends with 1 where a row or the file was rejected.
    """
    how = HowToRead(read_small_file(layout), read_small_file(margins) if margins else None, keep_good)
    with Spool() as spool:
        report = load_answers(file, how, spool, by=by, at=now(), dry_run=dry_run)
        lines = answers_as_lines(report, spool, dry_run=dry_run)
        emit(answers_as_payload(report, spool, dry_run=dry_run), as_json=as_json, lines=lines)
    if not report.is_whole:
        click.get_current_context().exit(1)


@command(group, "export", example="hearback collect export reported_surveys.csv")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Write over a FILE that is there already.")
@json_option
@dry_run_option
def export_command(file: Path, replace: bool, as_json: bool, dry_run: bool) -> None:
    """Write every reported survey to FILE in the exchange format; texts of surveys stay out."""
    if file.exists() and not replace:
        raise Refused(f"{file} is there already; name another file, or add --replace.")
    surveys = progress(_exchange_surveys(), "written")
    n = sum(1 for _ in surveys) if dry_run else _write(surveys, file)
    would = "Would write" if dry_run else "Wrote"
    emit({"file": str(file), "rows": n, "dry_run": dry_run}, as_json=as_json,
         lines=[f"{would} {n:,} surveys to {file}."])  # fmt: skip


def _write(surveys: Iterator[ExchangeSurvey], file: Path) -> int:
    coming = file.with_name(f".{file.name}.part")
    try:
        n = write_exchange_file(surveys, coming)
        coming.replace(file)
    except OSError as problem:
        raise Refused(f"{file} cannot be written: {problem.strerror}.") from problem
    return n


@command(group, "list", example="hearback collect list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List the files from which something was loaded, and the findings that stand."""
    files = queries.imported_files()
    counts = queries.finding_counts()
    rows = [{**vars(one), "imported_at": one.imported_at.isoformat()} for one in files]
    lines = [
        f"{f.imported_at:%Y-%m-%d %H:%M}  {f.kind:<20} {f.rows_loaded:>9,} rows  {f.name}" for f in files
    ]
    lines += [f"{n:>9,}  {kind}" for kind, n in counts.items()]
    emit(
        {"files": rows, "findings_by_kind": counts},
        as_json=as_json,
        lines=lines or ["Nothing was loaded yet."],
    )


def _exchange_surveys() -> Iterator[ExchangeSurvey]:
    providers, services = _codes_of(PROVIDER_CODES), _codes_of(SERVICE_CODES)
    for one in queries.reported_surveys():
        yield ExchangeSurvey(
            fiscal_quarter=one.quarter,
            provider_code=providers.get(one.provider_key, one.provider_key),
            service_code=services.get(one.service_key, one.service_key),
            survey_name=one.name,
            channel=one.channel,
            timing=one.timing,
            customers=one.customers_count,
            offered=one.offered_count,
            respondents=one.respondents_count,
            rating=one.rating,
            questions={
                q.question: ExchangeQuestion(q.wording_class, q.scale, q.counts, q.published_mean)
                for q in one.questions
            },
        )


def _codes_of(scheme: str) -> dict[str, str]:
    """Give, for each key, its code in a scheme; of several the first in the order of text."""
    return {key: code for code, key in sorted(directory.codes(scheme).items(), reverse=True)}
