"""Doors to figures: the page of each, a frame for other sites, its drawing, image and numbers."""

from collections.abc import Callable
from typing import Any, TypeVar

from csp.decorators import csp_replace
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from hearback.publish.charts.image import to_png
from hearback.publish.open.doors import made, open_to_all
from hearback.publish.pages import figures
from hearback.publish.pages.catalogue import NotInRelease
from hearback.publish.pages.provenance import provenance
from hearback.publish.remembering import remembered
from hearback.publish.shown import newest

T = TypeVar("T")


@login_not_required
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@require_safe
@remembered
def frame(request: HttpRequest, **keys: Any) -> HttpResponse:
    """Show a figure alone, for a frame on any other site."""
    release = newest(request)
    found = {"shown": _found(lambda: figures.find(release, **keys))}
    return render(request, "publish/figure_frame.html", found | provenance(release))


@open_to_all
def image(request: HttpRequest, name: str) -> HttpResponse:
    """Give the drawing of a figure as PNG."""
    release = newest(request)
    sheet = _found(lambda: figures.as_sheet(release, name))
    return made(request, release, to_png(sheet), "image/png")


@open_to_all
def numbers(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Give the numbers of a figure as CSV or JSON."""
    release = newest(request)
    figure = _found(lambda: figures.find(release, name)).figure
    if form == "csv":
        return made(request, release, figures.as_csv(figure), "text/csv")
    return made(request, release, figures.as_json(figure, release), "application/json")


def _found(find: Callable[[], T]) -> T:
    try:
        return find()
    except NotInRelease as missing:
        raise Http404(f"The release holds no figure {missing}.") from missing
