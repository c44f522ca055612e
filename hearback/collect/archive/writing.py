"""Writing files so that an interruption leaves either the old one or the new one."""

import hashlib
import os
from pathlib import Path


def replace_file(path: Path, data: bytes | memoryview) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile.

    Only one program at a time may write a file; who calls holds a lock on the folder. A half that was left by
    an interruption is named `.NAME.half`, and overwritten.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.half")
    with half.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
    _keep_names(path.parent)


def sha256_of(path: Path) -> str:
    """Give the hash of a file's bytes."""
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _keep_names(folder: Path) -> None:
    """Have the disk keep the names in a folder, in the order in which they were given."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
