"""Responses as a file, for whoever may read them; every file that leaves is noted in the history."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearback.collect.actions.exporting import note_export
from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import Trouble
from hearback.collect.desk.export_form import ExportForm, fits_seventeen
from hearback.collect.exporting import Export
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.response_files.dictionary import HEADER
from hearback.collect.response_files.table import Cell, Column
from hearback.collect.response_files.writing import DoesNotFit, write

NAMED = {"all": "", "seventeen": "17-columns", "with_time": "17-columns-with-time"}
"""What a file of each shape has in its name, so that one is not taken for another."""


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("see_responses")
def form_export(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """Ask which responses, and send them as a file, or what its columns hold."""
    if request.method != "POST":
        return _page(request, desk, ExportForm(desk.form))
    asked = ExportForm(desk.form, request.POST)
    if not asked.is_valid():
        return _page(request, desk, asked, status=422)
    if request.POST.get("do") == "dictionary":
        rows = Export(desk.form, None, None, asked.cleaned_data["zone"]).dictionary()
        file, _n = _written(f"{desk.key}.dictionary.csv", [Column(name) for name in HEADER], rows)
        return _sent(file)
    return _responses(request, desk, asked)


def _responses(request: HttpRequest, desk: Desk, asked: ExportForm) -> HttpResponseBase:
    """Write all of the file before any of it is sent, so that none looks whole that is not."""
    typed, export = asked.cleaned_data, asked.asked()
    name = "-".join(one for one in (desk.key, typed["quarter"], NAMED[typed["shape"]]) if one)
    try:
        file, n = _written(f"{name}.{typed['kind']}", *export.table())
    except DoesNotFit as problem:
        return _page(
            request, desk, asked, Trouble(_("This cannot be done now"), str(problem), False, True), 422
        )
    except StoreNotReady:
        heading = _("The responses cannot be read just now")
        return _page(request, desk, asked, Trouble(heading, _("Try again in a minute.")), 503)
    note_export(desk.key, {"rows": n, **_about(export, typed["kind"])}, by=desk.by, at=timezone.now())
    return _sent(file)


def _about(export: Export, kind: str) -> dict[str, str | int]:
    """Say which responses left and how, for the history."""
    columns = "all" if not export.as_seventeen else "17 with time" if export.with_time else "17"
    ends = {"since": export.since, "until": export.until}
    return {"file": kind, "columns": columns, **{name: at.isoformat() for name, at in ends.items() if at}}


def _written(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> tuple[IO[bytes], int]:
    """Write a file that is gone from the disk as soon as it is closed; gives it and how many rows it has."""
    with TemporaryDirectory(prefix="hearback-export-") as folder:
        file = Path(folder) / name
        n = write(file, columns, rows)
        return file.open("rb"), n


def _sent(file: IO[bytes]) -> FileResponse:
    return FileResponse(file, as_attachment=True)


def _page(
    request: HttpRequest, desk: Desk, asked: ExportForm, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    context = {"asked": asked, "trouble": trouble, "fits_seventeen": fits_seventeen(desk.form)}
    return show_form(request, desk, "export", context, status)
