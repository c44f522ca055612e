"""Tables of responses as they come in: CSV, JSON, XLSX or Parquet, record by record, every cell as text."""

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import file_digest
from math import isfinite
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.parsed import FileRefused, RowRefused
from hearback.collect.reading import LONGEST_LINE, Record, check_first_bytes, records
from hearback.collect.response_files.xlsx import rows_of_xlsx

OTHER_SIGNS = (";", "\t")
DAMAGED = (
    BadZipFile, ParseError, ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError,
    TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What reading a workbook or Parquet raises where bytes or parts were lost, or stand where none belong."""
ONE_OBJECT_A_LINE = "write an array with one object on each line, as exports have it"


@dataclass(frozen=True)
class Table:
    """The names of the columns, and the rows below them.

    A name that stands twice is followed by [2] the second time; one that is missing is called column 5.
    `is_guarded` says that an apostrophe may stand before a text for the sake of spreadsheets.
    """

    names: tuple[str, ...]
    rows: Iterator[Record]
    is_guarded: bool = False


@contextmanager
def unchanged(path: Path) -> Iterator[str]:
    """Give the hash of a file, and see to it that the file stays the same as long as it is read.

    Raises:
        FileRefused: if it was changed meanwhile.
    """
    before = _mark(path)
    with path.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    yield sha256
    if _mark(path) != before:
        raise FileRefused("The file was changed while it was read; nothing was stored. Import it again.")


def _mark(path: Path) -> tuple[int, ...]:
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def table_of(path: Path) -> Table:
    """Open a table in the format that the end of the file's name tells; CSV where it tells none.

    Raises:
        FileRefused: if it is no such file, or has no header.
    """
    return _OPENERS.get(path.suffix.lower(), _csv)(path)


def named(header: Iterable[str]) -> tuple[str, ...]:
    """Give every column a name of its own.

    >>> named(["a", " b ", "a", ""])
    ('a', 'b', 'a [2]', 'column 4')
    """
    names: list[str] = []
    seen: dict[str, int] = {}
    for place, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} [{seen[name]}]")
    return tuple(names)


def _csv(path: Path) -> Table:
    check_first_bytes(path)
    rows = records(path)
    header = next(rows, None)
    if header is None or header.problem is not None:
        raise FileRefused("The first line is no header of a table in CSV.", row=1)
    if len(header.cells) == 1 and any(sign in header.cells[0] for sign in OTHER_SIGNS):
        raise FileRefused(
            "No commas stand between the cells of the first line, but semicolons or tabs do. Save the file "
            "as CSV with commas, or as XLSX.",
            row=1,
        )
    return Table(named(header.cells), rows, is_guarded=True)


def _json(path: Path) -> Table:
    lines = _objects(path)
    first = next(lines, None)
    if first is None:
        raise FileRefused("The file has no rows, so it does not say what its columns are.", row=1)
    if isinstance(first[1], RowRefused):
        raise FileRefused(f"Line {first[0]}: {first[1].message}", row=first[0])
    names = tuple(first[1])

    def rows() -> Iterator[Record]:
        for number, (line, found) in enumerate(_again(first, lines), start=1):
            if isinstance(found, RowRefused):
                yield Record(line, number, [], found)
            elif tuple(found) != names:
                yield Record(line, number, [], RowRefused(None, "The row has other columns than the first."))
            else:
                yield _record(line, number, names, list(found.values()))

    return Table(names, rows())


def _again(first: Any, rest: Iterable[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any] | RowRefused]]:
    is_open = False
    with path.open(encoding="utf-8-sig", errors="surrogateescape") as file:
        for line, text in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), start=1):
            stripped = text.strip()
            if stripped in {"[", "]"}:
                if is_open == (stripped == "["):
                    raise FileRefused(f"Line {line} has a bracket too many. Export the file again.", row=line)
                is_open = not is_open
            elif stripped and stripped != "[]":
                yield line, _object(stripped.removesuffix(","))
    if is_open:
        raise FileRefused("The file ends within its array, so rows may be lost. Export it again.")


def _object(text: str) -> dict[str, Any] | RowRefused:
    try:
        found = json.loads(text, object_pairs_hook=_each_name_once)
    except RowRefused as problem:
        return problem
    except (ValueError, RecursionError):
        found = None
    return found if isinstance(found, dict) else RowRefused(None, f"No object of JSON; {ONE_OBJECT_A_LINE}.")


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise RowRefused(None, "The object has a name twice; keep one of the two values.")
    return found


def _xlsx(path: Path) -> Table:
    try:
        rows = rows_of_xlsx(path)
        header = next(rows, None)
    except DAMAGED as problem:
        raise FileRefused(
            "The file is no workbook of XLSX with a table; save it as CSV and import that."
        ) from problem
    if header is None:
        raise FileRefused("The first sheet is empty; a header and rows are expected.", row=1)
    names = named("" if cell is None else str(cell) for cell in header)

    def read() -> Iterator[Record]:
        for number, cells in enumerate(rows, start=1):
            filled = [*cells, *[None] * (len(names) - len(cells))]
            if len(filled) > len(names):
                yield Record(number + 1, number, [], RowRefused(None, "The row is wider than the header."))
            elif any(cell is not None for cell in filled):
                yield _record(number + 1, number, names, filled)

    return Table(names, _whole(read()))


def _parquet(path: Path) -> Table:
    from hearback.collect.response_files.parquet import read_parquet  # here, as other formats need it not

    try:
        header, rows = read_parquet(path)
    except ValueError as problem:
        raise FileRefused("The file is no Parquet; save it as CSV and import that.") from problem
    names = named(header)
    return Table(names, _whole(_record(n, n, names, cells) for n, cells in enumerate(rows, start=1)))


def _whole(rows: Iterator[Record]) -> Iterator[Record]:
    """Give rows; a file that turns out to be damaged is refused."""
    try:
        yield from rows
    except DAMAGED as problem:
        raise FileRefused(
            "The file is damaged or no plain table, and cannot be read to its end. Export it again, or save "
            "it as CSV."
        ) from problem


def _record(line: int, number: int, names: Sequence[str], cells: Sequence[Any]) -> Record:
    """Write every cell of a row as text; one that cannot be spoils the row."""
    texts = []
    for name, cell in zip(names, cells, strict=True):
        if isinstance(cell, str):
            if "\x00" in cell or not (cell.isascii() or _is_text(cell)):
                return Record(line, number, [], RowRefused(name, "The cell is no text in Unicode."))
            texts.append(cell)
        elif cell is None:
            texts.append("")
        else:
            text = _value(cell)
            if text is None:
                return Record(line, number, [], RowRefused(name, "The cell is no text, number or day."))
            texts.append(text)
    return Record(line, number, texts)


def _value(cell: object) -> str | None:
    """Write a number, a day, a moment, or yes or no; None where it is nothing of that kind."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return number_as_text(cell) if isfinite(cell) else str(cell)
    if isinstance(cell, datetime):
        is_day = cell.tzinfo is None and cell.time() == time.min  # sheets have no days apart from moments
        return cell.date().isoformat() if is_day else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else None


def _is_text(cell: str) -> bool:
    try:
        cell.encode()
    except UnicodeEncodeError:
        return False
    return True


_OPENERS: dict[str, Callable[[Path], Table]] = {".json": _json, ".xlsx": _xlsx, ".parquet": _parquet}
