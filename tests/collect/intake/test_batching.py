"""Group commit: everything is told, nothing is told too early, and too much is turned away."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from queue import Queue
from threading import Event
from typing import Any

import pytest

from hearback.collect.intake.batching import BYTES_BESIDE, Batcher, Outcome, Room
from hearback.collect.intake.store import Received, StoreNotReady
from tests.collect.intake.made import response

Told = Queue[tuple[str, Outcome]]


class Kept:
    """A store in memory that a test can hold up, or let fail."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_store, self.is_storing = Event(), Event()
        self.may_store.set()
        self.fails_next = False
        self.n_opened = self.n_closed = 0

    def open(self) -> Any:
        self.n_opened += 1
        return self

    def append(self, responses: Sequence[Received]) -> list[bool]:
        self.is_storing.set()
        assert self.may_store.wait(10)
        if self.fails_next:
            self.fails_next = False
            raise StoreNotReady("the disk is full")
        self.batches.append([one.key for one in responses])
        return [True] * len(responses)

    def close(self) -> None:
        self.n_closed += 1


@contextmanager
def batching(open_store: Callable[[], Any], told: Told, **options: Any) -> Iterator[Batcher[str]]:
    """Run a batcher that puts what it tells into a queue."""

    def tell(outcomes: Iterable[tuple[str, Outcome]]) -> None:
        for one in outcomes:
            told.put(one)

    batcher = Batcher(open_store, tell, **options)
    try:
        yield batcher
    finally:
        batcher.close()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; another thread makes it so."""
    ends = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.005)


def test_what_comes_while_a_batch_is_stored_goes_into_the_next() -> None:
    kept, told = Kept(), Told()
    kept.may_store.clear()
    with batching(kept.open, told) as batcher:
        batcher.submit(response("first"), "first")
        assert kept.is_storing.wait(10)
        for n in range(20):
            batcher.submit(response(str(n)), str(n))
        assert told.empty(), "nothing is told before it is stored"
        kept.may_store.set()
    assert kept.batches == [["first"], [str(n) for n in range(20)]]
    assert [told.get_nowait() for _ in range(21)] == [("first", None), *((str(n), None) for n in range(20))]
    assert (kept.n_opened, kept.n_closed) == (1, 1)


def test_a_batch_has_at_most_so_many() -> None:
    kept, told = Kept(), Told()
    kept.may_store.clear()
    with batching(kept.open, told, most=3) as batcher:
        batcher.submit(response("first"), "first")
        assert kept.is_storing.wait(10)
        for n in range(7):
            batcher.submit(response(str(n)), str(n))
        kept.may_store.set()
    assert [len(batch) for batch in kept.batches] == [1, 3, 3, 1]


def test_turns_away_what_is_too_much() -> None:
    kept, told = Kept(), Told()
    kept.may_store.clear()
    with batching(kept.open, told, room=Room(n_responses=2)) as batcher:
        batcher.submit(response("first"), "first")
        assert kept.is_storing.wait(10)
        batcher.submit(response("a"), "a")
        batcher.submit(response("b"), "b")
        with pytest.raises(StoreNotReady):
            batcher.submit(response("c"), "c")
        kept.may_store.set()
    assert [key for batch in kept.batches for key in batch] == ["first", "a", "b"]


def test_turns_away_what_is_too_large_together() -> None:
    kept, told = Kept(), Told()
    kept.may_store.clear()
    size = len(response("a").answers) + BYTES_BESIDE
    with batching(kept.open, told, room=Room(n_bytes=3 * size)) as batcher:
        batcher.submit(response("first"), "first")
        assert kept.is_storing.wait(60)
        batcher.submit(response("a"), "a")
        with pytest.raises(StoreNotReady):
            batcher.submit(response("b", comment="x" * 2 * size), "b")
        batcher.submit(response("c"), "c")
        with pytest.raises(StoreNotReady):
            batcher.submit(response("d"), "d")
        kept.may_store.set()
        assert [told.get(timeout=60)[0] for _ in range(3)] == ["first", "a", "c"]
    with batching(kept.open, told, room=Room(n_bytes=size)) as batcher:
        for _ in range(3):
            batcher.submit(response("e"), "e")
            assert told.get(timeout=60) == ("e", None)
            wait_until(lambda: not batcher.waiting_bytes)


def test_a_store_that_is_not_ready_is_told_and_opened_anew() -> None:
    kept, told = Kept(), Told()
    kept.fails_next = True
    with batching(kept.open, told) as batcher:
        batcher.submit(response("a"), "a")
        ticket, outcome = told.get(timeout=60)
        assert (ticket, str(outcome)) == ("a", "the disk is full")
        batcher.submit(response("b"), "b")
        assert told.get(timeout=60) == ("b", None)
    assert kept.n_opened == 2


def test_a_store_that_cannot_be_opened_is_not_ready() -> None:
    told = Told()

    def fail() -> Any:
        raise StoreNotReady("nobody listens")

    with batching(fail, told) as batcher:
        batcher.submit(response("a"), "a")
        assert isinstance(told.get(timeout=60)[1], StoreNotReady)


def test_looks_into_the_store_before_anything_is_stored_and_again() -> None:
    kept, told = Kept(), Told()
    looks: Queue[Any] = Queue()
    with batching(kept.open, told, look=looks.put, look_every=0.01):
        assert [looks.get(timeout=60) for _ in range(3)] == [kept] * 3


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_program_leaves_nobody_waiting() -> None:
    told = Told()

    class Broken(Kept):
        def append(self, responses: Sequence[Received]) -> list[bool]:
            raise TypeError("a fault")

    with batching(Broken().open, told) as batcher:
        batcher.submit(response("a"), "a")
        assert isinstance(told.get(timeout=60)[1], StoreNotReady)
        batcher._thread.join(10)
        with pytest.raises(StoreNotReady):
            batcher.submit(response("b"), "b")


def test_tells_what_was_stored_under_the_key_before(opened: Callable[[], Any]) -> None:
    told = Told()
    with batching(opened, told) as batcher:
        for ticket, comment in (("a", "first"), ("b", "first"), ("c", "second")):
            batcher.submit(response("one", comment=comment), ticket)
    assert [told.get(timeout=60) for _ in range(3)] == [
        ("a", None),
        ("b", response("one", comment="first")),
        ("c", response("one", comment="first")),
    ]


def test_stores_each_key_once_through_a_real_store(opened: Callable[[], Any]) -> None:
    told = Told()
    with batching(opened, told) as batcher:
        for n in range(100):
            batcher.submit(response(str(n % 40)), str(n))
    outcomes = [told.get_nowait() for _ in range(100)]
    assert sum(before is None for _, before in outcomes) == 40
    assert opened().count("thumbs") == 40
