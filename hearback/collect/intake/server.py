"""The intake as a server of its own: requests in, one thread that stores, acknowledgements out."""

import asyncio
import gc
import os
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from hearback.collect.intake.batching import Batcher, Outcome, Sought
from hearback.collect.intake.desk import (
    Closed,
    Request,
    acknowledge,
    answer,
    answer_again,
    check_message,
    check_network,
)
from hearback.collect.intake.guarding.guard import Guard, limits_of, secret_of
from hearback.collect.intake.messages import (
    JSON_HEADERS,
    MOST_BYTES,
    NOT_READY,
    Refusal,
    Reply,
)
from hearback.collect.intake.open_forms import OpenForms
from hearback.collect.intake.store import Received, Store, StoreNotReady
from hearback.collect.intake.store.opened import open_store

HEALTH = "/healthz"
MADE_BEFORE_COLLECTING = 10_000
"""So many objects more than were let go of: the usual 700 are made by every fifth batch of requests."""
MOST_READ_BYTES = 4 * MOST_BYTES
"""Who still sends when the connection is closed sees no answer, so some more is read than is taken."""

Ticket = asyncio.Future[Outcome]


class Connection(Protocol):
    """What the server hands over to read a request and to answer it."""

    async def __call__(self) -> bytes:
        """Read the whole body."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Read the body in pieces."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer."""


class IntakeServer:
    """The application that the HTTP server calls, by the RSGI protocol."""

    _loop: asyncio.AbstractEventLoop
    _batcher: Batcher[Ticket]

    def __init__(self, home: Path, database: str, guard: Guard, zone: tzinfo = UTC) -> None:
        self._forms, self._guard = OpenForms(zone), guard
        self._open = partial(open_store, home, database)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin: open the store in a thread of its own."""
        gc.freeze()  # what the program is made of stays, and need not be looked at again and again
        gc.set_threshold(MADE_BEFORE_COLLECTING)
        self._loop = loop
        self._batcher = Batcher(self._open, self._tell, self._look)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """End: store what waits."""
        self._batcher.close()

    async def __rsgi__(self, scope: Any, connection: Connection) -> None:
        """Answer one request."""
        try:
            reply = await self._reply(scope, connection)
        except Refusal as problem:
            reply = problem.reply
        except StoreNotReady:
            reply = NOT_READY
        connection.response_bytes(reply.status, reply.headers, reply.body)

    async def _reply(self, scope: Any, connection: Connection) -> Reply:
        if scope.path == HEALTH:
            return self._health()
        headers, method, now = scope.headers, scope.method, datetime.now(UTC)
        if method == "POST":
            length = headers.get("content-length")
            network = self._guard.network(scope.client, headers.get("x-forwarded-for") or "", now.timestamp())
            check_network(scope.path, network, self._forms.by_key, self._guard, now)
            check_message(headers.get("content-type") or "", 0, MOST_BYTES)
            is_short = length is not None and int(length) <= MOST_BYTES
            body = await (connection() if is_short else _read(connection))
            request = Request(method, scope.path, body=body, network=network)
        else:
            request = Request(method, scope.path, if_none_match=headers.get("if-none-match") or "")
        try:
            found = answer(request, self._forms.by_key, now, self._guard)
        except Closed as problem:
            before = await self._ask(Sought(problem.form, problem.key)) if problem.key else None
            if before is None:
                raise
            return answer_again(request, self._forms.by_key, None, before)
        if not isinstance(found, Received):
            return found
        before = await self._ask(found)
        if before is None:
            return acknowledge(found, is_new=True)
        return answer_again(request, self._forms.by_key, found, before)

    def _look(self, store: Store) -> None:
        """Read which forms are open, and write down what was refused."""
        self._forms.read(store)
        self._guard.save(store)

    async def _ask(self, asked: Received | Sought) -> Received | None:
        """Wait until a response is on disk; gives what was stored under its key before, if anything was.

        Raises:
            StoreNotReady: if it is not.
        """
        ticket: Ticket = self._loop.create_future()
        self._batcher.submit(asked, ticket)
        outcome = await ticket
        if isinstance(outcome, StoreNotReady):
            raise outcome
        return outcome

    def _tell(self, told: Iterable[tuple[Ticket, Outcome]]) -> None:
        self._loop.call_soon_threadsafe(_resolve, told)

    def _health(self) -> Reply:
        forms = self._forms.by_key
        if forms is None:
            return NOT_READY
        return Reply(200, JSON_HEADERS, b'{"forms":%d}' % len(forms))


def make() -> IntakeServer:
    """Make the application from the environment; the command that starts the server has checked it."""
    home = Path(os.environ.get("HEARBACK_HOME", "var"))
    return IntakeServer(
        home,
        os.environ.get("HEARBACK_DATABASE_URL", ""),
        Guard(limits_of(os.environ), secret_of(os.environ, home)),
        ZoneInfo(os.environ.get("HEARBACK_ZONE", "UTC")),
    )


async def _read(connection: Connection) -> bytes:
    """Read a body that may be too long; more is read than is taken, so that who sends it can be told.

    Raises:
        Refusal: if it is too long.
    """
    body, length = b"", 0
    async for piece in connection:
        length += len(piece)
        if length <= MOST_BYTES:
            body += piece
        elif length > MOST_READ_BYTES:
            break
    check_message("application/json", length, MOST_BYTES)
    return body


def _resolve(told: Iterable[tuple[Ticket, Outcome]]) -> None:
    for ticket, outcome in told:
        if not ticket.done():
            ticket.set_result(outcome)
