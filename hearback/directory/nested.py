"""Records that hold records: from what a file holds to the rows it wants, and back.

A list of records with keys is rows of their own; a list without keys is a value.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Annotated, Any, ClassVar, TypeVar

import msgspec
from django.db.models import Manager, Model
from msgspec import Meta

from hearback.directory.decoding import first_problem, in_words
from hearback.directory.files import WORDS, FileNotGood, Key, Record, Words, problem_in
from hearback.directory.rows import Wanted


class ReadRecord(Record, frozen=True, kw_only=True):
    """Anything that was read somewhere, under a key of its own.

    `checked_whole` names lists within it that are checked with what the database holds of them beside;
    `goes_with` names for a field what is said of its value alone, and is not known of another.
    """

    checked_whole: ClassVar[Sequence[str]] = ()
    goes_with: ClassVar[Mapping[str, Sequence[str]]] = {}

    key: Key
    source: Words | None = None
    confidence: Annotated[str, Meta(pattern=WORDS, max_length=20)] | None = None


R = TypeVar("R", bound=ReadRecord)


class Place:
    """A record of a file: makes the rows that it wants.

    `named` holds the rows that the files are about, by kind and key; others are here for those only.
    """

    named: Set[tuple[str, str]] = frozenset()

    def __init__(self, file: str, record: str) -> None:
        self.file, self.record = file, record

    def row(
        self,
        kind: str,
        record: ReadRecord,
        *,
        links: Mapping[str, str | None] | None = None,
        many: Sequence[str] = (),
        **more: Any,
    ) -> Wanted:
        """Give the row of a record: lists of records are rows of their own, the rest are its values."""
        left_out = {*(links or {}), *many, *records_within(type(record))}
        values = {
            name: msgspec.to_builtins(getattr(record, name))
            for name in record.__struct_fields__
            if name not in left_out
        }
        if (kind, record.key) in self.named:
            self.check(kind, record, values)
        named = {name: getattr(record, name) for name in many}
        return Wanted(kind, record.key, self.file, self.record, values | more, links or {}, named)

    def check(self, kind: str, record: ReadRecord, values: Mapping[str, Any]) -> None:
        """Check the values of a row; what is checked is up to the stage."""

    def field(self, kind: str, record: ReadRecord, name: str) -> str:
        """Name a field of this record, or of a record within it, for a message."""
        return name if self.record.endswith(f"({record.key})") else f"{kind} {record.key}.{name}"

    def problem(self, field: str, what: str, remedy: str) -> FileNotGood:
        """Say what is wrong with this record."""
        return problem_in(self.file, self.record, field, what, remedy)


def records_within(kind: type[ReadRecord]) -> dict[str, type[ReadRecord]]:
    """Name the fields of a record that hold lists of records with keys, and what records."""
    return {
        field.name: inner
        for field in msgspec.structs.fields(kind)
        for inner in getattr(field.type, "__args__", ())
        if isinstance(inner, type) and issubclass(inner, ReadRecord)
    }


def kind_of(model: type[Model]) -> str:
    """Name the kind of the rows of a table."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).lower()


def check_rows_once(rows: Sequence[Wanted]) -> None:
    """Check that no key stands for two things of a kind, wherever in the files they are.

    Raises:
        FileNotGood: naming both records.
    """
    seen: dict[tuple[str, str], Wanted] = {}
    for row in rows:
        first = seen.setdefault((row.kind, row.key), row)
        if first is not row:
            raise problem_in(
                row.file, row.record, f"{row.kind} key",
                f"'{row.key}' stands in {first.file}, {first.record} too",
                "keep one of them or give the other its own",
            )  # fmt: skip


def as_file(records: Sequence[Record]) -> bytes:
    """Write records as a data file. What is not known is null."""
    return msgspec.json.format(msgspec.json.encode(records), indent=1) + b"\n"


def records_in(kind: type[R], model: type[Model]) -> list[R]:
    """Make the records of all rows of a table. Reading a file of them again changes nothing."""
    return [record_of(kind, row) for row in model._default_manager.all()]


def record_of(kind: type[R], row: Model) -> R:
    """Make the record of a row, with the records of all rows that belong to it.

    Raises:
        FileNotGood: if it holds what a file may not, as it was kept before that was so.
    """
    within = records_within(kind)
    held = {name: value_of(row, name, within.get(name)) for name in kind.__struct_fields__}
    try:
        return msgspec.convert(held, kind)
    except msgspec.ValidationError as problem:
        name, key = row._meta.verbose_name, getattr(row, "key", row.pk)
        said, steps = first_problem(held, kind) or (str(problem), [])
        raise FileNotGood(
            f"{name} {key} holds what no file may, field '{'.'.join(map(str, steps))}': {in_words(said)}. "
            "Load a file that corrects it, then dump again."
        ) from problem


def value_of(row: Model, name: str, kind: type[ReadRecord] | None = None) -> Any:
    """Give what a row says in a field of its record; `kind` are the records that stand there in a list."""
    found = getattr(row, name)
    if isinstance(found, Manager):
        rows = found.all()
        if kind is None:
            return list(rows.order_by("key").values_list("key", flat=True))
        return [msgspec.to_builtins(record_of(kind, row)) for row in rows]
    return _key(found) if isinstance(found, Model) else found


def _key(row: Any) -> str:
    key: str = row.key
    return key
