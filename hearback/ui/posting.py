"""Addresses that only take what a form sends: whoever comes to one otherwise is led to its page."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]


def only_sent(page: str, *names: str) -> Callable[[View], View]:
    """Take POST alone; others go to a page, named with those keys of the address that it has too.

    People come so who signed in again after they pressed a button, chose another language on a page that
    a form answered with, or typed the address.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, **keys: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **keys)
            led: HttpResponse = redirect(page, **{name: keys[name] for name in names})
            return led

        limited: View = require_http_methods(["GET", "HEAD", "POST"])(checked)
        return limited

    return wrap
