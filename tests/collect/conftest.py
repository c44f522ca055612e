"""What tests of collect share: a home, a small directory, a way to import a file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from hearback.collect.actions import ImportReport, import_file
from hearback.collect.queries import intake_database
from hearback.collect.spool import Spool
from tests.collect.directory import build_directory
from tests.collect.files import Cells, write


@dataclass(frozen=True)
class Imported:
    """What an import reported, found and rejected."""

    report: ImportReport
    findings: list[dict[str, Any]]
    rejections: list[dict[str, Any]]

    def kinds(self) -> set[str]:
        """Name the kinds of findings."""
        return {str(finding["kind"]) for finding in self.findings}

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Give the findings of a kind."""
        return [finding for finding in self.findings if finding["kind"] == kind]


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A home folder of this test's own, and no response in PostgreSQL when it ends."""
    settings.HOME = tmp_path / "home"
    yield tmp_path / "home"
    if address := intake_database():
        with psycopg.connect(address, autocommit=True) as link:
            link.execute("DROP TABLE IF EXISTS intake_form, intake_response, intake_refused")


@pytest.fixture
def directory(db: None) -> None:
    """Two providers and two services, each linked to one, and a service that shares no link."""
    build_directory([("21", "2"), ("3", "5")], unlinked=[("21", "5")])


@pytest.fixture
def load(home: Path, directory: None, at: datetime) -> Callable[..., Imported]:
    """Import a file, by default as one command does."""

    def run(path: Path, **options: bool) -> Imported:
        with Spool() as spool:
            report = import_file(path, spool, by="tester", at=at, **options)
            return Imported(report, list(spool.findings()), list(spool.rejections()))

    return run


@pytest.fixture
def load_rows(load: Callable[..., Imported], tmp_path: Path) -> Callable[..., Imported]:
    """Write rows of a kind into a file and import it."""

    def run(kind: str, *rows: Cells, name: str = "file.csv", **options: bool) -> Imported:
        return load(write(tmp_path / name, kind, rows), **options)

    return run
