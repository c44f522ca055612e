"""What an instrument is made of: pages of typed questions, in one or more languages, under a clearance.

Every text is a mapping from a language (a BCP 47 tag such as `en`, `es`, `zh-Hant`) to words.
"""

from datetime import date, datetime
from typing import Literal

import msgspec

FORMAT: Literal["hearback-instrument-1"] = "hearback-instrument-1"

Words = dict[str, str]
QuestionType = Literal[
    "rating", "thumbs", "yes_no", "single", "multiple", "text", "long_text", "number", "date", "email",
    "phone", "region", "hidden",
]  # fmt: skip
CLOSED = frozenset({"rating", "thumbs", "yes_no", "single", "multiple", "region"})
"""Types whose answer is one or more codes of a list."""
WRITTEN = frozenset({"text", "long_text", "email", "phone"})
"""Types whose answer is written by the person, and may hold personal data."""
BY_ADDRESS = ("place", "campaign", "channel")
"""What the address of a form page tells of where people are asked; it is stored with the response."""
ADDRESS = frozenset({*BY_ADDRESS, "lang"})
"""Parameters of the address that mean something on every form, so that no question is called so."""
UP_AND_DOWN = ("1", "0")
"""The codes of thumbs and of yes and no. Source: Touchpoints (GSA), answer_01 of the v2 instruments."""


class Choice(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One of the answers to choose from; `asks_text` opens a field to say what else."""

    code: str
    words: Words = {}
    asks_text: bool = False


class Condition(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """When a question is shown: a test of an earlier question's answer, or `all`, `any` or `not` of others.

    A question that was not shown has no answer, so every test of it but `answered: false` fails.
    """

    question: str | None = None
    is_any_of: tuple[str, ...] | None = None
    at_least: float | None = None
    at_most: float | None = None
    answered: bool | None = None
    all: tuple["Condition", ...] | None = None
    any: tuple["Condition", ...] | None = None
    none: tuple["Condition", ...] | None = None


class Question(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One question. `code` names it in every file, and stays when the words change.

    Attributes:
        measure: the standard question that this is, as `trust`; blank for one of the form's own.
        choices: what to choose from, in order; from a rating the first is the lowest.
        vocabulary: a list of regions that the program carries, as `us_states`, in the place of choices.
        at_least, at_most: limits of a number.
        earliest, latest: limits of a date.
        max_length: in characters, of written text.
        max_choices: how many of several choices may be taken.
        from_address: for hidden context, the parameter of the page's address that gives its value.
    """

    code: str
    type: QuestionType
    words: Words = {}
    help: Words = {}
    measure: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    vocabulary: str = ""
    show_when: Condition | None = None
    at_least: float | None = None
    at_most: float | None = None
    earliest: date | None = None
    latest: date | None = None
    max_length: int | None = None
    max_choices: int | None = None
    from_address: str = ""


class Page(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Questions that are shown together."""

    questions: tuple[Question, ...] = ()
    title: Words = {}


class Clearance(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The permission to ask, shown to whoever is asked; past `expires_on` the form is closed.

    Source: Paperwork Reduction Act, 5 CFR 1320.8(b)(3).
    """

    control_number: str
    expires_on: date
    burden_minutes: float
    agency: str
    contact: str
    statement: Words = {}


class Delivery(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Whom the form asks, and how long.

    Attributes:
        steps: one page of the instrument at a time, in the place of all below one another.
        opens_at, closes_at: with a time zone; before and from then on nobody is asked.
        quota: close after so many answers that people sent; those of imported files do not count.
        ask_one_in: the widget asks one visitor in so many, drawn anew on every page view.
        ask_again_after_days: the widget leaves a visitor alone for so long; only the visitor's browser knows.
        challenge_above: with more responses in ten minutes all prove some work; None is as for other forms.
    """

    steps: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    quota: int | None = None
    ask_one_in: int = 1
    ask_again_after_days: int = 0
    challenge_above: int | None = None


class Instrument(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """All that is asked, in what words. The first language is the one that every text must have."""

    key: str
    title: Words
    languages: tuple[str, ...]
    pages: tuple[Page, ...]
    format: Literal["hearback-instrument-1"] = FORMAT
    introduction: Words = {}
    thanks: Words = {}
    timing: Literal["post_transaction", "during_visit", "periodic", "unknown"] = "unknown"
    clearance: Clearance | None = None
    delivery: Delivery = Delivery()
    countries: tuple[str, ...] = ("us",)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Give all questions in the order they are asked."""
        return tuple(question for page in self.pages for question in page.questions)


def text_code(code: str) -> str:
    """Name the field that says what else, beside a choice that asks for it."""
    return f"{code}.text"
