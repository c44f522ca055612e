"""One test for every store: what is acknowledged is there, once, whole, and in order."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from msgspec.structs import replace

from hearback.collect.intake.store import Store, StoreNotReady, postgres, sqlite
from hearback.collect.intake.store.opened import open_store
from hearback.collect.intake.store.postgres import PostgresStore
from hearback.collect.intake.store.sqlite import SqliteStore
from tests.collect.intake.made import response, thumbs

Open = Callable[[], Store]


def test_gives_back_what_was_stored(store: Store) -> None:
    sent = [response("a"), response("b")]
    assert store.append(sent) == [True, True]
    stored = list(store.responses("thumbs"))
    assert [one.response for one in stored] == sent
    assert stored[0].number < stored[1].number


def test_stores_a_key_once_however_often_it_is_sent(store: Store) -> None:
    assert store.append([response("a", comment="first")]) == [True]
    assert store.append([response("b"), response("a", comment="second"), response("b")]) == [
        True,
        False,
        False,
    ]
    assert store.append([response("a", form="other")]) == [True], "keys are unique within a form"
    assert [one.response.key for one in store.responses("thumbs")] == ["a", "b"]
    assert b"first" in next(store.responses("thumbs")).response.answers


def test_finds_a_response_by_its_key(store: Store) -> None:
    store.append([response("a", form="other"), response("a"), response("b")])
    found = store.find("thumbs", "a")
    assert found is not None
    assert found.response == response("a")
    assert found == next(store.responses("thumbs"))
    assert store.find("thumbs", "c") is None


def test_knows_which_keys_are_stored_and_what_people_sent(store: Store) -> None:
    store.append([response("a"), replace(response("b"), batch="import 1"), response("c", form="other")])
    assert store.known("thumbs", ["a", "b", "c", "it's"]) == {"a", "b"}
    assert store.known("thumbs", []) == set()
    assert store.known("thumbs", ["a", *map(str, range(70_000))]) == {"a"}
    assert (store.count_sent("thumbs"), store.count_sent("other"), store.count_sent("none")) == (1, 1, 0)


def test_reads_from_a_number_and_between_two_times(store: Store) -> None:
    store.append([response(str(n), at=1_000 + n) for n in range(10)])
    numbers = [one.number for one in store.responses("thumbs")]
    assert [one.response.key for one in store.responses("thumbs", after=numbers[6])] == ["7", "8", "9"]
    between = store.responses("thumbs", since=1_002, until=1_004)
    assert [one.response.key for one in between] == ["2", "3"], "until is exclusive"


def test_gives_the_latest_first_a_page_at_a_time_and_counts_languages(store: Store) -> None:
    sent = [replace(response(str(n), at=1_000 + n // 2), language="es" if n % 3 else "en") for n in range(8)]
    store.append([*sent, response("x", form="other")])
    assert [one.response.key for one in store.latest("thumbs", limit=3)] == ["7", "6", "5"]
    assert [one.response.key for one in store.latest("thumbs", limit=3, offset=6)] == ["1", "0"]
    in_english = store.latest("thumbs", limit=9, language="en", until=1_003)
    assert [one.response.key for one in in_english] == ["3", "0"], "until is exclusive"
    assert [one.response.key for one in store.latest("thumbs", limit=9, since=1_003)] == ["7", "6"]
    assert store.tally("thumbs") == {"en": 3, "es": 5}
    assert store.tally("thumbs", since=1_001, until=1_002) == {"en": 1, "es": 1}
    assert store.tally("nothing") == {}


def test_takes_batches_of_any_size(store: Store) -> None:
    assert store.append([]) == []
    many = [response(str(n)) for n in range(7_000)]
    assert store.append(many) == [True] * len(many)
    assert [one.response.key for one in store.responses("thumbs")] == [one.key for one in many]
    assert store.count("thumbs") == 7_000


def test_deletes_what_came_before_a_moment(store: Store) -> None:
    store.append([*(response(str(n), at=n) for n in range(10)), response("kept", form="other", at=0)])
    assert store.delete("thumbs", before=6) == 6
    assert (store.count("thumbs"), store.count("other")) == (4, 1)


def test_deletes_many_some_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (postgres, sqlite):
        monkeypatch.setattr(module, "DELETED_AT_ONCE", 3)
    store.append([replace(response(str(n), at=n), batch="1" if n < 7 else "") for n in range(13)])
    assert store.delete_batch("thumbs", "1") == 7
    assert store.delete("thumbs", before=13) == 6
    assert store.count("thumbs") == 0


def test_gives_the_newest_version_of_every_form(store: Store) -> None:
    for form in (thumbs("b", 2), thumbs("a", 10), thumbs("a", 9), thumbs("b", 2, closed=True)):
        store.put_form(form)
    assert store.forms() == [thumbs("a", 10), thumbs("b", 2, closed=True)]
    assert store.versions() == {"a": (10, False), "b": (2, True)}


def test_writers_at_once_store_each_key_once_and_wait_for_one_another(opened: Open) -> None:
    opened()
    told: list[bool] = []

    def write(turn: int) -> None:
        with closing(opened()) as store:
            for n in range(0, 200, 10):
                keys = range(n, n + 10) if turn % 2 else range(n + 9, n - 1, -1)
                told.extend(store.append([response(str(key)) for key in keys]))

    threads = [Thread(target=write, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(told), sum(told)) == (800, 200)
    assert opened().count("thumbs") == 200


def test_a_reader_that_reads_on_from_a_number_misses_none(opened: Open) -> None:
    reader = opened()

    def write(name: str) -> None:
        with closing(opened()) as store:
            for n in range(40):
                store.append([response(f"{name}{n}")])

    threads = [Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    seen: list[str] = []
    last = 0
    while any(thread.is_alive() for thread in threads):
        for one in reader.responses("thumbs", after=last):
            seen.append(one.response.key)
            last = one.number
    seen += [one.response.key for one in reader.responses("thumbs", after=last)]
    assert len(seen) == len(set(seen)) == 120


@dataclass(frozen=True)
class Full:
    """A store that is full, and a way to make room in it."""

    store: Store
    make_room: Callable[[], object]


@pytest.fixture
def full(tmp_path: Path, database: str) -> Full:
    """A store whose disk is full: PostgreSQL says so from the third row on, SQLite at its limit of pages."""
    store = open_store(tmp_path, database)
    if isinstance(store, SqliteStore):
        link = store._database
        pages = link.execute("PRAGMA page_count").fetchone()[0]
        link.execute(f"PRAGMA max_page_count = {pages + 2}")
        return Full(store, lambda: link.execute("PRAGMA max_page_count = 100000"))
    assert isinstance(store, PostgresStore)
    with psycopg.connect(database, autocommit=True) as outside:
        outside.execute(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.key = 'key 3' THEN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END IF; "
            "RETURN NEW; END $$"
        )
        outside.execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON intake_response "
            "FOR EACH ROW EXECUTE FUNCTION full_disk()"
        )
    return Full(store, lambda: store._database.execute("DROP TRIGGER full_disk ON intake_response"))


def test_a_full_store_says_so_stores_nothing_and_goes_on_when_there_is_room(full: Full) -> None:
    batch = [response(f"key {n}", comment="x" * 8_000) for n in range(6)]
    with pytest.raises(StoreNotReady):
        full.store.append(batch)
    assert full.store.count("thumbs") == 0
    full.make_room()
    assert full.store.append(batch) == [True] * 6
    full.store.close()


def test_a_commit_waits_for_the_disk(store: Store) -> None:
    if isinstance(store, SqliteStore):
        assert store._database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store._database.execute("PRAGMA synchronous").fetchone() == (2,), "FULL"
    else:
        assert isinstance(store, PostgresStore)
        assert store._database.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_a_connection_that_breaks_is_a_store_that_is_not_ready(opened: Open) -> None:
    store = opened()
    store.close()
    every_use: tuple[Callable[[], object], ...] = (
        lambda: store.append([response("a")]),
        lambda: store.put_form(thumbs()),
        store.forms,
        store.versions,
        lambda: list(store.responses("thumbs")),
        lambda: store.find("thumbs", "a"),
        lambda: store.latest("thumbs", limit=1),
        lambda: store.tally("thumbs"),
        lambda: store.count("thumbs"),
        lambda: store.count("thumbs", "7"),
        lambda: list(store.numbered(0, 1)),
        lambda: store.count_numbered(0, 1),
        store.last_number,
        lambda: store.delete("thumbs", before=1),
        lambda: store.delete_batch("thumbs", "7"),
        lambda: store.add_refused({("thumbs", "2026-03-02", "trapped"): 1}),
        lambda: store.refused("thumbs"),
    )
    for use in every_use:
        with pytest.raises(StoreNotReady):
            use()
    assert opened().append([response("a")]) == [True]


def test_a_store_that_cannot_be_opened_is_not_ready(tmp_path: Path) -> None:
    (tmp_path / "intake.sqlite3").write_bytes(b"this is no database" * 100)
    with pytest.raises(StoreNotReady):
        open_store(tmp_path)
    with pytest.raises(StoreNotReady):
        open_store(tmp_path, "postgresql://127.0.0.1:1/nowhere")


def test_deletes_what_came_with_one_import_and_nothing_else(store: Store) -> None:
    sent = [
        replace(response(key), batch=batch) for key, batch in (("a", ""), ("b", "1"), ("c", "2"), ("d", "1"))
    ]
    store.append([*sent, replace(response("b", form="other"), batch="1")])
    assert (store.count("thumbs"), store.count("thumbs", "1")) == (4, 2)
    assert [one.response.batch for one in store.responses("thumbs")] == ["", "1", "2", "1"]
    assert store.delete_batch("thumbs", "1") == 2
    assert store.delete_batch("thumbs", "") == 0
    assert [one.response.key for one in store.responses("thumbs")] == ["a", "c"]
    assert store.count("other") == 1


def test_a_store_of_an_earlier_version_gets_the_column_it_lacks(opened: Open) -> None:
    """Imports carry the mark of their batch since a later version; what was stored before has none."""
    earlier = opened()
    earlier.append([response("a")])
    if isinstance(earlier, SqliteStore):
        earlier._database.execute("DROP INDEX response_by_batch")
        earlier._database.execute("ALTER TABLE response DROP COLUMN batch")
    else:
        assert isinstance(earlier, PostgresStore)
        earlier._database.execute("ALTER TABLE intake_response DROP COLUMN batch")
        earlier._database.execute("DROP TABLE intake_refused")
    for store in (opened(), opened()):
        found = store.find("thumbs", "a")
        assert found is not None
        assert found.response == response("a")
    assert store.append([replace(response("b"), batch="7"), response("a")]) == [True, False]
    assert (store.count("thumbs"), store.count("thumbs", "7")) == (2, 1)
    assert store.delete_batch("thumbs", "7") == 1


def test_keeps_the_versions_before_the_newest(store: Store) -> None:
    for number in (1, 2, 3):
        store.put_form(thumbs(version=number))
    store.put_form(thumbs("other"))
    assert [(one.form, one.version) for one in store.forms()] == [("other", 1), ("thumbs", 3)]
    assert [(one.form, one.version) for one in store.earlier_forms()] == [("thumbs", 2), ("thumbs", 1)]
