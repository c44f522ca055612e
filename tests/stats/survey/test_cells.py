"""Figures from weighted counts equal those from the rows."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats import Reason, mean_interval
from hearback.stats.survey import (
    AnswerCells,
    CellsNotValid,
    SampleEstimate,
    estimate_mean,
    make_design,
    means_of_cells,
)
from hearback.stats.survey.design import Floats

SCORES = [1, 2, 3, 4, 5]


def cells_of(answers: Floats, weights: Floats, strata: Floats) -> Floats:
    found = np.zeros((3, 1, int(strata.max()) + 1, 5))
    for answer, weight, stratum in zip(answers, weights, strata, strict=True):
        if not np.isnan(answer):
            found[:, 0, int(stratum), int(answer) - 1] += [1, weight, weight**2]
    return found


def assert_alike(one: SampleEstimate, other: SampleEstimate) -> None:
    for field in fields(SampleEstimate):
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if isinstance(mine, float) and isinstance(theirs, float):
            assert mine == pytest.approx(theirs, rel=1e-8, abs=1e-9), field.name
        else:
            assert mine == theirs, field.name


@given(st.integers(0, 10**6))
@settings(max_examples=60)
def test_agree_with_the_rows_they_were_counted_from(seed: int) -> None:
    random = np.random.default_rng(seed)
    n = int(random.integers(1, 30))
    answers = random.integers(1, 6, n).astype(float)
    answers[random.random(n) < 0.2] = np.nan
    weights = 0.1 + random.random(n)
    _, strata = np.unique(random.integers(0, 3, n), return_inverse=True)
    drawn = np.bincount(strata)
    sizes = (drawn + random.integers(0, 20, drawn.size)).astype(float)
    design = make_design(n, weights=weights, strata=list(strata), populations=[sizes[strata]])
    if not np.isnan(answers).all():
        from_cells = means_of_cells(
            AnswerCells(*cells_of(answers, weights, strata), n_drawn=[drawn], population=[sizes]), SCORES
        )[0]
        expected = estimate_mean(design, answers)
        # one person of a stratum of one is a census to the rows, and to cells an answer without an error
        if expected.n > 1:
            assert_alike(from_cells, expected)


def test_agree_with_the_mean_of_unweighted_counts() -> None:
    found = means_of_cells(AnswerCells([[3, 4, 10, 22, 30]]), SCORES)[0]
    expected = mean_interval((3, 4, 10, 22, 30))
    assert (found.value, found.low, found.high) == pytest.approx(
        (expected.value, expected.low, expected.high)
    )
    assert (found.n, found.df, found.kish_n_eff) == (69, 68, 69)


def test_many_subjects_are_each_what_they_are_alone() -> None:
    random = np.random.default_rng(3)
    n = random.integers(0, 5, (40, 5))
    together = means_of_cells(AnswerCells(n), SCORES)
    for row, found in zip(n, together, strict=True):
        assert means_of_cells(AnswerCells([row]), SCORES)[0] == found


def test_subjects_without_answers_one_answer_or_equal_answers_say_so() -> None:
    cells = AnswerCells([[0, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 0, 7, 0, 0]])
    nobody, one, equal = means_of_cells(cells, SCORES)
    assert (nobody.value, nobody.se, nobody.reason) == (None, None, Reason.NO_ANSWERS)
    assert (one.value, one.se, one.low, one.reason) == (4.0, None, None, Reason.ONE_ANSWER)
    assert (equal.value, equal.se, equal.low, equal.reason) == (3.0, 0.0, 3.0, Reason.NO_VARIANCE)


def test_strata_of_one_answer_each_have_no_interval() -> None:
    found = means_of_cells(AnswerCells([[[1, 0], [0, 1]]]), [0, 1])[0]
    assert (found.value, found.df, found.low, found.reason) == (0.5, 0, None, Reason.ONE_PSU)


def test_a_census_has_no_error() -> None:
    assert means_of_cells(AnswerCells([[2, 3]], population=[5]), [0, 1])[0].se == 0.0


def test_no_subjects_give_no_figures() -> None:
    assert means_of_cells(AnswerCells(np.zeros((0, 5))), SCORES) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n": [1, 2]}, "cells have 1 axes"),
        ({"n": [[1, -2]]}, r"n of the cell \(0, 0, 1\).* is negative"),
        ({"n": [[1, 2]], "sum_w": [[1, 2]]}, "together, or neither"),
        (
            {"n": [[1, 2]], "sum_w": [[1]], "sum_w2": [[1]]},
            r"shape \(1, 1\), and the counts ask for \(1, 2\)",
        ),
        ({"n": [[1, 2]], "sum_w": [[1, 0]], "sum_w2": [[1, 0]]}, "both are zero, or neither"),
        ({"n": [[1, 2]], "sum_w": [[1, 4]], "sum_w2": [[1, 4]]}, "too small for its sum of weights"),
        ({"n": [[1, 2]], "sum_w": [[1, 4]], "sum_w2": [[1, 20]]}, "too large for its sum of weights"),
        ({"n": [[1, 2]], "n_drawn": [2]}, "below the people who answered"),
        ({"n": [[1, 2]], "population": [2]}, "below the people drawn"),
        ({"n": [[1, float("nan")]]}, "negative or not a number"),
    ],
)
def test_refuses_cells_that_contradict_one_another(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(CellsNotValid, match=message):
        AnswerCells(**arguments)  # type: ignore[arg-type]


def test_refuses_scores_of_another_question() -> None:
    with pytest.raises(CellsNotValid, match="5 answers"):
        means_of_cells(AnswerCells([[1, 0, 0, 0, 0]]), [0, 1])
