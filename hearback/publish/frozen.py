"""What a release holds, and reading it back: the only source of the public site."""

import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from hearback.directory.queries import AgencyFact, ProviderFact, ServiceFact, WebsiteFact
from hearback.learn.queries import JourneyFact
from hearback.measure.queries import BandFact, ExclusionFact, NoisyGroupsFact, ScoreFact
from hearback.plan.days import day_of
from hearback.plan.queries import (
    ActionPlanFact,
    AnswerableFact,
    CapacityAreaFact,
    CommitmentFact,
    FundingFact,
    LifeExperienceFact,
    PriorityAreaFact,
    PublicRoundFact,
    UpdateFact,
)

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"


class ReleaseDamaged(Exception):
    """A release's files are not what its manifest says; the message names the file."""


@dataclass(frozen=True)
class PublishedQuestion:
    """Answers 1-5 to one question. `counts` is null, with a `reason`, where they are not published."""

    question: str
    wording_class: str
    scale: str
    counts: tuple[int, int, int, int, int] | None
    published_mean: str | None
    reason: str | None


@dataclass(frozen=True)
class PublishedFinding:
    """One oddity of a reported survey. `message` is null where it would give a suppressed figure away."""

    kind: str
    column: str | None
    message: str | None


@dataclass(frozen=True)
class PublishedSurvey:
    """One reported survey as the public may see it; volumes are null where unknown or too small to show.

    The reasons say which of the two; they are null in releases made before they were added.
    """

    key: str
    service_key: str
    provider_key: str
    quarter: str
    channel: str | None
    name: str
    timing: str
    customers_count: int | None
    offered_count: int | None
    respondents_count: int | None
    rating: str | None
    variant: int
    questions: tuple[PublishedQuestion, ...]
    findings: tuple[PublishedFinding, ...]
    file_sha256: str
    customers_reason: str | None = None
    offered_reason: str | None = None
    respondents_reason: str | None = None


@dataclass(frozen=True)
class MethodFact:
    """One method page as it stood when the release was made."""

    slug: str
    title: str
    markdown: str


@dataclass(frozen=True)
class FileFact:
    """One file of a release."""

    path: str
    sha256: str
    bytes: int
    media_type: str


@dataclass(frozen=True)
class Content:
    """The facts of a release, before or after freezing. Kinds with a default are not in older releases."""

    agencies: tuple[AgencyFact, ...]
    providers: tuple[ProviderFact, ...]
    services: tuple[ServiceFact, ...]
    websites: tuple[WebsiteFact, ...]
    surveys: tuple[PublishedSurvey, ...]
    scores: tuple[ScoreFact, ...]
    exclusions: tuple[ExclusionFact, ...]
    priority_areas: tuple[PriorityAreaFact, ...]
    life_experiences: tuple[LifeExperienceFact, ...]
    commitments: tuple[CommitmentFact, ...]
    funding: tuple[FundingFact, ...]
    updates: tuple[UpdateFact, ...]
    methods: tuple[MethodFact, ...]
    journeys: tuple[JourneyFact, ...] = ()
    rounds: tuple[PublicRoundFact, ...] = ()
    answerable: tuple[AnswerableFact, ...] = ()
    capacity_areas: tuple[CapacityAreaFact, ...] = ()
    action_plans: tuple[ActionPlanFact, ...] = ()
    bands: tuple[BandFact, ...] = ()
    noisy_groups: tuple[NoisyGroupsFact, ...] = ()


FACT_TYPES: dict[str, Any] = get_type_hints(Content)
LATER_KINDS = frozenset(field.name for field in fields(Content) if field.default is not MISSING)
"""Kinds of facts that releases made before there were any do not hold."""


@dataclass(frozen=True, kw_only=True)
class ReleaseData(Content):
    """One frozen release: its facts, its files, and where it stands in the chain of releases."""

    number: int
    created_at: datetime
    manifest_sha256: str
    content_sha256: str
    previous: int | None
    files: tuple[FileFact, ...]
    folder: Path
    why: str | None = None
    restores: int | None = None

    @cached_property
    def made_on(self) -> date:
        """Give the day on which it was made, in the zone of this government."""
        return day_of(self.created_at)

    @cached_property
    def files_by_path(self) -> Mapping[str, FileFact]:
        """Give what the manifest says of each file."""
        return {file.path: file for file in self.files}

    def read(self, path: str) -> bytes:
        """Read one file of the release.

        Raises:
            KeyError: if the release has no such file.
            ReleaseDamaged: if the file is missing or not what the manifest says.
        """
        return read_checked(self.folder, self.files_by_path[path])

    def signature(self) -> bytes | None:
        """Read the signature of the manifest; None where the release is not signed."""
        try:
            return (self.folder / SIGNATURE).read_bytes()
        except FileNotFoundError:
            return None


@dataclass(frozen=True)
class Manifest:
    """The list of a release's files, and the link to the release before it.

    `why` says in words what changed and why; null in releases made before it was asked for. `restores` is
    the number of the earlier release whose files these are again; null where they are of its own time.
    """

    number: int
    created_at: datetime
    previous: int | None
    previous_manifest_sha256: str | None
    content_sha256: str
    files: tuple[FileFact, ...]
    why: str | None = None
    restores: int | None = None


def sha256(body: bytes) -> str:
    """Give the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def content_hash(files: tuple[FileFact, ...]) -> str:
    """Hash the names and hashes of all files: two releases with equal content have the same."""
    return sha256("\n".join(f"{f.sha256}  {f.path}" for f in sorted(files, key=lambda f: f.path)).encode())


def to_json(value: object) -> bytes:
    """Write facts as JSON: fields in the order of the dataclass, so equal facts give equal bytes."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def read_checked(folder: Path, file: FileFact) -> bytes:
    """Read a file of a release folder and hold it against its hash.

    Raises:
        ReleaseDamaged: if the file is missing or changed.
    """
    if Path(file.path).is_absolute() or ".." in Path(file.path).parts:
        raise ReleaseDamaged(f"{file.path} would lie outside {folder.name}")
    try:
        body = (folder / file.path).read_bytes()
    except OSError as problem:
        raise ReleaseDamaged(f"{file.path} of {folder.name} cannot be read: {problem.strerror}") from problem
    if sha256(body) != file.sha256:
        raise ReleaseDamaged(f"{file.path} of {folder.name} is not what was released")
    return body


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """Read the manifest of a release folder; returns it with its hash.

    Raises:
        ReleaseDamaged: if there is none, or it cannot be understood.
    """
    try:
        body = (folder / MANIFEST).read_bytes()
    except OSError as problem:
        raise ReleaseDamaged(f"{folder} has no {MANIFEST} to read; name the folder of a release") from problem
    return understand_manifest(body, str(folder / MANIFEST)), sha256(body)


def understand_manifest(body: bytes, where: str) -> Manifest:
    """Read a manifest from its bytes.

    Raises:
        ReleaseDamaged: if they are no manifest; the message names `where`.
    """
    try:
        return msgspec.json.decode(body, type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise ReleaseDamaged(f"{where} cannot be read: {problem}") from problem


def read_release(folder: Path) -> ReleaseData:
    """Read a whole release from its folder.

    Raises:
        ReleaseDamaged: if the manifest or a file of facts is missing or changed.
    """
    manifest, manifest_sha256 = read_manifest(folder)
    known = {file.path: file for file in manifest.files}
    facts = {}
    for name, kind in FACT_TYPES.items():
        path = f"facts/{name}.json"
        if path not in known and name in LATER_KINDS:
            continue
        if path not in known:
            raise ReleaseDamaged(f"{folder.name} has no {path}")
        facts[name] = msgspec.json.decode(read_checked(folder, known[path]), type=kind)
    return ReleaseData(
        **facts,
        number=manifest.number,
        created_at=manifest.created_at,
        manifest_sha256=manifest_sha256,
        content_sha256=manifest.content_sha256,
        previous=manifest.previous,
        files=manifest.files,
        folder=folder,
        why=manifest.why,
        restores=manifest.restores,
    )


@lru_cache(maxsize=4)
def release_at(folder: Path, manifest_sha256: str) -> ReleaseData:
    """Give a release, read once and kept in memory.

    Raises:
        ReleaseDamaged: if the folder does not hold the release with that manifest hash.
    """
    release = read_release(folder)
    if release.manifest_sha256 != manifest_sha256:
        raise ReleaseDamaged(f"the manifest of {folder.name} is not the one that was released")
    return release


def fact_files(content: Content) -> dict[str, bytes]:
    """Write every kind of fact as one JSON file."""
    return {f"facts/{field.name}.json": to_json(getattr(content, field.name)) for field in fields(Content)}
