"""The folder of archived answers: Parquet files by fiscal quarter, and the only place where they change.

A file is named by the hash of its bytes and never altered. Which files count is said by one list, which is
replaced in one step: whatever is interrupted, the archive is as it was or as it should be. What was left
lying about by an interruption is deleted by the next change.
"""

import fcntl
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hearback.collect.archive.arrays import Integers, arrow_array
from hearback.collect.archive.batch import Batch, BatchNotValid
from hearback.collect.archive.codes import CodeBook, CodesOutdated, read_codes, write_codes
from hearback.collect.archive.fitting import check_fits
from hearback.collect.archive.writing import replace_file, sha256_of
from hearback.fiscal import FEDERAL_START_MONTH, QuarterNotValid, quarter_of_day

ROWS_PER_GROUP = 1 << 20
CODES, LISTED = "codes.json", "files.json"
OURS = re.compile(r"\.?(?P<sha256>[0-9a-f]{64})\.parquet(\.half)?")
"""Files that the archive made; `.half` is one that was never finished."""


class ArchiveNotValid(ValueError):
    """The archive holds something that is not as it was written; the message says which file."""


class ArchivedFile(msgspec.Struct, frozen=True):
    """One file of the archive: the hash that names it, its responses, and the hash of what they came from."""

    sha256: str
    n_responses: int
    source: str
    columns: tuple[str, ...]


Files = Mapping[str, Sequence[ArchivedFile]]
"""The files that count, in the order in which they came, by quarter; the oldest quarter first."""


class _Listed(msgspec.Struct, frozen=True):
    fiscal_year_starts: int
    quarters: dict[str, tuple[ArchivedFile, ...]]


@dataclass(frozen=True)
class Archive:
    """The archived answers under one folder."""

    root: Path
    fiscal_year_starts: int = FEDERAL_START_MONTH

    def codes(self) -> CodeBook:
        """Read the code book.

        Raises:
            CodeNotValid: if it cannot be read.
        """
        return read_codes(self.root / CODES)

    def listed(self) -> Files:
        """List the files that count; a quarter without answers is not named.

        Raises:
            ArchiveNotValid: if the list cannot be read, or was made by another fiscal calendar.
        """
        file = self.root / LISTED
        if not file.exists():
            return {}
        try:
            found = msgspec.json.decode(file.read_bytes(), type=_Listed)
        except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
            raise ArchiveNotValid(f"{file} is no list of archived files: {problem}") from problem
        if found.fiscal_year_starts != self.fiscal_year_starts:
            raise ArchiveNotValid(
                f"{file} is by fiscal years that start in month {found.fiscal_year_starts}, the setting "
                f"HEARBACK_FISCAL_YEAR_STARTS says {self.fiscal_year_starts}; set it back, or archive anew"
            )
        return found.quarters

    def quarters(self) -> list[str]:
        """Name the quarters that have answers, oldest first."""
        return list(self.listed())

    def files(self, quarter: str) -> Sequence[ArchivedFile]:
        """List the files that count in a quarter, in the order in which they came; none for an empty one.

        Raises:
            ArchiveNotValid: as `listed`.
        """
        return self.listed().get(quarter, ())

    def path(self, quarter: str, file: ArchivedFile) -> Path:
        """Give the place of a file."""
        return self._folder(quarter) / f"{file.sha256}.parquet"

    def append(self, batch: Batch, book: CodeBook, source: str) -> list[str]:
        """Archive responses, each in the quarter of its day; gives the quarters that grew.

        The book is written with them. Rows are sorted by context, which makes counting cheap and files small.

        Args:
            book: the code book of this archive, with what the batch added to it.
            source: hash of what the responses came from. What was archived from it before is replaced.

        Raises:
            BatchNotValid: if the batch does not fit its forms, or a day is in no fiscal year.
            CodesOutdated: if the book is not the archive's any more; read it again and begin anew.
            ArchiveNotValid, CodeNotValid: if what is archived cannot be read.
        """
        check_fits(batch, book)
        with self._locked(fcntl.LOCK_EX):
            before, held = self.listed(), self.codes()
            if not book.continues(held):
                raise CodesOutdated(
                    f"{self.root / CODES} was changed by another program since it was read; begin again"
                )
            book.next_number = held.next_number
            new = self._split(batch, np.arange(len(batch), dtype=np.int64) + book.next_number)
            book.next_number += len(batch)
            replace_file(self.root / CODES, write_codes(book))
            after = {q: [file for file in files if file.source != source] for q, files in before.items()}
            for quarter, table in new.items():
                after.setdefault(quarter, []).append(self._store(quarter, table, source))
            self._list(before, after)
        return list(new)

    def remove(self, numbers: Integers) -> int:
        """Delete responses by number, for good; gives how many there were.

        Files that held one are written anew without it and the old ones deleted. Numbers stay free: no other
        response ever gets them.

        Raises:
            ArchiveNotValid: if what is archived cannot be read.
        """
        gone = arrow_array(np.asarray(numbers, dtype=np.int64))
        with self._locked(fcntl.LOCK_EX):
            before = self.listed()
            after = {
                quarter: [left for file in files if (left := self._without(gone, quarter, file)) is not None]
                for quarter, files in before.items()
            }
            self._list(before, after)
        return _n_responses(before) - _n_responses(after)

    def verify(self) -> int:
        """Compare every file that counts with the hash that names it; gives how many there are.

        Raises:
            ArchiveNotValid: if a file is missing or was changed.
        """
        with self.held_still():
            listed = self.listed()
            for quarter in listed:
                self.verify_files(quarter, listed[quarter])
        return sum(len(files) for files in listed.values())

    def verify_files(self, quarter: str, files: Sequence[ArchivedFile]) -> None:
        """Compare some files of a quarter with the hashes that name them.

        Raises:
            ArchiveNotValid: if a file is missing or was changed.
        """
        for file in files:
            path = self.path(quarter, file)
            if not path.exists():
                raise ArchiveNotValid(f"{path} is missing; restore it from a backup")
            if sha256_of(path) != file.sha256:
                raise ArchiveNotValid(f"{path} was changed; restore it from a backup")

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Keep writers waiting, so that the files that are listed stay where they are."""
        with self._locked(fcntl.LOCK_SH):
            yield

    def _folder(self, quarter: str) -> Path:
        return self.root / f"quarter={quarter}"

    def _split(self, batch: Batch, numbers: Integers) -> dict[str, pa.Table]:
        """Give one table per quarter, sorted by context."""
        days, place = np.unique(batch.days, return_inverse=True)
        quarters = [self._quarter(day, batch) for day in days.tolist()]
        found = sorted(set(quarters))
        of_day = np.array([found.index(quarter) for quarter in quarters], dtype=np.int64)
        order = np.lexsort((batch.contexts, of_day[place])) if found else np.array([], dtype=np.int64)
        ends = np.cumsum(np.bincount(of_day[place], minlength=len(found)))
        table = batch.table(numbers)
        parts = np.split(order, ends[:-1])
        return {quarter: table.take(arrow_array(rows)) for quarter, rows in zip(found, parts, strict=False)}

    def _quarter(self, day: int, batch: Batch) -> str:
        try:
            return str(quarter_of_day(day, self.fiscal_year_starts))
        except (QuarterNotValid, OverflowError) as problem:
            row = int(np.flatnonzero(batch.days == day)[0])
            raise BatchNotValid(f"response {row + 1} is of day {day} from 1970: {problem}") from problem

    def _store(self, quarter: str, table: pa.Table, source: str) -> ArchivedFile:
        written = io.BytesIO()
        pq.write_table(table, written, compression="zstd", row_group_size=ROWS_PER_GROUP, version="2.6")
        data = written.getbuffer()
        file = ArchivedFile(
            hashlib.sha256(data).hexdigest(), table.num_rows, source, tuple(sorted(table.column_names))
        )
        replace_file(self.path(quarter, file), data)
        return file

    def _without(self, gone: pa.Array, quarter: str, file: ArchivedFile) -> ArchivedFile | None:
        """Give the file if it holds none of these numbers, else a new one without them; None if empty."""
        path = self.path(quarter, file)
        try:
            stays = pc.invert(pc.is_in(pq.read_table(path, columns=["number"])["number"], value_set=gone))
            n_left = pc.sum(stays).as_py() or 0
            if n_left == file.n_responses:
                return file
            return self._store(quarter, pq.read_table(path).filter(stays), file.source) if n_left else None
        except (OSError, pa.ArrowException) as problem:
            raise ArchiveNotValid(f"{path} cannot be read: {problem}; restore it from a backup") from problem

    def _list(self, before: Files, after: Files) -> None:
        """Make these the files that count, and delete whatever else the archive has made."""
        quarters = {quarter: tuple(after[quarter]) for quarter in sorted(after) if after[quarter]}
        if quarters != before:
            listed = _Listed(self.fiscal_year_starts, quarters)
            replace_file(self.root / LISTED, msgspec.json.format(msgspec.json.encode(listed), indent=1))
        for path in self.root.glob("quarter=*/*"):
            counts = {file.sha256 for file in quarters.get(path.parent.name.removeprefix("quarter="), ())}
            ours = OURS.fullmatch(path.name)
            if ours and (path.suffix == ".half" or ours["sha256"] not in counts):
                path.unlink()

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, how)
            yield


def _n_responses(files: Files) -> int:
    return sum(file.n_responses for of_quarter in files.values() for file in of_quarter)
