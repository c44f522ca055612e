"""What the commands `load`, `dump` and `template` share, of every stage whose records go by sheets."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from hearback.collect.sheets.columns import Book
from hearback.collect.sheets.dumps import KINDS, NotDumped, dump_of, kind_by_name, template_of
from hearback.collect.sheets.proving import Records
from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.ui.losses import as_lines, as_payload
from hearback.ui.terminal import Refused, command, dry_run_option, emit, json_option

DUMP = """Write %s as a folder of JSON or of CSV, or as a workbook. Loading that again changes nothing.

%sWhat was written is read again, and whatever the format cannot hold is told."""
TEMPLATE = "Write a workbook without rows, to fill in: its first sheet says what each column is for."
NOTHING_LOST = "Nothing is lost: what was written was read again, and is the same."


def add_dump_and_template(
    group: click.Group, book: Book, records: Callable[[], Records], *, what: str, file: str, more: str = ""
) -> None:
    """Add the commands that write all records, and a workbook to fill in.

    Args:
        records: gives what `dump` writes.
        what: the name of what is written, as help has it.
        file: the workbook of the examples.
        more: sentences that belong into the help of `dump` alone.
    """

    @command(group, "dump", example=f"hearback {group.name} dump {file} --dry-run", help=DUMP % (what, more))
    @click.argument("target", type=click.Path(path_type=Path))
    @click.option(
        "--format",
        "kind",
        type=click.Choice(KINDS),
        help="What to write; without it a workbook where TARGET ends with .xlsx, else JSON.",
    )
    @click.option("--overwrite", is_flag=True, help="Replace files of these names that are there.")
    @json_option
    @dry_run_option
    def dump_command(**given: Any) -> None:
        try:
            all_records = records()
        except FileNotGood as problem:
            raise Refused(str(problem)) from problem
        _dump(book, all_records, **given)

    @command(group, "template", example=f"hearback {group.name} template {file} --dry-run", help=TEMPLATE)
    @click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
    @click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
    @json_option
    @dry_run_option
    def template_command(**given: Any) -> None:
        _template(book, **given)


def _dump(
    book: Book,
    records: Records,
    *,
    target: Path,
    kind: str | None,
    overwrite: bool,
    as_json: bool,
    dry_run: bool,
) -> None:
    """Write records into TARGET, and print how many of each there are and what the format cannot hold."""
    try:
        made = dump_of(book, kind or kind_by_name(target), target, records)
        losses = made.write(overwrite=overwrite, dry_run=dry_run)
    except NotDumped as problem:
        raise Refused(str(problem)) from problem
    lines = [f"{name}: {n} records" for name, n in made.counts.items()]
    emit(
        {"dry_run": dry_run, "records": made.counts, **as_payload(losses)},
        as_json=as_json,
        lines=[*lines, *(as_lines(losses) or [NOTHING_LOST])],
    )


def _template(book: Book, *, file: Path, overwrite: bool, as_json: bool, dry_run: bool) -> None:
    """Write a workbook without rows into FILE, and print which sheets it has."""
    try:
        made = template_of(book, file)
        made.write(overwrite=overwrite, dry_run=dry_run)
    except NotDumped as problem:
        raise Refused(str(problem)) from problem
    emit(
        {"dry_run": dry_run, "file": str(file), "sheets": list(made.counts)},
        as_json=as_json,
        lines=[f"{'Would write' if dry_run else 'Wrote'} {file}: {', '.join(made.counts)}"],
    )


def load(loading: Callable[[], LoadReport], *, as_json: bool, dry_run: bool) -> None:
    """Load, and print what changed or all that is wrong."""
    try:
        report = loading()
    except FileNotGood as problem:
        if not as_json:
            raise Refused(str(problem)) from problem
        emit({"dry_run": dry_run, **problem.payload()}, as_json=True, lines=())
        click.get_current_context().exit(1)
    emit(report.payload(dry_run), as_json=as_json, lines=report.lines(dry_run))
