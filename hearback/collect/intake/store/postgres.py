"""Responses in PostgreSQL, where several servers write at once.

Writers take turns by a lock that ends with the transaction. So responses become visible in the order of
their numbers, and whoever reads on from a number misses none; and two batches with the same keys never wait
for one another.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hearback.collect.intake.store import (
    DELETED_AT_ONCE,
    OpenForm,
    Received,
    RefusedKind,
    Stored,
    StoreNotReady,
)
from hearback.collect.intake.store.rows import COLUMNS, response_of, row_of, which_are_new

SECONDS_TO_WAIT = 5
NAME = "hearback-intake"
LOCK = 4_801_327_001
"""Name of the lock that writers share; any number that no other program takes in this database."""
READ_AT_ONCE = 2_000
TABLES = """
CREATE TABLE IF NOT EXISTS intake_form (
    form TEXT NOT NULL, version INTEGER NOT NULL, definition BYTEA NOT NULL, closed BOOLEAN NOT NULL,
    PRIMARY KEY (form, version)
);
CREATE TABLE IF NOT EXISTS intake_response (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, form TEXT NOT NULL, version INTEGER NOT NULL,
    key TEXT NOT NULL, at BIGINT NOT NULL, language TEXT NOT NULL, channel TEXT NOT NULL, place TEXT NOT NULL,
    campaign TEXT NOT NULL, answers BYTEA NOT NULL, not_shown TEXT NOT NULL, masked TEXT NOT NULL,
    batch TEXT NOT NULL,
    UNIQUE (form, key)
);
ALTER TABLE intake_response ADD COLUMN IF NOT EXISTS batch TEXT NOT NULL DEFAULT '';
CREATE INDEX IF NOT EXISTS intake_response_by_time ON intake_response (form, at);
CREATE INDEX IF NOT EXISTS intake_response_by_batch ON intake_response (form, batch) WHERE batch <> '';
CREATE TABLE IF NOT EXISTS intake_refused (
    form TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, number BIGINT NOT NULL,
    PRIMARY KEY (form, day, kind)
);
"""
NEWEST = "intake_refused"
"""What stands last in `TABLES`: where it is there, all is; tables of earlier versions get what they lack."""
BATCH = (
    "CREATE TEMP TABLE IF NOT EXISTS intake_batch (form TEXT, version INTEGER, key TEXT, at BIGINT, "
    "language TEXT, channel TEXT, place TEXT, campaign TEXT, answers BYTEA, not_shown TEXT, masked TEXT, "
    "batch TEXT) "
    "ON COMMIT DELETE ROWS"
)
COPY = f"COPY intake_batch ({COLUMNS}) FROM STDIN"
INSERT = (
    f"INSERT INTO intake_response ({COLUMNS}) SELECT {COLUMNS} FROM intake_batch "  # noqa: S608
    "ON CONFLICT (form, key) DO NOTHING RETURNING form, key"
)
SETTINGS = (
    f"-c statement_timeout={SECONDS_TO_WAIT}s -c lock_timeout={SECONDS_TO_WAIT}s -c synchronous_commit=on "
    f"-c idle_in_transaction_session_timeout={6 * SECONDS_TO_WAIT}s -c client_min_messages=warning"
)


class PostgresStore:
    """The store of a large installation; its tables lie in the same database as all others."""

    def __init__(self, address: str) -> None:
        with _not_ready():
            options = f"{conninfo_to_dict(address).get('options', '')} {SETTINGS}"
            self._database = psycopg.connect(
                make_conninfo(
                    address, connect_timeout=SECONDS_TO_WAIT, options=options, application_name=NAME
                ),
                autocommit=True,
                prepare_threshold=None,
            )
        try:
            with _not_ready():
                self._make_tables()
                self._database.execute(BATCH)
        except StoreNotReady:
            self._database.close()
            raise

    def put_form(self, form: OpenForm) -> None:
        """Make a version the one that is answered, or close it."""
        with _not_ready():
            self._database.execute(
                "INSERT INTO intake_form (form, version, definition, closed) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (form, version) DO UPDATE "
                "SET definition = excluded.definition, closed = excluded.closed",
                (form.form, form.version, form.definition, form.closed),
            )

    def forms(self) -> list[OpenForm]:
        """Give the newest version of every form."""
        with _not_ready():
            found = self._database.execute(
                "SELECT DISTINCT ON (form) form, version, definition, closed FROM intake_form "
                "ORDER BY form, version DESC"
            ).fetchall()
        return [OpenForm(name, version, text, closed) for name, version, text, closed in sorted(found)]

    def earlier_forms(self) -> list[OpenForm]:
        """Give every version of a form but its newest, the later first."""
        with _not_ready():
            found = self._database.execute(
                "SELECT form, version, definition, closed FROM intake_form AS one WHERE version < "
                "(SELECT MAX(version) FROM intake_form WHERE form = one.form) ORDER BY form, version DESC"
            ).fetchall()
        return [OpenForm(name, version, text, closed) for name, version, text, closed in found]

    def versions(self) -> dict[str, tuple[int, bool]]:
        """Give, by form, its newest version and whether it is closed."""
        with _not_ready():
            found = self._database.execute(
                "SELECT DISTINCT ON (form) form, version, closed FROM intake_form ORDER BY form, version DESC"
            ).fetchall()
        return {name: (version, closed) for name, version, closed in found}

    def append(self, responses: Sequence[Received]) -> list[bool]:
        """Store responses in one transaction; tells of each whether it is new."""
        with _not_ready(), self._database.transaction(), psycopg.Cursor(self._database) as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            with cursor.copy(COPY) as rows:
                for one in responses:
                    rows.write_row(row_of(one))
            stored = cursor.execute(INSERT).fetchall()
        return which_are_new(responses, stored)

    def responses(
        self, form: str, *, after: int = 0, since: int = 0, until: int | None = None
    ) -> Iterator[Stored]:
        """Give the responses to a form in the order of their numbers, so many at a time."""
        while True:
            with _not_ready():
                found = self._database.execute(
                    f"SELECT number, {COLUMNS} FROM intake_response "  # noqa: S608
                    "WHERE form = %s AND number > %s AND at >= %s AND (%s::bigint IS NULL OR at < %s) "
                    "ORDER BY number LIMIT %s",
                    (form, after, since, until, until, READ_AT_ONCE),
                ).fetchall()
            for number, *row in found:
                yield Stored(number, response_of(row))
            if len(found) < READ_AT_ONCE:
                return
            after = found[-1][0]

    def find(self, form: str, key: str) -> Stored | None:
        """Give the response to a form that was stored under a key; None where there is none."""
        with _not_ready():
            row = self._database.execute(
                f"SELECT number, {COLUMNS} FROM intake_response WHERE form = %s AND key = %s",  # noqa: S608
                (form, key),
            ).fetchone()
        return None if row is None else Stored(row[0], response_of(row[1:]))

    def known(self, form: str, keys: Sequence[str]) -> set[str]:
        """Give those of the keys under which responses to a form are stored."""
        with _not_ready():
            found = self._database.execute(
                "SELECT key FROM intake_response WHERE form = %s AND key = ANY(%s)", (form, list(keys))
            ).fetchall()
        return {key for (key,) in found}

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
                f"SELECT number, {COLUMNS} FROM intake_response "  # noqa: S608
                "WHERE form = %s AND at >= %s AND (%s::bigint IS NULL OR at < %s) "
                "AND (%s = '' OR language = %s) ORDER BY at DESC, number DESC LIMIT %s OFFSET %s",
                (form, since, until, until, language, language, limit, offset),
            ).fetchall()
        return [Stored(number, response_of(row)) for number, *row in found]

    def tally(self, form: str, *, since: int = 0, until: int | None = None) -> dict[str, int]:
        """Count the responses to a form by the language they were given in."""
        with _not_ready():
            found = self._database.execute(
                "SELECT language, COUNT(*) FROM intake_response "
                "WHERE form = %s AND at >= %s AND (%s::bigint IS NULL OR at < %s) GROUP BY language",
                (form, since, until, until),
            ).fetchall()
        return dict(found)

    def count(self, form: str, batch: str = "") -> int:
        """Count the responses to a form, or those of one import."""
        with _not_ready():
            row = self._database.execute(
                "SELECT COUNT(*) FROM intake_response WHERE form = %s AND (%s = '' OR batch = %s)",
                (form, batch, batch),
            ).fetchone()
        return int(row[0]) if row else 0

    def count_sent(self, form: str) -> int:
        """Count the responses to a form that people sent here; both counts are read off indexes."""
        with _not_ready():
            row = self._database.execute(
                "SELECT (SELECT COUNT(*) FROM intake_response WHERE form = %s) "
                "- (SELECT COUNT(*) FROM intake_response WHERE form = %s AND batch <> '')",
                (form, form),
            ).fetchone()
        return int(row[0]) if row else 0

    def numbered(self, after: int, until: int) -> Iterator[Stored]:
        """Give the responses to all forms with numbers above `after`, up to and with `until`, in order."""
        while True:
            with _not_ready():
                found = self._database.execute(
                    f"SELECT number, {COLUMNS} FROM intake_response "  # noqa: S608
                    "WHERE number > %s AND number <= %s ORDER BY number LIMIT %s",
                    (after, until, READ_AT_ONCE),
                ).fetchall()
            for number, *row in found:
                yield Stored(number, response_of(row))
            if len(found) < READ_AT_ONCE:
                return
            after = found[-1][0]

    def count_numbered(self, after: int, until: int) -> int:
        """Count them."""
        return self._number(
            "SELECT COUNT(*) FROM intake_response WHERE number > %s AND number <= %s", after, until
        )

    def last_number(self) -> int:
        """Give the highest number that is there; 0 where there is none."""
        return self._number("SELECT COALESCE(MAX(number), 0) FROM intake_response")

    def _number(self, statement: LiteralString, *values: int) -> int:
        with _not_ready():
            row = self._database.execute(statement, values).fetchone()
        return int(row[0]) if row else 0

    def delete(self, form: str, *, before: int) -> int:
        """Delete the responses to a form that came before a moment; returns how many."""
        return self._delete("form = %s AND at < %s", (form, before))

    def delete_batch(self, form: str, batch: str) -> int:
        """Delete the responses to a form that came with one import; returns how many."""
        return self._delete("form = %s AND batch = %s AND batch <> ''", (form, batch))

    def _delete(self, wanted: LiteralString, values: tuple[object, ...]) -> int:
        """Delete some at a time: all of a large batch would take longer than a statement may."""
        some = f"SELECT number FROM intake_response WHERE {wanted} LIMIT %s"  # noqa: S608
        total = 0
        while True:
            with _not_ready():
                n = self._database.execute(
                    f"DELETE FROM intake_response WHERE number IN ({some})",  # noqa: S608
                    (*values, DELETED_AT_ONCE),
                ).rowcount
            total += n
            if n < DELETED_AT_ONCE:
                return total

    def add_refused(self, counts: Mapping[tuple[str, str, RefusedKind], int]) -> None:
        """Add to the numbers of responses that were not stored, in one transaction and one order."""
        with _not_ready(), self._database.transaction(), psycopg.Cursor(self._database) as cursor:
            cursor.executemany(
                "INSERT INTO intake_refused (form, day, kind, number) VALUES (%s, %s, %s, %s) ON CONFLICT "
                "(form, day, kind) DO UPDATE SET number = intake_refused.number + excluded.number",
                sorted((*name, n) for name, n in counts.items()),
            )

    def refused(self, form: str, *, since: str = "") -> list[tuple[str, RefusedKind, int]]:
        """Give how many responses to a form were not stored, by day and why."""
        with _not_ready():
            return self._database.execute(
                "SELECT day, kind, number FROM intake_refused "
                "WHERE form = %s AND day >= %s ORDER BY day, kind",
                (form, since),
            ).fetchall()

    def close(self) -> None:
        """Let go of the connection."""
        self._database.close()

    def _make_tables(self) -> None:
        there = self._database.execute("SELECT to_regclass(%s)", (NEWEST,)).fetchone()
        if there is not None and there[0] is not None:
            return
        with self._database.transaction():
            self._database.execute("SET LOCAL statement_timeout = 0")  # a large table takes its time
            self._database.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            self._database.execute(TABLES)


@contextmanager
def _not_ready() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as problem:
        raise StoreNotReady(str(problem).strip()) from problem
