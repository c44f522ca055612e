"""The true counts of groups, of which only noisy ones leave the house."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hearback.measure.answers.grouping import UNKNOWN_GROUP
from hearback.measure.answers.reading import HIGHEST, ArchivedQuarter, Integers, budget_key
from hearback.measure.judging import FIVE_POINT, TRUST, judged_questions
from hearback.measure.rules import OWN
from hearback.measure.rules.noise import AGREEING


@dataclass(frozen=True)
class TrueTable:
    """How many of each group of a survey agree, and how many do not: everybody is in one cell.

    `groups` are all that any form of the archive names, whether anybody is in them or not: a list of those
    with people in it would tell of a single one. `counts` has shape (groups, 2), agreeing first. All versions
    of a survey share one budget in a quarter, named by `budget_key`: the same answers may be archived under a
    version, and later under another. `n_tables` says how many tables share it.
    """

    survey: str
    budget_key: str
    service: str
    provider: str
    quarter: str
    dimension: str
    n_tables: int
    groups: tuple[str, ...]
    counts: Integers


def true_tables(answers: ArchivedQuarter, threshold: int) -> Iterator[TrueTable]:
    """Count every group that a survey asks for, of surveys whose trust figures are added up with others.

    Their answers are on five points, not weighted, and at least `threshold`.
    """
    asked = [answers.book.forms[code] for code in answers.surveys]
    for code in _surveys(answers, threshold):
        form, fact = answers.book.forms[code], answers.surveys[code]
        n_tables = sum(len(one.groups) for one in asked if one.survey == form.survey)
        for dimension in form.groups:
            yield TrueTable(
                fact.key, budget_key(form, answers.quarter), form.service, form.provider,
                answers.quarter, dimension, n_tables,
                (UNKNOWN_GROUP, *answers.book.groups[dimension]), _counts(answers, code, dimension),
            )  # fmt: skip


def _surveys(answers: ArchivedQuarter, threshold: int) -> Iterator[int]:
    for code, fact in answers.surveys.items():
        if answers.book.forms[code].weighted:
            continue
        judged = {one.code: one for one in judged_questions(fact, threshold, answers.n_asked[fact.key])}
        trust = judged[TRUST]
        is_pooled = trust.pool != OWN and trust.exclusion is None
        if is_pooled and trust.question is not None and trust.question.scale == FIVE_POINT:
            yield code


def _counts(answers: ArchivedQuarter, form: int, dimension: str) -> Integers:
    code = list(answers.book.groups).index(dimension) + 1  # 0 is everybody
    answer = answers.column("answer")
    rows = np.flatnonzero(
        (answers.form == form)
        & (answers.column("question") == answers.questions.index(TRUST))
        & (answers.column("dimension") == code)
        & (answer >= 1)
        & (answer <= HIGHEST)
    )
    counts = np.zeros((len(answers.book.groups[dimension]) + 1, 2), dtype=np.int64)
    other = (~np.isin(answer[rows], list(AGREEING))).astype(np.int64)
    np.add.at(counts, (answers.column("level")[rows], other), answers.column("n")[rows])
    return counts
