"""What the server answers to somebody who is not signed in, without a server."""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation

from hearback.publish.frozen import ReleaseData
from hearback.publish.languages import HTML, PUBLIC
from hearback.ui.speaking import ENGLISH

ASSETS = {"css": "text/css", "js": "text/javascript"}
"""Kinds of files that lead to others."""
ERRORS = {"/404.html": "404.html", "/500.html": "500.html"}
"""Error pages, which a web server shows by their file."""


NOT_A_FILE = frozenset({"healthz", "security"})
"""Names of addresses whose answer is of the moment."""


@dataclass(frozen=True)
class Answer:
    """The body of an address, and what kind of content it is."""

    body: bytes
    media_type: str

    @property
    def is_page(self) -> bool:
        """Say whether it is a page with links."""
        return self.media_type == HTML


class NotAnswered(Exception):
    """The public site has no such address; the message says which."""


def answer(address: str, release: ReleaseData) -> Answer:
    """Give what the server answers at an address that begins with a slash while a release is the newest.

    Raises:
        NotAnswered: if there is nothing, or it is not of the public site.
    """
    if address.startswith(settings.STATIC_URL):
        return _asset(address.removeprefix(settings.STATIC_URL))
    request = RequestFactory().get(address, HTTP_HOST="localhost")
    request.user = AnonymousUser()
    request.held = release  # type: ignore[attr-defined]
    with translation.override(ENGLISH):
        if address in ERRORS:
            return Answer(render_to_string(ERRORS[address], request=request).encode(), HTML)
        try:
            match = resolve(address, PUBLIC)
            found = match.func(request, *match.args, **match.kwargs)
        except (Resolver404, Http404) as problem:
            raise NotAnswered(address) from problem
    if found.status_code == HTTPStatus.MOVED_PERMANENTLY:  # a file cannot lead on, so it is what it leads to
        return answer(found.headers["Location"], release)
    if found.status_code != 200:
        raise NotAnswered(address)
    with getattr(found, "file_to_stream", None) or nullcontext():
        body = found.getvalue()  # not closed as a whole: that ends a request, and with it the database
    return Answer(body, found.headers["Content-Type"].partition(";")[0])


@lru_cache(maxsize=100_000)
def is_public(address: str) -> bool:
    """Say whether an address is one of the public site, or a file that its pages are drawn with."""
    if address.startswith(settings.STATIC_URL) or address in ERRORS:
        return True
    try:
        return resolve(address, PUBLIC).url_name not in NOT_A_FILE
    except Resolver404:
        return False


def _asset(name: str) -> Answer:
    path = finders.find(name)
    if path is None:
        raise NotAnswered(settings.STATIC_URL + name)
    with open(path, "rb") as file:
        return Answer(file.read(), ASSETS.get(name.rpartition(".")[2], "application/octet-stream"))
