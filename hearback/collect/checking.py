"""Read a file row by row into placed rows or refusals. Both passes of an import go through here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hearback.collect.checks import oddities
from hearback.collect.importers import recognise, unknown_columns
from hearback.collect.importers.importer import Importer
from hearback.collect.parsed import FileRefused, Oddity, ParsedRow, RowRefused
from hearback.collect.places import PlacedRow, Places, placed
from hearback.collect.reading import Record, check_first_bytes, records
from hearback.collect.spool import Spool
from hearback.ui.terminal import progress


@dataclass(frozen=True)
class OpenedFile:
    """A file whose kind is known: how to read it, where its columns stand, and which are not known."""

    path: Path
    importer: Importer
    where: dict[str, int]
    oddities: list[Oddity]


@dataclass(frozen=True)
class Refusal:
    """A row that cannot be taken."""

    line: int
    record: int
    column: str | None
    message: str


@dataclass(frozen=True)
class Checked:
    """What the first pass counted."""

    rows_read: int
    rows_good: int


def opened(path: Path) -> OpenedFile:
    """Look at the start of a file and find its kind.

    Raises:
        FileRefused: if it is not CSV in UTF-8, or of no known kind.
    """
    check_first_bytes(path)
    first = next(records(path), None)
    if first is None:
        raise FileRefused("The file is empty; a header and rows are expected.", row=1)
    if first.problem is not None:
        raise FileRefused(first.problem.message, row=first.line)
    importer, where = recognise(first.cells)
    return OpenedFile(path, importer, where, unknown_columns(importer, where))


def rows(file: OpenedFile, places: Places) -> Iterator[PlacedRow | Refusal]:
    """Give every record below the header, placed or refused.

    Raises:
        FileRefused: if reading cannot go on.
    """
    read = file.importer.prepare(file.where)
    for record in records(file.path):
        if record.number == 0:
            continue
        if record.problem is not None:
            yield _refusal(record, record.problem)
            continue
        try:
            yield _placed(record, read(record.cells), file.importer, places)
        except RowRefused as problem:
            yield _refusal(record, problem)


def check(file: OpenedFile, places: Places, spool: Spool) -> Checked:
    """Read the whole file once and write nothing but the spool: refusals, findings, what stands there twice.

    Raises:
        FileRefused: if reading cannot go on.
    """
    read = good = 0
    spool.find(1, file.oddities)
    for read, one in enumerate(progress(rows(file, places), "checked"), start=1):  # noqa: B007 - counted
        if isinstance(one, Refusal):
            spool.reject(one.line, one.record, one.column, one.message)
        else:
            good += 1
            spool.see(one.identity, one.line, hash(one.row))
            spool.find(one.line, one.oddities)
    if not read:
        raise FileRefused("The file has a header and no rows.", row=1)
    spool.number_variants()
    return Checked(read, good)


def _placed(record: Record, row: ParsedRow, importer: Importer, places: Places) -> PlacedRow:
    one = placed(record.line, record.number, row, places, importer.names)
    found = (*oddities(row, importer.names, has_means=importer.has_means), *one.oddities)
    return replace(one, oddities=found)


def _refusal(record: Record, problem: RowRefused) -> Refusal:
    return Refusal(record.line, record.number, problem.column, problem.message)
