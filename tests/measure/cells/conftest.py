"""What tests of cells share: an empty archive, an empty store, and DuckDB."""

import os
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from hearback.collect.archive import Archive
from hearback.measure.cells import CellStore, Engine, EngineNotThere, RolledUp, engine_named, roll_up
from hearback.measure.cells.engines.spark_engine import check_installed
from tests.measure.cells.processes import processes_marked


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """DuckDB, once for all tests."""
    started = engine_named("duckdb")
    yield started
    started.close()


@pytest.fixture
def here(tmp_path: Path) -> Archive:
    """An empty archive."""
    return Archive(tmp_path / "answers")


@pytest.fixture
def store(tmp_path: Path) -> CellStore:
    """An empty store of cells."""
    return CellStore(tmp_path / "cells")


@pytest.fixture
def count(here: Archive, store: CellStore, engine: Engine) -> Callable[[], list[RolledUp]]:
    """Bring the cells in line with the archive."""
    return lambda: roll_up(here, store, engine)


@pytest.fixture
def mark() -> Iterator[str]:
    """A mark for the environment of a program that starts Spark, and of all that it starts; ends them."""
    try:
        check_installed()
    except EngineNotThere as problem:
        pytest.skip(f"{problem}; tools/install_test_tools.sh installs Java")
    name = f"started-{uuid.uuid4()}"
    yield name
    for pid in processes_marked(name):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
