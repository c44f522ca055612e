"""The quarterly file of 17 columns: trust, what drove it, and a comment, one row per response.

Source: Touchpoints (GSA), upload file of quarterly responses; meaning of 1, 0 and null as its documentation
has it: selected, not selected, not asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hearback.collect.instruments.conditions import Answer
from hearback.collect.instruments.definition import Instrument
from hearback.collect.instruments.vocabularies import choices_of

DRIVERS = ("effectiveness", "ease", "efficiency", "transparency", "humanity", "employee", "other")
SIDES = ("positive", "negative")
FLAGS = tuple(f"{side}_{driver}" for side in SIDES for driver in DRIVERS)
COLUMNS = ("external_id", "question_1", *FLAGS, "question_4")
EXTRA = ("received_at", "language")
"""Columns that may follow: the moment as ISO 8601 with its zone, and the language that was shown."""
NOT_ASKED = "null"


class NotSeventeen(Exception):
    """A form cannot be written as the 17 columns; the message says what it lacks."""


class CellRefused(ValueError):
    """A cell holds something that the column cannot hold."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


class CellsRefused(ValueError):
    """Several cells of a row hold what their columns cannot hold."""

    def __init__(self, cells: Sequence[CellRefused]) -> None:
        super().__init__("; ".join(f"{one.column}: {one}" for one in cells))
        self.cells = cells


@dataclass(frozen=True)
class Seventeen:
    """How the questions of one form stand in the 17 columns.

    Attributes:
        trust: the code of the trust question.
        offered: for each column of a driver that the form offers, the question and the code.
        comment: the code of the question for a comment; blank without one.
    """

    trust: str
    offered: Mapping[str, tuple[str, str]]
    comment: str

    def row(
        self,
        external_id: str,
        answers: Mapping[str, Answer],
        not_shown: Iterable[str],
        *,
        hidden: Literal["null", "0"] = "null",
    ) -> list[str]:
        """Write one response.

        Args:
            hidden: what stands for the drivers of the branch that the person never saw. Their exports have 0
                there, which reads like "not selected"; null says that nobody asked.
        """
        unseen = set(not_shown)
        cells = [external_id, _text(answers.get(self.trust))]
        for column in FLAGS:
            question, code = self.offered.get(column, ("", ""))
            if not question:
                cells.append(NOT_ASKED)
            elif question in unseen:
                cells.append(hidden)
            else:
                cells.append("1" if code in _codes(answers.get(question)) else "0")
        return [*cells, _text(answers.get(self.comment))]

    def answers(self, cells: Mapping[str, str]) -> dict[str, Any]:
        """Read one response, as a person would have sent it.

        Drivers marked 1 of the branch that the trust answer hides come along; taking the answers clears them.

        Raises:
            CellRefused: if a flag is none of 1, 0, null, or selects what the form does not offer.
        """
        given: dict[str, Any] = {self.trust: cells["question_1"].strip()}
        for column in FLAGS:
            flag = cells[column]
            if flag in {"0", NOT_ASKED}:  # as nearly all are
                continue
            flag = flag.strip().lower()
            if flag not in {"1", "0", NOT_ASKED, ""}:
                raise CellRefused(column, "is none of 1, 0, null")
            if flag != "1":
                continue
            if column not in self.offered:
                raise CellRefused(column, "is selected, but the form does not offer this choice")
            question, code = self.offered[column]
            given.setdefault(question, []).append(code)
        comment = cells["question_4"]
        if comment:
            if not self.comment:
                raise CellRefused("question_4", "holds a comment, but the form has no question for one")
            given[self.comment] = comment
        return given


def seventeen(instrument: Instrument) -> Seventeen:
    """Find how a form stands in the 17 columns.

    Raises:
        NotSeventeen: if it has no trust question with thumbs or five points.
    """
    trust = next((q for q in instrument.questions if q.measure == "trust"), None)
    if trust is None or not (
        trust.type == "thumbs" or (trust.type == "rating" and len(choices_of(trust)) == 5)
    ):
        raise NotSeventeen("the form has no trust question with thumbs or five points")
    offered = {
        f"{side}_{choice.code}": (side, choice.code)
        for side in SIDES
        for question in instrument.questions
        if question.code == side and question.type == "multiple"
        for choice in choices_of(question)
        if choice.code in DRIVERS
    }
    comment = next((q.code for q in instrument.questions if q.type == "long_text"), "")
    return Seventeen(trust.code, offered, comment)


def _codes(answer: Answer | None) -> list[str]:
    return answer if isinstance(answer, list) else []


def _text(answer: Answer | None) -> str:
    return answer if isinstance(answer, str) else ""
