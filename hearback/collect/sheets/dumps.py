"""What a dump will write, and where: asked first whether anything would be replaced, then written."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hearback.collect.response_files.writing import DoesNotFit
from hearback.collect.sheets.columns import Book
from hearback.collect.sheets.csv_folders import file_names, write_folder
from hearback.collect.sheets.laying_out import laid_out
from hearback.collect.sheets.opening import JSON, XLSX
from hearback.collect.sheets.proving import Records, lost, read_again
from hearback.directory.files import FileNotGood
from hearback.directory.nested import as_file
from hearback.ui.losses import Loss

KINDS = ("json", "xlsx", "csv")


class NotDumped(Exception):
    """Nothing was written; the message says why and what to do."""


@dataclass(frozen=True)
class Dump:
    """What is to be written: the files, how many records each file or sheet has, and what writes them.

    `read` reads the records of what was written.
    """

    target: Path
    files: Sequence[Path]
    counts: Mapping[str, int]
    records: Records
    make: Callable[[Path], None]
    read: Callable[[Path], Records]

    def write(self, *, overwrite: bool, dry_run: bool) -> list[Loss]:
        """Write the files, or with `dry_run` only check that they may be; returns what they cannot hold.

        Raises:
            NotDumped: if files are there and may not be replaced, or cannot be written.
        """
        there = sorted(path.name for path in self.files if path.exists())
        folder = self.files[0].parent
        if there and not overwrite:
            raise NotDumped(f"{', '.join(there)} in {folder} would be replaced; name another, or --overwrite")
        try:
            losses = self._losses()
            if not dry_run:
                folder.mkdir(parents=True, exist_ok=True)
                self.make(self.target)
        except (DoesNotFit, OSError) as problem:
            raise NotDumped(f"{self.target} cannot be written: {problem}") from problem
        return losses

    def _losses(self) -> list[Loss]:
        """Write all of it beside, and read it again."""
        with TemporaryDirectory() as folder:
            draft = Path(folder) / f"dump{self.target.suffix}"
            self.make(draft)
            try:
                return lost(self.records, self.read(draft))
            except FileNotGood as problem:
                return [Loss(self.target.name, str(problem), "it could not be read again")]


def kind_by_name(target: Path) -> str:
    """Say what a target is by its name."""
    return XLSX if target.suffix.lower() == f".{XLSX}" else JSON


def dump_of(book: Book, kind: str, target: Path, records: Records) -> Dump:
    """Prepare to write records as data files, as a workbook or as CSVs.

    Raises:
        NotDumped: if the target does not fit the kind, or holds the same in another format.
    """
    if kind == JSON:
        return _files_dump(book, target, records)
    tables = laid_out(book, records)
    counts = {name: len(rows) for name, rows in tables.items()}
    read = partial(read_again, book, kind)
    if kind == XLSX:
        _check_file(target)
        from hearback.collect.sheets.workbooks import write_workbook  # here, as only workbooks need openpyxl

        write = partial(write_workbook, book, tables=tables)
        return Dump(target, [target], counts, records, write, read)
    _check_folder(target, [root.file for root in book.roots])
    paths = [target / name for name in file_names(book)]
    return Dump(target, paths, counts, records, partial(write_folder, book, tables=tables), read)


def template_of(book: Book, file: Path) -> Dump:
    """Prepare to write a workbook without rows.

    Raises:
        NotDumped: if the name is not that of a workbook.
    """
    return dump_of(book, XLSX, file, {})


def _files_dump(book: Book, target: Path, records: Records) -> Dump:
    _check_folder(target, file_names(book))

    def write(folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, held in records.items():
            (folder / name).write_bytes(as_file(held))

    counts = {name: len(held) for name, held in records.items()}
    return Dump(target, [target / name for name in records], counts, records, write,
                partial(read_again, book, JSON))  # fmt: skip


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
