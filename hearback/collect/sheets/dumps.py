"""What a dump will write, and where: asked first whether anything would be replaced, then written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hearback.collect.response_files.writing import DoesNotFit
from hearback.collect.sheets.columns import Book
from hearback.collect.sheets.csv_folders import file_names, write_folder
from hearback.collect.sheets.laying_out import laid_out
from hearback.collect.sheets.opening import JSON, XLSX
from hearback.collect.sheets.workbooks import write_workbook
from hearback.directory.files import Record

KINDS = ("json", "xlsx", "csv")


class NotDumped(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True)
class Dump:
    """What is to be written: the files, how many records each file or sheet has, and what writes them."""

    target: Path
    files: Sequence[Path]
    counts: Mapping[str, int]
    make: Callable[[Path], None]

    def write(self, *, overwrite: bool, dry_run: bool) -> None:
        """Write the files, or with `dry_run` only check that they may be.

        Raises:
            NotDumped: if files are there and may not be replaced, or cannot be written.
        """
        there = sorted(path.name for path in self.files if path.exists())
        folder = self.files[0].parent
        if there and not overwrite:
            raise NotDumped(f"{', '.join(there)} in {folder} would be replaced; name another, or --overwrite")
        if dry_run:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.make(self.target)
        except (DoesNotFit, OSError) as problem:
            raise NotDumped(f"{self.target} cannot be written: {problem}") from problem


def kind_by_name(target: Path) -> str:
    """Say what a target is by its name."""
    return XLSX if target.suffix.lower() == f".{XLSX}" else JSON


def files_dump(book: Book, target: Path, files: Iterable[tuple[str, bytes, int]]) -> Dump:
    """Prepare to write data files, each with its name, its text and the number of its records.

    Raises:
        NotDumped: if the target is no folder, or holds the same as CSV.
    """
    _check_folder(target, file_names(book))
    held = {name: (text, n) for name, text, n in files}

    def write(folder: Path) -> None:
        for name, (text, _) in held.items():
            (folder / name).write_bytes(text)

    return Dump(target, [target / name for name in held], {name: n for name, (_, n) in held.items()}, write)


def sheets_dump(book: Book, kind: str, target: Path, records: Mapping[str, Sequence[Record]]) -> Dump:
    """Prepare to write records of data files as a workbook or as CSVs; without any, only headers.

    Raises:
        NotDumped: if the target does not fit the kind, or holds the same as JSON.
    """
    tables = laid_out(book, records)
    counts = {name: len(rows) for name, rows in tables.items()}
    if kind == XLSX:
        _check_file(target)
        return Dump(target, [target], counts, lambda file: write_workbook(book, file, tables))
    _check_folder(target, [root.file for root in book.roots])
    paths = [target / name for name in file_names(book)]
    return Dump(target, paths, counts, lambda folder: write_folder(book, folder, tables))


def _check_file(target: Path) -> None:
    if target.suffix.lower() != f".{XLSX}":
        raise NotDumped(f"{target} is no name of a workbook; let it end with .xlsx")
    if target.is_dir():
        raise NotDumped(f"{target} is a folder; name a file in it")


def _check_folder(target: Path, others: Iterable[str]) -> None:
    """Check that a folder is one, and would not hold the same twice."""
    if target.is_file() or target.suffix.lower() == f".{XLSX}":
        raise NotDumped(f"{target} is no folder; name one for the files, or choose --format xlsx")
    if there := [name for name in others if (target / name).exists()]:
        raise NotDumped(
            f"{target} holds the same in another format ({there[0]}), and loading would not know which one "
            "counts; name another folder"
        )
