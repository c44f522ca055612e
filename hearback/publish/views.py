"""The public pages. Each reads one frozen release, and nothing else."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.publish import queries
from hearback.publish.frozen import (
    MANIFEST,
    SIGNATURE,
    FileFact,
    ReleaseDamaged,
    ReleaseData,
    read_checked,
    sha256,
    to_json,
)
from hearback.publish.languages import PUBLIC, address_in, is_page, told_in
from hearback.publish.maps.paper import paper_of
from hearback.publish.maps.picture import picture
from hearback.publish.maps.told import told
from hearback.publish.open.addresses import whole
from hearback.publish.open.doors import open_to_all
from hearback.publish.open.grammar import beside
from hearback.publish.pages import chain, figures, open_data
from hearback.publish.pages import changes as change_pages
from hearback.publish.pages.catalogue import NotInRelease
from hearback.publish.pages.provenance import provenance
from hearback.publish.remembering import remembered
from hearback.publish.search.listing import listing
from hearback.publish.shown import listed, newest, numbered, previewed, shown, steps
from hearback.ui.speaking import ENGLISH
from hearback.ui.typesetting import NotSet

T = TypeVar("T")
Build = Callable[..., dict[str, Any]]
View = Callable[..., HttpResponse]
SVG, PDF = "image/svg+xml", "application/pdf"
ROBOTS = "User-agent: *\nDisallow: /dashboard/\nDisallow: /sign-in/\n\nSitemap: {sitemap}\n"
FOREVER = 31_536_000  # a file of a numbered release never changes


def page(template: str, build: Build) -> View:
    """Make the view of a page: the newest release goes in, a page comes out; an unknown key is a 404."""

    @login_not_required
    @require_safe
    @remembered
    def view(request: HttpRequest, **keys: Any) -> HttpResponse:
        release = shown(request)
        if release is None:
            return render(request, "publish/nothing.html")
        found = _built(lambda: build(release, **keys)) | {"files_beside": beside(request.path)}
        return render(request, template, found | provenance(release))

    return view


def moved(kind: str) -> View:
    """Lead to the list of a kind of things, in the language of the page, for good."""

    @login_not_required
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        release = shown(request)
        is_there = release is not None and kind in listing(release).kinds
        to = f"/search/kinds/{kind}/" if is_there else "/search/"
        return HttpResponsePermanentRedirect(address_in(translation.get_language() or ENGLISH, to))

    return view


def fixed(template: str) -> View:
    """Make the view of a page whose text does not come from a release; its footer still names the newest."""
    return page(template, lambda release: {})


@login_not_required
@require_safe
def translated(request: HttpRequest, language: str, path: str) -> HttpResponse:
    """Show a page in another language than English; 404, in that language, where there is no such page."""
    answer = _translated(request, language=language, path=path)
    answer.headers["Content-Language"] = language
    return answer


@remembered
def _translated(request: HttpRequest, language: str, path: str) -> HttpResponse:
    request.path = request.path_info = f"/{path}"
    if previewed(request) is None:
        request.held = shown(request)  # type: ignore[attr-defined]  # the page is kept as it is told here
    with translation.override(language):
        try:
            if not is_page(request.path):
                raise Http404("There is no such page.")
            match = resolve(request.path, PUBLIC)
            answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        except Http404:
            answer = render(request, "404.html", status=404)
        return told_in(language, answer)


@login_not_required
@require_safe
@remembered
def releases(request: HttpRequest) -> HttpResponse:
    """List all releases, newest first."""
    found = {"releases": listed(request)}
    return render(request, "publish/releases.html", found | provenance(shown(request)))


@login_not_required
@require_safe
@remembered
def changes(request: HttpRequest, before: int, after: int) -> HttpResponse:
    """Show what changed from one release to another, and why."""
    found = change_pages.changes(*_pair(request, before, after))
    return render(request, "publish/changes.html", found | provenance(newest(request)))


@login_not_required
@require_safe
def changes_file(request: HttpRequest, before: int, after: int) -> HttpResponse:
    """Give all that changed from one release to another for programs."""
    body = to_json(change_pages.graph(*_pair(request, before, after)))
    answer = _answer(
        request, FileFact("changes.json", sha256(body), len(body), "application/json"), lambda: body
    )
    patch_cache_control(answer, public=True, max_age=FOREVER, immutable=True)
    return answer


@login_not_required
@require_safe
@remembered
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was corrected, from the first release to the newest."""
    current = newest(request)
    found = change_pages.correction_log(steps(request), current)
    return render(request, "publish/corrections.html", found | provenance(current))


@login_not_required
@require_safe
@remembered
def release_page(request: HttpRequest, number: int) -> HttpResponse:
    """Show one release, the newest or an earlier one."""
    current = newest(request)
    found = open_data.release_page(numbered(request, number))
    fact = next(one for one in listed(request) if one.number == number)
    told = {"is_newest": current.number == number, "fact": fact, "signature": SIGNATURE}
    return render(request, "publish/release.html", found | provenance(current) | told)


@login_not_required
@require_safe
def public_key(request: HttpRequest) -> HttpResponse:
    """Give the public key that checks the signature of the newest release that has one."""
    keys = [one.public_key for one in queries.releases() if one.public_key]
    if not keys:
        raise Http404("No release is signed yet.")
    return HttpResponse(keys[0], content_type="application/x-pem-file")


@open_to_all
def data_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a file of open data of the newest release, to be kept under a name that says which release."""
    release = newest(request)
    answer = _file(request, release, f"data/{name}")
    answer["Content-Disposition"] = f'attachment; filename="{open_data.download_name(release, name)}"'
    return answer


@open_to_all
def chain_graph(request: HttpRequest) -> JsonResponse:
    """Give the chain of evidence of the newest release for programs."""
    return JsonResponse(chain.graph(newest(request)))


@open_to_all
def chart_file(request: HttpRequest, name: str) -> HttpResponse:
    """Give a chart of the newest release on a sheet that says what it shows; a narrow one as it is."""
    release = newest(request)
    try:
        body = figures.as_sheet(release, name)
    except NotInRelease:
        return _file(request, release, f"charts/{name}.svg")
    return _made(request, release, FileFact(f"{name}.svg", sha256(body), len(body), SVG), body)


@login_not_required
@require_safe
def journey_picture(request: HttpRequest, key: str) -> HttpResponse:
    """Draw the map of a journey of the newest release as SVG."""
    release = newest(request)
    body = _built(lambda: picture(told(release, key)))
    return _made(request, release, FileFact(f"journey-{key}.svg", sha256(body), len(body), SVG), body)


@login_not_required
@require_safe
def journey_paper(request: HttpRequest, key: str) -> HttpResponse:
    """Set the map of a journey of the newest release as PDF; 503 with the reason where that cannot be."""
    release = newest(request)
    try:
        body = _built(lambda: paper_of(release.folder, release.manifest_sha256, key))
    except NotSet as problem:
        words = f"The map of this journey cannot be set as a PDF here: {problem}.\n"
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return _made(request, release, FileFact(f"journey-{key}.pdf", sha256(body), len(body), PDF), body)


@open_to_all
def release_file(request: HttpRequest, number: int, path: str) -> HttpResponse:
    """Give any file of a release as it was frozen, its manifest too."""
    release = numbered(request, number)
    if path == MANIFEST:
        size = (release.folder / MANIFEST).stat().st_size
        fact = FileFact(MANIFEST, release.manifest_sha256, size, "application/json")
        answer = _answer(request, fact, lambda: read_checked(release.folder, fact))
    elif path == SIGNATURE and (signature := release.signature()) is not None:
        fact = FileFact(SIGNATURE, sha256(signature), len(signature), "application/octet-stream")
        answer = _answer(request, fact, lambda: signature)
    else:
        answer = _file(request, release, path)
    patch_cache_control(answer, public=True, max_age=FOREVER, immutable=True)
    return answer


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Tell a monitor whether the tables answer and the newest release is what was made; 503 with the reason.

    Before the first release the number is null and all is well.
    """
    try:
        return JsonResponse({"release": queries.newest_whole()})
    except DatabaseError:
        reason = "the database does not answer"
    except ReleaseDamaged:
        reason = "the manifest of the newest release is missing or not what was released"
    return JsonResponse({"problem": reason}, status=503)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers that everything public may be read."""
    words = ROBOTS.format(sitemap=whole("/sitemap.xml"))
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


def _built(build: Callable[[], T]) -> T:
    try:
        return build()
    except NotInRelease as missing:
        raise Http404(f"The release holds no {missing}.") from missing


def _pair(request: HttpRequest, before: int, after: int) -> tuple[ReleaseData, ReleaseData]:
    if before >= after:
        raise Http404("The first number is that of the earlier release.")
    return numbered(request, before), numbered(request, after)


def _file(request: HttpRequest, release: ReleaseData, path: str) -> HttpResponse:
    try:
        fact = open_data.file_of(release, path)
    except NotInRelease as missing:
        raise Http404(f"Release {release.number} has no file {path}.") from missing
    return _answer(request, fact, lambda: release.read(path))


def _made(request: HttpRequest, release: ReleaseData, file: FileFact, body: bytes) -> HttpResponse:
    """Send what was made of a release, to be kept under a name that says which."""
    answer = _answer(request, file, lambda: body)
    answer["Content-Disposition"] = f'inline; filename="{open_data.download_name(release, file.path)}"'
    return answer


def _answer(request: HttpRequest, fact: FileFact, read: Callable[[], bytes]) -> HttpResponse:
    """Send a file, or 304 where the reader has these very bytes."""
    tag = f'"{fact.sha256}"'
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    media_type = fact.media_type + ("; charset=utf-8" if fact.media_type.startswith("text/") else "")
    return HttpResponse(read(), content_type=media_type, headers={"ETag": tag})
