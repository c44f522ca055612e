"""Commands of directory."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from hearback.directory import queries
from hearback.directory.actions import load_directory
from hearback.directory.files import FileNotGood
from hearback.directory.rows import LoadReport
from hearback.directory.wanted import read_folder
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("directory", help="Agencies, providers, services, websites.")


def load(folder: Path, *, by: str, at: datetime, dry_run: bool = False) -> LoadReport:
    """Load the directory files of a folder; returns what changed, or what would.

    Raises:
        FileNotGood: if anything in the files is wrong; nothing is loaded then.
    """
    with transaction.atomic():
        report = load_directory(read_folder(folder), by=by, at=at)
        if dry_run:
            transaction.set_rollback(True)
    return report


@command(group, "load", example="hearback directory load examples/federal --dry-run")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
@dry_run_option
@by_option
def load_command(folder: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Load agencies.json, providers.json, services.json and websites.json of a folder, all or nothing.

    What is in the database and not in the files stays and is reported. May be run again at any time.
    """
    try:
        report = load(folder, by=by, at=now(), dry_run=dry_run)
    except FileNotGood as problem:
        raise Refused(str(problem)) from problem
    emit(report.payload(dry_run), as_json=as_json, lines=report.lines(dry_run))


@command(group, "list", example="hearback directory list --on 2022-04-01 --json")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Only what was there on this day.")
@json_option
def list_command(day: datetime | None, as_json: bool) -> None:
    """List agencies with their providers and the services of each."""
    rows = tree(day.date() if day else None)
    lines = [line for agency in rows for line in _lines(agency)]
    emit({"agencies": rows}, as_json=as_json, lines=lines or ["The directory is empty."])


def tree(on: date | None) -> list[dict[str, Any]]:
    """Give agencies by name, each with its providers, each with its services.

    A service that providers share stands under each of them.
    """
    services = queries.services(on)
    given = {
        p.key: [
            {"key": s.key, "name": s.name}
            for s in services
            if any(v.provider_key == p.key for v in s.provisions)
        ]
        for p in queries.providers(on)
    }
    return [
        {
            "key": a.key, "name": a.name, "level": a.level, "parent": a.parent_key,
            "providers": [
                {"key": p.key, "name": p.name, "services": given[p.key]}
                for p in queries.providers(on)
                if p.agency_key == a.key
            ],
        }
        for a in queries.agencies(on)
    ]  # fmt: skip


def _lines(agency: dict[str, Any]) -> list[str]:
    lines = [f"{agency['name']} ({agency['key']})"]
    for provider in agency["providers"]:
        lines.append(f"  {provider['name']} ({provider['key']})")
        lines += [f"    {service['name']} ({service['key']})" for service in provider["services"]]
    return lines
