"""A folder with one CSV for each kind of record: UTF-8, commas, a header. Spreadsheets show it as it is."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from hearback.collect.parsed import FileRefused
from hearback.collect.response_files.tables import Table, table_of
from hearback.collect.response_files.writing import whole
from hearback.collect.sheets.cells import Cell
from hearback.collect.sheets.columns import Book
from hearback.collect.sheets.grids import Grid, GridRow
from hearback.collect.sheets.laying_out import Tables


def file_names(book: Book) -> list[str]:
    """Name the file of every kind of record."""
    return [f"{name}.csv" for name in book.sheets]


def write_folder(book: Book, folder: Path, tables: Tables) -> None:
    """Write one file for each sheet, with a mark by which Excel knows UTF-8."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with whole(folder / f"{name}.csv") as coming:
            _write(coming, book.sheets[name].header, rows)


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(["" if cell is None else cell for cell in row] for row in rows)


def csv_files(folder: Path) -> list[Path]:
    """Give the CSVs of a folder; hidden ones are passed over."""
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() == ".csv" and not path.name.startswith(".")
    )


def grids_of_folder(folder: Path) -> Iterator[Grid]:
    """Read every CSV of a folder; what cannot be read is told with the grid."""
    for path in csv_files(folder):
        grid = Grid(path.name, path.stem)
        try:
            _fill(grid, table_of(path))
        except FileRefused as problem:
            grid.problems.append(grid.problem(problem.row, problem.column, problem.message, ""))
        yield grid


def _fill(grid: Grid, table: Table) -> None:
    grid.names = table.names
    for record in table.rows:
        number = record.number + 1
        if record.problem is not None:
            where = f" (line {record.line} of the file)" if record.line != number else ""
            what = record.problem.message.rstrip(".") + where
            grid.problems.append(grid.problem(number, record.problem.column, what, ""))
        elif any(cell.strip() for cell in record.cells):
            grid.rows.append(GridRow(number, record.cells))
