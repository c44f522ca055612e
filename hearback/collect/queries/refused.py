"""Responses that were not stored, as numbers: nothing is known of what was in them."""

from dataclasses import dataclass
from datetime import date

from hearback.collect.intake.store import RefusedKind
from hearback.collect.queries.forms import intake_store


@dataclass(frozen=True)
class RefusedFact:
    """How many responses were refused on a day, UTC. `kind` is trapped, challenged or over_limit.

    A response that was challenged may have been stored since: whoever does the work is let in.
    """

    day: str
    kind: RefusedKind
    count: int


def refused(key: str, since: date | None = None) -> list[RefusedFact]:
    """Give how many responses to a form were refused, by day and why, from a day on.

    Raises:
        StoreNotReady: if the store cannot be read.
    """
    with intake_store() as store:
        found = store.refused(key, since=since.isoformat() if since else "")
    return [RefusedFact(*one) for one in found]
