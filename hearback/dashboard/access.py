"""Keeping people to what their roles allow."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from hearback.accounts.queries import grants_of
from hearback.accounts.rules import Grant, may

View = Callable[..., HttpResponse]


def grants(request: HttpRequest) -> tuple[Grant, ...]:
    """Give what the signed-in person may do today."""
    return grants_of(request.user.get_username(), now().date())


def needs(permission: str) -> Callable[[View], View]:
    """Answer 403 to people without a permission."""

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **keys: Any) -> HttpResponse:
            if not may(grants(request), permission):
                raise PermissionDenied
            return view(request, **keys)

        return checked

    return wrap
