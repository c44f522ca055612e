"""The life of a form: who may move it where, and which version of a question is which."""

from collections.abc import Mapping
from hashlib import sha256

import msgspec

from hearback.collect.instruments.definition import Instrument, Question

STATES = ("draft", "in_review", "published")
"""States of a version. A form with a published version can also be closed, and then archived."""

MOVES: Mapping[str, tuple[str, str]] = {
    "submit": ("draft", "in_review"),
    "return": ("in_review", "draft"),
    "publish": ("in_review", "published"),
}
"""What can be done with a version: from which state to which."""


class MoveNotAllowed(Exception):
    """A form or version is in a state from which the move is not possible; the message says which."""


def after(move: str, state: str) -> str:
    """Give the state of a version after a move.

    Raises:
        MoveNotAllowed: if it cannot be made from there.
    """
    source, target = MOVES[move]
    if state != source:
        raise MoveNotAllowed(
            f"the version is {state.replace('_', ' ')}; to {move} it, it has to be {source.replace('_', ' ')}"
        )
    return target


def state_of(newest: str, *, is_published: bool, is_closed: bool, is_archived: bool) -> str:
    """Name the state of a form, from its newest version's and what happened to it."""
    if is_archived:
        return "archived"
    if is_closed:
        return "closed"
    return "published" if is_published else newest


def revision(number: int, state: str, instrument: Instrument) -> str:
    """Name what a version says and how far it is: another name whenever either changes."""
    held = msgspec.json.encode((number, state, instrument), order="sorted")
    return f"{number}-{sha256(held).hexdigest()[:16]}"


def question_versions(
    instrument: Instrument, earlier: Instrument | None, versions: Mapping[str, int]
) -> dict[str, int]:
    """Number the questions of a version: one more than before where words, type or choices are others.

    Args:
        earlier: the version published before.
        versions: the highest number that each code ever had.
    """
    before = {question.code: question for question in earlier.questions} if earlier else {}
    first = instrument.languages[0]
    return {
        question.code: versions.get(question.code, 0)
        + (0 if _asks_the_same(question, before.get(question.code), first) else 1)
        for question in instrument.questions
    }


def _asks_the_same(one: Question, other: Question | None, language: str) -> bool:
    return other is not None and _asked(one, language) == _asked(other, language)


def _asked(question: Question, language: str) -> tuple[object, ...]:
    choices = tuple((choice.code, choice.words.get(language)) for choice in question.choices)
    return (question.type, question.words.get(language), question.measure, question.vocabulary, choices)
