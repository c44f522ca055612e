"""Open data as CSV: UTF-8, one header row, empty cell for null, formulas made harmless."""

import csv
import io
from collections.abc import Iterable

from hearback.publish.formats.tables import Cell, Row, Table
from hearback.ui.spreadsheet import safe_cell


def to_csv(table: Table, rows: Iterable[Row]) -> bytes:
    """Write a table as CSV. Lists are joined by '; ', shares keep full precision."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def _cell(value: Cell) -> str | int | float:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return value
        case float():
            return repr(value)
        case str():
            return safe_cell(value)
        case _:
            return safe_cell("; ".join(value))
