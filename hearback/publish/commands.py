"""Commands of publish."""

from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.conf import settings
from django.db import transaction

from hearback.measure.wanted import stale_quarters
from hearback.publish.actions import make_release
from hearback.publish.charts import draw_charts
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseDamaged
from hearback.publish.queries import release_folder, releases
from hearback.publish.snapshot import gather
from hearback.publish.verify import Verdict, verify_release
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

group = click.Group("publish", help="Releases and the public site.")


def release(*, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Freeze what is approved into a release; returns what was made, or what would be.

    Raises:
        Refused: if there is nothing to publish, or scores are older than the answers they are made of.
    """
    with transaction.atomic():
        stale = stale_quarters(settings.SUPPRESS_BELOW)
        if stale:
            raise Refused(
                f"The scores of {', '.join(stale)} are not those of the answers reported now: "
                "run `hearback measure all` first."
            )
        content = gather(settings.SUPPRESS_BELOW, at.date())
        if not content.agencies:
            raise Refused("There is nothing to publish yet: begin with `hearback directory load`.")
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
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@json_option
def verify_command(folders: tuple[Path, ...], as_json: bool) -> None:
    """Hold every file of release FOLDERS against their manifests; without FOLDERS, of every release here.

    Exit code 1 where anything differs.
    """
    try:
        verdicts = [verify_release(f.resolve()) for f in folders] if folders else _verify_all()
    except ReleaseDamaged as problem:
        raise Refused(str(problem)) from problem
    lines = [
        line
        for v in verdicts
        for line in (
            *v.problems,
            f"Release {v.number}: {v.files_checked} files checked, {len(v.problems)} problems. "
            f"Manifest {v.manifest_sha256}.",
        )
    ]
    emit({"releases": [asdict(v) for v in verdicts]}, as_json=as_json, lines=lines or ["No release yet."])
    if any(v.problems for v in verdicts):
        raise click.exceptions.Exit(1)


def _verify_all() -> list[Verdict]:
    found = []
    for known in reversed(releases()):
        verdict = verify_release(release_folder(known.number))
        if verdict.manifest_sha256 != known.manifest_sha256:
            problem = f"the manifest of release {known.number} is not the one that was released"
            verdict = replace(verdict, problems=(*verdict.problems, problem))
        found.append(verdict)
    return found
