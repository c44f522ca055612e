"""Prepare to write journeys in any of their formats."""

from pathlib import Path

from hearback.collect.sheets.dumps import Dump, files_dump, sheets_dump
from hearback.collect.sheets.opening import JSON, XLSX
from hearback.directory.nested import record_of
from hearback.learn.dumping import dumped
from hearback.learn.models import Journey
from hearback.learn.records import JourneyRecord
from hearback.learn.sheets.book import BOOK
from hearback.learn.wanted import JOURNEYS


def dumped_as(kind: str, target: Path) -> Dump:
    """Prepare a dump of journeys as they are now.

    Raises:
        NotDumped: if the target does not fit the kind.
    """
    if kind == JSON:
        return files_dump(BOOK, target, [dumped()])
    return sheets_dump(BOOK, kind, target, records())


def records() -> dict[str, list[JourneyRecord]]:
    """Give all journeys, by the name of their data file."""
    return {JOURNEYS: [record_of(JourneyRecord, row) for row in Journey._default_manager.all()]}


def template(file: Path) -> Dump:
    """Prepare a workbook without rows.

    Raises:
        NotDumped: if the name is not that of a workbook.
    """
    return sheets_dump(BOOK, XLSX, file, {})
