"""What each column is for, for whoever fills a workbook in."""

from collections.abc import Iterator

from hearback.collect.sheets.cells import Shape
from hearback.collect.sheets.columns import Book, Column, Sheet

EXPLAINED = ("sheet", "column", "needed", "what a cell holds", "what it says")


def explanation(book: Book) -> Iterator[list[str | None]]:
    """Give a row for each column of each sheet, under `EXPLAINED`."""
    for sheet in book.sheets.values():
        columns = {column.name: column for column in sheet.columns}
        for name in sheet.header:
            column = columns.get(name)
            yield _of_link(sheet, name) if column is None else _of_column(book, sheet, column)


def _of_link(sheet: Sheet, name: str) -> list[str | None]:
    owner = next(home.sheet for home in sheet.homes if home.column == name)
    is_alone = len(sheet.homes) == 1
    others = ", ".join(home.column for home in sheet.homes if home.column != name)
    more = "" if is_alone else f" A row names this or one of {others}, never two."
    return [
        sheet.name, name, "yes" if is_alone else "one of several", "a key",
        f"What it belongs to: a key of the sheet {owner}.{more}",
    ]  # fmt: skip


def _of_column(book: Book, sheet: Sheet, column: Column) -> list[str | None]:
    words = book.words.get(f"{sheet.name}.{column.name}") or book.words.get(column.name)
    return [sheet.name, column.name, "no" if column.may_be_empty else "yes", _holds(book, column), words]


def _holds(book: Book, column: Column) -> str:
    if column.looks.shape is Shape.CHOICE:
        return f"one of: {', '.join(column.looks.choices)}"
    if column.name in book.holds and column.looks.shape is Shape.TEXT:
        return book.holds[column.name]
    if column.looks.shape is Shape.TEXTS:
        return f"{column.looks.shape.value}; \\ at the end of a line joins it to the next"
    words: str = column.looks.shape.value
    return words
