"""A workbook of XLSX with one sheet for each kind of record, and a first one that explains them.

Source: ECMA-376, part 1, 18.3.1 (worksheets), 18.8.30 (number formats).
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from hearback.collect.instruments.conditions import number_as_text
from hearback.collect.instruments.formats.xlsform.workbook import (
    BIGGEST,
    DAMAGED,
    MOST_BLANK_ROWS,
    MOST_COLUMNS,
)
from hearback.collect.response_files.tables import named
from hearback.collect.response_files.writing import LONGEST_CELL_OF_XLSX, DoesNotFit, whole
from hearback.collect.response_files.xlsx import MOST_ROWS, escaped, unescaped
from hearback.collect.sheets.cells import Cell, Shape
from hearback.collect.sheets.columns import Book, Sheet
from hearback.collect.sheets.explaining import EXPLAINED, explanation
from hearback.collect.sheets.grids import ABOUT, SAVE_ANEW, Grid, GridRow
from hearback.collect.sheets.laying_out import Tables
from hearback.ui.losses import Loss

WIDTHS = {Shape.TEXT: 40, Shape.CODE: 26, Shape.TEXTS: 50, Shape.CODES: 30, Shape.OTHER: 40}
NARROW, OF_KEYS = 14, 26
AS_TEXT = "@"
"""Keeps a spreadsheet from turning what is typed into a day or a number."""
BESIDE = {
    "xl/comments": "comments on cells", "xl/threadedComments": "comments on cells", "xl/media/": "pictures",
    "xl/charts/": "charts", "xl/pivotTables/": "pivot tables",
}  # fmt: skip
"""Parts of a workbook that hold no cells. Source: ECMA-376, part 1, 11.3, 12.3, 14.2."""
NOT_SHOWN_OF_FORMAT = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')


def write_workbook(book: Book, file: Path, tables: Tables) -> None:
    """Write a workbook; the file appears when it is whole.

    Raises:
        DoesNotFit: if a text is longer than a cell can be.
    """
    made = Workbook()
    made.remove(made.active)
    _explain(made, book)
    for name, rows in tables.items():
        _add_sheet(made, book.sheets[name], rows)
    with whole(file) as coming:
        made.save(coming)


def _explain(made: Workbook, book: Book) -> None:
    found = made.create_sheet(ABOUT)
    _fill(found, [list(EXPLAINED), *explanation(book)], texts=set(range(1, len(EXPLAINED) + 1)))
    for column, width in enumerate((26, 28, 10, 34, 80), start=1):
        found.column_dimensions[get_column_letter(column)].width = width


def _add_sheet(made: Workbook, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
    found = made.create_sheet(sheet.name)
    header, columns = sheet.header, {column.name: column for column in sheet.columns}
    numbers = {Shape.NUMBER, Shape.DECIMAL}
    texts = {
        n
        for n, name in enumerate(header, start=1)
        if name not in columns or columns[name].looks.shape not in numbers
    }
    _fill(found, [header, *rows], texts)
    for n, name in enumerate(header, start=1):
        letter = get_column_letter(n)
        width = WIDTHS.get(columns[name].looks.shape, NARROW) if name in columns else OF_KEYS
        found.column_dimensions[letter].width = width
        if n in texts:
            found.column_dimensions[letter].number_format = AS_TEXT
        if name in columns and columns[name].looks.choices:
            _offer(found, letter, columns[name].looks.choices)


def _fill(found: Any, rows: Iterable[Sequence[Cell]], texts: set[int]) -> None:
    top = Alignment(vertical="top", wrap_text=True)
    for number, row in enumerate(rows, start=1):
        for n, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = found.cell(number, n)
            if isinstance(value, str) or not _keeps(value):
                cell.value = _fitting(str(value), found.title, number)
                cell.data_type = "s"  # what begins with = is a text, too
            else:
                cell.value = value
            cell.alignment = top
            if n in texts:
                cell.number_format = AS_TEXT
            if number == 1:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", start_color="FFDCE6F1")
    found.freeze_panes = "A2"


def _keeps(number: int | float) -> bool:
    """Say whether all digits of a number would be written: openpyxl writes 16 of them."""
    return float(f"{number:.16g}") == number


def _fitting(text: str, sheet: str, row: int) -> str:
    written = escaped(text)
    if len(written) > LONGEST_CELL_OF_XLSX:
        raise DoesNotFit(
            f"Sheet {sheet}, row {row}: a text has {len(written):,} characters, a cell holds "
            f"{LONGEST_CELL_OF_XLSX:,}; dump it as CSV or JSON."
        )
    return written


def _offer(found: Any, letter: str, choices: Sequence[str]) -> None:
    """Let a column be chosen from a list; what is typed beside it is checked where it is loaded."""
    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    offered.add(f"{letter}2:{letter}{MOST_ROWS}")
    found.add_data_validation(offered)


def grids_of_workbook(file: Path) -> list[Grid]:
    """Read every sheet of a workbook; what cannot be read, or is not taken, is told with a grid."""
    try:
        with ZipFile(file) as archive:
            if sum(part.file_size for part in archive.infolist()) > BIGGEST:
                return [_unread(file, f"the workbook unpacks to more than {BIGGEST // 1_000_000} MB")]
            names = archive.namelist()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves unread: colours, pictures
            book = load_workbook(file, read_only=True)
            try:
                grids = [_grid(file.name, found) for found in book.worksheets]
            finally:
                book.close()
    except (*DAMAGED, InvalidFileException):
        return [_unread(file, "this is no Excel workbook (.xlsx) that can be read")]
    for grid in grids[:1]:
        grid.losses += _beside(file.name, names)
    return grids


def _beside(file: str, names: Iterable[str]) -> list[Loss]:
    """Tell what is in a workbook beside its cells."""
    found = [what for part, what in BESIDE.items() if any(name.startswith(part) for name in names)]
    return [Loss(file, f"it holds {what}", "they are not read") for what in dict.fromkeys(found)]


def _unread(file: Path, what: str) -> Grid:
    grid = Grid(file.name, "")
    grid.problems.append(grid.problem(None, None, what, SAVE_ANEW))
    return grid


def _grid(file: str, found: Any) -> Grid:
    grid = Grid(file, found.title.strip())
    found.reset_dimensions()  # which programs write, and leave standing where rows are added
    n_blank = 0
    for number, cells in enumerate(found.iter_rows(max_col=MOST_COLUMNS), start=1):
        texts = list(_texts(grid, number, cells))
        if any(text.strip() for text in texts):
            n_blank = 0
            _take(grid, number, texts)
        else:
            n_blank += 1
        if n_blank > MOST_BLANK_ROWS:
            what = f"{MOST_BLANK_ROWS:,} blank rows stand above it"
            grid.losses.append(grid.loss(number + 1, None, what, "nothing is read from here on"))
            break
    return grid


def _take(grid: Grid, number: int, texts: Sequence[str]) -> None:
    """Take the first row that is not blank as the header, every other as a row as wide as that."""
    if not grid.names:
        grid.names = named(texts)
        return
    missing = len(grid.names) - len(texts)
    if missing < 0:
        grid.names = named([*grid.names, *[""] * -missing])
    grid.rows.append(GridRow(number, [*texts, *[""] * missing]))


def _texts(grid: Grid, number: int, cells: Sequence[Any]) -> Iterator[str]:
    """Give each cell as text; of one that is run or says that something went wrong, tell it and give none."""
    last = max((n for n, cell in enumerate(cells, start=1) if cell.value is not None), default=0)
    for n, cell in enumerate(cells[:last]):
        name = grid.names[n] if n < len(grid.names) else get_column_letter(n + 1)
        if cell.value is not None and cell.data_type in {"f", "e"}:
            what = "a formula stands here" if cell.data_type == "f" else f"it says {cell.value}"
            grid.problems.append(
                grid.problem(number, name, what, "write what it gives: copy the cell and paste its value")
            )
            yield ""
            continue
        text = _text(cell)
        if isinstance(cell.value, date | time):
            what, done = "it is a day or time of the spreadsheet", f"taken as the text {text}, as it is shown"
            grid.losses.append(grid.loss(number, name, what, done))
        yield text


def _text(cell: Any) -> str:
    value = cell.value
    if isinstance(value, str):
        return unescaped(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number_as_text(value) if isfinite(value) else str(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return as_precise(value.date(), str(cell.number_format))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def as_precise(day: date, number_format: str) -> str:
    """Write a day no more precisely than its cell shows it: who types 2023-05 must not get the first of May.

    >>> as_precise(date(2023, 5, 1), "mmm-yy"), as_precise(date(2023, 5, 1), "yyyy-mm-dd")
    ('2023-05', '2023-05-01')
    """
    seen = NOT_SHOWN_OF_FORMAT.sub("", number_format).lower()
    if "d" in seen or "y" not in seen:
        return day.isoformat()
    return f"{day:%Y-%m}" if "m" in seen else f"{day:%Y}"
