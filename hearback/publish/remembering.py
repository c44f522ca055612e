"""Finished public pages, kept in memory while the release that they show is the newest."""

import gzip
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language

from hearback.publish import queries
from hearback.publish.frozen import sha256
from hearback.publish.shown import held, previewed

View = Callable[..., HttpResponse]
Key = tuple[str, str | None, bool]
"""Address, language, and whether it is compressed."""
LIMIT = 48_000_000
"""Bytes of pages that a process keeps at most."""
SMALL = 1_000
"""Bytes below which compressing a page gains nothing."""
LEVEL = 9
"""The most: a page is packed once, and read often."""
ALLOWED = ("_csp_replace", "_csp_update", "xframe_options_exempt")
"""How a view tells the middleware what its page may do: decorators of django-csp and Django set these."""


@dataclass(frozen=True)
class Page:
    """A finished page, the same for everybody who is not signed in, as it is sent: `packed` by gzip or not.

    `sha256` is that of the page itself, which names both forms; `allowed` holds what the page may do beyond
    the rule for all, as its view says it to the middleware.
    """

    body: bytes
    packed: bool
    sha256: str
    content_type: str
    language: str | None = None
    allowed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def tag(self) -> str:
        """Give the validator of these very bytes."""
        return f'"{self.sha256}-gzip"' if self.packed else f'"{self.sha256}"'


class Memory:
    """Pages of one release: those asked for longest ago go first. Several threads may use it."""

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._mark = ""
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, mark: str, key: Key) -> Page | None:
        """Give a page of the release with that mark."""
        with self._lock:
            if mark != self._mark or key not in self._pages:
                return None
            self._pages.move_to_end(key)
            return self._pages[key]

    def put(self, mark: str, key: Key, page: Page) -> None:
        """Keep a page; all of another release are forgotten, and the oldest until it fits."""
        with self._lock:
            if mark != self._mark:
                self._mark, self.size = mark, 0
                self._pages.clear()
            if key in self._pages:
                self.size -= len(self._pages.pop(key).body)
            if len(page.body) > self.limit:
                return
            self._pages[key] = page
            self.size += len(page.body)
            while self.size > self.limit:
                self.size -= len(self._pages.popitem(last=False)[1].body)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._mark, self.size = "", 0
            self._pages.clear()


MEMORY = Memory(LIMIT)


def remembered(view: View) -> View:
    """Answer from memory what a view of the newest release answered before, with a validator.

    Only for views whose answer depends on nothing but the releases and the address. It never answers from
    memory, nor keeps anything, where a person may be signed in or told something of their own, where the
    page is a preview, or where a query stands in the address.
    """

    @wraps(view)
    def door(request: HttpRequest, **keys: Any) -> HttpResponse:
        mark = queries.newest_mark() if _is_anybody(request) else None
        if mark is None:
            return _of_one_person(request, view(request, **keys))
        packs = _takes_gzip(request.headers.get("Accept-Encoding", ""))
        key = (request.path, get_language(), packs)
        page = MEMORY.get(mark, key)
        if page is None:
            answer = view(request, **keys)
            if not _is_for_anybody(request, answer):
                return answer
            page = _page(answer, packs)
            MEMORY.put(mark, key, page)
        return _answer(request, page)

    return door


def _is_anybody(request: HttpRequest) -> bool:
    """Say whether the request tells nothing of who asks: then everybody is answered the same.

    Where somebody holds to a release, every page is asked for once, and keeping it would gain nothing.
    """
    told = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name, settings.CSRF_COOKIE_NAME)
    return (
        previewed(request) is None
        and held(request) is None
        and not any(name in request.COOKIES for name in told)
        and not request.META.get("QUERY_STRING")
        and not settings.DEBUG
    )


def _is_for_anybody(request: HttpRequest, answer: HttpResponse) -> bool:
    """Say whether an answer holds nothing that is meant for one person."""
    return (
        answer.status_code == 200
        and not answer.streaming
        and not answer.cookies
        and "CSRF_COOKIE" not in request.META  # a form with a token of its own
        and not answer.has_header("Cache-Control")
        and not answer.has_header("Content-Encoding")
    )


def _of_one_person(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Let nobody between keep a page on which somebody may be named."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and not answer.has_header("Cache-Control"):
        patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _page(answer: HttpResponse, packs: bool) -> Page:
    body = answer.content
    packed = packs and len(body) > SMALL
    sent = gzip.compress(body, LEVEL, mtime=0) if packed else body
    language = answer.headers.get("Content-Language")
    allowed = {name: getattr(answer, name) for name in ALLOWED if hasattr(answer, name)}
    return Page(sent, packed, sha256(body), answer.headers["Content-Type"], language, allowed)


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """Send a page, or 304 where the reader has it in either form."""
    if page.sha256 in request.headers.get("If-None-Match", ""):
        answer = HttpResponse(status=304)
        del answer.headers["Content-Type"]
    else:
        answer = HttpResponse(page.body, content_type=page.content_type)
        if page.packed:
            answer.headers["Content-Encoding"] = "gzip"
    if page.language:
        answer.headers["Content-Language"] = page.language
    for name, value in page.allowed.items():
        setattr(answer, name, value)
    answer.headers["ETag"] = page.tag
    patch_cache_control(answer, public=True, no_cache=True)
    patch_vary_headers(answer, ("Accept-Encoding", "Cookie"))
    return answer


def _takes_gzip(accepted: str) -> bool:
    """Say whether a reader takes gzip. Source: RFC 9110, section 12.5.3.

    >>> _takes_gzip("br, gzip"), _takes_gzip("gzip;q=0"), _takes_gzip("gzip;q=0.5"), _takes_gzip("")
    (True, False, True, False)
    """
    for one in accepted.lower().split(","):
        name, _, weight = one.partition(";")
        if name.strip() in {"gzip", "*"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
