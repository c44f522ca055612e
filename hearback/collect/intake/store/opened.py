"""Open the store that the settings name."""

from pathlib import Path

from hearback.collect.intake.store import Store

FILE = "intake.sqlite3"


def open_store(home: Path, database: str = "") -> Store:
    """Open the store of responses.

    Args:
        home: the home folder; the file of a store in SQLite lies there.
        database: address of a PostgreSQL database; where it is empty, responses go into SQLite.

    Raises:
        StoreNotReady: if it cannot be opened now.
    """
    if database:
        from hearback.collect.intake.store.postgres import PostgresStore

        return PostgresStore(database)
    from hearback.collect.intake.store.sqlite import SqliteStore

    return SqliteStore(home / FILE)
