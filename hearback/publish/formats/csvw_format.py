"""Metadata of the CSV files as CSV on the Web: one file beside each table, one for all with their links.

Source: https://www.w3.org/TR/tabular-metadata/. Links between tables can stand only where all tables do, so
the files of one table have none.
"""

from collections.abc import Sequence
from typing import Any

from hearback.publish.formats.datapackage_format import TITLE, license_of_data
from hearback.publish.formats.meaning import KEYS, LIST, NUMBER, STRING, kind_of, links_of
from hearback.publish.formats.tables import Column, Table
from hearback.publish.frozen import to_json

GROUP = "data/csv-metadata.json"
CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
DIALECT = {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True}


def to_csvw(table: Table) -> bytes:
    """Describe one CSV file, for a reader that finds it by the name of the file."""
    return to_json(
        {"@context": CONTEXT, **_table(table), "dialect": DIALECT, "dc:license": {"@id": _license()}}
    )


def to_csvw_group(tables: Sequence[Table]) -> bytes:
    """Describe all CSV files with what links them."""
    return to_json(
        {
            "@context": CONTEXT,
            "dc:title": TITLE,
            "dc:license": {"@id": _license()},
            "dialect": DIALECT,
            "tables": [_table(table, linked=True) for table in tables],
        }
    )


def _license() -> str:
    return license_of_data()["path"]


def _table(table: Table, *, linked: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_column(table, column) for column in table.columns]}
    if table.name in KEYS:
        schema["primaryKey"] = list(KEYS[table.name])
    links = [
        {
            "columnReference": one.column,
            "reference": {"resource": f"{one.table}.csv", "columnReference": one.key},
        }
        for one in links_of(table)
    ]
    if linked and links:
        schema["foreignKeys"] = links
    return {"url": f"{table.name}.csv", "dc:title": table.title, "tableSchema": schema}


def _column(table: Table, column: Column) -> dict[str, Any]:
    kind = kind_of(table, column)
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": {LIST: STRING, NUMBER: "double"}.get(kind, kind),
        "null": "",
    }
    if kind == LIST:
        described["separator"] = "; "
    if column.name in KEYS.get(table.name, ()):
        described["required"] = True
    return described
