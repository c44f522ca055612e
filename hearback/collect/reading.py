"""Read a CSV file record by record in bounded memory, and say where each record stands.

Lines are decoded one by one, so that a byte that is not UTF-8 spoils its own row and no other. Blank lines
hold nothing and are passed over.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from hearback.collect.parsed import FileRefused, RowRefused

LONGEST_LINE = 4_000_000  # characters; a file without line ends must not fill the memory
FIRST_LOOK = 65_536
BOM = "\ufeff"
NOT_CSV = (
    (b"PK\x03\x04", "a spreadsheet or zip archive"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet"),
)
SAVE_AS = "save it as CSV in UTF-8 and import that"


@dataclass(frozen=True)
class Record:
    """One record: the line it starts on (header = 1), its number among the data (1, 2, …), its cells.

    `problem` is set where the record could not be read; then there are no cells.
    """

    line: int
    number: int
    cells: list[str]
    problem: RowRefused | None = None


def check_first_bytes(path: Path) -> None:
    """Look at the start of a file.

    Raises:
        FileRefused: if it is empty, or not text in UTF-8 by its first bytes.
    """
    with path.open("rb") as file:
        start = file.read(FIRST_LOOK)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused("The file is empty; a header and rows are expected.", row=1)
    for signature, what in NOT_CSV:
        if start.startswith(signature):
            raise FileRefused(f"The file is {what}, not CSV; {SAVE_AS}.", row=1)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused(f"The file is in UTF-16, not UTF-8; {SAVE_AS}.", row=1)
    header = start.split(b"\n", 1)[0]
    if b"\x00" in header:
        raise FileRefused(f"The file is not text: its first line holds a zero byte; {SAVE_AS}.", row=1)


def records(path: Path) -> Iterator[Record]:
    """Give the header as record 0, then every record.

    A record of another width than the header, with a byte that is not UTF-8, or with quotes that do not close
    comes with its `problem`; reading goes on with the next line.

    Raises:
        FileRefused: if a line is longer than 4 million characters.
    """
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
        reader = csv.reader(_lines(file), strict=True)
        number = -1
        header: list[str] | None = None
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as problem:
                number += 1
                yield Record(line, number, [], _unreadable(problem, line, reader.line_num))
                continue
            if not cells:
                continue
            number += 1
            header = header or cells
            yield Record(line, number, cells, _problem(cells, header))


def _lines(file: TextIO) -> Iterator[str]:
    first = True
    number = 0
    while text := file.readline(LONGEST_LINE):
        number += 1
        if len(text) == LONGEST_LINE and not text.endswith(("\n", "\r")):
            raise FileRefused(
                f"Line {number} is longer than {LONGEST_LINE:,} characters; this is not a table. "
                "Check the line ends of the file.",
                row=number,
            )
        yield text.removeprefix(BOM) if first else text
        first = False


def _unreadable(problem: csv.Error, first: int, last: int) -> RowRefused:
    where = f"line {first}" if first >= last else f"lines {first} to {last}"
    if "field larger" in str(problem):
        why = f"a cell is longer than {csv.field_size_limit():,} characters"
    elif "unexpected end" in str(problem):
        why = "a quotation mark that opens a cell is never closed"
    else:
        why = str(problem)
    return RowRefused(
        None,
        f"Nothing could be read from {where}: {why}. Look for a quotation mark that is missing or too many.",
    )


def _problem(cells: list[str], header: list[str]) -> RowRefused | None:
    if len(cells) != len(header):
        return _wrong_width(len(cells), header)
    joined = "".join(cells)
    if "\x00" in joined:
        return _bad_text(cells, header)
    try:
        joined.encode("utf-8")
    except UnicodeEncodeError:  # a byte that was not UTF-8 was carried along as a lone surrogate
        return _bad_text(cells, header)
    return None


def _wrong_width(width: int, header: list[str]) -> RowRefused:
    if width < len(header):
        return RowRefused(
            header[width].strip(),
            f"The row has {width} cells and the header {len(header)}: from {header[width].strip()!r} on "
            "nothing is there, so values may stand in wrong columns. Write every cell, empty ones too.",
        )
    return RowRefused(
        None,
        f"The row has {width} cells and the header only {len(header)}: a comma in a text may need quotation "
        "marks around the text.",
    )


def _bad_text(cells: list[str], header: list[str]) -> RowRefused | None:
    for name, cell in zip(header, cells, strict=True):
        if "\x00" in cell:
            return RowRefused(
                name.strip(), "The cell holds a zero byte; this is not text. Export the file again."
            )
        bad = next((c for c in cell if "\udc80" <= c <= "\udcff"), None)
        if bad is not None:
            byte = ord(bad) - 0xDC00
            return RowRefused(
                name.strip(),
                f"The cell holds the byte 0x{byte:02X}, which is not UTF-8; the file mixes encodings. "
                "Save it as UTF-8 and check this cell.",
            )
    return None
