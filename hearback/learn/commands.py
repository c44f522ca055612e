"""Commands of learn."""

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.learn import queries
from hearback.learn.actions import load_journeys
from hearback.learn.dumping import dumped
from hearback.learn.wanted import read_folder
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("learn", help="Journeys with stages and steps, pain points, stories, studies, insights.")


def load(folder: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load the journeys of a folder; returns what changed, or what would.

    Raises:
        FileNotGood: if anything in the file is wrong; nothing is loaded then.
    """
    with transaction.atomic():
        report = load_journeys(read_folder(folder), by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
    return report


@command(group, "load", example="hearback learn load examples/federal --dry-run")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@dry_run_option
@by_option
def load_command(folder: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Load journeys.json: journeys with stages, steps, pain points, stories, studies and insights.

    All or nothing; the services and agencies it names must be in the directory. What is in the database and
    not in the file stays and is reported. May be run again at any time.
    """
    try:
        report = load(folder, by=by, at=now(), dry_run=dry_run)
    except FileNotGood as problem:
        raise Refused(str(problem)) from problem
    emit(report.payload(dry_run), as_json=as_json, lines=report.lines(dry_run))


@command(group, "dump", example="hearback learn dump learn-files --dry-run")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace a file of this name that is in the folder.")
@json_option
@dry_run_option
def dump_command(folder: Path, overwrite: bool, as_json: bool, dry_run: bool) -> None:
    """Write the file that `load` reads. Loading it again changes nothing."""
    name, text, n = dumped()
    path = folder / name
    if path.exists() and not overwrite:
        raise Refused(f"{name} in {folder} would be replaced; name another folder, or --overwrite")
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    emit({"dry_run": dry_run, "records": {name: n}}, as_json=as_json, lines=[f"{name}: {n} records"])


@command(group, "counts", example="hearback learn counts --json")
@json_option
def counts_command(as_json: bool) -> None:
    """Count every kind of record: journeys, their stages and steps, pain points, and all of research."""
    found = queries.counts()
    lines = [f"{n} {name.replace('_', ' ')}" for name, n in found.items()]
    emit(dict(found), as_json=as_json, lines=lines)
