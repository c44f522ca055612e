"""A form in an e-mail: one link for each answer to its first rating, as HTML and as plain text."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext_noop

from hearback.collect.instruments.asking import rated_first
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.prepared import Prepared
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.spoken import Spoken, clearance_lines, of_form, own, spoken

NOTE = gettext_noop(
    "Your choice opens a page on which you can send it. Nothing is sent before you press the button there."
)
TOLD = frozenset({"channel", "lang", "place", "campaign"})
"""What an address tells of its own."""


class NothingRated(Exception):
    """A form does not begin with a rating, so no answer could be a link; the message says why."""


@dataclass(frozen=True)
class EmailBlock:
    """The same block for programs that show HTML and for those that do not; `links` by code of the choice."""

    html: str
    text: str
    links: dict[str, str]


def email_block(instrument: Instrument, asker: str, language: str, address: Callable[..., str]) -> EmailBlock:
    """Write the first rating of a form for an e-mail.

    Args:
        asker: whom people answer.
        address: gives the address of the form's page, told parameters by name.

    Raises:
        NothingRated: if the form does not begin with a rating.
    """
    question = rated_first(Prepared(instrument))
    if question is None:
        raise NothingRated("its first screen has no rating, thumbs or yes and no question")
    if question.code in TOLD:
        raise NothingRated(
            f"in an address {question.code} means something else; give the question another code"
        )
    asked = of_form(instrument, question.words, language)
    told = {"channel": "email", "lang": language}
    choices = [
        (one.code, of_form(instrument, one.words, language), address(**told, **{question.code: one.code}))
        for one in choices_of(question)
    ]
    small = [
        [spoken(asker, instrument.languages[0])],
        [own(NOTE, language)],
        *clearance_lines(instrument, [language]),
    ]
    page = spoken("", language)
    html = render_to_string(
        "collect/email.html", {"page": page, "asked": asked, "choices": choices, "small": small}
    )
    return EmailBlock(html, _plain(asked, choices, small), {code: link for code, _, link in choices})


def _plain(asked: Spoken, choices: list[tuple[str, Spoken, str]], small: list[list[Spoken]]) -> str:
    links = "\n\n".join(f"{words.text}\n{link}" for _, words, link in choices)
    notes = "\n".join(" ".join(one.text for one in line) for line in small)
    return f"{asked.text}\n\n{links}\n\n{notes}\n"
