"""The cells of every quarter, each with the list of archived files that were counted into them.

A record says which file holds the cells of a quarter and what they were made of. It is replaced in one step:
a crash leaves the cells that were there. Every cell can be counted again from the archive, so whatever is
damaged here is mended by rolling up again.
"""

import fcntl
import hashlib
import io
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hearback.collect.archive.arrays import arrow_array, numpy_array
from hearback.collect.archive.writing import replace_file, sha256_of
from hearback.measure.cells.definition import CELLS, KEYS

WORKING = ".working"


class CellsNotValid(ValueError):
    """Stored cells cannot be read, or are not what their record says; roll up again."""


class QuarterCells(msgspec.Struct, frozen=True):
    """What the cells of one quarter were made of.

    `counted` are the hashes of the archived files in them, `definition` the version of `definition`, `sha256`
    the hash of the cells themselves.
    """

    quarter: str
    definition: str
    counted: tuple[str, ...]
    n_responses: int
    n_cells: int
    sha256: str


@dataclass(frozen=True)
class CellStore:
    """The stored cells under one folder."""

    root: Path

    def quarters(self) -> list[str]:
        """Name the quarters that have cells, oldest first."""
        return sorted(file.stem for file in self.root.glob("*.json"))

    def record(self, quarter: str) -> QuarterCells | None:
        """Say what the cells of a quarter were made of; None where it has none.

        Raises:
            CellsNotValid: if the record cannot be read.
        """
        file = self._record_file(quarter)
        if not file.exists():
            return None
        try:
            return msgspec.json.decode(file.read_bytes(), type=QuarterCells)
        except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
            raise CellsNotValid(f"{file} is no record of cells: {problem}; roll up again") from problem

    def sound_record(self, quarter: str) -> QuarterCells | None:
        """Give the record of a quarter whose cells are as they were written; None if they must be counted."""
        try:
            record = self.record(quarter)
        except CellsNotValid:
            return None
        if record is None or not self.path(record).exists():
            return None
        return record if sha256_of(self.path(record)) == record.sha256 else None

    def path(self, record: QuarterCells) -> Path:
        """Give the file of the cells that a record speaks of."""
        return self.root / f"{record.quarter}-{record.sha256}.parquet"

    def cells(self, quarter: str) -> pa.Table:
        """Read the cells of a quarter; an empty table where it has none.

        Raises:
            CellsNotValid: if the file is missing, or is not what its record says.
        """
        record = self.record(quarter)
        if record is None:
            return CELLS.empty_table()
        try:
            data = self.path(record).read_bytes()
        except OSError as problem:
            if self.record(quarter) != record:  # replaced by a roll-up since
                return self.cells(quarter)
            raise CellsNotValid(
                f"the cells of {quarter} cannot be read: {problem}; roll up again"
            ) from problem
        if hashlib.sha256(data).hexdigest() != record.sha256:
            raise CellsNotValid(f"{self.path(record)} was changed; roll up again")
        return pq.read_table(io.BytesIO(data), schema=CELLS)

    def put(
        self, quarter: str, definition: str, counted: Sequence[str], n: int, cells: pa.Table
    ) -> QuarterCells:
        """Keep the cells of a quarter in the place of those before; equal cells give equal bytes.

        Args:
            counted: hashes of the archived files they are made of.
            n: responses in those files.
        """
        ordered = in_order(cells.cast(CELLS))
        written = io.BytesIO()
        pq.write_table(ordered, written, compression="zstd", version="2.6")
        data = written.getbuffer()
        record = QuarterCells(
            quarter=quarter,
            definition=definition,
            counted=tuple(sorted(counted)),
            n_responses=n,
            n_cells=ordered.num_rows,
            sha256=hashlib.sha256(data).hexdigest(),
        )
        replace_file(self.path(record), data)
        replace_file(self._record_file(quarter), msgspec.json.encode(record))
        return record

    def drop(self, quarter: str) -> None:
        """Forget the cells of a quarter that has no answers any more."""
        self._record_file(quarter).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Delete earlier cells, and what an interruption left.

        Raises:
            CellsNotValid: if a record cannot be read.
        """
        records = [record for quarter in self.quarters() if (record := self.record(quarter)) is not None]
        counts = {self.path(record) for record in records}
        for file in (*self.root.glob("*.parquet"), *self.root.glob(".*.half")):
            if file not in counts:
                file.unlink()

    @contextmanager
    def alone(self) -> Iterator[Path]:
        """Keep a second writer waiting; gives a folder for files that are needed meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            working = self.root / WORKING
            shutil.rmtree(working, ignore_errors=True)
            working.mkdir()
            try:
                yield working
            finally:
                shutil.rmtree(working)

    def _record_file(self, quarter: str) -> Path:
        return self.root / f"{quarter}.json"


def in_order(cells: pa.Table) -> pa.Table:
    """Sort cells by their keys, no two of which are equal.

    Engines give long runs that are in order already, which a stable sort of one number for each cell uses.
    """
    if not cells.num_rows:
        return cells.combine_chunks()
    place = np.zeros(cells.num_rows, dtype=np.int64)
    for name in KEYS:
        key = numpy_array(cells[name]).astype(np.int64)
        lowest = key.min()
        place = place * (key.max() - lowest + 1) + (key - lowest)
    order = arrow_array(np.argsort(place, kind="stable"))
    columns = [column.combine_chunks().take(order) for column in cells.columns]
    return pa.Table.from_arrays(columns, schema=cells.schema)
