"""What typst sets, offline, always in the same bytes: tagged PDFs (PDF/UA-1, fonts inside), and images."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).parent / "fonts"
PIXELS_PER_INCH = 96
"""So many pixels of a drawing are an inch, as CSS has it."""
SHEET = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg")
"""


class NotSet(Exception):
    """A PDF cannot be set; the message says why and what to do."""


def set_pdf(template: Path, inputs: Mapping[str, str]) -> bytes:
    """Set a PDF by a template, which reads its words from `sys.inputs`: they are text there, never markup.

    Raises:
        NotSet: if a font lacks a letter, set-up did not copy the fonts, or the template refuses the words.
    """
    import typst

    try:
        return typst.compile(
            str(template),
            root=str(template.parent),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs=dict(inputs),
        )
    except typst.TypstError as problem:
        raise NotSet(_reason(str(problem.message))) from problem


def set_png(svg: bytes, scale: float) -> bytes:
    """Paint a drawing on white paper of its size, with so many pixels of the image for one of the drawing.

    Raises:
        NotSet: if the drawing is no SVG, or set-up did not copy the fonts.
    """
    import typst

    try:
        return typst.compile(
            SHEET,
            font_paths=_fonts(),
            format="png",
            ppi=PIXELS_PER_INCH * scale,
            sys_inputs={"drawing": svg.decode()},
        )
    except typst.TypstError as problem:
        raise NotSet(_reason(str(problem.message))) from problem


def _reason(message: str) -> str:
    if lacking := re.search(r'the text `"(.+?)"` could not be displayed', message):
        letter = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), lacking[1])
        return (
            f"no font has the letter {letter!r}; install one that does, such as one of the Noto fonts,"
            " or leave the words out"
        )
    return f"typst cannot set it: {message}"


@cache
def _fonts() -> "typst.Fonts":
    """Find fonts once: our own, and for scripts that they lack those of the machine.

    Raises:
        NotSet: if set-up did not copy ours.
    """
    import typst

    if not any(FONTS.glob("*.ttf")):
        raise NotSet("the fonts of PDFs are not there: run `make setup`")
    return typst.Fonts(include_embedded_fonts=False, font_paths=[str(FONTS)])
