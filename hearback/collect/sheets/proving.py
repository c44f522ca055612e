"""What a dump cannot hold: it is read again, and held against the records of which it was made."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from hearback.collect.sheets.checking import checked
from hearback.collect.sheets.columns import KEY, Book
from hearback.collect.sheets.opening import JSON, grids_of
from hearback.collect.sheets.problems import SheetsNotGood
from hearback.collect.sheets.wanting import records_of
from hearback.directory.decoding import read_records
from hearback.directory.files import Record
from hearback.ui.losses import Loss, quoted

Records = Mapping[str, Sequence[Record]]
"""Records of data files, by the name of the file."""


def read_again(book: Book, kind: str, source: Path) -> Records:
    """Read the records of a dump, without a look at the database.

    Raises:
        FileNotGood: if something in it cannot be read.
    """
    if kind == JSON:
        there = [root for root in book.roots if (source / root.file).is_file()]
        return {root.file: read_records(source / root.file, root.record) for root in there}
    found = checked(book, grids_of(kind, source))
    if found.problems:
        raise SheetsNotGood(found.problems)
    return {file: [record for _, record in held] for file, held in records_of(book, found.rows).items()}


def lost(there: Records, again: Records) -> list[Loss]:
    """Name everything that came back as something else, or not at all."""
    return [
        loss
        for file, records in there.items()
        for loss in _differences(f"{file}: ", msgspec.to_builtins(records), msgspec.to_builtins(again[file]))
    ]


def _differences(where: str, there: Any, again: Any) -> Iterator[Loss]:
    if there == again:
        return
    if isinstance(there, dict) and isinstance(again, dict):
        for name, value in there.items():
            between = "" if where.endswith(": ") else "."
            yield from _differences(f"{where}{between}{name}", value, again.get(name))
    elif isinstance(there, list) and isinstance(again, list) and len(there) == len(again):
        for number, (one, other) in enumerate(zip(there, again, strict=True), 1):
            label = one.get(KEY, number) if isinstance(one, dict) else number
            yield from _differences(f"{where}[{label}]", one, other)
    else:
        yield Loss(where, f"it was {quoted(there)}", f"it comes back as {quoted(again)}")
