"""Making releases."""

import os
import shutil
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hearback.history.actions import Change, record
from hearback.publish.frozen import (
    MANIFEST,
    Content,
    FileFact,
    Manifest,
    content_hash,
    fact_files,
    sha256,
    to_json,
)
from hearback.publish.models import Release
from hearback.publish.queries import ReleaseFact, release_folder

MEDIA_TYPES = {".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml"}


@transaction.atomic
def make_release(
    content: Content, made_of_it: dict[str, bytes], *, by: str, at: datetime
) -> tuple[ReleaseFact, bool]:
    """Freeze content, and the tables and charts made of it, by path, as the next release.

    Returns the release and True; or the newest release and False where its content is the same already,
    so that running twice makes one release.

    Raises:
        FileExistsError: if the folder of the next number is in the way and cannot be moved aside.
    """
    newest = Release.objects.select_for_update().order_by("-number").first()
    number = 1 if newest is None else newest.number + 1
    bodies = fact_files(content) | made_of_it
    files = tuple(
        FileFact(path, sha256(body), len(body), MEDIA_TYPES[Path(path).suffix])
        for path, body in sorted(bodies.items())
    )
    if newest is not None and newest.content_sha256 == content_hash(files):
        return _fact(newest), False
    manifest = to_json(
        Manifest(
            number=number,
            created_at=at,
            previous=newest.number if newest else None,
            previous_manifest_sha256=newest.manifest_sha256 if newest else None,
            content_sha256=content_hash(files),
            files=files,
        )
    )
    made = Release.objects.create(
        number=number, created_at=at, created_by=by, manifest_sha256=sha256(manifest),
        content_sha256=content_hash(files), previous=newest,
    )  # fmt: skip
    record(
        Change("release.made", "release", str(number), after={"manifest_sha256": made.manifest_sha256}),
        by=by,
        at=at,
    )
    _write_folder(release_folder(number), bodies | {MANIFEST: manifest})
    return _fact(made), True


def _write_folder(folder: Path, bodies: dict[str, bytes]) -> None:
    """Write beside the target, flush to disk, then rename: a release folder is whole or not there."""
    if folder.exists():  # left by a run that ended between writing and commit: no release row names it
        folder.rename(folder.with_name(f"{folder.name}.abandoned-{os.urandom(4).hex()}"))
    draft = folder.with_name(f".{folder.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    for path, body in bodies.items():
        target = draft / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
    draft.rename(folder)


def _fact(row: Release) -> ReleaseFact:
    return ReleaseFact(row.number, row.created_at, row.created_by, row.manifest_sha256, row.content_sha256)
