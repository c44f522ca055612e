"""Commands of plan."""

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from hearback.collect.sheets import doors
from hearback.directory.rows import LoadReport
from hearback.learn.commands import load_rows
from hearback.plan import queries
from hearback.plan.actions import load_plan
from hearback.plan.commands.goals import goal_group
from hearback.plan.commands.milestones import milestone_group
from hearback.plan.commands.progress import progress_command
from hearback.plan.commands.rounds import round_group
from hearback.plan.commands.updates import update_group
from hearback.plan.dumping import records
from hearback.plan.promises import lock_promises
from hearback.plan.sheets.book import BOOK, OF_JOURNEYS
from hearback.plan.sheets.loading import read_source
from hearback.ui.terminal import by_option, command, dry_run_option, emit, json_option, now

group = click.Group("plan", help="Priority areas, life experiences, commitments, funding, updates.")
group.add_command(goal_group)
group.add_command(milestone_group)
group.add_command(progress_command)
group.add_command(round_group)
group.add_command(update_group)
doors.add_dump_and_template(
    group,
    BOOK,
    records,
    what="the plan",
    file="plan.xlsx",
    more="The journeys that the plan names come along. ",
)


def load(source: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load a plan from a folder of JSON or CSV, or from a workbook; returns what changed, or what would.

    The plan names journeys: where they are in the source too, learn loads them first.

    Raises:
        FileNotGood: if anything in it is wrong; nothing is loaded then. A `SheetsNotGood` tells all at once.
    """
    with transaction.atomic():
        lock_promises()
        report, found = LoadReport(), read_source(source)
        if journeys := [one for one in found.wanted if one.kind in OF_JOURNEYS]:
            report.add(load_rows(journeys, by=by, at=at))
        report.add(load_plan([one for one in found.wanted if one.kind not in OF_JOURNEYS], by=by, at=at))
        report.losses += found.losses
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
    doors.load(lambda: load(source, by=by, at=now(), dry_run=dry_run), as_json=as_json, dry_run=dry_run)


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
