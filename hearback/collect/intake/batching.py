"""Group commit: one thread stores what all requests of a process bring, many responses at a time.

A commit waits for the disk, and the disk takes as long for one response as for a thousand. So whatever
comes while one batch is on its way to the disk goes into the next.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import repeat
from queue import Empty, SimpleQueue
from typing import Generic, NamedTuple, TypeVar

from hearback.collect.intake.repeating import stored_before
from hearback.collect.intake.store import Received, Store, StoreNotReady

Ticket = TypeVar("Ticket")
Outcome = Received | None | StoreNotReady
"""What was stored under the key before, None where the response is new; or why it could not be stored."""
BYTES_BESIDE = 600
"""About so much memory a response takes beside its answers: its key, its place, what holds them."""


class Sought(NamedTuple):
    """What was stored under a key is asked for, and nothing is to be stored."""

    form: str
    key: str


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Room:
    """How many responses may wait, and how large they may be with those on their way to the disk."""

    n_responses: int = 5_000
    n_bytes: int = 32_000_000


class Batcher(Generic[Ticket]):
    """A queue of responses and the thread that empties it into a store.

    Args:
        open_store: opens the store; called in the thread, and again after the store was not ready.
        tell: gets tickets and outcomes of a batch once it is on disk; called in the thread.
        look: is given the store about once a second, for what else must be read from it.
        linger: how many seconds a batch waits for company.
        most: responses in a batch.
        room: for what waits; more is turned away.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        tell: Callable[[Iterable[tuple[Ticket, Outcome]]], None],
        look: Callable[[Store], None] = lambda store: None,
        *,
        linger: float = 0.01,
        most: int = 500,
        room: Room = Room(),
        look_every: float = 1.0,
    ) -> None:
        self._open, self._tell, self._look = open_store, tell, look
        self._linger, self._most, self._look_every = linger, most, look_every
        self._room = room
        self._bytes_in = self._bytes_out = 0  # each is counted by one thread alone
        self._queue: SimpleQueue[tuple[Received | Sought, Ticket] | None] = SimpleQueue()
        self._batch: list[tuple[Received | Sought, Ticket]] = []
        self._store: Store | None = None
        self._looked_at = float("-inf")
        self._thread = threading.Thread(target=self._run, name="intake-writer", daemon=True)
        self._thread.start()

    def submit(self, asked: Received | Sought, ticket: Ticket) -> None:
        """Put a response, or a key to look up, into the queue; `tell` gets the ticket with the outcome.

        Raises:
            StoreNotReady: if too many wait already, or too large ones.
        """
        size = _size(asked)
        if self.waiting_bytes + size > self._room.n_bytes or self._queue.qsize() >= self._room.n_responses:
            raise StoreNotReady("too many responses wait to be stored")
        if not self._thread.is_alive():
            raise StoreNotReady("nothing stores responses any more; the log says why")
        self._bytes_in += size
        self._queue.put((asked, ticket))

    @property
    def waiting_bytes(self) -> int:
        """Give how large all is that waits or is on its way to the disk."""
        return self._bytes_in - self._bytes_out

    def close(self) -> None:
        """Store what waits, and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        try:
            while is_open:
                self._look_around()
                self._batch, is_open = self._next_batch()
                if self._batch:
                    self._store_batch()
            self._looked_at = float("-inf")
            self._look_around()
        finally:
            self._turn_away()
            self._let_go()

    def _store_batch(self) -> None:
        outcomes = self._append([asked for asked, _ in self._batch])
        self._tell(zip((ticket for _, ticket in self._batch), outcomes, strict=False))
        self._bytes_out += sum(_size(one) for one, _ in self._batch)
        self._batch = []

    def _turn_away(self) -> None:
        """Tell whoever still waits, as after a fault in this program, that nothing was stored."""
        left = self._batch
        with suppress(Empty):
            while one := self._queue.get_nowait():
                left.append(one)
        if left:
            self._tell([(ticket, StoreNotReady("the intake ends")) for _, ticket in left])

    def _next_batch(self) -> tuple[list[tuple[Received | Sought, Ticket]], bool]:
        """Wait for a first response, then take along what comes; tells too whether more may come."""
        batch: list[tuple[Received | Sought, Ticket]] = []
        with suppress(Empty):
            first = self._queue.get(timeout=self._look_every)
            if first is None:
                return batch, False
            batch.append(first)
            time.sleep(self._linger)
            while len(batch) < self._most:
                one = self._queue.get_nowait()
                if one is None:
                    return batch, False
                batch.append(one)
        return batch, True

    def _append(self, batch: Sequence[Received | Sought]) -> Iterable[Outcome]:
        try:
            store = self._opened()
            responses = [one for one in batch if isinstance(one, Received)]
            before = stored_before(store, responses)
            return [next(before) if isinstance(one, Received) else _found(store, one) for one in batch]
        except StoreNotReady as problem:
            log.warning("%s responses could not be stored or found: %s", len(batch), problem)
            self._let_go()
            return repeat(problem, len(batch))

    def _look_around(self) -> None:
        if time.monotonic() - self._looked_at < self._look_every:
            return
        try:
            self._look(self._opened())
        except StoreNotReady as problem:
            log.warning("the store cannot be read: %s", problem)
            self._let_go()
        self._looked_at = time.monotonic()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open()
        return self._store

    def _let_go(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None


def _size(asked: Received | Sought) -> int:
    return BYTES_BESIDE + (len(asked.answers) if isinstance(asked, Received) else 0)


def _found(store: Store, sought: Sought) -> Received | None:
    found = store.find(sought.form, sought.key)
    return None if found is None else found.response
