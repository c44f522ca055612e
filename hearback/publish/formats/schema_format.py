"""JSON Schema of the JSON files of open data, one definition for each table.

Source: https://json-schema.org/draft/2020-12. Columns are added, so rows may hold more than is named here.
"""

from collections.abc import Sequence
from typing import Any

from hearback.publish.formats.meaning import KEYS, LIST, QUARTER, codes_of, kind_of
from hearback.publish.formats.tables import Column, Table
from hearback.publish.frozen import to_json

PATH = "data/schema.json"


def to_schema(tables: Sequence[Table]) -> bytes:
    """Describe the JSON file of every table."""
    return to_json(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A table of open data",
            "oneOf": [{"$ref": f"#/$defs/{table.name}"} for table in tables],
            "$defs": {table.name: _file(table) for table in tables},
        }
    )


def row_schema(table: Table) -> dict[str, Any]:
    """Describe one row of a table."""
    return {
        "type": "object",
        "properties": {column.name: _cell(table, column) for column in table.columns},
        "required": [column.name for column in table.columns],
    }


def _file(table: Table) -> dict[str, Any]:
    column = {"type": "object", "required": ["name", "description"]}
    return {
        "type": "object",
        "properties": {
            "table": {"const": table.name},
            "title": {"type": "string"},
            "columns": {"type": "array", "items": column},
            "rows": {"type": "array", "items": row_schema(table)},
        },
        "required": ["table", "title", "columns", "rows"],
    }


def _cell(table: Table, column: Column) -> dict[str, Any]:
    kind, may_be_null = kind_of(table, column), column.name not in KEYS.get(table.name, ())
    described: dict[str, Any] = {"type": [kind, "null"] if may_be_null else kind}
    if kind == LIST:  # one agency alone stands as it is in `funding`
        described = {"type": ["array", "string", "null"], "items": {"type": "string"}}
    if column.name == "quarter":
        described["pattern"] = QUARTER
    codes = codes_of(table, column)
    if codes:
        described["enum"] = [*codes, None]
    return described | {"description": column.description}
