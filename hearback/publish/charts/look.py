"""How every chart looks: fonts, colours, sizes, and what is cleaned from a drawing before it is frozen."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings

# Colours of the design system. The style sheet (ui/styles/_blocks.scss) swaps each for its place in the
# palette of the page, so two colours with one meaning each must not share a code.
INK = "#171b21"
MUTED = "#545a63"
HAIR = "#e4e6e8"
LINE = "#c9cdd0"
PAPER = "#ffffff"
POOL_COLOURS = {"increased": ("#07648c", "#e1f0f7"), "stated": ("#a8480a", "#fbe9dd")}
STEPS = ("#8c3f08", "#dd9a5f", "#c9cdd1", "#6fa9c7", "#07648d")

FONT = "Public Sans, Public Sans Web, system-ui, Arial, sans-serif"
FONT_FOLDER = Path("node_modules/@uswds/uswds/dist/fonts/public-sans")
WIDE, NARROW = 860, 300
"""Widths. A phone of 320 pixels shows the narrow drawing at 280, where letters of 13 are still above 12."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.4.1.json"
"""The language in which charts are described; tests hold every kind of chart against it."""
NOT_OF_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML may hold. Source: XML 1.0, 5th edition, section 2.2."""
DECORATION = re.compile(r' (?:role|aria-[a-z]+|pointer-events|class)="[^"]*"')


def fonts() -> Path:
    """Give the folder of the design system's fonts, in which words are measured where it is installed."""
    return Path(settings.BASE_DIR) / FONT_FOLDER


def config(narrow: bool) -> dict[str, Any]:
    """Give the settings every chart shares: no frame, hairline grid, one font."""
    size = 13 if narrow else 14
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": size, "labelColor": MUTED, "labelFont": FONT, "domain": False, "ticks": False,
            "gridColor": HAIR, "labelPadding": 8, "title": None, "labelLineHeight": size + 4,
        },
        "title": {
            "anchor": "start", "frame": "bounds", "fontSize": size + 1, "fontWeight": 600, "color": INK,
            "font": FONT, "offset": 14,
        },
        "text": {"fontSize": size, "font": FONT, "fill": INK},
        "legend": {
            "orient": "top", "direction": "horizontal", "title": None, "labelFont": FONT, "labelLimit": 0,
            "labelFontSize": size, "labelColor": INK, "symbolType": "square", "symbolSize": 150,
            "symbolStrokeWidth": 0, "columns": 1 if narrow else 5, "columnPadding": 18, "rowPadding": 6,
        },
        "concat": {"spacing": 34},
    }  # fmt: skip


def finish(svg: str, alt: str) -> bytes:
    """Clean a drawing: no roles inside, one text alternative for the whole."""
    cleaned = DECORATION.sub("", svg)
    cleaned = cleaned.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace(' version="1.1"', "")
    cleaned = cleaned.replace("<svg ", f'<svg role="img" aria-label="{_attribute(alt)}" ', 1)
    return (cleaned + "\n").encode()


def of_xml(text: str) -> str:
    """Put a mark in the place of every character that would break a drawing.

    >>> of_xml("a\\x0bb")
    'a\ufffdb'
    """
    return NOT_OF_XML.sub("\ufffd", text)


def _attribute(text: str) -> str:
    return of_xml(text).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
