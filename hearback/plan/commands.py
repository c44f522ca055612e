"""Commands of plan."""

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from hearback.collect.sheets.dumps import KINDS, NotDumped, kind_by_name
from hearback.collect.sheets.problems import SheetsNotGood
from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.learn.commands import load_beside as load_journeys
from hearback.learn.commands import load_rows
from hearback.learn.wanted import JOURNEYS
from hearback.plan import queries
from hearback.plan.actions import load_plan
from hearback.plan.goal_commands import goal_group
from hearback.plan.milestone_commands import milestone_group
from hearback.plan.progress_commands import progress_command
from hearback.plan.round_commands import round_group
from hearback.plan.sheets.book import OF_JOURNEYS
from hearback.plan.sheets.dumps import dumped_as, template
from hearback.plan.sheets.loading import read_source
from hearback.plan.update_commands import update_group
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("plan", help="Priority areas, life experiences, commitments, funding, updates.")
group.add_command(goal_group)
group.add_command(milestone_group)
group.add_command(progress_command)
group.add_command(round_group)
group.add_command(update_group)


def load(source: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load a plan from a folder of JSON or CSV, or from a workbook; returns what changed, or what would.

    The plan names journeys: where they are in the source too, learn loads them first.

    Raises:
        FileNotGood: if anything in it is wrong; nothing is loaded then. A `SheetsNotGood` tells all at once.
    """
    with transaction.atomic():
        report = load_journeys(source, by=by, at=at) if (source / JOURNEYS).is_file() else LoadReport()
        wanted = read_source(source)
        if journeys := [one for one in wanted if one.kind in OF_JOURNEYS]:
            report.add(load_rows(journeys, by=by, at=at))
        report.add(load_plan([one for one in wanted if one.kind not in OF_JOURNEYS], by=by, at=at))
        if dry_run:
            transaction.set_rollback(True)
    return report


@command(group, "load", example="hearback plan load examples/federal --dry-run")
@click.argument("source", type=click.Path(exists=True, path_type=Path))
@json_option
@dry_run_option
@by_option
def load_command(source: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Load the plan from a folder of JSON, a folder of CSV, or a workbook (.xlsx), as `dump` writes them.

    All or nothing; the agencies they name must be in the directory. The journeys they name are loaded first
    where journeys.json or their sheets are there (`learn load` loads them alone). What is in the database and
    not in the files stays and is reported. All that is wrong in sheets is told at once. May be run again at
    any time.
    """
    try:
        report = load(source, by=by, at=now(), dry_run=dry_run)
    except SheetsNotGood as problem:
        if not as_json:
            raise Refused(str(problem)) from problem
        emit({"dry_run": dry_run, **problem.payload()}, as_json=True, lines=())
        click.get_current_context().exit(1)
    except FileNotGood as problem:
        raise Refused(str(problem)) from problem
    emit(report.payload(dry_run), as_json=as_json, lines=report.lines(dry_run))


@command(group, "dump", example="hearback plan dump plan.xlsx --dry-run")
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
def dump_command(target: Path, kind: str | None, overwrite: bool, as_json: bool, dry_run: bool) -> None:
    """Write the plan as a folder of JSON or of CSV, or as a workbook. Loading that again changes nothing.

    The journeys that the plan names come along.
    """
    try:
        made = dumped_as(kind or kind_by_name(target), target)
        made.write(overwrite=overwrite, dry_run=dry_run)
    except NotDumped as problem:
        raise Refused(str(problem)) from problem
    lines = [f"{name}: {n} records" for name, n in made.counts.items()]
    emit({"dry_run": dry_run, "records": made.counts}, as_json=as_json, lines=lines)


@command(group, "template", example="hearback plan template plan.xlsx --dry-run")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace the file if it is there.")
@json_option
@dry_run_option
def template_command(file: Path, overwrite: bool, as_json: bool, dry_run: bool) -> None:
    """Write a workbook without rows, to fill in: its first sheet says what each column is for."""
    try:
        made = template(file)
        made.write(overwrite=overwrite, dry_run=dry_run)
    except NotDumped as problem:
        raise Refused(str(problem)) from problem
    emit(
        {"dry_run": dry_run, "file": str(file), "sheets": list(made.counts)},
        as_json=as_json,
        lines=[f"{'Would write' if dry_run else 'Wrote'} {file}: {', '.join(made.counts)}"],
    )


@command(group, "counts", example="hearback plan counts --json")
@json_option
def counts_command(as_json: bool) -> None:
    """Count every kind of record: of commitments, projects, milestones and all else that is promised."""
    found = queries.counts()
    lines = [f"{n} {name.replace('_', ' ')}" for name, n in found.items()]
    emit(dict(found), as_json=as_json, lines=lines)


@command(group, "list", example="hearback plan list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List priority areas with their strategies, and count everything else that is promised."""
    areas = [
        {
            "key": area.key,
            "title": area.title,
            "strategies": [
                {"key": s.key, "number": s.number, "title": s.title, "milestones": len(s.milestones)}
                for s in area.strategies
            ],
        }
        for area in queries.priority_areas()
    ]
    found = queries.counts()
    counts = {name: found[name] for name in ("life_experiences", "commitments", "funding", "updates")}
    lines = []
    for area in queries.priority_areas():
        lines.append(f"{area.title} ({area.key})")
        lines += [f"  {s.number}. {s.title} ({s.key})" for s in area.strategies]
    lines.append(", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items()))
    emit({"priority_areas": areas, **counts}, as_json=as_json, lines=lines)
