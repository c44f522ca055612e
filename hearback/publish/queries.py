"""Finding releases."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec
from django.conf import settings

from hearback.measure.queries import NoisyGroupsFact
from hearback.plan.days import day_of
from hearback.publish.frozen import ReleaseDamaged, ReleaseData, read_checked, read_manifest, release_at
from hearback.publish.models import Prepared, Release
from hearback.publish.rules import hindrance
from hearback.publish.sources import Folder
from hearback.publish.verify import verify

NOISE = "facts/noisy_groups.json"


@dataclass(frozen=True)
class ReleaseFact:
    """One release in the list of releases; `approved_at` is null where it was made before there were two."""

    number: int
    created_at: datetime
    created_by: str
    approved_at: datetime | None
    approved_by: str
    public_key: str
    manifest_sha256: str
    content_sha256: str

    @property
    def made_on(self) -> date:
        """Give the day on which it was made, in the zone of this government."""
        return day_of(self.created_at)

    @property
    def published_at(self) -> datetime:
        """Give the moment from which the public saw it."""
        return self.approved_at or self.created_at


@dataclass(frozen=True)
class PreparedFact:
    """What was prepared to be the next release, and what became of it: waiting, approved or withdrawn."""

    number: int
    manifest_sha256: str
    content_sha256: str
    why: str
    prepared_at: datetime
    prepared_by: str
    state: str
    decided_at: datetime | None
    decided_by: str
    comment: str


def release_folder(number: int) -> Path:
    """Give the folder in which a release lies frozen."""
    return Path(settings.HOME) / "releases" / f"{number:04d}"


def prepared_folder(manifest_sha256: str) -> Path:
    """Give the folder in which something lies that is not published yet."""
    return Path(settings.HOME) / "releases" / f".prepared-{manifest_sha256[:16]}"


def release_fact(row: Release) -> ReleaseFact:
    """Give a release as a fact."""
    return ReleaseFact(
        row.number, row.created_at, row.created_by, row.approved_at, row.approved_by, row.public_key,
        row.manifest_sha256, row.content_sha256,
    )  # fmt: skip


def prepared_fact(row: Prepared) -> PreparedFact:
    """Give what was prepared as a fact."""
    return PreparedFact(
        row.number, row.manifest_sha256, row.content_sha256, row.why, row.prepared_at, row.prepared_by,
        row.state, row.decided_at, row.decided_by, row.comment,
    )  # fmt: skip


def releases() -> list[ReleaseFact]:
    """List all releases, newest first."""
    return [release_fact(row) for row in Release.objects.order_by("-number")]


def released_noise() -> list[NoisyGroupsFact]:
    """Give the counts with noise of every release, the newest release first.

    Raises:
        ReleaseDamaged: if a release does not hold what its manifest says.
    """
    found: list[NoisyGroupsFact] = []
    for fact in releases():
        folder = release_folder(fact.number)
        for file in read_manifest(folder)[0].files:
            if file.path == NOISE:
                found += msgspec.json.decode(read_checked(folder, file), type=list[NoisyGroupsFact])
    return found


def prepared() -> list[PreparedFact]:
    """List what was ever prepared, newest first; what waits is the first with that state."""
    return [prepared_fact(row) for row in Prepared.objects.all()]


def waiting() -> PreparedFact | None:
    """Give what waits to be published."""
    row = Prepared.objects.filter(state=Prepared.State.WAITING).first()
    return None if row is None else prepared_fact(row)


def as_published(fact: PreparedFact) -> ReleaseFact:
    """Give what waits as the list of releases will show it, not signed yet."""
    return ReleaseFact(
        fact.number, fact.prepared_at, fact.prepared_by, None, "", "", fact.manifest_sha256,
        fact.content_sha256,
    )  # fmt: skip


def why_not_published(manifest_sha256: str, by: str) -> str | None:
    """Say why somebody cannot publish what waits, and what to do; None where they can.

    Every file is held against its hash.

    Args:
        manifest_sha256: hash of the manifest of what was looked at.
    """
    found = waiting()
    newest = Release.objects.order_by("-number").values_list("number", flat=True).first() or 0
    reason = hindrance(
        seen=manifest_sha256, waiting=found.manifest_sha256 if found else None, by=by, newest=newest,
        prepared_by=found.prepared_by if found else "", number=found.number if found else 0,
    )  # fmt: skip
    if reason:
        return reason
    try:
        (verdict,) = verify([Folder(prepared_folder(manifest_sha256))])
    except ReleaseDamaged as problem:
        return f"The files cannot be read: {problem}. Prepare it again."
    if verdict.problems:
        return f"The files are not what was prepared: {'; '.join(verdict.problems[:5])}. Prepare it again."
    return None


def waiting_release() -> ReleaseData | None:
    """Give what waits as the release that it will be.

    Raises:
        ReleaseDamaged: if its files are not what was prepared.
    """
    fact = waiting()
    return None if fact is None else release_at(prepared_folder(fact.manifest_sha256), fact.manifest_sha256)


def current_release() -> ReleaseData | None:
    """Give the newest release, or None before the first."""
    newest = Release.objects.order_by("-number").first()
    return None if newest is None else release_at(release_folder(newest.number), newest.manifest_sha256)


def newest_mark() -> str | None:
    """Give the hash of the newest release's manifest, which stands for it and all before it."""
    return Release.objects.order_by("-number").values_list("manifest_sha256", flat=True).first()


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
