"""The cells of one quarter, as surveys that can be judged and as arrays that can be added up."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hearback.collect.archive import CodeBook, Form
from hearback.collect.queries import QuestionCountsFact, ReportedSurveyFact
from hearback.stats import LikertCounts

Integers = NDArray[np.int64]
MIXED = "mixed"
HIGHEST = 5


@dataclass(frozen=True)
class ArchivedQuarter:
    """What people answered in one quarter, counted. `cells` are as `measure.cells` defines them."""

    quarter: str
    book: CodeBook
    cells: pa.Table
    cells_sha256: str

    @cached_property
    def surveys(self) -> Mapping[int, ReportedSurveyFact]:
        """Give every form with answers as a survey, by its code; weighted ones with unweighted counts."""
        return {code: self._survey(code) for code in np.unique(self.form).tolist()}

    @cached_property
    def unweighted(self) -> list[ReportedSurveyFact]:
        """Give the surveys whose answers may be added up as they are."""
        return [fact for code, fact in self.surveys.items() if not self.book.forms[code].weighted]

    def column(self, name: str) -> Integers:
        """Give a column of the cells."""
        column: Integers = self.cells[name].to_numpy().astype(np.int64, copy=False)
        return column

    @cached_property
    def form(self) -> Integers:
        """Give the form of every cell."""
        forms: Integers = np.array([form for form, _, _ in self.book.contexts], dtype=np.int64)
        of_cells: Integers = forms[self.column("context")]
        return of_cells

    @cached_property
    def questions(self) -> list[str]:
        """Name the questions by code."""
        return self.book.questions()

    @cached_property
    def _counts(self) -> Mapping[int, Mapping[int, Integers]]:
        """Count the answers -1 to 5 of everybody, by form and question; index 0 is not asked."""
        everybody = self.column("dimension") == 0
        form, question = self.form[everybody], self.column("question")[everybody]
        answer, n = self.column("answer")[everybody], self.column("n")[everybody]
        found: dict[int, dict[int, Integers]] = {}
        inside = answer <= HIGHEST
        shape = (len(self.book.forms), len(self.questions), HIGHEST + 2)
        total = np.zeros(shape, dtype=np.int64)
        np.add.at(total, (form[inside], question[inside], answer[inside] + 1), n[inside])
        for code in np.unique(form).tolist():
            asked = [self.questions.index(item.question) for item in self.book.forms[code].items]
            found[code] = {place: total[code, place] for place in asked}
        return found

    @cached_property
    def n_asked(self) -> Mapping[str, Mapping[str, int]]:
        """Count the people who were shown each question, by survey and question."""
        return {
            fact.key: {q.question: self.n_asked_and_answered(code, q.question)[0] for q in fact.questions}
            for code, fact in self.surveys.items()
        }

    def n_asked_and_answered(self, form: int, question: str) -> tuple[int, int]:
        """Count those who were shown a question, and those of them who answered it."""
        counts = self._counts[form][self.questions.index(question)]
        return int(counts[1:].sum()), int(counts[2:].sum())

    def _survey(self, code: int) -> ReportedSurveyFact:
        form, counts = self.book.forms[code], self._counts[code]
        return ReportedSurveyFact(
            key=survey_key(form, self.quarter),
            service_key=form.service,
            provider_key=form.provider,
            quarter=self.quarter,
            channel=self._channel(code),
            name=form.name or form.survey,
            timing=form.timing,
            customers_count=None,
            offered_count=None,
            respondents_count=max(int(given.sum()) for given in counts.values()),
            rating=None,
            variant=1,
            questions=tuple(
                QuestionCountsFact(
                    item.question, item.wording_class, item.scale,
                    five(counts[self.questions.index(item.question)]), None,
                )
                for item in form.items
            ),
            findings=(),
            file_sha256=self.cells_sha256,
            file_row=0,
            is_counted=True,
        )  # fmt: skip

    @cached_property
    def _contexts(self) -> Mapping[int, list[int]]:
        """Name the contexts with answers, by form."""
        found: dict[int, list[int]] = {}
        for context in np.unique(self.column("context")).tolist():
            found.setdefault(self.book.contexts[context][0], []).append(context)
        return found

    def _channel(self, code: int) -> str | None:
        channels = {self.book.contexts[context][1] for context in self._contexts[code]}
        return channels.pop() if len(channels) == 1 else MIXED


def survey_key(form: Form, quarter: str) -> str:
    """Name one version of a survey in one quarter."""
    version = "" if form.version == 1 else f".v{form.version}"
    return f"{form.survey}{version}-{quarter.lower()}"


def budget_key(form: Form, quarter: str) -> str:
    """Name a survey in one quarter, whatever its version: its noisy tables share one privacy budget."""
    return f"{form.survey}-{quarter.lower()}"


def five(counts: Integers) -> LikertCounts:
    """Give the counts of the answers 1 to 5, from those of -1 to 5."""
    one, two, three, four, five_ = counts[2:].tolist()
    return one, two, three, four, five_
