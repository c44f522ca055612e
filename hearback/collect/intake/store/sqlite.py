"""Responses in one SQLite file, apart from the main database, whose long writes keep no answer out."""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hearback.collect.intake.store import (
    DELETED_AT_ONCE,
    OpenForm,
    Received,
    RefusedKind,
    Stored,
    StoreNotReady,
)
from hearback.collect.intake.store.rows import COLUMNS, N_COLUMNS, response_of, row_of, which_are_new

SECONDS_TO_WAIT = 5.0
TABLES = """
CREATE TABLE IF NOT EXISTS form (
    form TEXT NOT NULL, version INTEGER NOT NULL, definition BLOB NOT NULL, closed INTEGER NOT NULL,
    PRIMARY KEY (form, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS response (
    number INTEGER PRIMARY KEY AUTOINCREMENT, form TEXT NOT NULL, version INTEGER NOT NULL, key TEXT NOT NULL,
    at INTEGER NOT NULL, language TEXT NOT NULL, channel TEXT NOT NULL, place TEXT NOT NULL,
    campaign TEXT NOT NULL, answers BLOB NOT NULL, not_shown TEXT NOT NULL, masked TEXT NOT NULL,
    batch TEXT NOT NULL,
    UNIQUE (form, key)
);
CREATE TABLE IF NOT EXISTS refused (
    form TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (form, day, kind)
) WITHOUT ROWID;
"""
ADDED = {"batch": "TEXT NOT NULL DEFAULT ''"}
"""Columns of responses that files made by earlier versions lack."""
INDEXES = """
CREATE INDEX IF NOT EXISTS response_by_time ON response (form, at);
CREATE INDEX IF NOT EXISTS response_by_batch ON response (form, batch) WHERE batch <> '';
"""
INSERT = f"INSERT INTO response ({COLUMNS}) VALUES "  # noqa: S608 - columns of our own
ONE = f"({', '.join('?' * N_COLUMNS)})"
REST = " ON CONFLICT (form, key) DO NOTHING"
READ_AT_ONCE = 2_000
AT_ONCE = 32_000 // N_COLUMNS
"""SQLite takes at most 32,766 values in a statement."""


class SqliteStore:
    """The store of a small server. Every process, and every thread, opens its own."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._database = sqlite3.connect(file, timeout=SECONDS_TO_WAIT, isolation_level=None)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            self._database.executescript(TABLES)
            self._add_columns()
            self._database.executescript(INDEXES)
        except sqlite3.Error as problem:
            raise StoreNotReady(f"{file.name}: {problem}") from problem

    def _add_columns(self) -> None:
        """Give a file of an earlier version what it lacks; of several that open it, one does."""
        if not self._lacking():
            return
        self._database.execute("BEGIN IMMEDIATE")
        for name in self._lacking():
            self._database.execute(f"ALTER TABLE response ADD COLUMN {name} {ADDED[name]}")
        self._database.execute("COMMIT")

    def _lacking(self) -> list[str]:
        there = {row[1] for row in self._database.execute("PRAGMA table_info(response)")}
        return [name for name in ADDED if name not in there]

    def put_form(self, form: OpenForm) -> None:
        """Make a version the one that is answered, or close it."""
        with _not_ready():
            self._database.execute(
                "INSERT INTO form (form, version, definition, closed) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (form, version) DO UPDATE "
                "SET definition = excluded.definition, closed = excluded.closed",
                (form.form, form.version, form.definition, form.closed),
            )

    def forms(self) -> list[OpenForm]:
        """Give the newest version of every form."""
        with _not_ready():
            found = self._database.execute(
                "SELECT form, MAX(version), definition, closed FROM form GROUP BY form ORDER BY form"
            )
            return [OpenForm(name, version, text, bool(closed)) for name, version, text, closed in found]

    def earlier_forms(self) -> list[OpenForm]:
        """Give every version of a form but its newest, the later first."""
        with _not_ready():
            found = self._database.execute(
                "SELECT form, version, definition, closed FROM form AS one WHERE version < "
                "(SELECT MAX(version) FROM form WHERE form = one.form) ORDER BY form, version DESC"
            )
            return [OpenForm(name, version, text, bool(closed)) for name, version, text, closed in found]

    def versions(self) -> dict[str, tuple[int, bool]]:
        """Give, by form, its newest version and whether it is closed."""
        with _not_ready():
            found = self._database.execute("SELECT form, MAX(version), closed FROM form GROUP BY form")
            return {name: (version, bool(closed)) for name, version, closed in found}

    def append(self, responses: Sequence[Received]) -> list[bool]:
        """Store responses in one transaction; tells of each whether it is new.

        They go in with few statements: after each, this thread must wait for its turn among all others.
        """
        database = self._database
        try:
            with _not_ready():
                database.execute("BEGIN IMMEDIATE")
                n_new = sum(
                    self._insert(responses[start : start + AT_ONCE])
                    for start in range(0, len(responses), AT_ONCE)
                )
                is_new = self._which_are_new(responses, n_new)
                database.execute("COMMIT")
        finally:
            with suppress(sqlite3.Error):
                if database.in_transaction:
                    database.execute("ROLLBACK")
        return is_new

    def _insert(self, responses: Sequence[Received]) -> int:
        values = [value for one in responses for value in row_of(one)]
        statement = INSERT + ", ".join([ONE] * len(responses)) + REST
        return self._database.execute(statement, values).rowcount

    def _which_are_new(self, responses: Sequence[Received], n_new: int) -> list[bool]:
        """Tell of each response whether it is new, within the transaction: new ones have the top numbers."""
        if n_new == len(responses):
            return [True] * n_new
        top = "SELECT form, key FROM response ORDER BY number DESC LIMIT ?"
        return which_are_new(responses, self._database.execute(top, (n_new,)).fetchall())

    def responses(
        self, form: str, *, after: int = 0, since: int = 0, until: int | None = None
    ) -> Iterator[Stored]:
        """Give the responses to a form in the order of their numbers."""
        wanted = "form = ? AND number > ? AND at >= ? AND (? IS NULL OR at < ?)"
        yield from self._each(wanted, (form, after, since, until, until))

    def find(self, form: str, key: str) -> Stored | None:
        """Give the response to a form that was stored under a key; None where there is none."""
        with _not_ready():
            row = self._database.execute(
                f"SELECT number, {COLUMNS} FROM response WHERE form = ? AND key = ?",  # noqa: S608
                (form, key),
            ).fetchone()
        return None if row is None else Stored(row[0], response_of(row[1:]))

    def known(self, form: str, keys: Sequence[str]) -> set[str]:
        """Give those of the keys under which responses to a form are stored."""
        wanted = "SELECT key FROM response WHERE form = ? AND key IN (SELECT value FROM json_each(?))"
        with _not_ready():
            return {key for (key,) in self._database.execute(wanted, (form, json.dumps(list(keys))))}

    def latest(
        self,
        form: str,
        *,
        limit: int,
        offset: int = 0,
        since: int = 0,
        until: int | None = None,
        language: str = "",
    ) -> list[Stored]:
        """Give responses to a form, the latest first, in one language or all."""
        with _not_ready():
            found = self._database.execute(
                f"SELECT number, {COLUMNS} FROM response "  # noqa: S608
                "WHERE form = ? AND at >= ? AND (? IS NULL OR at < ?) "
                "AND (? = '' OR language = ?) ORDER BY at DESC, number DESC LIMIT ? OFFSET ?",
                (form, since, until, until, language, language, limit, offset),
            ).fetchall()
        return [Stored(number, response_of(row)) for number, *row in found]

    def tally(self, form: str, *, since: int = 0, until: int | None = None) -> dict[str, int]:
        """Count the responses to a form by the language they were given in."""
        with _not_ready():
            found = self._database.execute(
                "SELECT language, COUNT(*) FROM response "
                "WHERE form = ? AND at >= ? AND (? IS NULL OR at < ?) GROUP BY language",
                (form, since, until, until),
            ).fetchall()
        return dict(found)

    def count(self, form: str, batch: str = "") -> int:
        """Count the responses to a form, or those of one import."""
        counted = "SELECT COUNT(*) FROM response WHERE form = ?"
        of_batch = f"{counted} AND batch = ? AND batch <> ''"
        with _not_ready():
            found = self._database.execute(*((of_batch, (form, batch)) if batch else (counted, (form,))))
            return int(found.fetchone()[0])

    def count_sent(self, form: str) -> int:
        """Count the responses to a form that people sent here; both counts are read off indexes."""
        with _not_ready():
            row = self._database.execute(
                "SELECT (SELECT COUNT(*) FROM response WHERE form = ?) "
                "- (SELECT COUNT(*) FROM response WHERE form = ? AND batch <> '')",
                (form, form),
            ).fetchone()
        return int(row[0])

    def numbered(self, after: int, until: int) -> Iterator[Stored]:
        """Give the responses to all forms with numbers above `after`, up to and with `until`, in order."""
        yield from self._each("number > ? AND number <= ?", (after, until))

    def _each(self, wanted: str, values: Sequence[object]) -> Iterator[Stored]:
        """Give responses by number, few in memory at a time."""
        statement = f"SELECT number, {COLUMNS} FROM response WHERE {wanted} ORDER BY number"  # noqa: S608
        with _not_ready():
            found = self._database.execute(statement, values)
            some = found.fetchmany(READ_AT_ONCE)
        while some:
            for number, *row in some:
                yield Stored(number, response_of(row))
            with _not_ready():
                some = found.fetchmany(READ_AT_ONCE)

    def count_numbered(self, after: int, until: int) -> int:
        """Count them."""
        counted = "SELECT COUNT(*) FROM response WHERE number > ? AND number <= ?"
        with _not_ready():
            return int(self._database.execute(counted, (after, until)).fetchone()[0])

    def last_number(self) -> int:
        """Give the highest number that is there; 0 where there is none."""
        with _not_ready():
            return int(self._database.execute("SELECT COALESCE(MAX(number), 0) FROM response").fetchone()[0])

    def delete(self, form: str, *, before: int) -> int:
        """Delete the responses to a form that came before a moment; returns how many."""
        return self._delete("form = ? AND at < ?", (form, before))

    def delete_batch(self, form: str, batch: str) -> int:
        """Delete the responses to a form that came with one import; returns how many."""
        return self._delete("form = ? AND batch = ? AND batch <> ''", (form, batch))

    def _delete(self, wanted: str, values: tuple[object, ...]) -> int:
        """Delete some at a time: while all of a large batch were, nobody could store any."""
        some = f"SELECT number FROM response WHERE {wanted} LIMIT ?"  # noqa: S608
        total = 0
        while True:
            with _not_ready():
                n = self._database.execute(
                    f"DELETE FROM response WHERE number IN ({some})",  # noqa: S608
                    (*values, DELETED_AT_ONCE),
                ).rowcount
            total += n
            if n < DELETED_AT_ONCE:
                return total

    def add_refused(self, counts: Mapping[tuple[str, str, RefusedKind], int]) -> None:
        """Add to the numbers of responses that were not stored, all in one statement."""
        rows = [(*name, n) for name, n in counts.items()]
        statement = "INSERT INTO refused (form, day, kind, number) VALUES "
        more = " ON CONFLICT (form, day, kind) DO UPDATE SET number = number + excluded.number"
        with _not_ready():
            self._database.execute(
                statement + ", ".join(["(?, ?, ?, ?)"] * len(rows)) + more,
                [one for row in rows for one in row],
            )

    def refused(self, form: str, *, since: str = "") -> list[tuple[str, RefusedKind, int]]:
        """Give how many responses to a form were not stored, by day and why."""
        with _not_ready():
            return self._database.execute(
                "SELECT day, kind, number FROM refused WHERE form = ? AND day >= ? ORDER BY day, kind",
                (form, since),
            ).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


@contextmanager
def _not_ready() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as problem:
        raise StoreNotReady(str(problem)) from problem
