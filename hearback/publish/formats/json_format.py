"""Open data as JSON: the table's name, its columns with their meaning, and one object per row."""

from collections.abc import Iterable

from hearback.publish.formats.tables import Row, Table
from hearback.publish.frozen import to_json


def to_json_table(table: Table, rows: Iterable[Row]) -> bytes:
    """Write a table as JSON. Null stays null; suppressed values are null beside their reason."""
    names = [column.name for column in table.columns]
    return to_json(
        {
            "table": table.name,
            "title": table.title,
            "columns": [{"name": c.name, "description": c.description} for c in table.columns],
            "rows": [dict(zip(names, row, strict=True)) for row in rows],
        }
    )
