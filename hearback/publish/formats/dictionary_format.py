"""The data dictionary: every table and column, for programs; people read the same on a page."""

from collections.abc import Sequence
from typing import Any

from hearback.publish.formats.meaning import KEYS, codes_of, kind_of, links_of, why_of
from hearback.publish.formats.tables import Column, Table
from hearback.publish.frozen import to_json

PATH = "data/dictionary.json"


def to_dictionary(tables: Sequence[Table]) -> bytes:
    """Write what each column of each table holds."""
    return to_json({"tables": [described(table) for table in tables]})


def described(table: Table) -> dict[str, Any]:
    """Describe a table: its key, and of each column the type, the codes and where it leads."""
    leads = {one.column: f"{one.table}.{one.key}" for one in links_of(table)}
    return {
        "name": table.name,
        "title": table.title,
        "key": list(KEYS.get(table.name, ())),
        "columns": [_column(table, column, leads.get(column.name)) for column in table.columns],
    }


def _column(table: Table, column: Column, leads_to: str | None) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": kind_of(table, column),
        "description": column.description,
        "leads_to": leads_to,
        "why_empty": why_of(table, column),
        "codes": dict(codes_of(table, column)),
    }
