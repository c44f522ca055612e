"""Charts of a release, drawn once when the release is made, in a wide and a narrow version."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import msgspec
from django.conf import settings

from hearback.publish.charts import flow, funnel, grid, multiples, of_scores, timeline
from hearback.publish.charts.figure import Figure
from hearback.publish.charts.look import finish, register_fonts
from hearback.publish.charts.of_scores import government_chart
from hearback.publish.frozen import Content
from hearback.publish.series import Numbers

STYLE = "4"  # raise it when a drawing changes though its numbers do not

__all__ = ["Figure", "chart_path", "draw_charts", "figures", "government_chart"]


def draw_charts(data: Content) -> dict[str, bytes]:
    """Draw every chart of a release; returns path and bytes. Equal numbers give equal bytes."""
    drawn = {}
    for figure in figures(data):
        for narrow in (False, True):
            drawn[chart_path(figure.name, narrow=narrow)] = _drawing(figure, narrow)
    return drawn


def chart_path(name: str, *, narrow: bool = False) -> str:
    """Give the path of a chart within a release."""
    return f"charts/{name}{'-narrow' if narrow else ''}.svg"


def figures(data: Content) -> Iterator[Figure]:
    """List the figures of a release."""
    numbers = Numbers(data)
    yield from of_scores.figures(data, numbers)
    yield from multiples.figures(data, numbers)
    yield from funnel.figures(data, numbers)
    yield from timeline.figures(data)
    yield from grid.figures(data)
    yield from flow.figures(data)


def _drawing(figure: Figure, narrow: bool) -> bytes:
    """Draw, or take from the cache what the same tools drew of the same numbers in the same style."""
    tools = [STYLE, version("altair"), version("vl-convert-python"), str(narrow)]
    key = hashlib.sha256(msgspec.json.encode([tools, figure.name, figure.alt, figure.numbers])).hexdigest()
    kept = Path(settings.HOME) / "cache" / "charts" / f"{key}.svg"
    if kept.is_file():
        return kept.read_bytes()
    import vl_convert
    from altair.utils.schemapi import debug_mode

    register_fonts()
    with debug_mode(False):  # tests hold every kind of chart against the schema, which takes most of the time
        drawn = figure.draw(figure.numbers, narrow)
    body = finish(drawn if isinstance(drawn, str) else vl_convert.vegalite_to_svg(drawn), figure.alt)
    kept.parent.mkdir(parents=True, exist_ok=True)
    draft = kept.with_suffix(".draft")
    draft.write_bytes(body)
    draft.rename(kept)
    return body
