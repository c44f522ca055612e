"""Tables of responses as Parquet, written and read a part at a time; loaded only where a file is Parquet."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.response_files.table import Cell, Column

ROWS_WRITTEN_AT_ONCE = 10_000
ROWS_READ_AT_ONCE, BUFFER_BYTES = 500, 32_768
"""So much of a file is held at a time; in the place of whole columns of a group of rows."""


def write_parquet(file: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write rows; returns how many."""
    schema = pa.schema([(column.name, _kind(column)) for column in columns])
    n = 0
    waiting = iter(rows)
    pool = pa.system_memory_pool()  # which gives back what is free
    with pq.ParquetWriter(file, schema, compression="zstd", memory_pool=pool) as writer:
        while batch := list(islice(waiting, ROWS_WRITTEN_AT_ONCE)):
            n += len(batch)
            arrays = [
                pa.array([_fitting(row[at], column) for row in batch], schema.types[at], memory_pool=pool)
                for at, column in enumerate(columns)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return n


def read_parquet(path: Path) -> tuple[list[str], Iterator[Sequence[Any]]]:
    """Open a file: the names of its columns, and its rows. A row that is damaged raises ValueError, too.

    Raises:
        ValueError: if it is no Parquet.
    """
    try:
        file = pq.ParquetFile(path, buffer_size=BUFFER_BYTES)
    except (OSError, pa.ArrowException) as problem:
        raise ValueError(str(problem)) from problem
    return file.schema_arrow.names, _rows(file)


def _rows(file: pq.ParquetFile) -> Iterator[Sequence[Any]]:
    try:
        for batch in file.iter_batches(batch_size=ROWS_READ_AT_ONCE, use_threads=False):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
    except pa.ArrowException as problem:
        raise ValueError(str(problem)) from problem


def _kind(column: Column) -> pa.DataType:
    """Numbers are numbers; where a question may be hidden, text, so that "not shown" can stand there."""
    return pa.int64() if column.is_number and not column.question else pa.string()


def _fitting(cell: Cell, column: Column) -> Cell:
    if cell is None or (column.is_number and not column.question):
        return cell
    return cell if isinstance(cell, str) else number_as_text(cell) if isinstance(cell, float) else str(cell)
