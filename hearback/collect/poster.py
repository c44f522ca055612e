"""The poster of a form, as PDF: what is asked, why, and the code and address that lead to it."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.translation import gettext_noop

from hearback.collect.instruments.definition import Instrument
from hearback.collect.languages import name_of
from hearback.collect.links import qr_svg
from hearback.collect.pages import phrase
from hearback.collect.spoken import clearance_lines, of_form, own, own_languages, spoken

if TYPE_CHECKING:
    import typst

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Sizes of paper, and what typst calls them."""
HOW = gettext_noop("Point the camera of your phone at the code, or type the address:")
WHY = gettext_noop("Tell us how it went: your answer helps to make this service better.")
"""What a poster says where the form has no introduction."""
END_OF_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
HERE = Path(__file__).parent
TEMPLATE = HERE / "poster.typ"
FONTS = HERE / "fonts"


class PosterNotMade(Exception):
    """A poster cannot be set; the message says what to change."""


def poster(
    instrument: Instrument, address: str, asker: str, languages: Sequence[str] = (), paper: str = "a4"
) -> bytes:
    """Set a poster of one page as tagged PDF (PDF/UA-1), its fonts embedded; twice gives the same bytes.

    Args:
        address: what the QR code leads to; it stands below in words, too, without what it tells of the place.
        asker: whom people answer.
        languages: those of the form that the poster speaks, the first is that of the file; none means all.
        paper: one of `PAPERS`.

    Raises:
        PosterNotMade: if a font lacks a letter, or all the words do not fit on one page.
        AddressTooLong: if the address does not fit into a QR code.
    """
    told = _told(instrument, address, asker, list(languages or instrument.languages), paper)
    inputs = {"told": msgspec.json.encode(told).decode(), "code": qr_svg(address).decode()}
    return _set(inputs)


def _set(inputs: dict[str, str]) -> bytes:
    import typst

    try:
        return typst.compile(
            str(TEMPLATE),
            root=str(HERE),
            font_paths=_fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs=inputs,
        )
    except typst.TypstError as problem:
        raise PosterNotMade(_reason(str(problem.message))) from problem


def _reason(message: str) -> str:
    if "more than one page" in message:
        return "the words do not fit on one page; name fewer languages, or shorten title and introduction"
    if lacking := re.search(r'the text `"(.+?)"` could not be displayed', message):
        letter = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), lacking[1])
        return (
            f"no font has the letter {letter!r}; install one that does, such as one of the Noto fonts,"
            " or leave its language out"
        )
    return f"typst cannot set it: {message}"


@cache
def _fonts() -> "typst.Fonts":
    """Find fonts once: our own, and for scripts that they lack those of the machine.

    Raises:
        PosterNotMade: if set-up did not copy ours.
    """
    import typst

    if not any(FONTS.glob("*.ttf")):
        raise PosterNotMade("the fonts of posters are not there: run `make setup`")
    return typst.Fonts(include_embedded_fonts=False, font_paths=[str(FONTS)])


def _told(
    instrument: Instrument, address: str, asker: str, languages: list[str], paper: str
) -> dict[str, Any]:
    return {
        "paper": PAPERS[paper],
        "title": phrase(instrument, instrument.title, languages[0]).text,
        "asker": asker,
        "alt": own(gettext_noop("QR code of %(link)s"), languages[0], link=address).text,
        "address": address.partition("?")[0],
        "blocks": [_block(instrument, language) for language in languages],
        "how": [own(HOW, one) for one in own_languages(languages)],
        "small": clearance_lines(instrument, languages),
        "languages": [spoken(name_of(one), one) for one in instrument.languages],
    }


def _block(instrument: Instrument, language: str) -> dict[str, Any]:
    """Say in one language what is asked and why: by the first sentence of the introduction, else by ours."""
    why = of_form(instrument, instrument.introduction, language)
    sentence = END_OF_SENTENCE.split(why.text.strip())[0]
    return {
        "title": of_form(instrument, instrument.title, language),
        "why": msgspec.structs.replace(why, text=sentence) if sentence else own(WHY, language),
    }
