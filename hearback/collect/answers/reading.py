"""Reading a whole file of answers into columns of small numbers; what cannot be read is noted, row by row."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearback.collect.answers.days import day_reader
from hearback.collect.answers.layout import Layout
from hearback.collect.answers.rows import RowReader, find_columns, row_reader
from hearback.collect.parsed import FileRefused, RowRefused
from hearback.collect.reading import check_first_bytes, records
from hearback.collect.spool import Spool
from hearback.fiscal import Period
from hearback.ui.terminal import progress

WIDE = {"day": "i", "weight": "q"}
SMALL = "b"
"""How numbers are held while a file is read: one byte each, but for days (four) and weights (eight)."""


@dataclass(frozen=True)
class Responses:
    """The good rows of a file, one array per name of `RowReader`, and how many there were in all."""

    columns: Mapping[str, NDArray[Any]]
    words: Mapping[str, tuple[str, ...]]
    rows_read: int
    rows_rejected: int

    def __len__(self) -> int:
        return len(self.columns["day"])


def read_answers(path: Path, layout: Layout, period: Period, start_month: int, spool: Spool) -> Responses:
    """Read a file as its layout says. Rows that cannot be taken go to the spool, with the reason.

    The text is read record by record; what is held is a few bytes for each answer.

    Raises:
        FileRefused: if the file is no CSV in UTF-8, lacks a column, or has no row.
    """
    check_first_bytes(path)
    found = records(path)
    header = next(found, None)
    if header is None:
        raise FileRefused("The file is empty; a header and rows are expected.", row=1)
    if header.problem is not None:
        raise FileRefused(header.problem.message, row=header.line)
    read_day = day_reader(layout.day, period, start_month)
    reader = row_reader(layout, find_columns(layout, header.cells), read_day)
    columns = {name: array(WIDE.get(name, SMALL)) for name in reader.names}
    read = rejected = 0
    for read, record in enumerate(progress(found, "read"), start=1):  # noqa: B007 - counted
        try:
            if record.problem is not None:
                raise record.problem
            numbers = reader.read(record.cells)
        except RowRefused as problem:
            rejected += 1
            spool.reject(record.line, record.number, problem.column, problem.message)
            continue
        for column, number in zip(columns.values(), numbers, strict=True):
            column.append(number)
    if not read:
        raise FileRefused("The file has a header and no rows.", row=1)
    return _responses(columns, reader, read, rejected)


def _responses(columns: "Mapping[str, array[int]]", reader: RowReader, read: int, rejected: int) -> Responses:
    held = {name: np.frombuffer(column, dtype=column.typecode) for name, column in columns.items()}
    empty = {name: np.array([], dtype=column.typecode) for name, column in columns.items()}
    return Responses(held if read > rejected else empty, reader.words, read, rejected)
