"""Responses to a form as a table: one row each, the same columns for every version."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

import msgspec

from hearback.collect.instruments.conditions import Answer, whole
from hearback.collect.instruments.definition import CLOSED, WRITTEN, Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.intake.store import Stored

Cell = str | int | float | None
FREE = WRITTEN | {"hidden"}
ABOUT = {
    "response": "Number of the response within this installation.",
    "key": "Name of the response given by whoever sent it, or made on arrival; unique within the form.",
    "received_at": "When it was received, with the zone of the export.",
    "version": "Version of the form that was shown.",
    "language": "Language that was shown.",
    "channel": "How the person was reached.",
    "place": "Place named in the link or code that was followed.",
    "campaign": "Campaign named in the link or code that was followed.",
}
NOT_SHOWN = "not shown"
"""Stands where a question was never shown; an empty cell means that it was shown and left open."""

LITERAL = re.compile(f"'*{NOT_SHOWN}\\Z")
"""Texts of persons that could be taken for it; an apostrophe before them tells them apart."""


@dataclass(frozen=True)
class Column:
    """One column: its name, the question that it holds, and under which code the answer stands.

    `choice` is set where a question with several choices has a column for each: 1 chosen, 0 not chosen.
    """

    name: str
    question: str = ""
    answer: str = ""
    choice: str = ""
    is_number: bool = False


@dataclass(frozen=True)
class Layout:
    """The columns of a form over all its versions, and how to fill them.

    Attributes:
        labels: by version and question, what each choice says.
        free: by version, under which codes stands what a person wrote.
    """

    columns: tuple[Column, ...]
    labels: Mapping[int, Mapping[str, Mapping[str, str]]]
    free: Mapping[int, frozenset[str]]

    def row(self, stored: Stored, zone: tzinfo, *, words: bool) -> list[Cell]:
        """Give the cells of one response; with `words`, what a choice says in the place of its code."""
        one = stored.response
        answers: dict[str, Answer] = msgspec.json.decode(one.answers)
        when = datetime.fromtimestamp(one.at / 1000, zone).isoformat(timespec="milliseconds")
        cells: list[Cell] = [
            stored.number, one.key, when, one.version, one.language, one.channel, one.place, one.campaign,
        ]  # fmt: skip
        labels = self.labels.get(one.version, {}) if words else {}
        free = self.free.get(one.version, frozenset())
        for column in self.columns[len(ABOUT) :]:
            hidden = column.question in one.not_shown
            cells.append(
                NOT_SHOWN if hidden else _cell(column, answers, labels.get(column.question, {}), free)
            )
        return cells


def layout(versions: Iterable[tuple[int, Instrument]], language: str = "") -> Layout:
    """Find the columns of a form: of its newest version first, then what earlier versions asked besides.

    Args:
        language: of the words for choices; blank for the first language of each version.
    """
    columns = {name: Column(name, is_number=name in {"response", "version"}) for name in ABOUT}
    placed: set[tuple[str, str]] = set()
    labels: dict[int, dict[str, dict[str, str]]] = {}
    free: dict[int, frozenset[str]] = {}
    for number, instrument in sorted(versions, key=lambda one: one[0], reverse=True):
        for question in instrument.questions:
            for column in _columns(question):
                if (column.answer, column.choice) not in placed:
                    placed.add((column.answer, column.choice))
                    name = _free(column.name, columns)
                    columns[name] = replace(column, name=name)
        free[number] = frozenset(_free_codes(instrument))
        labels[number] = {q.code: _labels(q, instrument, language) for q in instrument.questions}
    return Layout(tuple(columns.values()), labels, free)


def _free_codes(instrument: Instrument) -> Iterator[str]:
    for question in instrument.questions:
        yield question.code if question.type in FREE else text_code(question.code)


def _free(name: str, taken: Collection[str]) -> str:
    """Give a name that no other column has, as for a question with the code `place`."""
    while name in taken:
        name = f"answer_{name}"
    return name


def _columns(question: Question) -> Iterator[Column]:
    choices = choices_of(question) if question.type in CLOSED else ()
    if question.type == "multiple":
        for choice in choices:
            yield Column(f"{question.code}_{choice.code}", question.code, question.code, choice.code)
    else:
        yield Column(question.code, question.code, question.code, is_number=question.type == "number")
    if any(choice.asks_text for choice in choices):
        text = text_code(question.code)
        yield Column(text, question.code, text)


def _labels(question: Question, instrument: Instrument, language: str) -> dict[str, str]:
    if question.type not in CLOSED or question.type == "multiple":
        return {}
    wanted = (language, instrument.languages[0])
    return {
        choice.code: next((choice.words[one] for one in wanted if choice.words.get(one)), choice.code)
        for choice in choices_of(question)
    }


def _cell(
    column: Column, answers: Mapping[str, Answer], labels: Mapping[str, str], free: Collection[str]
) -> Cell:
    if column.choice:
        chosen = answers.get(column.question)
        return None if chosen is None else int(column.choice in chosen) if isinstance(chosen, list) else None
    answer = answers.get(column.answer)
    if isinstance(answer, list):
        return None  # of a version in which the question had several choices; they have columns of their own
    if not isinstance(answer, str):
        return whole(answer)
    if column.answer in free:
        return f"'{answer}" if LITERAL.match(answer) else answer
    return labels.get(answer, answer)
