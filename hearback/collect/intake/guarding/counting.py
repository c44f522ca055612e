"""How many came lately, by form and by network, in memory alone."""

import os
from collections.abc import Hashable
from hashlib import blake2b

WINDOW = 600
"""Seconds over which responses are counted."""
DAY = 86_400
MOST_NAMES = 100_000
"""So many networks are counted at a time; where more send, the others are limited by form alone."""


class Window:
    """Counts by name over the last `seconds`, by two fields of that length: the former fades out evenly."""

    def __init__(self, seconds: int = WINDOW, most: int = MOST_NAMES) -> None:
        self._seconds, self._most = seconds, most
        self._ends = 0.0
        self._now: dict[Hashable, int] = {}
        self._before: dict[Hashable, int] = {}

    def add(self, name: Hashable, at: float) -> float:
        """Count one more, at a moment in seconds; gives how many there were lately, with this one."""
        if at >= self._ends:
            self._turn(at)
        counts = self._now
        now = counts.get(name, 0) + 1
        if now > 1 or len(counts) < self._most:
            counts[name] = now
        if name not in self._before:
            return now
        return now + self._before[name] * min(1.0, (self._ends - at) / self._seconds)

    def _turn(self, at: float) -> None:
        """Begin a new field; the one before counts on, if it has just ended."""
        began = at - at % self._seconds
        self._before = self._now if began == self._ends else {}
        self._now, self._ends = {}, began + self._seconds


class Salted:
    """Networks under names that tell nothing: hashes, with a salt made anew each day and never kept."""

    def __init__(self) -> None:
        self._ends = 0.0
        self._salted = blake2b()

    def name(self, network: bytes, at: float) -> bytes:
        """Give the name that a network has today."""
        if at >= self._ends:
            self._ends = at - at % DAY + DAY
            self._salted = blake2b(key=os.urandom(32), digest_size=12)
        name = self._salted.copy()
        name.update(network)
        return name.digest()
