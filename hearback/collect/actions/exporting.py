"""Noting that responses left the program as a file."""

from datetime import datetime

from django.db import transaction

from hearback.history.actions import Change, record


@transaction.atomic
def note_export(key: str, about: dict[str, str | int], *, by: str, at: datetime) -> None:
    """Note that somebody took the responses to a form out, and which: how many, of when, in what shape."""
    record(Change("responses.exported", "form", key, after=about), by=by, at=at)
