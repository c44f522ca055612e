"""Writing history: called by the actions of every stage, inside their transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from hearback.history.models import Entry


@dataclass(frozen=True)
class Change:
    """One change to note: `verb` as 'survey.loaded', the thing, and how it stood before and after."""

    verb: str
    subject_type: str
    subject_key: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None


def record(change: Change, *, by: str, at: datetime) -> None:
    """Note one change. Call it in the transaction that makes the change."""
    record_many([change], by=by, at=at)


def record_many(changes: Iterable[Change], *, by: str, at: datetime) -> int:
    """Note many changes made by one person at one time; returns how many."""
    entries = [
        Entry(
            at=at,
            by=by,
            verb=c.verb,
            subject_type=c.subject_type,
            subject_key=c.subject_key,
            before=c.before,
            after=c.after,
        )
        for c in changes
    ]
    Entry.objects.bulk_create(entries, batch_size=500)
    return len(entries)
