"""Folders of releases, and files that are kept: each is whole or not there."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def write(folder: Path, bodies: Mapping[str, bytes]) -> None:
    """Write files beside a folder, flush them to disk, then give them its name.

    A folder in the way moves aside.
    """
    draft = folder.with_name(f".{folder.name.lstrip('.')}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    for path, body in bodies.items():
        _write_file(draft / path, body)
    move(draft, folder)


def add(folder: Path, name: str, body: bytes) -> None:
    """Put one more file into a folder."""
    _write_file(folder / name, body)


def move(folder: Path, to: Path) -> None:
    """Give a folder its name; what a run that broke off left there moves aside, and nothing is lost."""
    if to.exists():
        to.rename(to.with_name(f"{to.name}.abandoned-{os.urandom(4).hex()}"))
    folder.rename(to)


def keep(target: Path, body: bytes) -> None:
    """Put a file in its place; several may put the same at once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.urandom(4).hex()}.draft")
    try:
        draft.write_bytes(body)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write_file(target: Path, body: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
