"""Whether answers are separated."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.models.cumulative import climb
from hearback.stats.models.separation import separating_columns


def test_names_the_columns_that_tell_answers_apart() -> None:
    rng = np.random.default_rng(1)
    matrix = np.column_stack([rng.normal(size=60), np.repeat([0.0, 1.0], 30)])
    codes = np.concatenate([np.arange(30) % 3, np.full(30, 2)])
    found = separating_columns(matrix, codes)
    assert found is not None
    assert found.tolist() == [False, True]


def test_two_columns_may_separate_together_and_neither_alone() -> None:
    grid = np.array([[a, b] for a in range(5) for b in range(5)], dtype=float)
    codes = np.digitize(grid.sum(axis=1), [2.5, 5.5])
    found = separating_columns(grid, codes)
    assert found is not None
    assert found.tolist() == [True, True]
    assert separating_columns(grid[:, :1], codes) is None


def test_one_answer_out_of_line_ends_separation() -> None:
    codes = np.array([0, 0, 0, 1, 1, 1])
    ease = np.array([1, 2, 3, 3, 4, 5], dtype=float)
    assert separating_columns(ease[:, None], codes) is not None
    assert separating_columns(np.array([1, 2, 4, 3, 4, 5], dtype=float)[:, None], codes) is None


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4), st.integers(0, 1)), min_size=8, max_size=16)
)
def test_says_separated_where_the_climb_does_not_end_and_only_there(rows: list[tuple[int, int, int]]) -> None:
    table = np.array(rows, dtype=float)
    codes = np.unique(table[:, 0], return_inverse=True)[1].astype(np.int64)
    matrix = table[:, 1:]
    if codes.max() == 0 or np.linalg.matrix_rank(np.column_stack([np.ones(len(table)), matrix])) < 3:
        return
    top = climb(matrix, codes, np.ones(len(table)))
    if separating_columns(matrix, codes) is None:
        assert top.converged
        assert np.abs(np.ones(len(table)) @ top.scores).max() < 1e-5
    else:
        assert not top.converged or top.steps > 15


@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
def test_units_do_not_matter(scale: float) -> None:
    codes = np.array([0, 0, 1, 1, 2, 2])
    line = np.arange(6.0)[:, None] * scale
    mixed = np.array([0, 3, 1, 4, 2, 5.0])[:, None] * scale
    assert separating_columns(line, codes) is not None
    assert separating_columns(mixed, codes) is None
