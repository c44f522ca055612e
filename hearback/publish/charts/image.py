"""A drawing as PNG, for those who cannot use SVG: made when first asked for, and kept."""

import re
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from hearback.publish.charts.look import PAPER, fonts
from hearback.publish.folders import keep
from hearback.publish.frozen import sha256
from hearback.ui.painting import register_fonts

SCALE = 2
"""Pixels of the image for one of the drawing: enough for print."""
START = re.compile(rb"<svg [^>]*>")


def to_png(svg: bytes) -> bytes:
    """Paint a drawing on paper. The same drawing and tool give the same bytes."""
    key = sha256(f"{version('vl-convert-python')} {SCALE} {sha256(svg)}".encode())
    kept = Path(settings.HOME) / "cache" / "images" / f"{key}.png"
    if kept.is_file():
        return kept.read_bytes()
    import vl_convert  # here, as it takes long to load

    register_fonts(fonts())
    paper = f'<rect width="100%" height="100%" fill="{PAPER}"/>'.encode()
    on_paper = START.sub(lambda found: found[0] + paper, svg, count=1)
    body: bytes = vl_convert.svg_to_png(on_paper.decode(), scale=SCALE)
    keep(kept, body)
    return body
