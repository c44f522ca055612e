"""Reading history."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hearback.history.models import Entry


@dataclass(frozen=True)
class Difference:
    """One value that a change left otherwise than it was; null where there was, or is, none."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EntryFact:
    """One change, as read by other parts."""

    at: datetime
    by: str
    verb: str
    subject_type: str
    subject_key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def differences(self) -> list[Difference]:
        """Give what differs, in the order in which it was noted."""
        before, after = self.before or {}, self.after or {}
        found = (Difference(name, before.get(name), after.get(name)) for name in {**before, **after})
        return [one for one in found if one.before != one.after]


def latest_entries(
    limit: int = 50,
    subject_type: str | None = None,
    subject_key: str | None = None,
    *,
    offset: int = 0,
    key_part: str = "",
) -> list[EntryFact]:
    """Give the newest changes first, at most `limit` after the first `offset`, of everything or one thing.

    Args:
        key_part: what must stand somewhere in the key of the thing, in capitals or not.
    """
    rows = Entry.objects.order_by("-at", "-id")
    if subject_type is not None:
        rows = rows.filter(subject_type=subject_type)
    if subject_key is not None:
        rows = rows.filter(subject_key=subject_key)
    if key_part:
        rows = rows.filter(subject_key__icontains=key_part)
    return [
        EntryFact(r.at, r.by, r.verb, r.subject_type, r.subject_key, r.before, r.after)
        for r in rows[offset : offset + limit]
    ]
