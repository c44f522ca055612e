"""An instrument made ready for many answers: each question with what is needed to check one quickly."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hearback.collect.instruments.definition import CLOSED, Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of

DEFAULT_LENGTH = {"text": 1_000, "long_text": 10_000, "email": 254, "phone": 40, "hidden": 1_000}
OTHER_LENGTH = 500


@dataclass(frozen=True)
class Asked:
    """One question with the codes it takes, each with its place, and how long a text may be."""

    question: Question
    codes: Mapping[str, int]
    codes_with_text: frozenset[str]
    max_length: int

    @cached_property
    def text_code(self) -> str:
        """Name the field beside it that says what else."""
        return text_code(self.question.code)


class Prepared:
    """An instrument, and its questions by code, in the order they are asked."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.languages = frozenset(instrument.languages)
        self.asked = {question.code: _asked(question) for question in instrument.questions}
        self.hidden = [code for code, one in self.asked.items() if one.question.type == "hidden"]
        self.fields = frozenset(
            {*self.asked, *(one.text_code for one in self.asked.values() if one.codes_with_text)}
        )


def _asked(question: Question) -> Asked:
    choices = choices_of(question) if question.type in CLOSED else ()
    return Asked(
        question,
        {choice.code: place for place, choice in enumerate(choices)},
        frozenset(choice.code for choice in choices if choice.asks_text),
        question.max_length or DEFAULT_LENGTH.get(question.type, 0),
    )


EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+\Z")
PHONE = re.compile(r"\+?[\d\s().\-]{5,}((x|ext\.?)\s*\d{1,6})?\Z", re.I)


def is_phone(text: str) -> bool:
    """Say whether a text can be a telephone number of any country: 5 to 15 digits. Source: ITU-T E.164."""
    return bool(PHONE.match(text)) and 5 <= sum(letter.isdigit() for letter in text) <= 21


DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def as_date(text: str) -> date | None:
    """Read a day written as 2026-09-30; None where it is none, as for a day of a week, 2026-W40-3."""
    try:
        return date.fromisoformat(text) if DAY.match(text) else None
    except ValueError:
        return None
