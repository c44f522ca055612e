"""Words of a form and of the program, each with its language: for what is handed out and is no page."""

import math
from collections.abc import Sequence

import msgspec
from django.template.defaultfilters import floatformat
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from hearback.collect.instruments.definition import Clearance, Instrument
from hearback.collect.instruments.definition import Words as Translated
from hearback.collect.languages import is_of_the_interface, is_right_to_left
from hearback.collect.pages import phrase


class Spoken(msgspec.Struct, frozen=True):
    """Words in a language."""

    text: str
    language: str
    right_to_left: bool


def spoken(text: str, language: str) -> Spoken:
    """Say in which language words are, and which way it is written."""
    return Spoken(text, language.split("-", maxsplit=1)[0].lower(), is_right_to_left(language))


def of_form(instrument: Instrument, words: Translated, language: str) -> Spoken:
    """Give words of a form in a language; where they are not translated, in its first."""
    found = phrase(instrument, words, language)
    return spoken(found.text, found.language or language)


def own_languages(languages: Sequence[str]) -> list[str]:
    """Name the languages in which the program itself speaks beside languages of a form."""
    return list(dict.fromkeys(one if is_of_the_interface(one) else "en" for one in languages))


def own(text: str, language: str, **values: str) -> Spoken:
    """Say a text of the program in the language in which it speaks beside one of a form."""
    (language,) = own_languages([language])
    with translation.override(language):
        said = gettext(text)
    return spoken(said % values if values else said, language)


def clearance_lines(instrument: Instrument, languages: Sequence[str]) -> list[list[Spoken]]:
    """Say by which permission a form asks and whom to turn to; nothing where it has none."""
    cleared = instrument.clearance
    if cleared is None:
        return []
    lines = [_number_and_minutes(cleared, language) for language in own_languages(languages)]
    statements = dict.fromkeys(of_form(instrument, cleared.statement, language) for language in languages)
    lines += [[one] for one in statements if one.text]
    return [*lines, [spoken(f"{cleared.agency}, {cleared.contact}", instrument.languages[0])]]


def _number_and_minutes(cleared: Clearance, language: str) -> list[Spoken]:
    with translation.override(language):
        day = date_format(cleared.expires_on, "DATE_FORMAT")
        number = gettext("OMB control number %(number)s, expires %(day)s.")
        minutes = ngettext(
            "Answering takes about %(shown)s minute.",
            "Answering takes about %(shown)s minutes.",
            math.ceil(cleared.burden_minutes),
        )
        said = (
            number % {"number": cleared.control_number, "day": day},
            minutes % {"shown": floatformat(cleared.burden_minutes)},
        )
    return [spoken(one, language) for one in said]
