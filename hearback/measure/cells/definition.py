"""What a cell is. The only place that says it: the text below runs unchanged on every engine.

It keeps to what DuckDB and Spark read alike: plain grouping, whole numbers, exact decimals. Sums of weights
are sums of whole billionths, so no order of adding changes a digit. Names of columns come from the code book,
which takes only letters, digits and underscores; nothing that people typed is part of the text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

DEFINITION_VERSION = "1"

CELLS = pa.schema(
    [
        ("context", pa.int32()),  # form, channel and language; see the code book of the archive
        ("dimension", pa.int16()),  # which group: 0 for everybody, else its place in the code book, from 1
        ("level", pa.int16()),  # which level of the group, from 1; 0 where it is not known, and for everybody
        ("question", pa.int16()),  # its place among the questions of the code book, from 0
        ("answer", pa.int16()),  # from 1; 0 where the person gave none, -1 where it was not asked
        ("n", pa.int64()),
        ("weight", pa.decimal128(38, 0)),  # sum of weights in billionths; null where the form has none
        ("weight_squared", pa.decimal128(38, 0)),  # sum of squared weights, in billionths squared
    ]
)
KEYS = ("context", "dimension", "level", "question", "answer")

LARGEST_PASS = 1 << 19
"""Up to so many groups, a table of counts stays in a processor's cache; see docs/performance.md."""

ANSWER_VALUES = 7
"""What a five-point question can hold: five answers, none given, not asked."""


@dataclass(frozen=True)
class Grouping:
    """One way to divide people: everybody (column None), or the levels of a group's column."""

    dimension: int
    column: str | None
    n_levels: int


@dataclass(frozen=True)
class Question:
    """A question's code among the questions of the code book, and its column."""

    code: int
    column: str


def cells_sql(
    groupings: Sequence[Grouping], questions: Sequence[Question], n_contexts: int, *, weighted: bool
) -> str:
    """Say how to count the relation `answers` into cells.

    Questions are counted two at a time where the table of counts stays small, then taken apart: half as many
    passes over the answers give the same cells. A file has every column that its forms ask; what it lacks is
    read as no answer, and those cells belong to no form.
    """
    passes, parts = [], []
    for grouping in groupings:
        for number, together in enumerate(_passes(grouping, questions, n_contexts)):
            name = f"pass_{grouping.dimension}_{number}"
            passes.append(f"{name} AS ({_pass(grouping, together, weighted)})")
            parts += [_taken_apart(name, grouping, question, weighted) for question in together]
    return f"WITH {', '.join(passes)} {' UNION ALL '.join(parts)}"


def added_sql() -> str:
    """Say how to add up the relation `cells`: equal keys become one cell."""
    keys = ", ".join(KEYS)
    return f"SELECT {keys}, {_sums('n', 'weight', 'weight_squared')} FROM cells GROUP BY {keys}"


def scan_sql(questions: Sequence[Question]) -> str:
    """Say how to read the columns that cells are made of and do the least with them: a floor for the cost."""
    sums = ", ".join(f"SUM({q.column}) AS {q.column}" for q in questions)
    return f"SELECT COUNT(context) AS n, {sums} FROM answers"


def patterns_sql(questions: Sequence[Question], *, weighted: bool) -> str:
    """Say how to count the relation `answers` by the answers that were given together.

    Equal answers of one context are one row, with `n` people. People of different weights are kept apart.
    """
    answers = [f"COALESCE({q.column}, 0)" for q in questions]
    shown = ", ".join(f"{answer} AS {q.column}" for answer, q in zip(answers, questions, strict=True))
    weight = ", weight" if weighted else ""
    return (
        f"SELECT context, {shown}{weight}, CAST(COUNT(*) AS BIGINT) AS n FROM answers "
        f"GROUP BY context, {', '.join(answers)}{weight}"
    )


def _passes(
    grouping: Grouping, questions: Sequence[Question], n_contexts: int
) -> Iterator[Sequence[Question]]:
    pairs = n_contexts * grouping.n_levels * ANSWER_VALUES**2 <= LARGEST_PASS
    step = 2 if pairs else 1
    for start in range(0, len(questions), step):
        yield questions[start : start + step]


def _pass(grouping: Grouping, together: Sequence[Question], weighted: bool) -> str:
    level = [] if grouping.column is None else [f"{grouping.column} AS level"]
    keys = ["context", *([grouping.column] if grouping.column else []), *(q.column for q in together)]
    shown = ", ".join(["context", *level, *(q.column for q in together)])
    weights = ""
    if weighted:
        weights = (
            ", SUM(CAST(weight AS DECIMAL(28, 0))) AS weight"
            ", SUM(CAST(weight AS DECIMAL(19, 0)) * CAST(weight AS DECIMAL(19, 0))) AS weight_squared"
        )
    return f"SELECT {shown}, COUNT(*) AS n{weights} FROM answers GROUP BY {', '.join(keys)}"


def _taken_apart(name: str, grouping: Grouping, question: Question, weighted: bool) -> str:
    weights = ("weight", "weight_squared") if weighted else ("NULL", "NULL")
    level, answer = (
        "0" if grouping.column is None else "COALESCE(level, 0)",
        f"COALESCE({question.column}, 0)",
    )
    keys = ["context", *([level] if grouping.column else []), answer]
    return (
        f"SELECT context, {grouping.dimension} AS dimension, {level} AS level, {question.code} AS question, "
        f"{answer} AS answer, {_sums('n', *weights)} FROM {name} GROUP BY {', '.join(keys)}"
    )


def _sums(n: str, weight: str, weight_squared: str) -> str:
    return (
        f"CAST(SUM({n}) AS BIGINT) AS n, CAST({_sum(weight)} AS DECIMAL(38, 0)) AS weight, "
        f"CAST({_sum(weight_squared)} AS DECIMAL(38, 0)) AS weight_squared"
    )


def _sum(column: str) -> str:
    return "NULL" if column == "NULL" else f"SUM({column})"
