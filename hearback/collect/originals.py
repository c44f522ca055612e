"""Copies of what is imported: one that an import reads, and one that is kept for good."""

import hashlib
import os
from pathlib import Path

from django.conf import settings

COPY = 1_048_576


def copied(path: Path, folder: Path) -> tuple[Path, str]:
    """Copy a file, so that both passes and the archive see the same bytes; give the copy and its hash."""
    copy, seen = folder / "original.csv", hashlib.sha256()
    with path.open("rb") as source, copy.open("wb") as target:
        while block := source.read(COPY):
            seen.update(block)
            target.write(block)
    return copy, seen.hexdigest()


def keep_original(copy: Path, sha256: str) -> None:
    """Keep an original under its hash. It is put in place whole: another program never sees half of it."""
    folder = Path(settings.HOME) / "archive"
    place = folder / f"{sha256}{copy.suffix}"
    if place.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    coming = folder / f".{sha256}.{os.getpid()}.part"
    with copy.open("rb") as source, coming.open("wb") as target:
        while block := source.read(COPY):
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    coming.replace(place)
