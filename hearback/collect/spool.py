"""Keep what one import finds in a temporary file, so that half a million findings need no memory."""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType

from hearback.collect.parsed import Oddity

_TABLES = """
CREATE TABLE rejection (row INTEGER, record INTEGER, col TEXT, message TEXT);
CREATE TABLE finding (row INTEGER, col TEXT, kind TEXT, message TEXT);
CREATE TABLE seen (identity TEXT, row INTEGER, content INTEGER);
CREATE TABLE variant (
    row INTEGER PRIMARY KEY, variant INTEGER, again INTEGER, n_different INTEGER, n_rows INTEGER, listed TEXT
);
CREATE TABLE loaded (series TEXT, survey INTEGER, row INTEGER);
PRAGMA journal_mode=OFF;
PRAGMA synchronous=OFF;
PRAGMA temp_store=FILE;
"""
_VARIANTS = """
CREATE INDEX seen_by_identity ON seen (identity, row);
CREATE TABLE repeated AS
    SELECT identity, COUNT(*) AS n_rows, COUNT(DISTINCT content) AS n_different
    FROM seen GROUP BY identity HAVING COUNT(*) > 1;
CREATE TABLE numbered AS
    SELECT identity, content, first, ROW_NUMBER() OVER (PARTITION BY identity ORDER BY first) AS variant
    FROM (SELECT identity, content, MIN(row) AS first FROM seen JOIN repeated USING (identity)
          GROUP BY identity, content);
CREATE INDEX numbered_by_content ON numbered (identity, content);
INSERT INTO variant
    SELECT seen.row, numbered.variant, seen.row > numbered.first, repeated.n_different, repeated.n_rows,
           (SELECT GROUP_CONCAT(row, ', ') FROM
               (SELECT row FROM seen AS some WHERE some.identity = repeated.identity ORDER BY row LIMIT 5))
    FROM repeated JOIN seen USING (identity) JOIN numbered USING (identity, content);
"""
_BATCH = 1000
_LISTED = 5


@dataclass(frozen=True)
class Repeat:
    """What is to be done with a row whose survey stands in the file more than once.

    `again` says that it repeats an earlier row value for value; `n_different` is how many different rows
    there are; `rows` lists the first of them.
    """

    variant: int
    again: bool
    n_different: int
    rows: str


class Spool:
    """Findings, rejections and row numbers of one import, for a `with` statement; nothing is left."""

    def __enter__(self) -> "Spool":
        self._folder = tempfile.TemporaryDirectory(prefix="hearback-import-")
        self.folder = Path(self._folder.name)
        self._db = sqlite3.connect(self.folder / "spool.sqlite3", isolation_level=None)
        self._db.executescript(_TABLES)
        self._waiting: dict[str, list[tuple[object, ...]]] = {}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        self._folder.cleanup()

    def reject(self, row: int | None, record: int | None, column: str | None, message: str) -> None:
        """Note a row, or the whole file, that was refused."""
        self._put("rejection", row, record, column, message)

    def find(self, row: int, oddities: Iterable[Oddity]) -> None:
        """Note what is odd about a row."""
        for one in oddities:
            self._put("finding", row, one.column, one.kind, one.message)

    def see(self, identity: str, row: int, content: int) -> None:
        """Note that a row is about a survey, and a number that is equal for equal content."""
        self._put("seen", identity, row, content)

    def load(self, series: str, survey: int, row: int) -> None:
        """Note that a row went into a survey, of variant 1."""
        self._put("loaded", series, survey, row)

    def forget_findings(self) -> None:
        """Drop the findings of the first pass before the second makes them again."""
        self._flush()
        self._db.execute("DELETE FROM finding")

    def number_variants(self) -> None:
        """Work out which rows are about the same survey, and which of them say the same."""
        self._flush()
        self._db.executescript(_VARIANTS)

    def repeats(self, first: int, last: int) -> dict[int, Repeat]:
        """Give the repeats among the rows from `first` to `last`."""
        self._flush()
        query = (
            "SELECT row, variant, again, n_different, n_rows, listed FROM variant WHERE row BETWEEN ? AND ?"
        )
        found = self._db.execute(query, (first, last))
        return {
            row: Repeat(variant, bool(again), different, _listed(listed, n))
            for row, variant, again, different, n, listed in found
        }

    def series(self, size: int) -> Iterator[list[tuple[str, dict[int, int]]]]:
        """Give, some at a time, the series that rows went into, each with survey → row of this file."""
        self._flush()
        loaded = self._db.execute("SELECT series, survey, row FROM loaded ORDER BY series, row DESC")
        chunk: list[tuple[str, dict[int, int]]] = []
        for name, group in groupby(loaded, key=lambda found: str(found[0])):
            chunk.append((name, {survey: row for _, survey, row in group}))
            if len(chunk) >= size:
                yield chunk
                chunk = []
        if chunk:
            yield chunk

    def rejections(self) -> Iterator[dict[str, object]]:
        """Give the rejections in the order of the file."""
        self._flush()
        query = "SELECT row, record, col, message FROM rejection ORDER BY row, rowid"
        for row, record, column, message in self._db.execute(query):
            yield {"row": row, "record": record, "column": column, "reason": message, "message": message}

    def findings(self) -> Iterator[dict[str, object]]:
        """Give the findings in the order of the file."""
        self._flush()
        query = "SELECT row, col, kind, message FROM finding ORDER BY row, rowid"
        for row, column, kind, message in self._db.execute(query):
            yield {"kind": kind, "row": row, "column": column, "message": message}

    def findings_by_kind(self) -> dict[str, int]:
        """Count the findings of each kind."""
        self._flush()
        return dict(self._db.execute("SELECT kind, COUNT(*) FROM finding GROUP BY kind ORDER BY kind"))

    def _put(self, table: str, *values: object) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(values)
        if len(waiting) >= _BATCH:
            self._write(table, waiting)

    def _flush(self) -> None:
        for table, waiting in self._waiting.items():
            self._write(table, waiting)

    def _write(self, table: str, waiting: list[tuple[object, ...]]) -> None:
        if waiting:
            marks = ", ".join("?" * len(waiting[0]))
            self._db.execute("BEGIN")
            self._db.executemany(f"INSERT INTO {table} VALUES ({marks})", waiting)  # noqa: S608
            self._db.execute("COMMIT")
            waiting.clear()


def _listed(rows: str, n_rows: int) -> str:
    return rows if n_rows <= _LISTED else f"{rows} and {n_rows - _LISTED:,} more"
