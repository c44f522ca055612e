"""Every public page as it will be, before it is published: the same views, shown another release."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hearback.accounts.access import grants
from hearback.accounts.rules import may_everywhere
from hearback.publish import queries
from hearback.publish.desk.pages import PERMISSIONS
from hearback.publish.links import bare, rewrite

ADDRESS = "/dashboard/releases/preview"
PUBLIC = "hearback.publish.urls"
NOT_OF_A_RELEASE = ("healthz", "robots")
HTML = "text/html"


@require_safe
@never_cache
def preview(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Show a public page of what waits; links on it lead to the pages of the preview."""
    held = grants(request)
    if not any(may_everywhere(held, permission) for permission in PERMISSIONS):
        raise PermissionDenied
    release = queries.waiting_release()
    if release is None:
        raise Http404("Nothing waits to be published.")
    try:
        match = resolve(f"/{path}", PUBLIC)
    except Resolver404 as problem:
        raise Http404 from problem
    request.previewed = release  # type: ignore[attr-defined]
    request.path = request.path_info = f"/{path}"
    with translation.override("en"):  # as the public reads it
        answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    if isinstance(answer, HttpResponse) and answer.headers.get("Content-Type", "").startswith(HTML):
        answer.content = rewrite(answer.content.decode(), _within).encode()
    return answer


def _within(address: str) -> str:
    """Lead to the preview of a public page; anything else stays where it is."""
    try:
        match = resolve(bare(address), PUBLIC)
    except Resolver404:
        return address
    return address if match.url_name in NOT_OF_A_RELEASE else ADDRESS + address
