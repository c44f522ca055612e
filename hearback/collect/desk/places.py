"""Where in the pages of the desk a fault or a missing text can be mended."""

from dataclasses import dataclass

from django.urls import reverse

from hearback.collect.desk.wordings import place_in_words
from hearback.collect.instruments.checking import faults
from hearback.collect.instruments.definition import Instrument

OUTLINE = {"title", "introduction", "thanks", "pages"}


@dataclass(frozen=True)
class Mending:
    """A fault, `what` it is of in words, and the address of the field where it can be mended."""

    where: str
    what: str
    message: str
    address: str


def mendings(key: str, instrument: Instrument) -> list[Mending]:
    """List what keeps an instrument from being used, each with a link to its field."""
    return [
        Mending(
            one.where,
            place_in_words(instrument, one.where),
            one.message,
            address_of(key, instrument, one.where),
        )
        for one in dict.fromkeys(faults(instrument))
    ]


def of_question(key: str, instrument: Instrument, code: str) -> list[Mending]:
    """List what is wrong with one question."""
    start = f"questions.{code}"
    return [
        one for one in mendings(key, instrument) if one.where == start or one.where.startswith(start + ".")
    ]


def address_of(key: str, instrument: Instrument, where: str) -> str:
    """Give the page and field that a place of an instrument is changed on."""
    first, _, rest = where.partition(".")
    if first in OUTLINE:
        return f"{reverse('form_edit', args=[key])}#{_field(first, rest)}"
    if first == "languages":
        return reverse("form_languages", args=[key])
    if first in {"clearance", "delivery"}:
        return f"{reverse('form_settings', args=[key])}#id_{rest}"
    if first == "countries":
        return f"{reverse('form_settings', args=[key])}#id_countries"
    if first == "questions":
        return _question(key, instrument, rest)
    return reverse("form_text", args=[key])


def _field(first: str, rest: str) -> str:
    number = rest.partition(".")[0]
    return (
        f"id_page_{number}"
        if first == "pages" and number
        else ("questions" if first == "pages" else f"id_{first}")
    )


def _question(key: str, instrument: Instrument, rest: str) -> str:
    code, _, part = rest.partition(".")
    for number, question in enumerate(instrument.questions, start=1):
        if question.code == code:
            return f"{reverse('form_question', args=[key, number])}#{_part(instrument, number, part)}"
    return reverse("form_text", args=[key])


def _part(instrument: Instrument, number: int, part: str) -> str:
    name, _, code = part.partition(".")
    if name == "choices" and code:
        codes = [choice.code for choice in instrument.questions[number - 1].choices]
        return f"id_choice-{codes.index(code)}-words" if code in codes else "choices"
    if name == "choices":
        return "choices"
    return "rule" if name == "show_when" else f"id_{name or 'code'}"
