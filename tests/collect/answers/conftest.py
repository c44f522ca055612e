"""What tests of answers share: a way to import a file, and to look into the archive."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from hearback.collect import queries
from hearback.collect.actions.answering import AnswersReport, HowToRead, import_answers
from hearback.collect.answers.layout import ReadFile
from hearback.collect.spool import Spool
from tests.collect.answers.small import layout, row, write


@dataclass(frozen=True)
class Answered:
    """What an import of answers reported, found and rejected."""

    report: AnswersReport
    findings: list[dict[str, Any]]
    rejections: list[dict[str, Any]]

    @property
    def why(self) -> str:
        """Give the message of the only rejection."""
        (only,) = self.rejections
        return str(only["message"])


@pytest.fixture
def answers(home: Path, directory: None, at: datetime) -> Callable[..., Answered]:
    """Import a file of answers."""

    def run(path: Path, by_layout: ReadFile, *, dry_run: bool = False, **options: Any) -> Answered:
        with Spool() as spool:
            how = HowToRead(by_layout, **options)
            report = import_answers(path, how, spool, by="tester", at=at, dry_run=dry_run)
            return Answered(report, list(spool.findings()), list(spool.rejections()))

    return run


@pytest.fixture
def answer_rows(answers: Callable[..., Answered], tmp_path: Path) -> Callable[..., Answered]:
    """Write rows into a file and import it, by default one good row by the small layout."""

    def run(*rows: Any, by: ReadFile | None = None, **options: Any) -> Answered:
        return answers(write(tmp_path / "answers.csv", *(rows or [row()])), by or layout(), **options)

    return run


def archived() -> list[dict[str, Any]]:
    """Give every archived response with its words in place of codes, in the order of their numbers."""
    archive = queries.answer_archive()
    book = archive.codes()
    found = []
    for quarter in archive.quarters():
        for file in archive.files(quarter):
            for one in pq.read_table(archive.path(quarter, file)).to_pylist():
                form, channel, language = book.contexts[one.pop("context")]
                words = {"quarter": quarter, "survey": book.forms[form].survey, "channel": channel}
                for name, levels in book.groups.items():
                    code = one.pop(f"g_{name}", 0)
                    words[name] = levels[code - 1] if code else "unknown"
                found.append({**one, **words, "language": language})
    return sorted(found, key=lambda one: int(one["number"]))
