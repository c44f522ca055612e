"""Addresses of the API: no session, no cookie, nobody signed in; a key opens them."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from django.views.decorators.csrf import csrf_exempt

from hearback.collect.api.document import api
from hearback.collect.api.errors import NOT_FOUND, as_response
from hearback.collect.intake.messages import Refusal, refusal

View = Callable[..., HttpResponse]
NOT_ALLOWED = "This cannot be done here; the header Allow says what can."


def _opened(view: View) -> View:
    @login_not_required
    @csrf_exempt  # the key is in a header that no other site's page can make a browser send
    @wraps(view)
    def door(request: HttpRequest, **place: Any) -> HttpResponse:
        try:
            response = view(request, **place)
        except Refusal as problem:
            response = as_response(problem.reply)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = as_response(refusal(405, "not_allowed", NOT_ALLOWED))
            response["Allow"] = allowed
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return door


def _nothing(_request: HttpRequest, **_place: Any) -> HttpResponse:
    return as_response(NOT_FOUND)


def _addresses() -> Iterator[URLPattern]:
    views = {
        str(one.pattern): one.callback
        for one in api.urls[0]
        if isinstance(one, URLPattern) and one.name != "api-root"
    }
    for route, view in views.items():
        yield path(route, _opened(view))
    yield re_path("", _opened(_nothing))


app_name = "api"
urlpatterns = list(_addresses())
