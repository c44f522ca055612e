"""What changed from one release to another, row by row of the tables of open data, and what was corrected.

A correction is a figure that an earlier release showed already, for the same thing and the same quarter, and
that a later one shows otherwise, or does not show any more. What is new, and how a promise goes on, is none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.conf import settings

from hearback.publish.folders import keep
from hearback.publish.formats import TABLES
from hearback.publish.formats.meaning import KEYS
from hearback.publish.formats.tables import Cell, Row, Table
from hearback.publish.frozen import ReleaseData

NEAREST_TO_A_KEY: Mapping[str, tuple[str, ...]] = {
    "exclusions": ("survey", "scope", "reason", "question"),
    "findings": ("survey", "kind", "column"),
    "confirmations": ("quarter", "about", "record"),
    "study_files": ("study", "url"),
}
"""Columns that say which row of one release is which of another, in tables that have no key."""

FIGURES: Mapping[str, tuple[str, ...]] = {
    "scores": ("value", "low", "high", "n", "numerator", "denominator", "reason"),
    "surveys": ("customers_count", "offered_count", "respondents_count"),
    "answers": ("n1", "n2", "n3", "n4", "n5", "published_mean", "reason"),
}
"""Columns with figures of what people said: where one changes, it is a correction."""

NAMES = ("name", "title", "gist", "text")
METHOD, ANSWERS, HELD_BACK, SHOWN_NOW, GONE, OTHER = (
    "method", "answers", "held_back", "shown_now", "gone", "other",
)  # fmt: skip
FORMAT = 2  # of the files in the cache


@dataclass(frozen=True)
class Changed:
    """One row that both releases have: its key, its name, and per changed column before and after."""

    key: dict[str, Cell]
    name: str | None
    cells: dict[str, tuple[Cell, Cell]]


@dataclass(frozen=True)
class TableChanges:
    """What changed in one table. Rows added and removed are whole, as column → cell."""

    name: str
    added: tuple[dict[str, Cell], ...]
    removed: tuple[dict[str, Cell], ...]
    changed: tuple[Changed, ...]

    @property
    def count(self) -> int:
        """Say how many rows are not as they were."""
        return len(self.added) + len(self.removed) + len(self.changed)


@dataclass(frozen=True)
class Correction:
    """One figure that is not what an earlier release showed, and by which rule of thumb one can tell why.

    `cells` hold the figures before and after. `cause` is method (computed in another way), answers (those
    behind it changed), held_back, shown_now, gone (the row is not there any more) or other.
    """

    table: str
    key: dict[str, Cell]
    cells: dict[str, tuple[Cell, Cell]]
    cause: str


def compare(before: ReleaseData, after: ReleaseData) -> tuple[TableChanges, ...]:
    """Give what changed between two releases: every table in which anything did."""
    found = (_of_table(table, list(table.rows(before)), list(table.rows(after))) for table in TABLES)
    return tuple(one for one in found if one.count)


def kept_comparison(before: ReleaseData, after: ReleaseData) -> tuple[TableChanges, ...]:
    """Give what changed, computed once and kept in the folder `cache`, which may be deleted at any time."""
    name = f"{before.manifest_sha256[:20]}-{after.manifest_sha256[:20]}.json"
    kept = Path(settings.HOME) / "cache" / f"changes-{FORMAT}" / name
    try:
        return msgspec.json.decode(kept.read_bytes(), type=tuple[TableChanges, ...])
    except (OSError, msgspec.MsgspecError):
        found = compare(before, after)
        keep(kept, msgspec.json.encode(found))
        return found


def corrections(changes: Iterable[TableChanges]) -> tuple[Correction, ...]:
    """Pick what is a correction out of what changed."""
    found = []
    for table in changes:
        figures = FIGURES.get(table.name, ())
        for row in table.changed:
            cells = {name: row.cells[name] for name in figures if name in row.cells}
            if any(before is not None for before, _ in cells.values()):
                found.append(Correction(table.name, row.key, cells, _cause(row)))
        for gone in table.removed:
            cells = {name: (gone[name], None) for name in figures if gone[name] is not None}
            if cells:
                key = {name: gone[name] for name in _key_columns(table.name)}
                found.append(Correction(table.name, key, cells, GONE))
    return tuple(found)


def _cause(row: Changed) -> str:
    before, after = row.cells.get("reason", (None, None))
    if after is not None and before is None:
        return HELD_BACK
    if before is not None and after is None:
        return SHOWN_NOW
    if "method" in row.cells or "method_version" in row.cells:
        return METHOD
    return ANSWERS if "inputs_sha256" in row.cells or not row.key.get("measure") else OTHER


def _of_table(table: Table, before: list[Row], after: list[Row]) -> TableChanges:
    names = [column.name for column in table.columns]
    old, new = _by_key(table.name, names, before), _by_key(table.name, names, after)
    changed = []
    for key, row in new.items():
        was = old.get(key)
        if was is None or was == row:
            continue
        cells = {name: (one, other) for name, one, other in zip(names, was, row, strict=True) if one != other}
        whole = dict(zip(names, row, strict=True))
        named = {name: whole[name] for name in _key_columns(table.name)}
        changed.append(Changed(named, name_of(whole), cells))
    return TableChanges(
        table.name,
        added=tuple(dict(zip(names, row, strict=True)) for key, row in new.items() if key not in old),
        removed=tuple(dict(zip(names, row, strict=True)) for key, row in old.items() if key not in new),
        changed=tuple(changed),
    )


def name_of(row: Mapping[str, Cell]) -> str | None:
    """Give what a row is called: its name, title or gist, whichever it has first."""
    return next((str(row[column]) for column in NAMES if row.get(column)), None)


def _by_key(table: str, names: list[str], rows: list[Row]) -> dict[tuple[Cell, ...], Row]:
    """Put rows under their keys; of rows with the same key, each but the first under its place among them."""
    places = [names.index(name) for name in _key_columns(table)]
    found: dict[tuple[Cell, ...], Row] = {}
    for row in rows:
        key = tuple(row[place] for place in places)
        count = 1
        while (*key, count) in found:
            count += 1
        found[*key, count] = row
    return found


def _key_columns(table: str) -> tuple[str, ...]:
    return KEYS.get(table) or NEAREST_TO_A_KEY[table]
