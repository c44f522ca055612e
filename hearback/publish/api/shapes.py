"""What comes out of the API to read open data."""

from datetime import datetime
from typing import Any

from ninja import Schema


class Release(Schema):
    """A release: frozen for good under its number."""

    number: int
    created_at: datetime
    manifest_sha256: str
    manifest: str
    zip: str


class Releases(Schema):
    """All releases, the newest first."""

    releases: list[Release]


class ColumnShape(Schema):
    """A column: what it holds, where it leads (`table.column`), and which column says why it is empty."""

    name: str
    type: str
    description: str
    leads_to: str | None
    why_empty: str | None
    codes: dict[str, str]


class TableSummary(Schema):
    """A table of the newest release, and the filters it can be asked by."""

    name: str
    title: str
    row_count: int
    filters: list[str]
    rows: str


class Tables(Schema):
    """All tables of the newest release."""

    release: int
    tables: list[TableSummary]


class TableShape(TableSummary):
    """A table with its columns; `key` names those that together name a row."""

    release: int
    key: list[str]
    columns: list[ColumnShape]


class Rows(Schema):
    """Rows in the order of the file. `next`, sent as `after`, gives more of the same release, or is null."""

    release: int
    table: str
    rows: list[dict[str, Any]]
    next: str | None
