"""Some responses on their way into the archive, column by column."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from hearback.collect.archive.arrays import Integers, arrow_array
from hearback.collect.archive.codes import check_name

NO_ANSWER, NOT_ASKED = 0, -1
"""In place of an answer: the person skipped the question; or never saw it, which is no missing answer."""

NOT_KNOWN = 0
"""In place of the level of a group."""

WEIGHT_UNITS = 1_000_000_000
"""Weights are kept in billionths, as whole numbers: their sums are exact on every engine, in any order."""

LARGEST_WEIGHT = 1_000_000
HIGHEST_ANSWER = 100


class BatchNotValid(ValueError):
    """Responses cannot be archived as they are; the message says which row and column, and what is wrong."""


@dataclass(frozen=True)
class Batch:
    """Responses as arrays of one length, one entry per person; every array holds whole numbers.

    A batch may hold responses to several forms. It then has a column for what any of them asks, with
    NOT_ASKED (or NO_ANSWER) and NOT_KNOWN for people whose form does not ask it. Weights of people whose form
    is not weighted are kept, and never counted.

    Args:
        days: days since 1 January 1970, on which people answered.
        contexts: codes of `CodeBook.context`.
        answers: question to small whole numbers from 1; NO_ANSWER or NOT_ASKED in place of one.
        groups: group to codes of `CodeBook.level`; NOT_KNOWN where a person's level is not.
        weights: in units of 1 / WEIGHT_UNITS, or None where the answers are not weighted.

    Raises:
        BatchNotValid: if lengths differ, an array holds anything but whole numbers, an answer is no small
            number, or a weight is not above 0 or too large.
        CodeNotValid: if a question or a group has a name that cannot be used.
    """

    days: Integers
    contexts: Integers
    answers: Mapping[str, Integers]
    groups: Mapping[str, Integers] = field(default_factory=dict)
    weights: Integers | None = None

    def __post_init__(self) -> None:
        for question in self.answers:
            check_name(question, "question")
        for group in self.groups:
            check_name(group, "group")
        for name, column in self._columns():
            if len(column) != len(self):
                raise BatchNotValid(f"{name} has {len(column)} entries for {len(self)} responses")
            if not np.issubdtype(column.dtype, np.integer):
                raise BatchNotValid(f"{name} holds {column.dtype} values; give whole numbers")
        for question, given in self.answers.items():
            _check_answers(question, given)
        if self.weights is not None:
            _check_weights(self.weights)

    def __len__(self) -> int:
        return len(self.days)

    def table(self, numbers: Integers) -> pa.Table:
        """Give the batch as a table with the columns of an archive file."""
        columns = {"context": self.contexts.astype(np.int32, copy=False)}
        columns["number"] = numbers.astype(np.int64, copy=False)
        columns["day"] = self.days.astype(np.int32, copy=False)
        for group in sorted(self.groups):
            columns[group_column(group)] = self.groups[group].astype(np.int8, copy=False)
        for question in sorted(self.answers):
            columns[question_column(question)] = self.answers[question].astype(np.int8, copy=False)
        if self.weights is not None:
            columns["weight"] = self.weights.astype(np.int64, copy=False)
        arrays = {name: arrow_array(column) for name, column in columns.items()}
        never_null = [pa.field(name, array.type, nullable=False) for name, array in arrays.items()]
        return pa.Table.from_arrays(list(arrays.values()), schema=pa.schema(never_null))

    def _columns(self) -> list[tuple[str, Integers]]:
        weights = [] if self.weights is None else [("weights", self.weights)]
        named = [("days", self.days), ("contexts", self.contexts), *weights]
        return [*named, *self.answers.items(), *self.groups.items()]


def _check_answers(question: str, given: Integers) -> None:
    wrong = (given < NOT_ASKED) | (given > HIGHEST_ANSWER)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise BatchNotValid(
            f"response {row + 1} answers {question} with {given[row]}; answers are whole numbers from 1 "
            f"to {HIGHEST_ANSWER}, {NO_ANSWER} for none, {NOT_ASKED} for not asked"
        )


def _check_weights(weights: Integers) -> None:
    wrong = (weights <= 0) | (weights > LARGEST_WEIGHT * WEIGHT_UNITS)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise BatchNotValid(
            f"response {row + 1} has the weight {weights[row] / WEIGHT_UNITS}; weights are above 0 and at "
            f"most {LARGEST_WEIGHT:,}; who counts for nobody is left out"
        )


def question_column(question: str) -> str:
    """Name the column of a question."""
    return f"q_{question}"


def group_column(group: str) -> str:
    """Name the column of a group."""
    return f"g_{group}"
