"""The answers of one quarter to trust and the other questions, as they were given together.

Equal answers of one survey are kept once, with the number of people. Which surveys enter is what the rules of
pooling say, as for scores.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from hearback.collect.archive import NO_ANSWER, NOT_ASKED, WEIGHT_UNITS, Archive, CodeBook
from hearback.collect.archive.batch import question_column
from hearback.collect.queries import ReportedSurveyFact
from hearback.measure.answers.reading import HIGHEST, ArchivedQuarter, Integers
from hearback.measure.cells.definition import Question, patterns_sql
from hearback.measure.cells.engines import Engine
from hearback.measure.judging import judged_questions
from hearback.measure.rules import ROLLED_UP, STANDARD
from hearback.measure.rules.drivers import DRIVERS, OUTCOME

COLUMNS = (OUTCOME, *DRIVERS)
"""What a pattern holds, in this order."""


@dataclass(frozen=True)
class SurveyPatterns:
    """How the people of one survey answered. Rows are in ascending order, no two equal.

    `answers` has shape (patterns, 7), by `COLUMNS`: 1 to 5, NO_ANSWER, NOT_ASKED. A question that may not be
    added up is NOT_ASKED throughout. `weight` is in units of 1 / WEIGHT_UNITS; `n` are the people.
    """

    survey: ReportedSurveyFact
    pool: str
    weighted: bool
    answers: Integers
    weight: Integers
    n: Integers

    @cached_property
    def sha256(self) -> str:
        """Hash the patterns: SHA-256 of the JSON list of [trust, six answers, weight, n], without spaces."""
        rows = np.column_stack([self.answers, self.weight, self.n]).tolist()
        return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()

    @cached_property
    def shown(self) -> Mapping[frozenset[str], int]:
        """Count the people who answered trust by the other questions that they were shown."""
        answered = self.answers[:, 0] > 0
        codes = (self.answers[answered, 1:] != NOT_ASKED) @ (1 << np.arange(len(DRIVERS)))
        people = np.bincount(codes, weights=self.n[answered])
        return {
            frozenset(name for bit, name in enumerate(DRIVERS) if code >> bit & 1): int(people[code])
            for code in np.flatnonzero(people).tolist()
        }


def count_patterns(archive: Archive, quarter: str, book: CodeBook, engine: Engine) -> pa.Table | None:
    """Count the archived answers of a quarter by pattern; None where nobody was asked about trust.

    Raises:
        ArchiveNotValid: if the list of files cannot be read.
    """
    files = archive.files(quarter)
    held = {column for file in files for column in file.columns}
    asked = [
        Question(code, question_column(name))
        for code, name in enumerate(book.questions())
        if name in COLUMNS and question_column(name) in held
    ]
    if question_column(OUTCOME) not in {question.column for question in asked}:
        return None
    sql = patterns_sql(asked, weighted="weight" in held)
    return engine.query(sql, {"answers": [archive.path(quarter, file) for file in files]})


def survey_patterns(answers: ArchivedQuarter, patterns: pa.Table, threshold: int) -> list[SurveyPatterns]:
    """Give the surveys whose trust answers may be added up and that ask another question, by key.

    Args:
        patterns: from `count_patterns`.
        threshold: surveys, and questions of a survey, with fewer answers are left out.
    """
    usable = {code: _usable(fact, threshold) for code, fact in answers.surveys.items()}
    usable = {code: one for code, one in usable.items() if len(one) > 1}
    rows = _rows(answers.book, patterns, {code: set(one) for code, one in usable.items()})
    found = []
    for code, pools in usable.items():
        here = rows[slice(*np.searchsorted(rows[:, 0], [code, code + 1]))]
        found.append(
            SurveyPatterns(
                answers.surveys[code], pools[OUTCOME], answers.book.forms[code].weighted,
                here[:, 1 : len(COLUMNS) + 1], here[:, -2], here[:, -1],
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: one.survey.key)


def _usable(survey: ReportedSurveyFact, threshold: int) -> Mapping[str, str]:
    """Give the pool of every question that may be added up, if trust is among them; else none."""
    judged = {one.code: one for one in judged_questions(survey, threshold) if one.exclusion is None}
    if OUTCOME not in judged or judged[OUTCOME].pool not in ROLLED_UP:
        return {}
    standard = [code for code in DRIVERS if code in judged and judged[code].pool == STANDARD]
    return {code: judged[code].pool for code in (OUTCOME, *standard)}


def _rows(book: CodeBook, patterns: pa.Table, usable: Mapping[int, set[str]]) -> Integers:
    """Give rows of form, answers, weight and people, in ascending order, equal ones put together."""
    forms = np.array([form for form, _, _ in book.contexts], dtype=np.int64)
    form = forms[patterns["context"].to_numpy()]
    weights = np.full(len(form), WEIGHT_UNITS, dtype=np.int64)
    weighted = np.array([one.weighted for one in book.forms])[form]
    if "weight" in patterns.column_names:
        given = patterns["weight"].fill_null(0).to_numpy().astype(np.int64)
        weights[weighted] = given[weighted]
    columns = [_answers(patterns, name, form, usable) for name in COLUMNS]
    keys = np.column_stack([form, *columns, weights])
    kept = np.isin(form, list(usable))
    distinct, place = _distinct_rows(keys[kept])
    people = np.bincount(place, weights=patterns["n"].to_numpy()[kept], minlength=len(distinct))
    return np.column_stack([distinct, people.astype(np.int64)])


def _answers(patterns: pa.Table, name: str, form: Integers, usable: Mapping[int, set[str]]) -> Integers:
    """Give the answers to one question; what lies outside the scale is no answer."""
    asking = [code for code, questions in usable.items() if name in questions]
    if question_column(name) not in patterns.column_names:
        return np.full(len(form), NOT_ASKED, dtype=np.int64)
    given = patterns[question_column(name)].to_numpy().astype(np.int64)
    given = np.where(given > HIGHEST, NO_ANSWER, given)
    return np.where(np.isin(form, asking), given, NOT_ASKED)


def _distinct_rows(rows: Integers) -> tuple[Integers, Integers]:
    """Give the different rows of form, answers and weight in ascending order, and the place of every row."""
    code = rows[:, 0]
    for column in range(1, len(COLUMNS) + 1):
        code = code * (HIGHEST + 2) + rows[:, column] - NOT_ASKED
    order = np.lexsort([rows[:, -1], code])
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (np.diff(code[order]) != 0) | (np.diff(rows[order, -1]) != 0)
    place = np.empty(len(rows), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    return rows[order[new]], place
