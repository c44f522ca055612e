"""What tests of the intake share: both stores, each empty, and responses to put into them."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import current_thread, main_thread
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from hearback.collect.intake.store import Store
from hearback.collect.intake.store.opened import open_store

Open = Callable[[], Store]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a store: nothing for SQLite, or a schema of its own in the PostgreSQL of the tests."""
    if request.param == "sqlite":
        yield ""
        return
    address = os.environ.get("HEARBACK_DATABASE_URL")
    if not address:
        pytest.skip("no PostgreSQL is configured")
    schema = f"intake_{uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as link:
        link.execute(SQL("CREATE SCHEMA {}").format(Identifier(schema)))
        yield make_conninfo(address, options=f"-c search_path={schema}")
        link.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(schema)))


@pytest.fixture
def opened(tmp_path: Path, database: str) -> Iterator[Open]:
    """A way to open one store as often as a test likes; other threads close what they open."""
    stores: list[Store] = []

    def run() -> Store:
        store = open_store(tmp_path, database)
        if current_thread() is main_thread():
            stores.append(store)
        return store

    yield run
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Open) -> Store:
    """An empty store."""
    return opened()
