"""Figures on pages: the picture as it was frozen, what it says, every number in it, and how to use it."""

from math import ceil
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from hearback.publish.charts import Figure, chart_path
from hearback.publish.charts.drawing import Type, lines_of
from hearback.publish.charts.sheet import on_sheet, size
from hearback.publish.formats.csv_format import to_csv
from hearback.publish.formats.tables import Column, Table
from hearback.publish.frozen import ReleaseData, to_json
from hearback.publish.languages import address_in
from hearback.publish.pages import trust
from hearback.publish.pages.catalogue import NotInRelease, catalogue
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.figure_table import table_of
from hearback.publish.pages.pictures import Shown, shown
from hearback.publish.said import said
from hearback.ui.speaking import ENGLISH

KINDS = {
    "trust-": _("Trust over time, the whole government"),
    "services": _("Services against their own history"),
    "commitments": _("Commitments"),
    "funding": _("Money"),
    "milestones-": _("Milestones over time"),
    "agency-": _("Trust over time, by agency"),
    "provider-": _("Trust over time, by provider"),
    "service-": _("Trust over time, by service"),
    "answers-": _("The five answers, by service"),
    "response-": _("Who was asked and who answered, by service"),
}
"""The kinds of figures by how their names begin, in the order of the list."""
FRAME, FRAME_EDGE, FRAME_DRAWN = 700.0, 20.0, 384.0
"""Pixels: how wide a frame on another site is thought to be, the edge in it, and the drawing as styled."""


def find(release: ReleaseData, name: str) -> Shown:
    """Give a figure.

    Raises:
        NotInRelease: if the release holds none of that name.
    """
    found = shown(catalogue(release), name)
    if found is None:
        raise NotInRelease(name)
    return found


def listed(release: ReleaseData) -> dict[str, Any]:
    """List all figures by kind, in each by title."""
    groups: dict[str, list[Figure]] = {title: [] for title in KINDS.values()}
    for figure in catalogue(release).figures.values():
        kind = next(title for start, title in KINDS.items() if figure.name.startswith(start))
        groups[kind].append(figure)
    for found in groups.values():
        found.sort(key=lambda one: one.title.casefold())
    n = len(catalogue(release).figures)
    return {"groups": [(gettext(kind), found) for kind, found in groups.items() if found], "n": n}


def page(release: ReleaseData, name: str) -> dict[str, Any]:
    """Show one figure: picture, sentences, numbers, why they are what they are, and how to use it elsewhere.

    Raises:
        NotInRelease: if the release holds none of that name.
    """
    book, found = catalogue(release), find(release, name)
    figure = found.figure
    known = release.files_by_path
    return {
        "shown": found,
        "figure": figure,
        "table": table_of(figure),
        "whys": trust.whys(book, *figure.about) if figure.about else [],
        "methods": [book.methods[slug] for slug in figure.methods if slug in book.methods],
        "tables": [known[path] for table in figure.tables if (path := f"data/{table}.csv") in known],
        "drawing": known[chart_path(name)],
        "frame": frame_code(found),
    }


def as_sheet(release: ReleaseData, name: str) -> bytes:
    """Give the drawing of a figure as SVG that says by itself what it shows and where it is from.

    Raises:
        NotInRelease: if the release holds none of that name.
    """
    found = find(release, name)
    source = (
        f"Source: Hearback, release {release.number} of {date_label(release.made_on.isoformat())}, "
        f"{settings.SITE_URL}{found.address}"
    )
    return on_sheet(found.wide, found.figure, source)


def frame_code(found: Shown) -> str:
    """Write the line of HTML that shows a figure on another site, in the language that is spoken."""
    title = said(found.figure.title).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    address = settings.SITE_URL + address_in(get_language() or ENGLISH, f"{found.address}frame/")
    return (
        f'<iframe src="{address}" title="{title}" width="100%" '
        f'height="{frame_height(found)}" loading="lazy"></iframe>'
    )


def frame_height(found: Shown) -> int:
    """Give the height that a frame of 700 pixels of width needs, so that nothing in it has to be scrolled."""
    figure, width = found.figure, FRAME - 2 * FRAME_EDGE
    wide, high = size(found.narrow)
    texts = [(figure.title, Type(20, True)), *((text, Type(16)) for text in figure.says)]
    lines = [len(lines_of(said(text), width, look)) * look.size * 1.5 + 16 for text, look in texts]
    note = lines_of(f"{said(figure.note)} {said(figure.note)[:40]}", width, Type(15))
    drawn = high * FRAME_DRAWN / wide if wide else 0
    return ceil((sum(lines) + drawn + len(note) * 24 + 2 * FRAME_EDGE + 64) / 20) * 20


def to_table(figure: Figure) -> Table:
    """Give the numbers of a figure as a table of open data."""
    columns = tuple(Column(one.name, one.heading) for one in figure.columns)
    return Table(figure.name, figure.title, columns, lambda content: figure.rows)


def as_csv(figure: Figure) -> bytes:
    """Write the numbers of a figure as CSV, in full precision."""
    return to_csv(to_table(figure), figure.rows)


def as_json(figure: Figure, release: ReleaseData) -> bytes:
    """Write a figure for programs: what it says, and its numbers in full precision."""
    names = [column.name for column in figure.columns]
    return to_json(
        {
            "figure": figure.name,
            "title": figure.title,
            "says": figure.says,
            "note": figure.note,
            "release": release.number,
            "manifest_sha256": release.manifest_sha256,
            "columns": {column.name: column.heading for column in figure.columns},
            "rows": [dict(zip(names, row, strict=True)) for row in figure.rows],
        }
    )
