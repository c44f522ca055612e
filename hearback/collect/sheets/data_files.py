"""From data files, each a JSON list of records, to the rows that the database should have."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearback.collect.sheets.columns import Book, Root
from hearback.directory.decoding import records_in_file
from hearback.directory.files import FileNotGood, all_of, check_once, raw_records
from hearback.directory.holding import Held
from hearback.directory.nested import check_rows_once
from hearback.directory.rows import Wanted


@dataclass(frozen=True)
class _File:
    """A data file: its records as they stand there, and as what they are."""

    root: Root
    raw: Sequence[Any]
    records: Sequence[Any]

    def rows(self, number: int, held: Held) -> Iterator[Wanted]:
        """Give the rows that a record wants, counted from 0."""
        record = held.filled(self.records[number], self.raw[number], self.root.model)
        place = self.root.place(self.root.file, f"record {number + 1} ({record.key})")
        place.named = held.named
        yield from held.wanted(self.root.rows(place, record, number + 1))


def wanted_of_files(book: Book, folder: Path, held: Held, may_be_missing: Sequence[str] = ()) -> list[Wanted]:
    """Give the rows that the data files of a folder want.

    Args:
        held: what the database holds of them.
        may_be_missing: files that need not be there.

    Raises:
        FileNotGood: with all that is wrong in them, naming file, record, field and what to do.
    """
    roots = [one for one in book.roots if one.file not in may_be_missing or (folder / one.file).is_file()]
    rows = list(_rows(_read(roots, folder), held))
    check_rows_once(rows)
    return rows


def _read(roots: Sequence[Root], folder: Path) -> list[_File]:
    files, problems = [], []
    for root in roots:
        try:
            raw = raw_records(folder / root.file)
            records: list[Any] = records_in_file(root.file, raw, root.record)
            check_once(root.file, (record.key for record in records))
        except FileNotGood as problem:
            problems.append(problem)
        else:
            files.append(_File(root, raw, records))
    if problems:
        raise all_of(problems)
    return files


def _rows(files: Sequence[_File], held: Held) -> Iterator[Wanted]:
    for file in files:
        for record in file.records:
            held.note(record, file.root.model)
    problems = []
    for file in files:
        held.place(file.root.model, [record.key for record in file.records])
        for number in range(len(file.records)):
            try:
                yield from file.rows(number, held)
            except FileNotGood as problem:
                problems.append(problem)
    if problems:
        raise all_of(problems)
