"""Commands of plan."""

from datetime import datetime
from pathlib import Path

import click
from django.db import transaction

from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.plan import queries
from hearback.plan.actions import load_plan
from hearback.plan.dumping import dumped
from hearback.plan.milestone_commands import milestone_group
from hearback.plan.progress_commands import progress_command
from hearback.plan.wanted import read_folder
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("plan", help="Priority areas, life experiences, commitments, funding, updates.")
group.add_command(milestone_group)
group.add_command(progress_command)


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


@command(group, "dump", example="hearback plan dump plan-files --dry-run")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace files of these names that are in the folder.")
@json_option
@dry_run_option
def dump_command(folder: Path, overwrite: bool, as_json: bool, dry_run: bool) -> None:
    """Write the five files that `load` reads. Loading them again changes nothing."""
    files = {folder / name: (text, n) for name, text, n in dumped()}
    there = sorted(path.name for path in files if path.exists())
    if there and not overwrite:
        raise Refused(
            f"{', '.join(there)} in {folder} would be replaced; name another folder, or --overwrite"
        )
    if not dry_run:
        folder.mkdir(parents=True, exist_ok=True)
        for path, (text, _) in files.items():
            path.write_bytes(text)
    counts = {path.name: n for path, (_, n) in files.items()}
    lines = [f"{name}: {n} records" for name, n in counts.items()]
    emit({"dry_run": dry_run, "records": counts}, as_json=as_json, lines=lines)


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
