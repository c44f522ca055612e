"""Predictors as columns of numbers."""

import numpy as np
import pytest

from hearback.stats.models import ColumnNotValid, TermUnknown
from hearback.stats.models.terms import (
    answered,
    code_predictors,
    column_names,
    independent_columns,
    model_matrix,
)

ALL = np.ones(3, dtype=bool)


def test_numbers_stand_for_themselves_and_words_for_what_they_differ_from() -> None:
    predictors = {"ease": [1, 2, 3], "channel": ["web", "app", "phone"]}
    codings = code_predictors(predictors, ALL)
    assert column_names(codings) == ("ease", "channelphone", "channelweb")
    assert model_matrix(codings, predictors, 3).tolist() == [[1, 0, 1], [2, 0, 0], [3, 1, 0]]
    assert (codings[0].reference, codings[1].reference) == (None, "app")


def test_true_and_false_are_one_and_zero() -> None:
    codings = code_predictors({"late": [True, False, True]}, ALL)
    assert model_matrix(codings, {"late": [True, False, True]}, 3).tolist() == [[1], [0], [1]]


def test_word_with_one_level_has_no_column() -> None:
    codings = code_predictors({"channel": ["web"] * 3}, ALL)
    assert column_names(codings) == ()
    assert model_matrix(codings, {"channel": ["web"] * 3}, 3).shape == (3, 0)


def test_level_of_rows_that_do_not_enter_is_no_level() -> None:
    rows = np.array([True, True, False])
    assert code_predictors({"channel": ["web", "app", "fax"]}, rows)[0].levels == ("app", "web")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, None, "", float("nan"), np.float32("nan")], [True, False, False, False, False]),
        (np.array([1.0, np.nan, 2, 3, 4]), [True, False, True, True, True]),
        (np.array(["a", "", "b", "nan", "c"]), [True, False, True, True, True]),
        (np.array([1, 2, 3, 4, 5]), [True] * 5),
    ],
)
def test_none_blank_and_nan_are_missing(values: list[object], expected: list[bool]) -> None:
    assert answered("ease", values, 5).tolist() == expected


def test_long_words_are_not_cut_short() -> None:
    codings = code_predictors({"office": np.array(["A", "a very long name of an office", "B"])}, ALL)
    assert "a very long name of an office" in codings[0].levels


def test_column_that_others_say_is_found_whatever_its_units() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=50), rng.normal(size=50) * 1e-9
    matrix = np.column_stack([a, b, np.full(50, 7.0), a + b * 1e9, b * 1e12, rng.normal(size=50)])
    assert independent_columns(matrix, np.ones(50)).tolist() == [True, True, False, False, False, True]


def test_column_that_varies_among_weightless_rows_alone_adds_nothing() -> None:
    matrix = np.array([[1.0], [1.0], [2.0]])
    assert independent_columns(matrix, np.array([1.0, 1.0, 0.0])).tolist() == [False]


def test_refuses_gaps_and_lengths_that_differ() -> None:
    codings = code_predictors({"ease": [1, 2, 3]}, ALL)
    with pytest.raises(ColumnNotValid, match="row 2 of ease is no finite number"):
        model_matrix(codings, {"ease": [1, np.nan, 2]}, 3)
    with pytest.raises(ColumnNotValid, match="other than 3 rows"):
        model_matrix(codings, {"ease": [1, 2]}, 3)
    with pytest.raises(TermUnknown, match="needs 'ease'"):
        model_matrix(codings, {}, 3)
