"""What the process that drives an intake is asked, and what it tells."""

import msgspec

SECONDS_TO_FINISH = 10.0
"""How long the last answers are waited for."""


class Order(msgspec.Struct, frozen=True):
    """How to drive: where, how long in seconds, over how many connections, how many requests a second.

    `first` is the number of the first new key. Before it those sent `again` have their turn; where it
    `is_last`, nothing else is sent. Numbers of acknowledged keys are added to the file `acknowledged`.
    """

    port: int
    path: str
    seconds: float
    connections: int = 64
    rate: float = 0.0
    first: int = 0
    seed: int = 1
    acknowledged: str = ""
    again: tuple[int, ...] = ()
    is_last: bool = False


class Found(msgspec.Struct, frozen=True):
    """What the driving process saw. Times in seconds; `next` is the first number that was not used.

    `n_late` were answered when the time was over already.
    """

    seconds: float
    n_answered: int
    n_late: int
    n_refused: int
    n_failed: int
    n_unanswered: int
    next: int
    p50: float | None
    p99: float | None
