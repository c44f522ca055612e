"""Workbooks as rows of text: what XLSForm is written in."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.instruments.formats.format import FileNotRead

BIGGEST, MOST_ROWS, MOST_COLUMNS = 50_000_000, 10_000, 500
MOST_BLANK_ROWS = 100_000
DAMAGED = (
    zipfile.BadZipFile, ArithmeticError, AttributeError, EOFError, LookupError, OSError,
    RuntimeError, SyntaxError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What openpyxl raises where parts of a workbook are missing, or hold what does not belong there."""


@dataclass(frozen=True)
class Row:
    """One row: its number in the sheet, and its cells by the headings; empty ones are left out."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, heading: str) -> str:
        return self.cells.get(heading, "").strip()


def is_workbook(data: bytes) -> bool:
    """Say whether a file is an Excel workbook."""
    if not data.startswith(b"PK"):
        return False
    try:
        return "xl/workbook.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    except zipfile.BadZipFile:
        return False


def read_sheets(data: bytes) -> dict[str, list[Row]]:
    """Read all sheets, by their names in small letters.

    Raises:
        FileNotRead: if it is no workbook, is damaged, or too big.
    """
    from openpyxl import load_workbook  # here, as only workbooks need it

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > BIGGEST:
                raise FileNotRead(f"the workbook unpacks to more than {BIGGEST // 1_000_000} MB")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {sheet.title.strip().lower(): list(_rows(sheet)) for sheet in book.worksheets}
    except DAMAGED as problem:
        raise FileNotRead(
            "it is no Excel workbook that can be read; open it in a spreadsheet program and save it anew"
        ) from problem


def _rows(sheet: Any) -> Iterator[Row]:
    headings: list[str] = []
    sheet.reset_dimensions()  # which programs write, and leave standing where rows are added
    for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1), start=1):
        texts = [] if cells.count(None) == len(cells) else [_text(cell) for cell in cells]
        if number > (MOST_ROWS if any(texts) else MOST_BLANK_ROWS):
            raise FileNotRead(
                f"the sheet {sheet.title} goes on after row {number - 1:,}; delete what is too much"
            )
        if not headings:
            headings = _headings(texts) if any(texts) else []
            if any(texts[MOST_COLUMNS:]):
                raise FileNotRead(f"the sheet {sheet.title} has more than {MOST_COLUMNS} columns")
            continue
        found = {heading: text for heading, text in zip(headings, texts, strict=False) if heading and text}
        if found:
            yield Row(number, found)


def _headings(texts: list[str]) -> list[str]:
    """Give every column a heading of its own, so that no cell is passed over."""
    found: list[str] = []
    for number, text in enumerate(texts, start=1):
        name = " ".join(text.split())
        name = name if ":" in name else name.lower()
        found.append(f"{name} (column {number})".strip() if not name or name in found else name)
    return found


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return number_as_text(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def write_sheets(sheets: Mapping[str, tuple[list[str], list[dict[str, str]]]]) -> bytes:
    """Write sheets, each of its headings and its rows."""
    from openpyxl import Workbook  # here, as only workbooks need it

    book = Workbook()
    book.remove(book.active)
    for title, (headings, rows) in sheets.items():
        sheet = book.create_sheet(title)
        for number, row in enumerate([dict(zip(headings, headings, strict=True)), *rows], start=1):
            for column, heading in enumerate(headings, start=1):
                if row.get(heading):
                    cell = sheet.cell(number, column)
                    cell.value = row[heading]
                    cell.data_type = "s"  # what begins with = is a text, too
        sheet.freeze_panes = "A2"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def storable(text: str) -> str:
    """Give a text without the control characters that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # here, as only workbooks need it

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
