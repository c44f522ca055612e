"""`hearback collect responses`: responses to forms as files."""

from pathlib import Path
from typing import Any

import click

from hearback.collect.commands.groups import responses_group
from hearback.collect.commands.periods import known_form, period, zone_named
from hearback.collect.exporting import Export
from hearback.collect.queries import FormFact
from hearback.collect.response_files.dictionary import HEADER
from hearback.collect.response_files.seventeen import NotSeventeen
from hearback.collect.response_files.table import Column
from hearback.collect.response_files.writing import WRITERS, DoesNotFit, write
from hearback.ui.terminal import (
    Refused,
    command,
    dry_run_option,
    emit,
    json_option,
    progress,
    quarter_option,
)


@command(
    responses_group,
    "export",
    example="hearback collect responses export passports passports_q1.csv --quarter FY2027-Q1",
)
@click.argument("key", metavar="FORM")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@quarter_option
@click.option("--since", help="From this day on, or this moment with its zone: 2026-10-01.")
@click.option("--until", help="Before this day or moment; it is not part of the export.")
@click.option("--zone", help="Time zone of days and quarters; that of HEARBACK_ZONE, if left out.")
@click.option("--words", is_flag=True, help="Write what choices say in the place of their codes.")
@click.option("--language", default="", help="Language of the words; the form's first, if left out.")
@click.option("--seventeen", "as_seventeen", is_flag=True, help="Write the 17 columns of the quarterly file.")
@click.option("--with-time", is_flag=True, help="Add time and language to the 17 columns.")
@click.option("--replace", is_flag=True, help="Write over a FILE that is there already.")
@json_option
@dry_run_option
def export_command(key: str, file: Path, replace: bool, as_json: bool, dry_run: bool, **chosen: Any) -> None:
    """Write the responses to a form as CSV, JSON, XLSX or Parquet, by the end of FILE's name.

    A data dictionary, FILE with .dictionary.csv at its end, says what each column holds. Texts are masked, as
    they are stored; in CSV an apostrophe keeps a spreadsheet from running a text.
    """
    asked = _asked(known_form(key), **chosen)
    if file.suffix.lower().removeprefix(".") not in WRITERS:
        raise Refused(f"{file.name}: end the name with one of {', '.join(f'.{one}' for one in WRITERS)}.")
    if file.exists() and not replace:
        raise Refused(f"{file} is there already; name another file, or add --replace.")
    n = _write(asked, file, dry_run=dry_run)
    would = "Would write" if dry_run else "Wrote"
    emit({"form": key, "file": str(file), "rows": n, "dry_run": dry_run}, as_json=as_json,
         lines=[f"{would} {n:,} responses to {file}."])  # fmt: skip


def _asked(
    found: FormFact,
    *,
    quarter: str | None,
    since: str | None,
    until: str | None,
    zone: str | None,
    **how: Any,
) -> Export:
    place = zone_named(zone)
    return Export(found, *period(quarter, since, until, place), place, **how)


def _write(asked: Export, file: Path, *, dry_run: bool) -> int:
    try:
        columns, rows = asked.table()
        if dry_run:
            return sum(1 for _ in rows)
        n = write(file, columns, progress(rows, "written"))
        if described := asked.dictionary():
            beside = file.with_name(f"{file.name}.dictionary.csv")
            write(beside, [Column(name) for name in HEADER], described)
    except NotSeventeen as problem:
        raise Refused(f"Form {asked.form.key}: {problem}.") from problem
    except DoesNotFit as problem:
        raise Refused(str(problem)) from problem
    except OSError as problem:
        raise Refused(f"{file} cannot be written: {problem.strerror}.") from problem
    return n
