"""Doors to published data: everybody may read it, pages of other sites too, and nothing but read."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed

from hearback.publish.frozen import ReleaseData, sha256

R = TypeVar("R", bound=HttpResponseBase)
READING = ("GET", "HEAD", "OPTIONS")
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
BEFOREHAND = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-Modified-Since, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
"""What a browser asks before a page of another site may send a header of its own.

Source: https://fetch.spec.whatwg.org/#http-cors-protocol.
"""


def open_to_all(view: Callable[..., R]) -> Callable[..., R | HttpResponse]:
    """Let everybody read what a view gives, pages of other sites too. No cookie and no key is looked at."""

    @login_not_required
    @wraps(view)
    def door(request: HttpRequest, **keys: Any) -> R | HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={**OPEN, **BEFOREHAND, "Allow": ", ".join(READING)})
        if request.method not in READING:
            return HttpResponseNotAllowed(READING, headers=OPEN)
        answer = view(request, **keys)
        for name, value in OPEN.items():
            answer.headers.setdefault(name, value)
        return answer

    return door


def made(request: HttpRequest, release: ReleaseData, body: bytes, media_type: str) -> HttpResponse:
    """Send what was made of a release, or 304 where the reader has these very bytes."""
    tag = f'"{sha256(body)}"'
    moment = release.created_at.strftime("%a, %d %b %Y %H:%M:%S GMT")
    headers = {"ETag": tag, "Last-Modified": moment, "Cache-Control": "public, no-cache"}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    is_text = media_type.startswith("text/")
    return HttpResponse(
        body, content_type=media_type + ("; charset=utf-8" if is_text else ""), headers=headers
    )
