"""Changing a workbook or a CSV as people do."""

import csv
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from hearback.plan.commands import group


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


class Book:
    """A workbook that is opened, changed and saved."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.book = load_workbook(file)

    def __getitem__(self, sheet: str) -> Worksheet:
        found: Worksheet = self.book[sheet]
        return found

    def place(self, sheet: str, key: str, column: str) -> Any:
        """Find a cell by its sheet, the key of its row and its column."""
        header = [cell.value for cell in self[sheet][1]]
        row = next(row for row in self[sheet].iter_rows() if row[0].value == key)
        return row[header.index(column)]

    def put(self, sheet: str, key: str, column: str, value: Any) -> None:
        """Type something into a cell."""
        self.place(sheet, key, column).value = value

    def save(self) -> Path:
        self.book.save(self.file)
        return self.file


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


def write_rows(file: Path, rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        csv.writer(text).writerows(rows)
