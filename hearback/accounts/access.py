"""Keeping people to what their roles allow, and programs to what their API keys do."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from hearback.accounts.actions import note_use_of_api_key
from hearback.accounts.queries import ApiKeyFact, api_key, grants_of
from hearback.accounts.rules import Grant, may, may_everywhere

View = Callable[..., HttpResponse]


def grants(request: HttpRequest) -> tuple[Grant, ...]:
    """Give what the signed-in person may do today."""
    return grants_of(request.user.get_username(), now().date())


def needs(permission: str, *, everywhere: bool = False) -> Callable[[View], View]:
    """Answer 403 to people without a permission: in some agency, or, for what concerns all, everywhere."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **keys: Any) -> HttpResponse:
            held = may_everywhere if everywhere else may
            if not held(grants(request), permission):
                raise PermissionDenied
            return view(request, **keys)

        return checked

    return wrap


def program(key: str, at: datetime) -> ApiKeyFact | None:
    """Give what the API key that a program shows is good for, and note the day; None for a key that is not.

    While another program writes for long, the day is left for the next request to note.
    """
    found = api_key(key, at)
    if found is not None and found.last_used_on != at.astimezone(UTC).date():
        with suppress(OperationalError):
            note_use_of_api_key(found.prefix, by=found.prefix, at=at)
    return found
