"""A drawing that says by itself what it is, to be kept elsewhere: with title, question, source, margin."""

import re
from itertools import pairwise

from hearback.publish.charts.drawing import BREAKS, SMALL, TINY, Sheet, Type
from hearback.publish.charts.figure import Figure

MARGIN = 28.0
TITLE = Type(20, True)
SIZE = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"')
CUTS = re.compile(rf'<svg [^>]*?{BREAKS}="([\d. ]+)"')
OF_DOCUMENTS = re.compile(rf' (?:xmlns|width|height|viewBox|{BREAKS})="[^"]*"')
"""What the element of a drawing says that a group does not."""
END = "</svg>"


def size(svg: str) -> tuple[float, float]:
    """Give the width and height of a drawing; nothing of one that does not say.

    >>> size('<svg width="8" viewBox="0 0 8 4.5">')
    (8.0, 4.5)
    """
    found = SIZE.search(svg)
    return (float(found[1]), float(found[2])) if found else (0.0, 0.0)


def parts(svg: str) -> list[tuple[float, float]]:
    """Give where the parts of a drawing begin, between which a page may end, and how high they are.

    >>> parts('<svg viewBox="0 0 8 90" data-breaks="30 50">')
    [(0.0, 30.0), (30.0, 20.0), (50.0, 40.0)]
    >>> parts('<svg viewBox="0 0 8 90">')
    [(0.0, 90.0)]
    """
    found = CUTS.search(svg)
    cuts = [float(one) for one in found[1].split()] if found else []
    return [(start, end - start) for start, end in pairwise([0.0, *cuts, size(svg)[1]])]


def on_sheet(svg: str, figure: Figure, source: str) -> bytes:
    """Put a drawing on a sheet: above it what it shows, below it how to read it and where it is from.

    Args:
        svg: the drawing as it was frozen.
        source: release and address.
    """
    width, height = size(svg)
    sheet = Sheet(width + 2 * MARGIN, figure.title, figure.alt)
    y = sheet.words(figure.title, MARGIN, MARGIN, width, TITLE)
    if figure.question:
        y = sheet.words(figure.question, MARGIN, y + 2, width, SMALL)
    top = y + 14
    y = sheet.words(figure.note, MARGIN, top + height + 12, width, SMALL)
    y = sheet.words(source, MARGIN, y + 4, width, TINY)
    whole = sheet.whole(y + MARGIN).decode()
    at = whole.rindex(END)
    return f"{whole[:at]}{_moved(svg.strip(), MARGIN, top)}{whole[at:]}".encode()


def _moved(svg: str, x: float, y: float) -> str:
    """Make a drawing part of another: a group, as painting one within another takes twice as long."""
    begins, rest = svg.split(">", 1)
    kept = OF_DOCUMENTS.sub("", begins.removeprefix("<svg"))
    return f'<g transform="translate({x:.0f},{y:.1f})"{kept}>{rest.removesuffix(END)}</g>'
