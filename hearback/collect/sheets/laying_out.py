"""From the records of the data files to tables, one for each sheet, row by row as the records stand."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hearback.collect.sheets.cells import Cell, as_cell
from hearback.collect.sheets.columns import KEY, Book, Sheet
from hearback.directory.files import Record

Tables = Mapping[str, list[list[Cell]]]
"""Rows without a header, by the name of the sheet."""


def laid_out(book: Book, records: Mapping[str, Sequence[Record]]) -> Tables:
    """Give the rows of every sheet, empty ones too.

    Args:
        records: of each data file, by its name.
    """
    tables: dict[str, list[list[Cell]]] = {name: [] for name in book.sheets}
    for sheet in book.sheets.values():
        if sheet.file is not None:
            for record in records.get(sheet.file, ()):
                _lay(book, tables, sheet, msgspec.to_builtins(record), {})
    return tables


def _lay(
    book: Book,
    tables: dict[str, list[list[Cell]]],
    sheet: Sheet,
    record: Mapping[str, Any],
    owner: Mapping[str, str],
) -> None:
    cells = {column.name: as_cell(record[column.name], column.looks) for column in sheet.columns}
    tables[sheet.name].append([owner.get(name, cells.get(name)) for name in sheet.header])
    for child, home in book.belonging_to(sheet):
        for inner in record[home.field]:
            _lay(book, tables, child, inner, {home.column: record[KEY]})
