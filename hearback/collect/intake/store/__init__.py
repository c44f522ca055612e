"""Where responses lie: what a store can do, and the one that is configured.

A response that `append` has returned for is on disk. A key is stored once for each form, however often it is
sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

RefusedKind = Literal["trapped", "challenged", "over_limit"]
"""Why a response was not stored: it fell into the trap; it has to be proved first; far too many come."""


DELETED_AT_ONCE = 10_000
"""Responses that are deleted in one transaction."""


class OpenForm(msgspec.Struct, frozen=True):
    """A version of a form as the intake needs it: `definition` is the instrument as JSON.

    `closed` forms are kept, so that whoever answers late is told so.
    """

    form: str
    version: int
    definition: bytes
    closed: bool = False


class Received(msgspec.Struct, frozen=True):
    """One response, checked and masked.

    Attributes:
        key: the sender's name for it, or one made here; unique within the form.
        at: milliseconds since 1970 began, UTC.
        answers: JSON, by question code.
        masked: JSON, how many of each kind of personal data were masked.
        batch: the import that it came with; blank where the person sent it here.
    """

    form: str
    version: int
    key: str
    at: int
    language: str
    channel: str
    place: str
    campaign: str
    answers: bytes
    not_shown: tuple[str, ...] = ()
    masked: dict[str, int] = {}
    batch: str = ""


class Stored(msgspec.Struct, frozen=True):
    """A response with its number: later ones have higher numbers."""

    number: int
    response: Received


class StoreNotReady(Exception):
    """Nothing can be stored now: the disk is full, or the store does not answer in time. Try again later."""


class Store(Protocol):
    """A place for open forms and responses."""

    def put_form(self, form: OpenForm) -> None:
        """Make a version the one that is answered, or close it. Doing so twice changes nothing."""

    def forms(self) -> list[OpenForm]:
        """Give the newest version of every form."""

    def earlier_forms(self) -> list[OpenForm]:
        """Give every version of a form but its newest, the later first."""

    def versions(self) -> dict[str, tuple[int, bool]]:
        """Give, by form, its newest version and whether it is closed: quick enough to ask every second."""

    def append(self, responses: Sequence[Received]) -> list[bool]:
        """Store responses, all in one transaction; tells of each whether it is new.

        Of several with one key, the first is stored.

        Raises:
            StoreNotReady: if it cannot; then none of them is stored.
        """

    def responses(
        self, form: str, *, after: int = 0, since: int = 0, until: int | None = None
    ) -> Iterator[Stored]:
        """Give responses to a form by number: numbers above `after`, times from `since` to before `until`."""

    def find(self, form: str, key: str) -> Stored | None:
        """Give the response to a form that was stored under a key; None where there is none."""

    def known(self, form: str, keys: Sequence[str]) -> set[str]:
        """Give those of the keys under which responses to a form are stored."""

    def latest(
        self,
        form: str,
        *,
        limit: int,
        offset: int = 0,
        since: int = 0,
        until: int | None = None,
        language: str = "",
    ) -> list[Stored]:
        """Give responses to a form, the latest first, in one language or all; times as for `responses`."""

    def tally(self, form: str, *, since: int = 0, until: int | None = None) -> dict[str, int]:
        """Count the responses to a form by the language they were given in."""

    def count(self, form: str, batch: str = "") -> int:
        """Count the responses to a form, or those of one import."""

    def count_sent(self, form: str) -> int:
        """Count the responses to a form that people sent here, without those of imports."""

    def numbered(self, after: int, until: int) -> Iterator[Stored]:
        """Give the responses to all forms with numbers above `after`, up to and with `until`, in order."""

    def count_numbered(self, after: int, until: int) -> int:
        """Count them. Numbers are never given twice: where as many are there, they are the same."""

    def last_number(self) -> int:
        """Give the highest number that is there; 0 where there is none."""

    def delete(self, form: str, *, before: int) -> int:
        """Delete the responses to a form that came before a moment; returns how many.

        They go `DELETED_AT_ONCE`, so that nobody who stores one waits for all; broken off, the rest stays.
        """

    def delete_batch(self, form: str, batch: str) -> int:
        """Delete the responses to a form that came with one import; returns how many."""

    def add_refused(self, counts: Mapping[tuple[str, str, RefusedKind], int]) -> None:
        """Add to the numbers of responses that were not stored, by form, day and why.

        Raises:
            StoreNotReady: if it cannot; then none is added.
        """

    def refused(self, form: str, *, since: str = "") -> list[tuple[str, RefusedKind, int]]:
        """Give how many responses to a form were not stored: day, why, how many; from a day on, in order."""

    def close(self) -> None:
        """Let go of the database."""
