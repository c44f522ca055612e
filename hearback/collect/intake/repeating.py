"""A response that comes again: stored once, and told apart from another one under the same key."""

from collections.abc import Iterator, Sequence

from hearback.collect.intake.store import Received, Store

TELLS = ("answers", "language", "channel", "place", "campaign")
"""What makes two responses the same, beside their key; what was not shown follows from the answers."""


def stored_before(store: Store, responses: Sequence[Received]) -> Iterator[Received | None]:
    """Store responses; gives for each what was stored under its key before, None where it is new.

    Raises:
        StoreNotReady: if they cannot be stored.
    """
    for one, is_new in zip(responses, store.append(responses), strict=True):
        if is_new:
            yield None
            continue
        found = store.find(one.form, one.key)
        yield one if found is None else found.response  # None: deleted since, after it had been stored


def is_same(one: Received, other: Received) -> bool:
    """Say whether two responses, both as they are stored, tell the same."""
    return all(getattr(one, name) == getattr(other, name) for name in TELLS)
