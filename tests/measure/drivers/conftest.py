"""A home with the bundled directory, and a way to archive people in it."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.collect.queries import answer_archive
from hearback.directory.commands import load
from hearback.measure.cells import engine_named, roll_up
from hearback.measure.cells.engines import Engine
from hearback.measure.file_queries import cell_store
from tests.conftest import ROOT
from tests.measure.answers.people import Person, batch_of

Archived = Callable[..., None]


@pytest.fixture
def engine() -> Iterator[Engine]:
    """The engine that needs nothing else."""
    found = engine_named("duckdb")
    yield found
    found.close()


@pytest.fixture
def archive(db: None, at: datetime, tmp_path: Path, settings: Any, engine: Engine) -> Archived:
    """Give a function that archives people in the first quarter of FY2021 and counts them."""
    settings.HOME = tmp_path
    load(ROOT / "examples" / "federal", by="owner", at=at)

    def archive_more(people: Sequence[Person], source: str = "first", counted: bool = True) -> None:
        kept = answer_archive()
        book = kept.codes()
        kept.append(batch_of(people, book), book, source)
        if counted:
            roll_up(kept, cell_store(), engine)

    return archive_more
