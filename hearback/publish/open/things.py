"""What a page shows, as data: the row of the thing, and every row of a release that is about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hearback.publish.formats import TABLES
from hearback.publish.formats.csv_format import to_csv
from hearback.publish.formats.json_format import to_json_table
from hearback.publish.formats.meaning import links_of
from hearback.publish.formats.tables import Row, Table
from hearback.publish.frozen import ReleaseData, to_json
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.open.grammar import KINDS, Kind
from hearback.publish.pages.catalogue import NotInRelease

BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}
MANY: Mapping[str, Mapping[str, str]] = {
    "services": {"providers": "providers"},
    "commitments": {"agencies": "agencies"},
    "projects": {"agencies": "agencies", "success_measures": "success_measures"},
    "funding": {"agency": "agencies"},
    "life_experiences": {"participants": "agencies"},
    "strategies": {"success_measures": "success_measures"},
    "updates": {"life_experiences": "life_experiences"},
    "journeys": {"about": "services"},
}
"""Table → column that holds keys of rows of another table, beside those that are links → that table."""

OF_SURVEYS = ("answers", "findings")
EVERYBODY = ("all",)
"""A cell that is about every thing of a kind."""


def rows_of(release: ReleaseData, table: Table) -> tuple[Row, ...]:
    """Give the rows of a table of a release, made once and kept."""
    kept = _kept_rows(release)
    found = kept.get(table.name)
    if found is None:
        found = kept[table.name] = tuple(table.rows(release))
    return found


@kept_for_each_release
def _kept_rows(release: ReleaseData) -> dict[str, tuple[Row, ...]]:
    """Give the place where rows of a release are kept by table, empty at first."""
    return {}


def place(table: Table, column: str) -> int | None:
    """Say where a column stands in a table; None where it has none of that name."""
    return next((i for i, one in enumerate(table.columns) if one.name == column), None)


def list_file(release: ReleaseData, kind: str, form: str) -> bytes:
    """Write all things of a kind as JSON or CSV: the rows of their table."""
    table = BY_NAME[KINDS[kind].table]
    rows = rows_of(release, table)
    return to_csv(table, rows) if form == "csv" else to_json_table(table, rows)


def thing_file(release: ReleaseData, kind: str, key: str, form: str) -> bytes:
    """Write one thing as JSON, with every row about it, or the rows of its main table as CSV.

    Raises:
        NotInRelease: if the release holds no such thing.
    """
    own = KINDS[kind]
    table = BY_NAME[own.table]
    rows = _holding(release, table, {key}, 0)
    if not rows:
        raise NotInRelease(key)
    if form == "csv":
        return to_csv(BY_NAME[own.main], about(release, own, key, BY_NAME[own.main]))
    found = {one.name: about(release, own, key, one) for one in TABLES}
    return to_json(
        {
            "kind": kind,
            "key": key,
            "release": release.number,
            "manifest_sha256": release.manifest_sha256,
            "dictionary": "/data/dictionary.json",
            "row": as_object(table, rows[0]),
            "tables": {
                name: [as_object(BY_NAME[name], row) for row in held] for name, held in found.items() if held
            },
        }
    )


def plan_file(release: ReleaseData, provider: str, year: int, form: str) -> bytes:
    """Write what a provider promised for a year as JSON, or its actions as CSV.

    Raises:
        NotInRelease: if the release holds no such plan.
    """
    found = [
        one.key for one in release.action_plans if (one.provider_key, one.fiscal_year) == (provider, year)
    ]
    if not found:
        raise NotInRelease(f"{provider}, {year}")
    return thing_file(release, "action-plans", found[0], form)


def as_object(table: Table, row: Row) -> dict[str, Any]:
    """Give a row with the names of its columns."""
    return {column.name: cell for column, cell in zip(table.columns, row, strict=True)}


def about(release: ReleaseData, own: Kind, key: str, table: Table) -> list[Row]:
    """Find the rows of a table that are about a thing: by what links them, or by level and subject."""
    if table.name == own.table:
        return _holding(release, table, {key}, 0) if own.table == own.main else []
    if table.name in OF_SURVEYS:
        surveys = {row[0] for row in about(release, own, key, BY_NAME["surveys"])}
        return _holding(release, table, surveys, 0)
    found = _holding(release, table, {key, EVERYBODY}, *_places(own, table))
    return found or _of_level(release, table, own, key)


def _holding(release: ReleaseData, table: Table, keys: Iterable[object], *places: int) -> list[Row]:
    """Find the rows that hold one of some keys in one of some columns, in the order of the table."""
    by_key = [_rows_by_key(release, table, place) for place in places]
    numbers = {number for held in by_key for key in keys for number in held.get(key, ())}
    rows = rows_of(release, table)
    return [rows[number] for number in sorted(numbers)]


def _rows_by_key(release: ReleaseData, table: Table, place: int) -> Mapping[object, list[int]]:
    """Give for each key in a column the numbers of the rows that hold it, alone or among others."""
    kept = _kept_keys(release)
    found = kept.get((table.name, place))
    if found is None:
        found = defaultdict(list)
        for number, row in enumerate(rows_of(release, table)):
            cell = row[place]
            for key in (cell, *cell) if isinstance(cell, tuple) else (cell,):
                found[key].append(number)
        kept[table.name, place] = found
    return found


@kept_for_each_release
def _kept_keys(release: ReleaseData) -> dict[tuple[str, int], dict[object, list[int]]]:
    """Give the place where the keys of columns are kept, empty at first."""
    return {}


def _places(own: Kind, table: Table) -> Iterator[int]:
    names = [link.column for link in links_of(table) if link.table == own.table]
    names += [column for column, target in MANY.get(table.name, {}).items() if target == own.table]
    for name in names:
        found = place(table, name)
        if found is not None:
            yield found


def _of_level(release: ReleaseData, table: Table, own: Kind, key: str) -> list[Row]:
    level, subject = place(table, "level"), place(table, "subject")
    if level is None or subject is None or own.level is None:
        return []
    return [row for row in _holding(release, table, {key}, subject) if row[level] == own.level]


def keys_of(release: ReleaseData, kind: str) -> list[str]:
    """List the keys of all things of a kind."""
    table = BY_NAME[KINDS[kind].table]
    return [str(row[0]) for row in rows_of(release, table)]
