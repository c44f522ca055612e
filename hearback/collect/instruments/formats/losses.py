"""What cannot be carried from one format to another: nothing is dropped without a line here."""

from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_QUOTE = 120
KEPT_APART = "Hearback reads it again; other programs pass over it"
"""Done with what stands in a place that the other format leaves to whoever uses it."""


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
