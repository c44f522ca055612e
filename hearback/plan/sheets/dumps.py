"""Prepare to write the plan in any of its formats."""

from pathlib import Path

from hearback.collect.sheets.dumps import Dump, files_dump, sheets_dump
from hearback.collect.sheets.opening import JSON, XLSX
from hearback.directory.nested import record_of
from hearback.learn.dumping import dumped as dumped_journeys
from hearback.learn.sheets.dumps import records as journeys
from hearback.plan.dumping import FILES, dumped
from hearback.plan.sheets.book import BOOK


def dumped_as(kind: str, target: Path) -> Dump:
    """Prepare a dump of the plan as it is now.

    Raises:
        NotDumped: if the target does not fit the kind.
    """
    if kind == JSON:
        return files_dump(BOOK, target, (*dumped(), dumped_journeys()))
    records = {
        file: [record_of(record, row) for row in model._default_manager.all()]
        for file, (record, model) in FILES.items()
    }
    return sheets_dump(BOOK, kind, target, {**records, **journeys()})


def template(file: Path) -> Dump:
    """Prepare a workbook without rows.

    Raises:
        NotDumped: if the name is not that of a workbook.
    """
    return sheets_dump(BOOK, XLSX, file, {})
