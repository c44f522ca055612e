"""What an outsider finds out: against every table that looks alike."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.privacy import Bounds, Outsider, Sum, TableNotValid, Tables, crossed
from tests.stats.privacy.random_tables import ranges_by_trying

FLAT = list(product("ab", "xyz"))
CUBE = list(product("ab", "xy", "uv"))
LIMIT = 4
"""No cell can be more: counts are 2 at most, and every cell has a margin that adds up two."""


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=6, max_size=6), st.sets(st.integers(0, 5), min_size=1))
def test_the_bounds_are_those_of_all_tables_that_look_alike(counts: list[int], chosen: set[int]) -> None:
    table = crossed(dict(zip(FLAT, counts, strict=True)))
    hidden = [FLAT[i] for i in sorted(chosen)]
    found = Outsider(table, frozenset(hidden)).all_bounds(hidden)
    assert [(one.low, one.high) for one in found] == ranges_by_trying(table, hidden, LIMIT)


@settings(max_examples=6, deadline=None)
@given(st.lists(st.integers(0, 2), min_size=8, max_size=8), st.sets(st.integers(0, 7), max_size=2))
def test_three_dimensions_are_bounded_as_all_tables_that_look_alike(
    counts: list[int], seen: set[int]
) -> None:
    table = crossed(dict(zip(CUBE, counts, strict=True)))
    hidden = [CUBE[i] for i in range(8) if i not in seen]
    found = Outsider(table, frozenset(hidden)).all_bounds(hidden)
    assert [(one.low, one.high) for one in found] == ranges_by_trying(table, hidden, LIMIT)


def test_counts_are_whole_so_an_odd_ring_reaches_less_far_than_fractions_would() -> None:
    # a + b <= 1, b + c <= 1, a + c <= 1: halves would add up to 1.5, whole numbers to 1
    counts = {"a": 0, "b": 0, "c": 0, "u": 1, "v": 1, "w": 1, "ab": 1, "bc": 1, "ac": 1, "abc": 0}
    sums = (Sum("ab", ("a", "b", "u")), Sum("bc", ("b", "c", "v")), Sum("ac", ("a", "c", "w")),
            Sum("abc", ("a", "b", "c")))  # fmt: skip
    outsider = Outsider(Tables(counts, sums), frozenset({"a", "b", "c", "u", "v", "w", "abc"}))
    assert outsider.bounds("abc") == Bounds("abc", 0, 0, 1)


def test_a_cell_that_no_sum_bears_on_has_no_limit() -> None:
    found = Outsider(Tables({"a": 3, "b": 4}), frozenset({"a"})).bounds("a")
    assert (found.low, found.high, found.width) == (0, None, None)
    assert not found.is_narrower(10**9)


def test_a_cell_hidden_with_its_total_is_bounded_below_only() -> None:
    tables = Tables({"part": 5, "other": 7, "all": 12}, (Sum("all", ("part", "other")),))
    outsider = Outsider(tables, frozenset({"part", "all"}))
    assert outsider.bounds("part") == Bounds("part", 5, 0, None)
    assert outsider.bounds("all") == Bounds("all", 12, 7, None)


def test_a_cell_that_is_seen_is_what_it_is() -> None:
    assert Outsider(Tables({"a": 3}), frozenset()).bounds("a").width == 0


def test_hiding_what_is_no_cell_is_refused() -> None:
    with pytest.raises(TableNotValid, match="a, all is to be hidden and is no cell"):
        Outsider(Tables({"a": 3}), frozenset({("a", None)}))
