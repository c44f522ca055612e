"""Sheets and their columns, found from the records of the data files and the tables they fill.

A field is a column. A list of records is a sheet of its own, whose rows name in a column what they belong to:
records with a table of their own under its name, small ones without a key under the names of their owner and
of the field, as `life_experience_facts`. So a new field or kind needs nothing here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import msgspec
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from msgspec import inspect

from hearback.collect.sheets.cells import Looks, Shape
from hearback.directory.files import Key, Record
from hearback.directory.nested import kind_of
from hearback.directory.rows import Wanted

KEY = "key"
LONGEST_NAME = 31
"""Of a sheet. Source: Microsoft, Excel specifications and limits."""


@dataclass(frozen=True)
class Column:
    """A column: how its cells look, and what they may hold.

    `is_needed` says that it must stand in the header, `may_be_empty` that a row may say nothing there, which
    means `empty`.
    """

    name: str
    looks: Looks
    type: Any
    is_needed: bool
    may_be_empty: bool
    empty: Any = None


@dataclass(frozen=True)
class Home:
    """What rows of a sheet belong to: named in `column`, a row of `sheet`, where they stand in `field`."""

    column: str
    sheet: str
    field: str


@dataclass(frozen=True)
class Sheet:
    """A sheet: one kind of record. `file` is the data file that lists it, if it belongs to nothing else.

    `model` is the table of its rows, where they have one.
    """

    name: str
    kind: str
    record: type[Record]
    columns: tuple[Column, ...]
    homes: tuple[Home, ...] = ()
    file: str | None = None
    model: type[Model] | None = None

    @property
    def has_key(self) -> bool:
        """Say whether rows have a key of their own; what is only called so, as that of a link, is none."""
        return any(
            column.name == KEY and column.looks.shape is Shape.CODE and column.is_needed
            for column in self.columns
        )

    @property
    def header(self) -> list[str]:
        """Name all columns: the key, what a row belongs to, then everything else."""
        names = [column.name for column in self.columns]
        at = 1 if self.has_key else 0
        return [*names[:at], *(home.column for home in self.homes), *names[at:]]


@dataclass(frozen=True)
class _Found:
    """A kind of record on the way through the files, with its table where it has one."""

    record: type[Record]
    model: type[Model] | None
    name: str
    kind: str


@dataclass(frozen=True)
class Root:
    """A data file that lists records: what makes rows of one, and the place by which it names them.

    Attributes:
        place: a class with `row` and `problem`, made with a file and a record.
        rows: gives the rows that a record wants, from its place, itself and its number from 1.
    """

    file: str
    record: type[Record]
    model: type[Model]
    place: type[Any]
    rows: Callable[..., Iterator[Wanted]]


@dataclass(frozen=True, eq=False)
class Book:
    """The data files that go into one workbook, and what their stage knows of its columns.

    Attributes:
        check_cell: checks a value by the kind of its row and its column; raises CellNotGood.
        holds: what a cell of a column holds, where its name alone says it, as with dates.
        words: what a column says, by its name, or by sheet and column as `goals.number`.
    """

    roots: tuple[Root, ...]
    check_cell: Callable[[str, str, Any], None]
    holds: Mapping[str, str]
    words: Mapping[str, str]

    @cached_property
    def sheets(self) -> dict[str, Sheet]:
        """Give every sheet by its name, owners before what belongs to them.

        Raises:
            TypeError: if two kinds would share a sheet, or records cannot be rows.
        """
        found: dict[str, Sheet] = {}
        for root in self.roots:
            _add(found, _tabled(root.record, root.model), None, root.file)
        return found

    def belonging_to(self, sheet: Sheet) -> list[tuple[Sheet, Home]]:
        """Give the sheets whose rows may belong to a row of this one, and how they do."""
        return [
            (child, home)
            for child in self.sheets.values()
            for home in child.homes
            if home.sheet == sheet.name
        ]


def _add(found: dict[str, Sheet], one: _Found, home: Home | None, file: str | None) -> None:
    homes = () if home is None else (home,)
    there = found.get(one.name)
    if there is not None:
        if there.record is not one.record or there.file != file:
            raise TypeError(f"two kinds of record would share the sheet {one.name}")
        found[one.name] = replace(there, homes=there.homes + homes)
        return
    if len(one.name) > LONGEST_NAME:
        raise TypeError(f"a workbook cannot have a sheet of so long a name: {one.name}")
    found[one.name] = Sheet(one.name, one.kind, one.record, _columns(one.record), homes, file, one.model)
    for field, inner in fields_with_records(one.record).items():
        if not found[one.name].has_key:
            raise TypeError(f"{one.record.__name__} has no key, so nothing can belong to it")
        child, column = _child(one, field, inner)
        _add(found, child, Home(column, one.name, field), None)


def _tabled(record: type[Record], model: type[Model]) -> _Found:
    return _Found(record, model, str(model._meta.verbose_name_plural).replace(" ", "_"), kind_of(model))


def _child(owner: _Found, field: str, record: type[Record]) -> tuple[_Found, str]:
    """Give the kind of record that stands in a field, and the column that names its owner."""
    try:
        link: Any = owner.model._meta.get_field(field) if owner.model else None
    except FieldDoesNotExist:
        link = None
    if link is not None and link.one_to_many:
        return _tabled(record, link.related_model), link.field.name
    name = f"{owner.kind}_{field}"
    return _Found(record, None, name, name), owner.kind


def fields_with_records(record: type[Record]) -> dict[str, type[Record]]:
    """Name the fields of a record that hold lists of records, and what records."""
    found = {}
    for field in _fields(record):
        kind = _without_null(field.type)[0]
        item = _bare(kind.item_type) if isinstance(kind, inspect.ListType) else None
        if isinstance(item, inspect.StructType) and issubclass(item.cls, Record):
            found[field.name] = item.cls
    return found


def _columns(record: type[Record]) -> tuple[Column, ...]:
    """Give the key first, then what the record says itself, then what all records say."""
    shared = set(getattr(record.__mro__[1], "__struct_fields__", ()))
    types = {field.name: field.type for field in msgspec.structs.fields(record)}
    fields = sorted(_fields(record), key=lambda field: (field.name != KEY, field.name in shared))
    inner = fields_with_records(record)
    return tuple(_column(record, field, types[field.name]) for field in fields if field.name not in inner)


def _column(record: type[Record], field: inspect.Field, kind: Any) -> Column:
    bare, is_nullable = _without_null(field.type)
    looks = _looks(bare)
    if looks.shape is Shape.CHOICE and field.name in record.choices:
        looks = Looks(Shape.CHOICE, tuple(record.choices[field.name]))  # in the order in which they are told
    made = field.default_factory
    empty = None if field.required else field.default if made is msgspec.NODEFAULT else made()
    return Column(field.name, looks, kind, field.required, is_nullable or not field.required, empty)


def _looks(kind: inspect.Type) -> Looks:
    match kind:
        case inspect.BoolType():
            return Looks(Shape.YES_NO, ("yes", "no"))
        case inspect.IntType():
            return Looks(Shape.NUMBER)
        case inspect.FloatType():
            return Looks(Shape.DECIMAL)
        case inspect.LiteralType(values):
            return Looks(Shape.CHOICE, tuple(map(str, values)))
        case inspect.StrType(pattern=pattern) if pattern == _key_pattern():
            return Looks(Shape.CODE)
        case inspect.StrType() | inspect.DateType() | inspect.DateTimeType():
            return Looks(Shape.TEXT)
        case inspect.ListType(item):
            return _looks_of_list(_bare(item))
    return Looks(Shape.OTHER)


def _looks_of_list(item: inspect.Type) -> Looks:
    if isinstance(item, inspect.StrType):
        return Looks(Shape.CODES if item.pattern == _key_pattern() else Shape.TEXTS)
    return Looks(Shape.CODES) if isinstance(item, inspect.LiteralType) else Looks(Shape.OTHER)


@cache
def _key_pattern() -> str | None:
    kind = _bare(inspect.type_info(Key))
    return kind.pattern if isinstance(kind, inspect.StrType) else None


def _fields(record: type[Record]) -> Iterator[inspect.Field]:
    info = inspect.type_info(record)
    if isinstance(info, inspect.StructType):
        yield from info.fields


def _bare(kind: inspect.Type) -> inspect.Type:
    return kind.type if isinstance(kind, inspect.Metadata) else kind


def _without_null(kind: inspect.Type) -> tuple[inspect.Type, bool]:
    """Give what a field may hold beside null, and whether it may be null."""
    bare = _bare(kind)
    if not isinstance(bare, inspect.UnionType):
        return bare, False
    rest = [one for one in bare.types if not isinstance(one, inspect.NoneType)]
    is_nullable = len(rest) < len(bare.types)
    return (_bare(rest[0]) if len(rest) == 1 else inspect.AnyType()), is_nullable
