"""What a form page shows: each question in the person's language, what was filled in, what is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from hearback.collect.instruments.answering import PROBLEMS, Problem
from hearback.collect.instruments.definition import Instrument, Question, Words, text_code
from hearback.collect.instruments.vocabularies import choices_of


@dataclass(frozen=True)
class Phrase:
    """Words, and the language they are in where it is not the page's."""

    text: str
    language: str = ""

    @property
    def marked(self) -> SafeString:
        """Give the attributes that tell a browser of another language than the page's."""
        return format_html(' lang="{}" dir="auto"', self.language) if self.language else SafeString("")


@dataclass(frozen=True)
class ChoiceField:
    """One of the answers to choose from."""

    code: str
    words: Phrase
    is_chosen: bool
    asks_text: bool


@dataclass(frozen=True)
class Field:
    """One question as it is shown."""

    question: Question
    words: Phrase
    help: Phrase
    choices: tuple[ChoiceField, ...]
    value: str
    text: str
    problem: Problem | None
    page_title: Phrase = Phrase("")

    @property
    def message(self) -> str:
        """Say what is wrong and what to do, in the language of the page."""
        if self.problem is None:
            return ""
        return gettext(PROBLEMS[self.problem.kind]).format(**(self.problem.values or {}))

    @property
    def text_code(self) -> str:
        """Name the field that says what else."""
        return text_code(self.question.code)


def fields(
    instrument: Instrument,
    questions: Iterable[Question],
    given: Mapping[str, Any],
    problems: Iterable[Problem],
    language: str,
) -> list[Field]:
    """Make what a page shows of questions."""
    wrong = {problem.question: problem for problem in problems}
    titles = {page.questions[0].code: page.title for page in instrument.pages if page.questions}
    return [
        replace(
            _field(instrument, question, given, wrong, language),
            page_title=phrase(instrument, titles.get(question.code, {}), language),
        )
        for question in questions
    ]


def phrase(instrument: Instrument, words: Words, language: str) -> Phrase:
    """Give words in a language; where they are not translated, in the first that has them, and say so.

    That is the form's first language, but for drafts, which are shown too while they lack it.
    """
    if words.get(language):
        return Phrase(words[language])
    found = next((one for one in instrument.languages if words.get(one)), "")
    return Phrase(words.get(found, ""), found)


def _field(
    instrument: Instrument,
    question: Question,
    given: Mapping[str, Any],
    wrong: Mapping[str, Problem],
    language: str,
) -> Field:
    raw = given.get(question.code, "")
    chosen = raw if isinstance(raw, list) else [raw]
    return Field(
        question=question,
        words=phrase(instrument, question.words, language),
        help=phrase(instrument, question.help, language),
        choices=tuple(
            ChoiceField(one.code, phrase(instrument, one.words, language), one.code in chosen, one.asks_text)
            for one in choices_of(question)
        ),
        value=raw if isinstance(raw, str) else "",
        text=str(given.get(text_code(question.code), "")),
        problem=wrong.get(question.code) or wrong.get(text_code(question.code)),
    )
