"""A drawing of lines and words as SVG: words stay words, and are broken into lines that fit."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree.ElementTree import Element, SubElement, tostring

from hearback.publish.charts.look import FONT, INK, MUTED, PAPER, of_xml

NARROW_LETTERS, WIDE_LETTERS = frozenset(" '!,./:;\\|`()[]-ijlftIJ"), frozenset("mwMW%@#&+<=>^~")
"""Letters of less and of more than usual width, at most 0.4 and 1.0 of the size in any usual font."""
BREAKS = "data-breaks"
LEADING = 1.32
"""From one line to the next, in sizes."""


@dataclass(frozen=True)
class Type:
    """How words look: their size in pixels, how bold, in which ink."""

    size: float
    bold: bool = False
    ink: str = INK

    @property
    def leading(self) -> float:
        """Give the pixels from one line to the next."""
        return self.size * LEADING


TITLE, HEAD, STRONG = Type(26, True), Type(17, True), Type(14, True)
PLAIN, SMALL, TINY = Type(13.5), Type(13, ink=MUTED), Type(12, ink=MUTED)


def width_of(text: str, look: Type) -> float:
    """Give a width in pixels that text hardly exceeds: reckoned wide, as fonts differ from place to place.

    >>> width_of("ill", Type(10)) < width_of("man", Type(10)) < width_of("man", Type(10, True))
    True
    """
    return sum(map(_em, text)) * look.size * (1.15 if look.bold else 1)


@lru_cache(maxsize=4096)
def _em(letter: str) -> float:
    """Give the width of a letter in sizes. Source: the widths of DejaVu Sans, one of the widest."""
    if letter.isascii():
        if letter in NARROW_LETTERS:
            return 0.4
        if letter in WIDE_LETTERS:
            return 1.0
        return 0.8 if letter.isupper() else 0.65
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.3 if unicodedata.category(letter) == "So" else 1.05
    return 1.0 if letter in "—…" else 0.8


def lines_of(text: str, width: float, look: Type) -> list[str]:
    """Break words into lines; a word that is too long for one goes on in the next.

    >>> lines_of("one two", 30, Type(10)), lines_of("abcdefgh", 30, Type(10))
    (['one', 'two'], ['abcd', 'efgh'])
    """
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width_of(longer, look) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, width, look)
        lines += full
    return [*lines, line] if line else lines


def _pieces(word: str, width: float, look: Type) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, look) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


class Drawing:
    """A drawing while it is made, from above to below."""

    def __init__(self, width: float, **attributes: str) -> None:
        self.width = width
        self.root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "font-family": FONT, **attributes})

    def words(self, text: str, x: float, y: float, width: float, look: Type = PLAIN) -> float:
        """Write words below `y`; returns where they end."""
        lines = lines_of(_clean(text), width, look)
        found = SubElement(self.root, "text", {"fill": look.ink, "font-size": _n(look.size)})
        if look.bold:
            found.set("font-weight", "600")
        for number, line in enumerate(lines):
            baseline = y + look.size + number * look.leading
            part = SubElement(found, "tspan", {"x": _n(x), "y": _n(baseline)})
            part.text = line if number == len(lines) - 1 else line + " "  # a copied text keeps its blanks
        return y + len(lines) * look.leading

    def mark(self, text: str, x: float, y: float, look: Type) -> None:
        """Write one line with its middle at a point."""
        self._line_of_words(text, x, y + look.size * 0.36, look, "middle")

    def line(self, *points: tuple[float, float], ink: str, thick: float = 1, dashed: bool = False) -> None:
        """Draw a line through points."""
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        found = SubElement(
            self.root, "polyline", {"points": path, "fill": "none", "stroke": ink, "stroke-width": _n(thick)}
        )
        if dashed:
            found.set("stroke-dasharray", "4 4")

    def circle(
        self, x: float, y: float, radius: float, *, fill: str = PAPER, ink: str = INK, dashed: bool = False
    ) -> None:
        """Draw a circle."""
        found = SubElement(
            self.root, "circle",
            {"cx": _n(x), "cy": _n(y), "r": _n(radius), "fill": fill, "stroke": ink, "stroke-width": "1.5"},
        )  # fmt: skip
        if dashed:
            found.set("stroke-dasharray", "3 2")

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "none", ink: str = "none",
        dashed: bool = False,
    ) -> None:  # fmt: skip
        """Draw a box."""
        found = SubElement(
            self.root, "rect",
            {"x": _n(x), "y": _n(y), "width": _n(width), "height": _n(height), "fill": fill, "stroke": ink},
        )  # fmt: skip
        if dashed:
            found.set("stroke-dasharray", "3 2")

    def shape(self, *points: tuple[float, float], fill: str) -> None:
        """Fill the shape between points."""
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
        SubElement(self.root, "polygon", {"points": path, "fill": fill})

    def ribbon(self, start: tuple[float, float], end: tuple[float, float], high: float, *, fill: str) -> None:
        """Fill a band that leads from one height to another, equally high all along."""
        (x, y), (to_x, to_y) = start, end
        middle = (x + to_x) / 2
        path = (
            f"M{_n(x)},{_n(y)}C{_n(middle)},{_n(y)} {_n(middle)},{_n(to_y)} {_n(to_x)},{_n(to_y)}"
            f"v{_n(high)}C{_n(middle)},{_n(to_y + high)} {_n(middle)},{_n(y + high)} {_n(x)},{_n(y + high)}Z"
        )
        SubElement(self.root, "path", {"d": path, "fill": fill})

    def label(self, text: str, x: float, y: float, look: Type, *, ends: bool = False) -> None:
        """Write one line with its baseline at a height: from a point on, or up to it."""
        self._line_of_words(text, x, y, look, "end" if ends else "start")

    def _line_of_words(self, text: str, x: float, baseline: float, look: Type, anchor: str) -> None:
        found = SubElement(
            self.root, "text",
            {"x": _n(x), "y": _n(baseline), "text-anchor": anchor, "fill": look.ink,
             "font-size": _n(look.size), "font-weight": "600" if look.bold else "400"},
        )  # fmt: skip
        found.text = _clean(text)

    def size(self, height: float) -> None:
        """Say how high it is."""
        self.root.set("width", _n(self.width))
        self.root.set("height", _n(height))
        self.root.set("viewBox", f"0 0 {_n(self.width)} {_n(height)}")

    def finish(self, height: float, breaks: Iterable[float] = ()) -> str:
        """Give the drawing as it stands within a page, so high.

        Args:
            breaks: heights at which a printed page may end, where it is too low for the whole.
        """
        self.size(height)
        if cut := " ".join(map(_n, breaks)):
            self.root.set(BREAKS, cut)
        return tostring(self.root, encoding="unicode")


class Sheet(Drawing):
    """A drawing that is a document of its own, with title, description, and paper below."""

    def __init__(self, width: float, title: str, description: str) -> None:
        super().__init__(
            width, role="graphics-document document", lang="en", **{"aria-labelledby": "title description"}
        )
        SubElement(self.root, "title", {"id": "title"}).text = _clean(title)
        SubElement(self.root, "desc", {"id": "description"}).text = _clean(description)
        self.paper = SubElement(self.root, "rect", {"fill": PAPER})

    def whole(self, height: float) -> bytes:
        """Give the document, so high."""
        self.size(height)
        self.paper.set("width", _n(self.width))
        self.paper.set("height", _n(height))
        drawn: bytes = tostring(self.root, encoding="utf-8", xml_declaration=True)
        return drawn + b"\n"


def _clean(text: str) -> str:
    return of_xml(str(text))  # words of a legend may still wait for their language


def _n(value: float) -> str:
    """Write a number short."""
    return f"{value:.1f}".removesuffix(".0")
