"""What cannot be carried from one format to another: nothing is dropped without a line here."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

LONGEST_QUOTE = 120
CARRIED, TAKEN = "What could not be carried over:", "What was not taken as it stands:"
"""Headings of a report: of what another format cannot say, and of what a file said."""


@dataclass(frozen=True)
class Loss:
    """One thing that was lost or changed: where it stood, what it was, and what we did about it.

    `where` names a place as faults do (`questions.trust.show_when`), or a place in the other file.
    """

    where: str
    what: str
    done: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}; {self.done}"


class Losses:
    """The loss report while it is being written; the same loss stands in it once."""

    def __init__(self) -> None:
        self._found: dict[Loss, None] = {}

    def add(self, where: str, what: str, done: str) -> None:
        """Note that something was lost or changed."""
        self._found[Loss(where, what, done)] = None

    def __iter__(self) -> Iterator[Loss]:
        return iter(self._found)


def quoted(value: object) -> str:
    """Quote what stood there, on one line and not too long."""
    text = " ".join(str(value).split())
    return f"“{text[:LONGEST_QUOTE]}{'…' if len(text) > LONGEST_QUOTE else ''}”"


def as_payload(losses: Iterable[Loss]) -> dict[str, Any]:
    """Give a loss report for scripts."""
    return {"losses": [asdict(loss) for loss in losses]}


def as_lines(losses: Iterable[Loss], heading: str = CARRIED) -> list[str]:
    """Give a loss report for people; nothing where nothing was lost."""
    lines = [f"- {loss}." for loss in losses]
    return [heading, *lines] if lines else []
