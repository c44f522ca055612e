"""Releases: one person prepares what the public will see, another publishes it."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction

from hearback.history.actions import Change, record
from hearback.publish import folders
from hearback.publish.frozen import (
    MANIFEST,
    SIGNATURE,
    Content,
    FileFact,
    Manifest,
    ReleaseDamaged,
    content_hash,
    fact_files,
    sha256,
    to_json,
)
from hearback.publish.keys import SigningKey
from hearback.publish.models import Prepared, Release
from hearback.publish.queries import (
    PreparedFact,
    ReleaseFact,
    prepared_fact,
    prepared_folder,
    release,
    release_fact,
    release_folder,
    why_not_published,
)

MEDIA_TYPES = {
    ".json": "application/json", ".csv": "text/csv", ".svg": "image/svg+xml",
    ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip
NEWEST_FIRST = "-number"


class NotPublished(Exception):
    """A release is not prepared or not published; the message says why and what to do."""


def prepare_release(
    content: Content,
    made_of_it: Mapping[str, bytes],
    *,
    why: str,
    by: str,
    at: datetime,
    recounted: bool = False,
) -> PreparedFact | None:
    """Freeze content, and the tables and charts made of it, by path, for somebody else to publish.

    What waits already gives way, unless it is the same. Returns None where the newest release has the same
    content, so that running twice prepares nothing.

    Args:
        recounted: whether somebody said that small differences are counts put right; for the history.

    Raises:
        NotPublished: if `why` is empty.
    """
    said = {"recounted": True} if recounted else {}
    return _prepare(fact_files(content) | dict(made_of_it), None, said, why=why, by=by, at=at)


def prepare_again(number: int, *, why: str, by: str, at: datetime) -> PreparedFact | None:
    """Prepare a release with the files of an earlier one, which puts back what the public saw then.

    Returns None where the newest release shows that already.

    Raises:
        NotPublished: if there is no such release, its files are not what was released, or `why` is empty.
    """
    found = release(number)
    if found is None:
        raise NotPublished(f"There is no release {number}.")
    try:
        bodies = {file.path: found.read(file.path) for file in found.files}
    except ReleaseDamaged as problem:
        raise NotPublished(f"{problem}: it cannot be put back.") from problem
    return _prepare(bodies, number, {}, why=why, by=by, at=at)


@transaction.atomic
def _prepare(
    bodies: Mapping[str, bytes],
    restores: int | None,
    said: dict[str, bool],
    *,
    why: str,
    by: str,
    at: datetime,
) -> PreparedFact | None:
    if not why.strip():
        raise NotPublished("Say what changed and why: the public reads it beside the release.")
    newest = _newest()
    files = tuple(
        FileFact(path, sha256(body), len(body), MEDIA_TYPES[Path(path).suffix])
        for path, body in sorted(bodies.items())
    )
    content = content_hash(files)
    if newest is not None and newest.content_sha256 == content:
        return None
    number = 1 if newest is None else newest.number + 1
    waiting = _waiting()
    if waiting is not None:
        same = (waiting.number, waiting.content_sha256, waiting.why) == (number, content, why.strip())
        if same and prepared_folder(waiting.manifest_sha256).is_dir():
            return prepared_fact(waiting)
        _withdraw(waiting, "Something else was prepared.", by=by, at=at)
    manifest = to_json(
        Manifest(
            number=number,
            created_at=at,
            previous=newest.number if newest else None,
            previous_manifest_sha256=newest.manifest_sha256 if newest else None,
            content_sha256=content,
            files=files,
            why=why.strip(),
            restores=restores,
        )
    )
    made = Prepared.objects.create(
        number=number, manifest_sha256=sha256(manifest), content_sha256=content, why=why.strip(),
        prepared_at=at, prepared_by=by,
    )  # fmt: skip
    after = {"manifest_sha256": made.manifest_sha256, "why": made.why, **said}
    record(Change("release.prepared", "release", str(number), after=after), by=by, at=at)
    folders.write(prepared_folder(made.manifest_sha256), {**bodies, MANIFEST: manifest})
    return prepared_fact(made)


@transaction.atomic
def publish_prepared(manifest_sha256: str, key: SigningKey, *, by: str, at: datetime) -> ReleaseFact:
    """Publish what waits, signed: exactly the files that were prepared, if it is still what one has seen.

    Args:
        manifest_sha256: hash of the manifest of what was looked at.
        key: signs the manifest.

    Raises:
        NotPublished: if nothing waits, something else does, the same person prepared it, another release was
            made meanwhile, or the files are not those that were prepared.
    """
    newest, waiting = _newest(), _waiting()
    reason = why_not_published(manifest_sha256, by)
    if waiting is None or reason:
        raise NotPublished(reason or "Nothing waits.")
    folder = prepared_folder(manifest_sha256)
    folders.add(folder, SIGNATURE, key.sign((folder / MANIFEST).read_bytes()))
    made = Release.objects.create(
        number=waiting.number, created_at=waiting.prepared_at, created_by=waiting.prepared_by,
        approved_at=at, approved_by=by, public_key=key.public, manifest_sha256=manifest_sha256,
        content_sha256=waiting.content_sha256, previous=newest,
    )  # fmt: skip
    _decide(waiting, Prepared.State.APPROVED, "", by=by, at=at)
    after = {"manifest_sha256": made.manifest_sha256, "prepared_by": made.created_by}
    record(Change("release.made", "release", str(made.number), after=after), by=by, at=at)
    folders.move(folder, release_folder(made.number))
    return release_fact(made)


@transaction.atomic
def withdraw_prepared(manifest_sha256: str, comment: str, *, by: str, at: datetime) -> PreparedFact:
    """Take back what waits; anybody who may prepare or publish can.

    Raises:
        NotPublished: if this is not waiting any more.
    """
    _newest()
    waiting = _waiting()
    if waiting is None or waiting.manifest_sha256 != manifest_sha256:
        raise NotPublished("This is not waiting any more.")
    _withdraw(waiting, comment, by=by, at=at)
    return prepared_fact(waiting)


def _newest() -> Release | None:
    return Release.objects.select_for_update().order_by(NEWEST_FIRST).first()


def _waiting() -> Prepared | None:
    return Prepared.objects.select_for_update().filter(state=Prepared.State.WAITING).first()


def _withdraw(waiting: Prepared, comment: str, *, by: str, at: datetime) -> None:
    _decide(waiting, Prepared.State.WITHDRAWN, comment, by=by, at=at)
    after = {"manifest_sha256": waiting.manifest_sha256, "comment": comment}
    record(Change("release.withdrawn", "release", str(waiting.number), after=after), by=by, at=at)
    folder = prepared_folder(waiting.manifest_sha256)
    if folder.is_dir():
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def _decide(row: Prepared, state: Prepared.State, comment: str, *, by: str, at: datetime) -> None:
    row.state, row.comment, row.decided_by, row.decided_at = state, comment, by, at
    row.save()
