"""Find out what a source is: a workbook, a folder of CSVs or of data files; and read its sheets."""

from collections.abc import Iterable
from pathlib import Path

from hearback.collect.sheets.columns import Book
from hearback.collect.sheets.csv_folders import csv_files, file_names, grids_of_folder
from hearback.collect.sheets.grids import Grid
from hearback.directory.files import FileNotGood

JSON, CSV, XLSX = "json", "csv", "xlsx"


def kind_of(book: Book, source: Path) -> str:
    """Say what a source is, by its name or by the names of what lies in it.

    Raises:
        FileNotGood: if it is nothing that can be read, or several things at once.
    """
    if source.is_file():
        if source.suffix.lower() == f".{XLSX}":
            return XLSX
        raise FileNotGood(
            f"{source.name} is no workbook (.xlsx); name a workbook, or the folder in which CSV or JSON lies."
        )
    there = _there(book, source)
    kinds = [kind for kind, files in there.items() if files]
    if len(kinds) > 1:
        examples = " and ".join(there[kind][0] for kind in kinds)
        raise FileNotGood(
            f"{source} holds the same more than once, as {examples}; nobody can say which one counts. "
            "Keep one kind in the folder."
        )
    if kinds == [XLSX]:
        raise FileNotGood(f"Name the workbook itself: {source / there[XLSX][0]}.")
    return CSV if kinds == [CSV] or (not kinds and csv_files(source)) else JSON


def _there(book: Book, folder: Path) -> dict[str, list[str]]:
    names = {path.name.lower(): path.name for path in folder.iterdir() if path.is_file()}
    books = {name for name in names if name.endswith(f".{XLSX}") and not name.startswith(("~", "."))}
    found = {
        JSON: names.keys() & {root.file for root in book.roots},
        CSV: names.keys() & set(file_names(book)),
        XLSX: books,
    }
    return {kind: sorted(names[name] for name in held) for kind, held in found.items()}


def grids_of(kind: str, source: Path) -> Iterable[Grid]:
    """Read the sheets of a workbook, or the files of a folder of CSVs."""
    if kind != XLSX:
        return grids_of_folder(source)
    from hearback.collect.sheets.workbooks import grids_of_workbook  # here, as only workbooks need openpyxl

    return grids_of_workbook(source)
