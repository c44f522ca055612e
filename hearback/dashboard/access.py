"""Keeping people to what their roles allow."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from hearback.accounts.queries import grants_of
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
