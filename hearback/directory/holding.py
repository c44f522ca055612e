"""What the database holds of records in files: it stands in for what the files leave out.

A field that is not in a file says nothing, so what is held stays; one that is there and empty is emptied. It
is filled in before anything is checked, so that the checks see a record as it will be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import msgspec
from django.db.models import Model

from hearback.directory.files import Record
from hearback.directory.nested import ReadRecord, kind_of, records_within, value_of
from hearback.directory.rows import Wanted

R = TypeVar("R", bound=ReadRecord)
Named = tuple[str, str]
"""A kind of row and a key."""


@dataclass(frozen=True)
class _Link:
    """How rows of a table belong to others: by which of its columns."""

    model: type[Model]
    column: str


class Held:
    """The rows of the database, each table read once, and what the files name of them."""

    def __init__(self) -> None:
        self.named: set[Named] = set()
        self._rows: dict[type[Model], dict[str, Any]] = {}
        self._grouped: dict[_Link, dict[int, list[Any]]] = {}
        self._places: dict[Named, int] = {}

    def row(self, model: type[Model], key: str) -> Any:
        """Give the row of a key; None where there is none."""
        return self._table(model).get(key)

    def note(self, record: ReadRecord, model: type[Model]) -> None:
        """Note that the files are about a record, and all records within it; no other row is changed."""
        self.named.add((kind_of(model), record.key))
        for name in records_within(type(record)):
            for one in getattr(record, name):
                self.note(one, _link(model, name).model)

    def filled(self, record: R, raw: Mapping[str, Any], model: type[Model]) -> R:
        """Fill in what is held of a record, and of the records within it, and not in the file.

        Args:
            raw: the record as it stands in the file: what is not in it, is left out.
            model: the table of such records.
        """
        row = self.row(model, record.key)
        more = {} if row is None else {**_left_out(record, raw, row), **_small_lists(record, raw, row)}
        for name, inner in records_within(type(record)).items():
            link = _link(model, name)
            mine = [
                self.filled(one, its, link.model)
                for one, its in zip(getattr(record, name), raw.get(name, ()), strict=True)
            ]
            there = [] if row is None else self._belonging(link, row)
            others = self.place(link.model, [one.key for one in mine], there)
            if name in record.checked_whole:
                mine += [_record(inner, other) for other in others]
            more[name] = mine
        return msgspec.structs.replace(record, **more)

    def place(self, model: type[Model], keys: Sequence[str], there: Iterable[Any] | None = None) -> list[Any]:
        """Say where records stand in their list, and give the rows of that list which the files do not name.

        They stand as in the file, or, where the database has more in that list, where they stood; what is new
        in it stands last then.

        Args:
            there: the rows of the list; left out, the whole table.
        """
        rows = {row.key: row for row in (self._table(model).values() if there is None else there)}
        others = [row for key, row in rows.items() if (kind_of(model), key) not in self.named]
        if others and hasattr(others[0], "position"):
            last = max(row.position for row in rows.values())
            for key in keys:
                last += key not in rows
                self._places[kind_of(model), key] = rows[key].position if key in rows else last
        return others

    def wanted(self, rows: Iterable[Wanted]) -> Iterator[Wanted]:
        """Give of the rows that records want those which the files name, each at its place."""
        for one in rows:
            if (one.kind, one.key) in self.named:
                place = self._places.get((one.kind, one.key))
                yield one if place is None else replace(one, values={**one.values, "position": place})

    def _table(self, model: type[Model]) -> dict[str, Any]:
        if model not in self._rows:
            links = [field.name for field in model._meta.concrete_fields if field.is_relation]
            found: Iterable[Any] = model._default_manager.select_related(*links)
            self._rows[model] = {row.key: row for row in found}
        return self._rows[model]

    def _belonging(self, link: "_Link", row: Model) -> list[Any]:
        if link not in self._grouped:
            self._grouped[link] = defaultdict(list)
            for one in self._table(link.model).values():
                self._grouped[link][getattr(one, link.column)].append(one)
        return self._grouped[link][row.pk]


def _link(model: type[Model], name: str) -> _Link:
    field: Any = model._meta.get_field(name)
    return _Link(field.related_model, field.field.attname)


def _left_out(record: ReadRecord, raw: Mapping[str, Any], row: Model) -> dict[str, Any]:
    kind = type(record)
    names = set(kind.__struct_fields__) - raw.keys() - records_within(kind).keys()
    for field, others in kind.goes_with.items():
        if field in raw and raw[field] != value_of(row, field):
            names -= set(others)
    return _fields(kind, row, names)


def _small_lists(record: ReadRecord, raw: Mapping[str, Any], row: Model) -> dict[str, Any]:
    """Fill in what the records without a key leave out, each from one that is held and says the same."""
    found = {}
    for name in raw.keys() - records_within(type(record)).keys():
        mine = getattr(record, name)
        if isinstance(mine, list) and mine and isinstance(mine[0], Record):
            held = value_of(row, name)
            found[name] = [_completed(one, its, held) for one, its in zip(mine, raw[name], strict=True)]
    return found


def _completed(record: Record, raw: Mapping[str, Any], held: Sequence[Mapping[str, Any]]) -> Record:
    same = (one for one in held if all(one.get(name) == value for name, value in raw.items()))
    was = next(same, {})
    types = {field.name: field.type for field in msgspec.structs.fields(type(record))}
    left_out = types.keys() & was.keys() - raw.keys()
    return msgspec.structs.replace(record, **{name: _field(types[name], was[name]) for name in left_out})


def _record(kind: type[R], row: Model) -> R:
    """Make the record of a row as it is held, without what belongs to it."""
    return kind(**_fields(kind, row, set(kind.__struct_fields__) - records_within(kind).keys()))


def _fields(kind: type[ReadRecord], row: Model, names: Set[str]) -> dict[str, Any]:
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    return {name: _field(types[name], value_of(row, name)) for name in names}


def _field(kind: Any, value: Any) -> Any:
    """Make records of a list of records; any other value is taken as it is held, good or not."""
    return msgspec.convert(value, kind) if isinstance(value, list) else value
