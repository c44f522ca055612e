"""Addresses of the API to read open data: no key, no session, no cookie; nothing can be sent."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from hearback.collect.api.errors import NOT_FOUND, as_response
from hearback.collect.intake.messages import Refusal, refusal
from hearback.publish.api.document import api
from hearback.publish.frozen import sha256
from hearback.publish.open.doors import open_to_all

View = Callable[..., HttpResponse]
NOT_ALLOWED = "This cannot be done here; the header Allow says what can."


def _opened(view: View) -> View:
    @open_to_all
    @wraps(view)
    def read(request: HttpRequest, **place: Any) -> HttpResponse:
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        try:
            response = view(request, **place)
        except Refusal as problem:
            response = as_response(problem.reply)
        if response.status_code != 200:
            response.headers.setdefault("Cache-Control", "no-store")
            return response
        return _unless_known(request, response)

    @login_not_required
    @csrf_exempt  # nothing can be changed here
    @wraps(view)
    def door(request: HttpRequest, **place: Any) -> HttpResponse:
        response = read(request, **place)
        return _told(response) if response.status_code == 405 else response

    return door


def _told(not_allowed: HttpResponse) -> HttpResponse:
    """Say in the shape of errors that a method is not allowed."""
    response = as_response(refusal(405, "not_allowed", NOT_ALLOWED))
    for name, value in not_allowed.headers.items():
        response.headers.setdefault(name, value)
    return response


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Send the answer, or 304 where the reader has these very bytes."""
    headers = {"ETag": f'"{sha256(response.content)}"', "Cache-Control": "public, no-cache"}
    if headers["ETag"] in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    for name, value in headers.items():
        response[name] = value
    return response


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


urlpatterns = [path("api/v1/data/", include(list(_addresses())))]
