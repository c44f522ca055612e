"""Charts of a release, drawn once when the release is made, in a wide and a narrow version."""

from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec
from django.conf import settings

from hearback.publish.charts import flow, funnel, grid, multiples, of_scores, timeline
from hearback.publish.charts.figure import Figure
from hearback.publish.charts.look import finish, fonts
from hearback.publish.charts.of_scores import government_chart
from hearback.publish.folders import keep
from hearback.publish.frozen import Content, sha256
from hearback.publish.series import Numbers
from hearback.ui.painting import Described, paint

STYLE = "15"  # raise it when a drawing changes though its numbers do not
TOOLS = (STYLE, version("vl-convert-python"))

__all__ = ["Figure", "chart_path", "draw_charts", "figures", "government_chart"]


def draw_charts(
    data: Content, told: Callable[[int, int], None] = lambda done, known: None
) -> dict[str, bytes]:
    """Draw every chart of a release; returns path and bytes. Equal numbers give equal bytes.

    What the same tools drew of the same numbers in the same style is taken from the cache; all else is
    kept there as soon as it is drawn, so that a run that broke off goes on where it was.

    Args:
        told: is called with how many are done, and how many there are.
    """
    sketches = {
        chart_path(figure.name, narrow=narrow): _Sketch(figure, narrow)
        for figure in figures(data)
        for narrow in (False, True)
    }
    missing = [sketch for sketch in sketches.values() if not sketch.kept.is_file()]
    for done, _ in enumerate(_drawn(missing), len(sketches) - len(missing) + 1):
        told(done, len(sketches))
    return {path: sketch.kept.read_bytes() for path, sketch in sketches.items()}


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


class _Sketch:
    """One drawing of a figure, wide or narrow, and the file it is kept in."""

    def __init__(self, figure: Figure, narrow: bool) -> None:
        self.figure, self.narrow = figure, narrow
        tools = [*TOOLS, str(narrow), str(settings.FISCAL_YEAR_STARTS)]  # years stand on lines of time
        made_of = [tools, figure.name, figure.alt, figure.numbers]
        self.kept = Path(settings.HOME) / "cache" / "charts" / f"{sha256(msgspec.json.encode(made_of))}.svg"

    def keep(self, svg: str) -> None:
        """Put the drawing into its file."""
        keep(self.kept, finish(svg, self.figure.alt))


def _drawn(sketches: Sequence[_Sketch]) -> Iterator[None]:
    """Draw and keep: what is only described goes to the drawing program, all of it together."""
    described: list[tuple[_Sketch, Described]] = []
    for sketch in sketches:
        drawing = sketch.figure.draw(sketch.figure.numbers, sketch.narrow)
        if isinstance(drawing, str):
            sketch.keep(drawing)
            yield
        else:
            described.append((sketch, drawing))
    for at, svg in paint([drawing for _, drawing in described], fonts()):
        described[at][0].keep(svg)
        yield
