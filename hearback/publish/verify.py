"""Checking a release against its manifest, without a database."""

from dataclasses import dataclass
from pathlib import Path

from hearback.publish.frozen import MANIFEST, ReleaseDamaged, content_hash, read_checked, read_manifest


@dataclass(frozen=True)
class Verdict:
    """What a check of a release folder found; no problems means every byte is what was released."""

    number: int
    manifest_sha256: str
    files_checked: int
    problems: tuple[str, ...]


def verify_release(folder: Path) -> Verdict:
    """Hold every file of a release folder against its manifest, and look for files it does not name.

    The folder of the release before it is checked for the link of the chain where it lies beside this one.

    Raises:
        ReleaseDamaged: if there is no manifest that can be read.
    """
    manifest, manifest_sha256 = read_manifest(folder)
    problems = []
    for file in manifest.files:
        try:
            read_checked(folder, file)
        except ReleaseDamaged as problem:
            problems.append(str(problem))
    if content_hash(manifest.files) != manifest.content_sha256:
        problems.append("the content hash of the manifest does not fit its list of files")
    named = {file.path for file in manifest.files} | {MANIFEST}
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    problems += [f"{path} is not in the manifest" for path in sorted(found - named)]
    problems += _chain_problems(folder, manifest.previous, manifest.previous_manifest_sha256)
    return Verdict(manifest.number, manifest_sha256, len(manifest.files), tuple(problems))


def _chain_problems(folder: Path, previous: int | None, expected: str | None) -> list[str]:
    if previous is None:
        return []
    before = folder.with_name(f"{previous:04d}")
    if not before.is_dir():
        return []
    _, found = read_manifest(before)
    return [] if found == expected else [f"release {previous} is not the one this release follows"]
