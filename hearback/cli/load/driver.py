"""Drives an intake from a process of its own: `python -m hearback.cli.load.driver ORDER`.

ORDER is a `Order` as JSON; what was found comes out as JSON. Without a rate, every connection sends
again as soon as it has an answer. With one, requests begin at fixed times, and the time that a request
waits for a free connection counts as its own, so that a slow server cannot slow down its own measurement.
"""

import asyncio
import sys
from collections import deque
from contextlib import suppress
from pathlib import Path

import msgspec

from hearback.cli.load.order import SECONDS_TO_FINISH, Found, Order
from hearback.cli.load.responses import KEY, messages

N_MESSAGES = 2_000
N_NETWORKS = 250
TICK = 0.002
SLOW_TICK = 0.02


class Driver:
    """All connections of one run, and what came of their requests."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.loop = asyncio.get_running_loop()
        self.idle: deque[Connection] = deque()
        self.due: deque[float] = deque()
        self.times: list[float] = []
        self.acknowledged: list[int] = []
        self.n_refused = self.n_failed = self.n_busy = self.n_open = self.n_due = 0
        self.again = deque(order.again)
        self.number = order.first
        self.is_over = False
        self._heads, self._tails = self._requests()

    def _requests(self) -> tuple[list[bytes], list[bytes]]:
        heads, tails = [], []
        for turn, body in enumerate(messages(N_MESSAGES, self.order.seed)):
            before, after = body.split(KEY, 1)
            heads.append(
                f"POST {self.order.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                f"X-Forwarded-For: 203.0.113.{turn % N_NETWORKS}\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + before
            )
            tails.append(after)
        return heads, tails

    async def run(self) -> Found:
        """Connect, send until the time is over, wait for the last answers."""
        for _ in range(self.order.connections):
            with suppress(ConnectionError):
                await self.loop.create_connection(lambda: Connection(self), "127.0.0.1", self.order.port)
        began = self.loop.time()
        while self.n_open and (passed := self.loop.time() - began) < self.order.seconds:
            self._send_what_is_due(began, passed)
            if self.order.is_last and not self.n_busy:
                break
            await asyncio.sleep(TICK if self.order.rate else SLOW_TICK)
        self.is_over = True
        seconds = self.loop.time() - began
        n_answered = len(self.times)
        await self._finish()
        self.times.sort()
        return Found(
            seconds=seconds,
            n_answered=n_answered,
            n_late=len(self.times) - n_answered,
            n_refused=self.n_refused,
            n_failed=self.n_failed,
            n_unanswered=self.n_busy,
            next=self.number,
            p50=self._quantile(0.5),
            p99=self._quantile(0.99),
        )

    def _send_what_is_due(self, began: float, passed: float) -> None:
        while self.n_due < passed * self.order.rate:
            self.due.append(began + self.n_due / self.order.rate)
            self.n_due += 1
        while self.idle and (self.due or (not self.order.rate and self._has_more())):
            self.send(self.due.popleft() if self.due else self.loop.time())

    def _has_more(self) -> bool:
        return bool(self.again) or not self.order.is_last

    async def _finish(self) -> None:
        end = self.loop.time() + SECONDS_TO_FINISH
        while self.n_busy and self.loop.time() < end:
            await asyncio.sleep(TICK)

    def send(self, due: float) -> None:
        """Send the next message over a free connection."""
        if self.again:
            number = self.again.popleft()
        else:
            number, self.number = self.number, self.number + 1
        turn = number % N_MESSAGES
        key = b"%020d" % number
        self.n_busy += 1
        self.idle.popleft().send(number, due, self._heads[turn] + key + self._tails[turn])

    def answered(self, connection: "Connection", status: bytes) -> None:
        """Note an answer, and send on."""
        self.n_busy -= 1
        self.times.append(self.loop.time() - connection.due)
        if status in {b"200", b"201"}:
            self.acknowledged.append(connection.number)
        else:
            self.n_refused += 1
        self.idle.append(connection)
        if self.is_over:
            return
        if self.due:
            self.send(self.due.popleft())
        elif not self.order.rate and self._has_more():
            self.send(self.loop.time())

    def broken(self, connection: "Connection", *, is_busy: bool) -> None:
        """Note a connection that ended, perhaps before its answer."""
        self.n_open -= 1
        if is_busy:
            self.n_busy -= 1
            self.n_failed += 1
        else:
            self.idle.remove(connection)

    def _quantile(self, share: float) -> float | None:
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))] if self.times else None


class Connection(asyncio.Protocol):
    """One kept-alive connection with at most one request on its way."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._data = b""
        self._is_busy = False
        self.number, self.due = -1, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for work."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - tells the type
        self._transport = transport
        self._driver.n_open += 1
        self._driver.idle.append(self)

    def send(self, number: int, due: float, request: bytes) -> None:
        """Send a request that was due at a time."""
        self.number, self.due, self._is_busy = number, due, True
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Collect an answer until it is whole."""
        self._data = data = self._data + data
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return
        at = data.find(b"content-length: ", 0, end)
        if at < 0:
            self._transport.abort()  # the end of such an answer is not known here
            return
        length = int(data[at + 16 : data.find(b"\r", at)])
        if len(data) >= end + 4 + length:
            self._data, self._is_busy = b"", False
            self._driver.answered(self, data[9:12])

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell that there will be no more answers."""
        self._driver.broken(self, is_busy=self._is_busy)


async def drive(order: Order) -> Found:
    """Drive as ordered; leaves the numbers of acknowledged keys in the file that the order names."""
    driver = Driver(order)
    found = await driver.run()
    if order.acknowledged:
        with Path(order.acknowledged).open("a", encoding="ascii") as file:
            file.writelines(f"{number:020d}\n" for number in driver.acknowledged)
    return found


if __name__ == "__main__":
    told = asyncio.run(drive(msgspec.json.decode(sys.argv[1], type=Order)))
    sys.stdout.write(msgspec.json.encode(told).decode())
