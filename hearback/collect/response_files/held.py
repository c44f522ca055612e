"""Responses that wait until all of their file is known to be good. They are masked, and the file has no name:
where the program is killed, nothing of it is left."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType

import msgspec

from hearback.collect.intake.store import Received

SIZE = 8
"""Bytes before each block, which say how long it is."""


class Held:
    """Takes responses one by one and gives them back some at a time, for a `with` statement."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._waiting: list[Received] = []
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[Received]).decode

    def __enter__(self) -> "Held":
        self._file = TemporaryFile(prefix="hearback-import-")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, one: Received) -> None:
        """Keep a response."""
        self._waiting.append(one)
        if len(self._waiting) >= self._at_once:
            self._write()

    def blocks(self) -> Iterator[list[Received]]:
        """Give all that are kept, in their order."""
        self._write()
        self._file.seek(0)
        while size := self._file.read(SIZE):
            yield self._decode(self._file.read(int.from_bytes(size)))

    def _write(self) -> None:
        if self._waiting:
            block = self._encode(self._waiting)
            self._file.write(len(block).to_bytes(SIZE) + block)
            self._waiting = []
