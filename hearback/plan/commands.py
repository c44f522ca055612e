"""Commands of plan."""

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.plan import queries
from hearback.plan.actions import load_plan
from hearback.plan.wanted import read_folder
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("plan", help="Priority areas, life experiences, commitments, funding, updates.")


def load(folder: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load the plan files of a folder; returns what changed, or what would.

    Raises:
        FileNotGood: if anything in the files is wrong; nothing is loaded then.
    """
    with transaction.atomic():
        report = load_plan(read_folder(folder), by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
    return report


@command(group, "load", example="hearback plan load examples/federal --dry-run")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@dry_run_option
@by_option
def load_command(folder: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Load priority_areas.json, life_experiences.json, commitments.json, funding.json and updates.json.

    All or nothing; the agencies they name must be in the directory. What is in the database and not in the
    files stays and is reported. May be run again at any time.
    """
    try:
        report = load(folder, by=by, at=now(), dry_run=dry_run)
    except FileNotGood as problem:
        raise Refused(str(problem)) from problem
    emit(report.payload(dry_run), as_json=as_json, lines=report.lines(dry_run))


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
    counts = {
        "life_experiences": len(queries.life_experiences()),
        "commitments": len(queries.commitments()),
        "funding": len(queries.funding()),
        "updates": len(queries.updates()),
    }
    lines = []
    for area in queries.priority_areas():
        lines.append(f"{area.title} ({area.key})")
        lines += [f"  {s.number}. {s.title} ({s.key})" for s in area.strategies]
    lines.append(", ".join(f"{n} {name.replace('_', ' ')}" for name, n in counts.items()))
    emit({"priority_areas": areas, **counts}, as_json=as_json, lines=lines)
