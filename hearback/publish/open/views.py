"""Answers to requests for what is made of a release. Everybody may read it, pages of other sites too."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from hearback.publish.frozen import ReleaseData, to_json
from hearback.publish.open import archive, catalog, dataset, feeds, sitemap, things
from hearback.publish.open.addresses import whole
from hearback.publish.open.doors import made, open_to_all
from hearback.publish.open.grammar import MEDIA_TYPES
from hearback.publish.pages.catalogue import NotInRelease
from hearback.publish.shown import listed, newest, numbered, steps

T = TypeVar("T")
ATOM, LINKED, XML, ZIP = MEDIA_TYPES["atom"], "application/ld+json", "application/xml", "application/zip"
VALID = timedelta(days=180)


@open_to_all
def list_file(request: HttpRequest, kind: str, form: str) -> HttpResponse:
    """Give all things of a kind as JSON or CSV."""
    release = newest(request)
    return made(request, release, things.list_file(release, kind, form), MEDIA_TYPES[form])


@open_to_all
def thing_file(request: HttpRequest, kind: str, key: str, form: str) -> HttpResponse:
    """Give one thing as JSON or CSV."""
    release = newest(request)
    return made(
        request, release, _found(lambda: things.thing_file(release, kind, key, form)), MEDIA_TYPES[form]
    )


@open_to_all
def plan_file(request: HttpRequest, key: str, year: int, form: str) -> HttpResponse:
    """Give the plan of a provider for a year as JSON or CSV."""
    release = newest(request)
    body = _found(lambda: things.plan_file(release, key, year, form))
    return made(request, release, body, MEDIA_TYPES[form])


@open_to_all
def thing_feed(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Give the feed of an agency or a service."""
    release = newest(request)
    return made(request, release, _found(lambda: feeds.FEEDS[kind](release, key)), ATOM)


@open_to_all
def updates_feed(request: HttpRequest) -> HttpResponse:
    """Give the feed of updates."""
    release = newest(request)
    return made(request, release, feeds.updates_feed(release), ATOM)


@open_to_all
def corrections_feed(request: HttpRequest) -> HttpResponse:
    """Give the feed of what was put right."""
    release = newest(request)
    return made(request, release, feeds.corrections_feed(release, steps(request)), ATOM)


@open_to_all
def catalog_file(request: HttpRequest) -> HttpResponse:
    """Give the catalogue for harvesters."""
    release = newest(request)
    return made(request, release, catalog.to_catalog(release, listed(request)), MEDIA_TYPES["json"])


@open_to_all
def dataset_file(request: HttpRequest) -> HttpResponse:
    """Give the description for search engines."""
    release = newest(request)
    return made(request, release, to_json(dataset.described(release)), LINKED)


@open_to_all
def package_file(request: HttpRequest) -> HttpResponse:
    """Give the Data Package of the newest release; its paths lead on to the newest tables."""
    release = newest(request)
    return made(request, release, _found(lambda: release.read("datapackage.json")), MEDIA_TYPES["json"])


@open_to_all
def newest_zip(request: HttpRequest) -> HttpResponseBase:
    """Give the newest release as one file."""
    return _zip(request, newest(request), f"/releases/{newest(request).number}.zip")


@open_to_all
def release_zip(request: HttpRequest, number: int) -> HttpResponseBase:
    """Give a release as one file."""
    return _zip(request, numbered(request, number), None)


@open_to_all
def sitemap_file(request: HttpRequest) -> HttpResponse:
    """Give the list of pages."""
    release = newest(request)
    return made(request, release, sitemap.to_sitemap(release), XML)


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness, where a setting names somebody. Source: RFC 9116."""
    if not settings.SECURITY_CONTACT:
        raise Http404("Nobody is named.")
    ends = (timezone.now() + VALID).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {ends}",
        "Preferred-Languages: en, es",
        f"Canonical: {whole('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _zip(request: HttpRequest, release: ReleaseData, permanent: str | None) -> HttpResponseBase:
    tag = f'"{release.manifest_sha256}-zip"'
    headers = {"ETag": tag, "Cache-Control": "public, no-cache"}
    if permanent is not None:
        headers["Link"] = f'<{whole(permanent)}>; rel="canonical"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    name = f"hearback-release-{release.number}.zip"
    body = archive.zipped(release).open("rb")
    return FileResponse(body, as_attachment=True, filename=name, content_type=ZIP, headers=headers)


def _found(make: Callable[[], T]) -> T:
    try:
        return make()
    except (NotInRelease, KeyError) as missing:
        raise Http404(f"The release holds no {missing}.") from missing
