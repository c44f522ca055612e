"""Where measure keeps its files, and another place for those of a trial."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

CELLS, SCORES, GAPS = "cells", "scores", "gaps"

_trial: ContextVar[Path | None] = ContextVar("trial", default=None)


def folder(name: str) -> Path:
    """Give the folder of one kind of files: in the home, or during a trial in that of the trial."""
    return (_trial.get() or Path(settings.HOME)) / name


@contextmanager
def trial() -> Iterator[None]:
    """Keep every file that is written, replaced or deleted meanwhile out of the home.

    What is in the home can be read as before: the folder of the trial begins with links to it. The folder is
    made where the system keeps temporary files, and is gone when the trial ends.
    """
    with TemporaryDirectory(prefix="hearback-trial-") as made:
        for name in (CELLS, SCORES, GAPS):
            _link(folder(name), Path(made) / name)
        token = _trial.set(Path(made))
        try:
            yield
        finally:
            _trial.reset(token)


def _link(held: Path, into: Path) -> None:
    into.mkdir()
    for file in held.glob("*"):
        if file.is_file():
            (into / file.name).symlink_to(file.resolve())
