"""Workbooks of XLSX with one sheet: written row by row, and read again.

Source: ECMA-376, part 1, 18.3.1 (worksheets).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape, unescape
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

# What XML cannot hold, what it would change, and what reads like one of these once it is escaped.
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{SHEETS}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="responses" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
START = (
    f'{XML}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
    'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>\n'
)
END = "</sheetData></worksheet>"
OWN_CELL = re.compile(
    r'<c r="([A-Z]{1,3})\d+"'
    r'(?: t="inlineStr"><is><t xml:space="preserve">([^<]*)</t></is>|><v>([^<]*)</v>)</c>'
)
ROWS_AT_ONCE = 500
MOST_ROWS = 1_048_576
"""Of a sheet, with its header. Source: Microsoft, Excel specifications and limits."""
LONGEST_LINE = 4_000_000
"""In bytes; a file without line ends must not fill the memory."""


def escaped(text: str) -> str:
    r"""Write a text as XLSX has it. Source: ECMA-376, part 1, 22.9.2.19 (ST_Xstring).

    >>> escaped("a\x01b"), escaped("_x0041_"), escaped("plain")
    ('a_x0001_b', '_x005F_x0041_', 'plain')
    """
    return UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """Read it again.

    >>> unescaped(escaped("_x0041_"))
    '_x0041_'
    """
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def letters(place: int) -> str:
    """Name a column, counted from 0, as a sheet does.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    while place >= 0:
        name = chr(ord("A") + place % 26) + name
        place = place // 26 - 1
    return name


def write_xlsx(file: Path, rows: Iterable[Sequence[str | int | float | None]], width: int) -> None:
    """Write rows of at most so many cells; texts are texts, never formulas."""
    names = [letters(place) for place in range(width)]
    with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for part, text in PARTS.items():
            book.writestr(part, text)
        with book.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(START.encode())
            lines = (_line(n, names, row) for n, row in enumerate(rows, start=1))
            while some := list(islice(lines, ROWS_AT_ONCE)):
                sheet.write("".join(some).encode())
            sheet.write(END.encode())


def _line(n: int, names: Sequence[str], row: Sequence[str | int | float | None]) -> str:
    cells = [
        f'<c r="{name}{n}" t="inlineStr"><is><t xml:space="preserve">{_text(cell)}</t></is></c>'
        if isinstance(cell, str)
        else f'<c r="{name}{n}"><v>{cell!r}</v></c>'
        for name, cell in zip(names, row, strict=True)
        if cell is not None
    ]
    return f'<row r="{n}">{"".join(cells)}</row>\n'


def _text(cell: str) -> str:
    return cell if cell.isalnum() else escape(escaped(cell), quote=False).replace("\n", "&#10;")


def rows_of_xlsx(path: Path) -> Iterator[list[Any]]:
    """Give the cells of the first sheet, row by row; cells behind the last that is filled are left out.

    What `write_xlsx` wrote is read line by line, everything else by openpyxl, which takes far longer.

    Raises:
        BadZipFile, KeyError, ValueError, OSError, and what else openpyxl stumbles over: if it is no workbook.
    """
    with ZipFile(path) as book:
        if SHEET in book.namelist():
            with book.open(SHEET) as sheet:
                if sheet.read(len(START.encode())) == START.encode():
                    yield from _own_rows(sheet)
                    return
    yield from _rows_of_others(path)


def _own_rows(sheet: IO[bytes]) -> Iterator[list[Any]]:
    places: dict[str, int] = {}
    while line := sheet.readline(LONGEST_LINE):
        cells: list[Any] = []
        for name, text, number in OWN_CELL.findall(line.decode(errors="replace")):
            place = places.get(name)
            if place is None:
                place = places[name] = _place(name)
            cells += [None] * (place - len(cells))
            cells.append(_number(number) if number else unescaped(unescape(text) if "&" in text else text))
        if line.startswith(b"<row"):
            yield cells


def _place(name: str) -> int:
    """Give the place of a column, counted from 0."""
    place = 0
    for letter in name:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def _number(text: str) -> int | float | str:
    """Give a number; what is none stays as it is, and is told where the cell is read."""
    try:
        return int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return text


def _rows_of_others(path: Path) -> Iterator[list[Any]]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        if not book.worksheets:
            raise ValueError("the workbook has no sheet of cells")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # which programs write, and leave standing where rows are added
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS:
                raise ValueError(f"the sheet has a row after {MOST_ROWS}")
            cells = [unescaped(cell) if isinstance(cell, str) else cell for cell in row]
            while cells and cells[-1] is None:
                cells.pop()
            yield cells
    finally:
        book.close()
