"""Finding releases."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from hearback.publish.frozen import ReleaseDamaged, ReleaseData, read_manifest, release_at
from hearback.publish.models import Release


@dataclass(frozen=True)
class ReleaseFact:
    """One release in the list of releases."""

    number: int
    created_at: datetime
    created_by: str
    manifest_sha256: str
    content_sha256: str


def release_folder(number: int) -> Path:
    """Give the folder in which a release lies frozen."""
    return Path(settings.HOME) / "releases" / f"{number:04d}"


def releases() -> list[ReleaseFact]:
    """List all releases, newest first."""
    return [
        ReleaseFact(r.number, r.created_at, r.created_by, r.manifest_sha256, r.content_sha256)
        for r in Release.objects.order_by("-number")
    ]


def current_release() -> ReleaseData | None:
    """Give the newest release, or None before the first."""
    newest = Release.objects.order_by("-number").first()
    return None if newest is None else release_at(release_folder(newest.number), newest.manifest_sha256)


def newest_whole() -> int | None:
    """Read the newest release's manifest from its folder, past any memory; give its number, None before one.

    Raises:
        ReleaseDamaged: if the manifest is missing, unreadable, or not the one that was released.
    """
    newest = Release.objects.order_by("-number").first()
    if newest is None:
        return None
    if read_manifest(release_folder(newest.number))[1] != newest.manifest_sha256:
        raise ReleaseDamaged(f"the manifest of release {newest.number} is not the one that was released")
    return newest.number


def release(number: int) -> ReleaseData | None:
    """Give one release, or None where there is no such number."""
    row = Release.objects.filter(number=number).first()
    return None if row is None else release_at(release_folder(row.number), row.manifest_sha256)
