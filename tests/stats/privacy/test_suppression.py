"""Small counts hidden: the rules, the edge cases, and what earlier releases give away."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.estimate import Reason
from hearback.stats.privacy import (
    Sum,
    TableNotValid,
    Tables,
    ThresholdNotValid,
    Withheld,
    audit,
    crossed,
    joined,
    primary_cells,
    protect,
    with_rests,
)
from tests.stats.privacy.random_tables import random_table


def two_by_two(a: int, b: int, c: int, d: int) -> Tables:
    return crossed({("r", "x"): a, ("r", "y"): b, ("s", "x"): c, ("s", "y"): d})


def test_counts_below_the_threshold_are_small_and_zeros_are_not() -> None:
    assert primary_cells(Tables({"a": 0, "b": 1, "c": 10, "d": 11}), 11) == ("b", "c")


def test_margins_can_be_small_too() -> None:
    assert ("r", None) in primary_cells(two_by_two(3, 4, 50, 60), 11)


def test_a_zero_that_tells_of_a_whole_group_is_hidden_where_it_is_stated() -> None:
    tables = Tables({("es", "satisfied"): 0, ("en", "satisfied"): 0})
    assert primary_cells(tables, 11, telling_zeros=[("es", "satisfied")]) == (("es", "satisfied"),)


def test_the_rest_of_a_share_is_small_too() -> None:
    tables = with_rests(Tables({"satisfied": 194, "answered": 200}), {"satisfied": "answered"})
    assert primary_cells(tables, 11) == (("rest", "satisfied"),)
    done = protect(tables, 11)
    assert "satisfied" in done.hidden
    assert "answered" not in done.hidden
    assert done.audit.is_safe


@pytest.mark.parametrize("threshold", [-3, 0, 1])
def test_a_threshold_that_hides_nothing_is_refused(threshold: int) -> None:
    with pytest.raises(ThresholdNotValid, match="give 2 or more"):
        primary_cells(Tables({"a": 1}), threshold)


def test_an_audit_of_no_width_is_refused() -> None:
    with pytest.raises(ThresholdNotValid, match="width of 0"):
        audit(Tables({"a": 1}), ["a"], ["a"], width=0)


def test_a_small_cell_that_is_not_hidden_is_exposed() -> None:
    assert audit(two_by_two(3, 40, 50, 60), [], [("r", "x")], width=10).exposed == (("r", "x"),)


def test_an_audit_of_cells_that_are_none_is_refused() -> None:
    with pytest.raises(TableNotValid, match="q, x"):
        audit(two_by_two(3, 40, 50, 60), [], [("q", "x")], width=10)


def test_a_lone_small_cell_takes_three_others_with_it() -> None:
    done = protect(two_by_two(3, 40, 50, 60), 11)
    assert (done.withheld, len(done.complement), done.cost) == (Withheld.CELLS, 3, 150)
    assert done.reason is None


def test_a_table_without_small_cells_is_published() -> None:
    done = protect(two_by_two(30, 40, 50, 0), 11)
    assert (done.withheld, done.hidden, done.cost) == (Withheld.NOTHING, frozenset(), 0)


def test_of_a_table_of_small_cells_only_the_total_is_kept() -> None:
    done = protect(two_by_two(4, 3, 5, 6), 11)
    assert done.withheld is Withheld.ALL_BUT_TOTALS
    assert (None, None) not in done.hidden
    assert done.audit.is_safe


def test_a_table_with_a_small_total_keeps_nothing_but_zeros() -> None:
    done = protect(two_by_two(4, 3, 0, 0), 11)
    assert {cell for cell, count in done.tables.counts.items() if count} <= done.hidden
    assert done.audit.is_safe


def test_of_a_lone_row_that_is_not_zero_the_margins_are_hidden_with_the_cells() -> None:
    done = protect(crossed({("r", "x"): 4, ("r", "y"): 40, ("r", "z"): 30, ("s", "x"): 0, ("s", "y"): 0}), 11)
    assert ("r", "x") in done.hidden
    assert (None, "x") in done.hidden
    assert done.withheld is Withheld.CELLS_AND_MARGINS
    assert done.audit.is_safe


def test_a_small_margin_is_protected_by_another_margin() -> None:
    done = protect(two_by_two(3, 4, 50, 60), 11)
    assert {("r", None), ("s", None)} <= done.hidden
    assert done.audit.is_safe


def test_quarters_published_before_and_after_do_not_tell_their_difference() -> None:
    cells = {
        "Q1 web": 60,
        "Q1 mail": 30,
        "Q1": 90,
        "H1 web": 64,
        "H1 mail": 70,
        "H1": 134,
        "Q2 web": 4,
        "Q2 mail": 40,
    }
    sums = [Sum("Q1", ("Q1 web", "Q1 mail")), Sum("H1", ("H1 web", "H1 mail")),
            Sum("H1 web", ("Q1 web", "Q2 web")), Sum("H1 mail", ("Q1 mail", "Q2 mail"))]  # fmt: skip
    tables = joined(Tables(cells), sums=sums)
    done = protect(tables, 11, published=["Q1 web", "Q1 mail", "Q1"])
    assert {"Q2 web", "H1 web"} <= done.hidden
    assert not {"Q1 web", "Q1 mail", "Q1"} & done.hidden
    assert done.audit.is_safe


def test_what_was_published_before_cannot_be_made_safe_again() -> None:
    done = protect(two_by_two(3, 40, 50, 60), 11, published=[("r", None), ("r", "y")])
    assert done.audit.exposed == (("r", "x"),)
    assert done.reason is Reason.NOT_PROTECTED


def test_a_small_cell_that_was_itself_published_is_said_to_be_exposed() -> None:
    done = protect(two_by_two(3, 40, 50, 60), 11, published=[("r", "x")])
    assert (done.audit.exposed, done.primary, done.reason) == ((("r", "x"),), (), Reason.NOT_PROTECTED)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5), st.floats(0.2, 4.5))
def test_no_small_cell_is_told_more_closely_than_the_width(
    seed: int, rows: int, columns: int, middle: float
) -> None:
    table = random_table(seed, rows, columns, middle=middle)
    done = protect(table, 11)
    again = audit(table, done.hidden, primary_cells(table, 11), width=10)
    assert again.is_safe
    assert done.audit == again
    assert done.reason is None
    for one in again.bounds:
        assert one.low <= one.count
        assert one.high is None or one.count <= one.high


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6))
def test_the_order_of_the_cells_does_not_matter_for_the_cost(seed: int) -> None:
    table = random_table(seed, 4, 4)
    inner = {cell: table.counts[cell] for cell in table.cells if cell in table.inner}
    turned = crossed(dict(reversed(inner.items())))  # type: ignore[arg-type]
    assert protect(turned, 11).cost == protect(table, 11).cost
