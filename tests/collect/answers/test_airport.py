"""The airport survey of 2015 to 2017: what stands in the cells is what the published files say.

Every figure is made twice: from the cells, and from the rows of the file in plain Python. Weights are
archived in whole billionths, so that a weight of ten decimals (2016 and 2017) is off by half a billionth at
most, which is 2e-9 of the smallest; sums and figures agree to 1e-8.
"""

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.collect import queries
from hearback.collect.actions.answering import HowToRead, import_answers
from hearback.collect.answers.layout import read_small_file
from hearback.collect.archive import WEIGHT_UNITS
from hearback.collect.spool import Spool
from hearback.directory.commands import load as load_directory
from hearback.measure.cells import CellStore, engine_named, roll_up
from hearback.stats.survey.cells import AnswerCells, means_of_cells

AIRPORT = Path(__file__).resolve().parents[3] / "examples" / "airport"
YEARS = (2015, 2016, 2017)
N_ROWS = {2015: 2958, 2016: 3087, 2017: 2831}
COLUMNS = {
    "satisfaction": "Q7ALL",
    "signs": "Q7SIGN",
    "wifi": "Q7WIFI",
    "restrooms": "Q9RESTROOM",
    "safety": "Q10SAFE",
}
FIGURES = {
    "mean": (1, 2, 3, 4, 5),
    **{f"share_{n}": tuple(float(n == a) for a in range(1, 6)) for n in range(1, 6)},
    "top_two": (0, 0, 0, 1, 1),
}
"""Figures, as the value that each answer from 1 to 5 has in the mean."""

RELATIVE = 1e-8


@dataclass(frozen=True)
class Figure:
    """A mean with its linearised standard error and the people it is made of."""

    n: int
    value: float
    se: float


@dataclass(frozen=True)
class Counted:
    """The cells of one year, and what stands for what in them."""

    cells: list[dict[str, Any]]
    questions: list[str]
    groups: dict[str, list[str]]
    contexts: list[tuple[int, str, str]]

    def figure(
        self, question: str, points: Sequence[float], dimension: int = 0, level: int = 0, *, weighted: bool
    ) -> Figure:
        """Make a figure of the people of a level of a group who answered a question."""
        n, w, w2 = [0] * 5, [0] * 5, [0] * 5
        for cell in self.cells:
            of = (cell["dimension"], cell["level"], self.questions[cell["question"]])
            if of == (dimension, level, question) and cell["answer"] >= 1:
                n[cell["answer"] - 1] += cell["n"]
                w[cell["answer"] - 1] += int(cell["weight"])
                w2[cell["answer"] - 1] += int(cell["weight_squared"])
        counted = AnswerCells([n])
        if weighted:
            counted = AnswerCells([n], [[x / WEIGHT_UNITS for x in w]], [[x / WEIGHT_UNITS**2 for x in w2]])
        (found,) = means_of_cells(counted, [float(p) for p in points])
        assert found.value is not None
        assert found.se is not None
        return Figure(found.n, found.value, found.se)


@pytest.fixture(scope="module")
def counted(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[int, Counted]]:
    """Import the three years into an empty home and count them into cells, once for all tests."""
    from django.db import transaction
    from django.test import override_settings

    home, at = tmp_path_factory.mktemp("airport"), datetime(2026, 3, 2, tzinfo=UTC)
    with django_db_blocker.unblock(), override_settings(HOME=home), transaction.atomic():
        load_directory(AIRPORT, by="tester", at=at)
        for year in YEARS:
            with Spool() as spool:
                how = HowToRead(read_small_file(AIRPORT / f"layout_{year}.json"))
                report = import_answers(AIRPORT / f"answers_{year}.csv", how, spool, by="tester", at=at)
            assert (report.rows_read, report.rows_loaded, report.rows_rejected) == (
                N_ROWS[year],
                N_ROWS[year],
                0,
            )
        archive, store, engine = queries.answer_archive(), CellStore(home / "cells"), engine_named("duckdb")
        roll_up(archive, store, engine)
        engine.close()
        book = archive.codes()
        yield {
            year: Counted(
                store.cells(f"FY{year}-Q3").to_pylist(), book.questions(), book.groups, book.contexts
            )
            for year in YEARS
        }
        transaction.set_rollback(True)


def rows_of(year: int) -> list[dict[str, str]]:
    """Read the rows of a year as they were published."""
    with (AIRPORT / f"answers_{year}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_hand(
    rows: Sequence[dict[str, str]], column: str, points: Sequence[float], *, weighted: bool
) -> Figure:
    """Work a figure out from rows: the mean, and its variance by linearisation, every row drawn by itself.

    With e = w (y - mean) / sum of w, the variance is n / (n - 1) times the sum of squares of e.
    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.5.
    """
    answered = [
        (points[int(row[column]) - 1], float(row["WEIGHT"]) if weighted else 1.0)
        for row in rows
        if row[column] in {"1", "2", "3", "4", "5"}
    ]
    n, total = len(answered), math.fsum(w for _, w in answered)
    mean = math.fsum(w * y for y, w in answered) / total
    squares = math.fsum((w * (y - mean) / total) ** 2 for y, w in answered)
    return Figure(n, mean, math.sqrt(n / (n - 1) * squares))


@pytest.mark.parametrize("weighted", [False, True], ids=["unweighted", "weighted"])
@pytest.mark.parametrize("question", COLUMNS)
@pytest.mark.parametrize("year", YEARS)
def test_figures_from_cells_are_those_of_the_rows(
    counted: dict[int, Counted], year: int, question: str, weighted: bool
) -> None:
    rows = rows_of(year)
    for name, points in FIGURES.items():
        found = counted[year].figure(question, points, weighted=weighted)
        wanted = by_hand(rows, COLUMNS[question], points, weighted=weighted)
        assert found.n == wanted.n, name
        assert found.value == pytest.approx(wanted.value, rel=RELATIVE), name
        assert found.se == pytest.approx(wanted.se, rel=RELATIVE), name


@pytest.mark.parametrize(
    ("year", "mean", "top_two"), [(2015, "4.05", "80.0"), (2016, "4.04", "81.0"), (2017, "4.06", "82.1")]
)
def test_the_unweighted_figures_are_the_published_ones(
    counted: dict[int, Counted], year: int, mean: str, top_two: str
) -> None:
    found = counted[year]
    assert f"{found.figure('satisfaction', FIGURES['mean'], weighted=False).value:.2f}" == mean
    assert f"{found.figure('satisfaction', FIGURES['top_two'], weighted=False).value * 100:.1f}" == top_two


@pytest.mark.parametrize("year", YEARS)
def test_weighting_moves_the_figures(counted: dict[int, Counted], year: int) -> None:
    plain, weighted = (
        counted[year].figure("satisfaction", FIGURES["mean"], weighted=w) for w in (False, True)
    )
    assert plain.n == weighted.n
    assert abs(plain.value - weighted.value) > 1e-4
    assert weighted.se > plain.se


AGES = {2015: ("Q18AGE", "7"), 2016: ("Q19AGE", "65-Over"), 2017: ("Q19AGE", "7")}


@pytest.mark.parametrize("weighted", [False, True], ids=["unweighted", "weighted"])
@pytest.mark.parametrize("year", YEARS)
def test_figures_of_an_age_band_are_those_of_its_rows(
    counted: dict[int, Counted], year: int, weighted: bool
) -> None:
    found, (column, code) = counted[year], AGES[year]
    dimension = list(found.groups).index("age_band") + 1
    level = found.groups["age_band"].index("65 and over") + 1
    rows = [row for row in rows_of(year) if row[column] == code]
    wanted = by_hand(rows, "Q7ALL", FIGURES["mean"], weighted=weighted)
    figure = found.figure("satisfaction", FIGURES["mean"], dimension, level, weighted=weighted)
    assert figure.n == wanted.n > 250
    assert (figure.value, figure.se) == pytest.approx((wanted.value, wanted.se), rel=RELATIVE)


@pytest.mark.parametrize(
    ("year", "question", "none", "not_asked"),
    [(2015, "satisfaction", 108, 40), (2016, "satisfaction", 133, 35), (2017, "satisfaction", 143, 0),
     (2015, "wifi", 86, 770), (2016, "restrooms", 81, 124), (2017, "safety", 50, 0)],
)  # fmt: skip
def test_blanks_and_questions_that_did_not_apply_are_told_apart(
    counted: dict[int, Counted], year: int, question: str, none: int, not_asked: int
) -> None:
    found = {0: 0, -1: 0}
    for cell in counted[year].cells:
        if cell["dimension"] == 0 and counted[year].questions[cell["question"]] == question:
            found[min(cell["answer"], 1)] = found.get(min(cell["answer"], 1), 0) + cell["n"]
    assert (found[0], found[-1]) == (none, not_asked)
    assert sum(found.values()) == N_ROWS[year]


def test_contexts_are_channels_and_languages_of_one_form(counted: dict[int, Counted]) -> None:
    contexts = counted[2015].contexts
    assert {form for form, _, _ in contexts} == {0}
    assert {channel for _, channel, _ in contexts} == {"in_person", "postal_mail", "website"}
    assert {language for _, _, language in contexts} == {"english", "spanish", "chinese", "japanese"}


@pytest.mark.parametrize("year", YEARS)
def test_the_weights_of_everybody_add_up_to_those_of_the_file(counted: dict[int, Counted], year: int) -> None:
    total = sum(
        int(cell["weight"])
        for cell in counted[year].cells
        if cell["dimension"] == 0 and counted[year].questions[cell["question"]] == "safety"
    )
    assert total / WEIGHT_UNITS == pytest.approx(
        math.fsum(float(r["WEIGHT"]) for r in rows_of(year)), rel=1e-9
    )
