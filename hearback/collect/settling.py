"""Responses to forms as the archive of answers holds them: small whole numbers, by question and day.

What is written stays in the store of the intake; the archive takes closed questions that can be measured:
thumbs, yes and no, five-point ratings, and each choice of a question with several.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache

import msgspec
import numpy as np

from hearback.collect.archive import Batch, CodeBook, Form, Item
from hearback.collect.archive.batch import NO_ANSWER, NOT_ASKED
from hearback.collect.archive.codes import NAME
from hearback.collect.instruments.conditions import Answer, questions_of
from hearback.collect.instruments.definition import Instrument, Question
from hearback.collect.instruments.files import ready, ready_names
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.intake.store import Stored
from hearback.collect.rules import STANDARD_WORDS, digest, plain, question_wording_class

MILLISECONDS_PER_DAY = 86_400_000
QUARTER_HOUR = 900_000
"""In milliseconds; no zone changes its distance from UTC within one."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIVE = ["1", "2", "3", "4", "5"]


@dataclass(frozen=True)
class Measured:
    """What the archive holds of one version of a form, and where each number comes from."""

    form: Form
    sources: Mapping[str, tuple[Question, str]]
    """By the archive's question: the question asked, and the choice that has a column of its own, if any."""


@dataclass(frozen=True)
class Asked:
    """One version of a form, and which service of which provider it asks about."""

    key: str
    number: int
    service: str
    provider: str
    instrument: Instrument
    question_versions: Mapping[str, int]


def measured(asked: Asked) -> Measured | None:
    """Say what the archive holds of a version; None where it asks nothing that can be measured."""
    by_thumbs = {one.code for one in asked.instrument.questions if one.type == "thumbs"}
    sources: dict[str, tuple[Question, str]] = {}
    for question in asked.instrument.questions:
        for name, source in _columns(question, by_thumbs):
            sources[_with_hash(name, question.code, source[1]) if name in sources else name] = source
    if not sources:
        return None
    first = asked.instrument.languages[0]
    items = tuple(
        Item(
            name,
            asked.question_versions.get(question.code, 1),
            words_of(question, choice, first),
            _wording_class(name, question, choice, first),
            "ticked" if choice else {"rating": "five_point"}.get(question.type, question.type),
        )
        for name, (question, choice) in sources.items()
    )
    title = asked.instrument.title.get(first, asked.key)
    form = Form(
        asked.key, asked.service, asked.provider, items, (), asked.number, title, asked.instrument.timing,
        False, "open",
    )  # fmt: skip
    return Measured(form, sources)


def batch(
    responses: Iterable[Stored],
    forms: Mapping[tuple[str, int], Measured],
    book: CodeBook,
    zone: tzinfo = UTC,
) -> Batch:
    """Bring responses into the codes of the archive; what the book lacks is added to it.

    Responses to versions that ask nothing measurable are left out. The day of a response is that of `zone`.
    """
    kept = [one.response for one in responses if (one.response.form, one.response.version) in forms]
    names = sorted({name for one in kept for name in forms[one.form, one.version].sources})
    answers = {name: np.full(len(kept), NOT_ASKED, dtype=np.int8) for name in names}
    contexts = np.empty(len(kept), dtype=np.int32)
    for at, one in enumerate(kept):
        what = forms[one.form, one.version]
        contexts[at] = book.context(what.form, one.channel, one.language)
        given: dict[str, Answer] = msgspec.json.decode(one.answers)
        for name, (question, choice) in what.sources.items():
            if question.code not in one.not_shown:
                answers[name][at] = _number(given.get(question.code), question, choice)
    days = np.array([day_of(one.at, zone) for one in kept], dtype=np.int32)
    return Batch(days=days, contexts=contexts, answers=answers)


def day_of(at: int, zone: tzinfo) -> int:
    """Give the day of a moment in a zone, as days since 1 January 1970.

    >>> day_of(0, UTC), day_of(-1, UTC)
    (0, -1)
    """
    return (at + _ahead_of_utc(at // QUARTER_HOUR, zone)) // MILLISECONDS_PER_DAY


@lru_cache(maxsize=65_536)
def _ahead_of_utc(quarter_hour: int, zone: tzinfo) -> int:
    moment = (EPOCH + timedelta(milliseconds=quarter_hour * QUARTER_HOUR)).astimezone(zone)
    return (moment.utcoffset() or timedelta()) // timedelta(milliseconds=1)


def _columns(question: Question, by_thumbs: Collection[str]) -> Iterator[tuple[str, tuple[Question, str]]]:
    """Name the archive's questions that one question gives.

    The drivers of a thumbs form keep their names, which measures know; those asked on other grounds, such as
    4 or 5 of five points, get names of their own and are never taken for them.
    """
    codes = [choice.code for choice in choices_of(question)]
    if question.type == "multiple":
        shown_by = set(questions_of(question.show_when))
        start = "" if shown_by and shown_by <= set(by_thumbs) else "own_"
        yield from ((_name(f"{start}{question.code}_{code}"), (question, code)) for code in codes)
    elif question.type in {"thumbs", "yes_no"} or (question.type == "rating" and codes == FIVE):
        yield _name(question.measure or question.code), (question, "")


def _name(wanted: str) -> str:
    """Give a name that the archive can hold; one that it cannot is changed, and kept apart by its hash."""
    return wanted if NAME.fullmatch(wanted) else _with_hash(wanted, wanted)


def _with_hash(name: str, *what: str) -> str:
    start = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
    if not start[:1].isalpha():
        start = f"q_{start}"
    return f"{start[:31]}_{digest(*what)[:8]}"


def words_of(question: Question, choice: str, language: str) -> str:
    """Give the words of a question, or of one of its choices that is counted by itself."""
    offered = {one.code: one.words for one in question.choices}
    return (offered.get(choice, {}) if choice else question.words).get(language, "")


def _wording_class(name: str, question: Question, choice: str, language: str) -> str:
    """Sort the words: trust on five points by rule, others into those of a ready-made instrument or not."""
    words = words_of(question, choice, language)
    if (name, question.type) != ("trust", "rating") and (name, plain(words).lower()) in _standard_words():
        return STANDARD_WORDS
    return question_wording_class(name, words)


@cache
def _standard_words() -> frozenset[tuple[str, str]]:
    """Give the words of ready-made instruments in their first language, by the archive's question."""
    return frozenset(
        (name, plain(words_of(question, choice, instrument.languages[0])).lower())
        for instrument in map(ready, ready_names())
        for asked in instrument.questions
        for name, (question, choice) in _columns(asked, {"trust"})
    )


def _number(answer: Answer | None, question: Question, choice: str) -> int:
    """Give the number of an answer: five-point 1 to 5; thumbs, yes and no, and a choice 1 or 2."""
    if choice:
        return 2 if isinstance(answer, list) and choice in answer else 1
    if not isinstance(answer, str):
        return NO_ANSWER
    return int(answer) if question.type == "rating" else int(answer) + 1
