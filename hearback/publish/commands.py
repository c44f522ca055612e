"""Commands of publish."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import transaction

from hearback.publish.actions import make_release
from hearback.publish.charts import draw_charts
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseDamaged
from hearback.publish.queries import release_folder, releases
from hearback.publish.snapshot import gather
from hearback.publish.verify import verify_release
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("publish", help="Releases and the public site.")


def release(*, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Freeze what is approved into a release; returns what was made, or what would be."""
    with transaction.atomic():
        content = gather(settings.SUPPRESS_BELOW)
        if dry_run:
            counts = {name: len(getattr(content, name)) for name in content.__dataclass_fields__}
            return {"made": False, "would_freeze": counts}
        made, new = make_release(content, data_files(content) | draw_charts(content), by=by, at=at)
    return {
        "made": new,
        "number": made.number,
        "manifest_sha256": made.manifest_sha256,
        "content_sha256": made.content_sha256,
        "folder": str(release_folder(made.number)),
    }


@command(group, "release", example="hearback publish release --by reviewer")
@json_option
@dry_run_option
@by_option
def release_command(as_json: bool, dry_run: bool, by: str) -> None:
    """Freeze what is approved into a numbered release. Makes none where nothing changed."""
    result = release(by=by, at=now(), dry_run=dry_run)
    if dry_run:
        lines = ["Would freeze: " + ", ".join(f"{n} {name}" for name, n in result["would_freeze"].items())]
    elif result["made"]:
        lines = [f"Release {result['number']} is made; manifest {result['manifest_sha256']}."]
    else:
        lines = [f"Nothing changed since release {result['number']}; no new release."]
    emit(result, as_json=as_json, lines=lines)


@command(group, "releases", example="hearback publish releases --json")
@json_option
def releases_command(as_json: bool) -> None:
    """List all releases, newest first."""
    rows = [
        {"number": r.number, "created_at": r.created_at.isoformat(), "manifest_sha256": r.manifest_sha256}
        for r in releases()
    ]
    emit(
        {"releases": rows},
        as_json=as_json,
        lines=[f"{r['number']:>4}  {r['created_at']}  {r['manifest_sha256']}" for r in rows]
        or ["No release yet."],
    )


@command(group, "verify", example="hearback publish verify var/releases/0001")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def verify_command(folder: Path, as_json: bool) -> None:
    """Hold every file of a release folder against its manifest. Exit code 1 where anything differs."""
    try:
        verdict = verify_release(folder.resolve())
    except ReleaseDamaged as problem:
        raise Refused(str(problem)) from problem
    emit(
        {
            "number": verdict.number,
            "manifest_sha256": verdict.manifest_sha256,
            "files_checked": verdict.files_checked,
            "problems": list(verdict.problems),
        },
        as_json=as_json,
        lines=[
            *verdict.problems,
            f"Release {verdict.number}: {verdict.files_checked} files checked, "
            f"{len(verdict.problems)} problems. Manifest {verdict.manifest_sha256}.",
        ],
    )
    if verdict.problems:
        raise click.exceptions.Exit(1)
