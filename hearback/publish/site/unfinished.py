"""A folder while a site is written into it: by one run at a time, and by the next if that one broke off."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

JOURNAL = ".site.unfinished"
"""Names every file that a run begins to write; not there once it is done."""


class InUse(Exception):
    """Another run writes into the folder now."""


class Journal:
    """What was begun in a folder. Processes that were forked may write to it too."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def begin(self, paths: Iterable[str]) -> None:
        """Note files before they are written."""
        os.write(self.descriptor, json.dumps(sorted(paths)).encode() + b"\n")

    def begun(self) -> set[str]:
        """Give the files that this run or one that broke off began to write."""
        found = set[str]()
        size = os.fstat(self.descriptor).st_size
        for line in os.pread(self.descriptor, size, 0).splitlines():
            with suppress(ValueError):  # a line cut short: no file of it was begun
                found.update(map(str, json.loads(line)))
        return found


@contextmanager
def journal_of(folder: Path) -> Iterator[Journal]:
    """Hold a folder for one run, which takes its journal away at the end; a run that fails leaves it.

    Raises:
        InUse: if another run holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / JOURNAL
    descriptor = _opened(path)
    try:
        yield Journal(descriptor)
        path.unlink(missing_ok=True)
    finally:
        os.close(descriptor)


def was_begun(folder: Path) -> bool:
    """Say whether a run is at a folder, or broke off there."""
    return (folder / JOURNAL).is_file()


def clear_drafts(folder: Path, paths: Iterable[str]) -> None:
    """Take away what a run that broke off had not finished of some files."""
    for path in paths:
        target = folder / path
        for draft in target.parent.glob(f".{escape(target.name)}.*.draft"):
            draft.unlink(missing_ok=True)


def _opened(path: Path) -> int:
    """Open the journal for this process alone: the lock goes with the process, however that ends."""
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as problem:  # which of the two depends on the system
            os.close(descriptor)
            raise InUse from problem
        except OSError:
            return descriptor  # a file system that cannot lock
        with suppress(FileNotFoundError):
            if os.path.samestat(os.stat(path), os.fstat(descriptor)):
                return descriptor
        os.close(descriptor)  # a run just ended and took it away
