"""Write a table as CSV, XLSX, JSON or Parquet, row by row, in bounded memory; the file appears when whole."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from hearback.collect.response_files.spreadsheets import guarded
from hearback.collect.response_files.table import Cell, Column
from hearback.collect.response_files.xlsx import write_xlsx

Rows = Iterable[Sequence[Cell]]
MOST_ROWS_OF_XLSX = 1_048_575
LONGEST_CELL_OF_XLSX = 32_767
"""Source: Microsoft, Excel specifications and limits."""


class DoesNotFit(Exception):
    """The table is larger than the format allows; the message names another."""


def format_of(file: Path) -> str:
    """Name the format that the end of a file's name asks for.

    Raises:
        KeyError: if there is none for it.
    """
    ending = file.suffix.lower().removeprefix(".")
    if ending not in WRITERS:
        raise KeyError(ending)
    return ending


def write(file: Path, columns: Sequence[Column], rows: Rows) -> int:
    """Write rows in the format that the file's name ends with; returns how many.

    Raises:
        DoesNotFit: if the format cannot hold them; then there is no file.
        OSError: if the file cannot be written.
    """
    with whole(file) as coming:
        return WRITERS[format_of(file)](coming, columns, rows)


@contextmanager
def whole(file: Path) -> Iterator[Path]:
    """Give a place to write to, which becomes the file only when all went well."""
    coming = file.with_name(f".{file.name}.part")
    try:
        yield coming
        coming.replace(file)
    finally:
        coming.unlink(missing_ok=True)


def _csv(file: Path, columns: Sequence[Column], rows: Rows) -> int:
    n = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])
        for row in rows:
            n += 1
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return n


def _json(file: Path, columns: Sequence[Column], rows: Rows) -> int:
    names = [column.name for column in columns]
    n = 0
    with file.open("w", encoding="utf-8") as out:
        out.write("[")
        for n, row in enumerate(rows, start=1):
            out.write("\n" if n == 1 else ",\n")
            out.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
        out.write("\n]\n")
    return n


def _xlsx(file: Path, columns: Sequence[Column], rows: Rows) -> int:
    n = 0

    def fitting() -> Iterator[Sequence[Cell]]:
        nonlocal n
        yield [column.name for column in columns]
        for row in rows:
            n += 1
            if n > MOST_ROWS_OF_XLSX:
                raise DoesNotFit(f"A sheet of XLSX holds {MOST_ROWS_OF_XLSX:,} rows; use CSV or Parquet.")
            longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
            if longest > LONGEST_CELL_OF_XLSX:
                raise DoesNotFit(
                    f"A text has {longest:,} characters, XLSX holds {LONGEST_CELL_OF_XLSX:,}; use CSV."
                )
            yield row

    write_xlsx(file, fitting(), len(columns))
    return n


def _parquet(file: Path, columns: Sequence[Column], rows: Rows) -> int:
    from hearback.collect.response_files.parquet import write_parquet  # here, as other formats need it not

    return write_parquet(file, columns, rows)


WRITERS: dict[str, Callable[[Path, Sequence[Column], Rows], int]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
"""What writes each format, by the end of the file's name."""
