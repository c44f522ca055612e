"""The poster of a form, as PDF: what is asked, why, and the code and address that lead to it."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from django.utils.translation import gettext_noop

from hearback.collect.instruments.definition import Instrument
from hearback.collect.languages import name_of
from hearback.collect.links import qr_svg
from hearback.collect.pages import phrase
from hearback.collect.spoken import clearance_lines, of_form, own, own_languages, spoken
from hearback.ui.typesetting import NotSet, set_pdf

PAPERS = {"a4": "a4", "letter": "us-letter"}
"""Sizes of paper, and what typst calls them."""
HOW = gettext_noop("Point the camera of your phone at the code, or type the address:")
WHY = gettext_noop("Tell us how it went: your answer helps to make this service better.")
"""What a poster says where the form has no introduction."""
END_OF_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
TEMPLATE = Path(__file__).with_suffix(".typ")
TOO_LONG = "the words do not fit on one page; name fewer languages, or shorten title and introduction"


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
    try:
        return set_pdf(TEMPLATE, inputs)
    except NotSet as problem:
        if "more than one page" in str(problem):
            raise PosterNotMade(TOO_LONG) from problem
        raise PosterNotMade(str(problem)) from problem


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
