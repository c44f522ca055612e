"""Which further cells are hidden: safe always, the cheapest where that can be known, never far from it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.privacy import Sum, Tables, audit, choose_complement, crossed
from hearback.stats.privacy.tables import Cell
from tests.stats.privacy.random_tables import cheapest_by_trying, random_table, small_inner

K = 11


@pytest.mark.parametrize("seed", range(6))
def test_the_choice_is_the_cheapest_of_all_sets_of_cells(seed: int) -> None:
    table = random_table(seed, 3, 3)
    small = small_inner(table, K)
    found = choose_complement(table, small, width=K - 1)
    best = cheapest_by_trying(table, small, K - 1)
    assert (None if found is None else found.cost) == best
    assert found is None or found.is_optimal


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 5), st.integers(2, 6), st.sampled_from([0, 600]))
def test_every_choice_passes_the_audit(seed: int, rows: int, columns: int, exact_up_to: int) -> None:
    table = random_table(seed, rows, columns)
    small = small_inner(table, K)
    found = choose_complement(table, small, width=K - 1, exact_up_to=exact_up_to)
    every = audit(table, table.inner, small, width=K - 1)
    if found is None:
        assert not every.is_safe
    else:
        assert audit(table, {*small, *found.cells}, small, width=K - 1).is_safe
        assert found.at_least <= found.cost == sum(table.counts[cell] for cell in found.cells)


@pytest.mark.parametrize(
    ("seed", "shape"), [(1, (8, 8)), (2, (8, 8)), (3, (12, 10)), (4, (3, 4, 5)), (5, (4, 4, 4))]
)
def test_the_quick_choice_costs_little_more_than_the_best(seed: int, shape: tuple[int, ...]) -> None:
    table = random_table(seed, *shape, middle=4.0)
    small = small_inner(table, K)
    best = choose_complement(table, small, width=K - 1)
    quick = choose_complement(table, small, width=K - 1, exact_up_to=0)
    assert best is not None
    assert quick is not None
    assert best.is_optimal
    assert best.cost <= quick.cost <= 1.5 * best.cost
    assert quick.at_least <= best.cost


def test_a_large_table_is_done_in_seconds_and_with_a_proof_of_how_good() -> None:
    table = random_table(9, 30, 25, middle=4.8)
    found = choose_complement(table, small_inner(table, K), width=K - 1, exact_up_to=0)
    assert found is not None
    assert found.cost <= 1.5 * found.at_least


def test_the_same_table_gives_the_same_choice() -> None:
    table = random_table(4, 6, 6)
    small = small_inner(table, K)
    assert choose_complement(table, small, width=10) == choose_complement(table, set(small), width=10)


def test_nothing_small_needs_nothing() -> None:
    found = choose_complement(crossed({("a", "x"): 50, ("b", "x"): 60}), [], width=10)
    assert found is not None
    assert (found.cells, found.cost, found.is_optimal) == ((), 0, True)


def test_zeros_are_never_hidden_to_protect_others() -> None:
    table = crossed(
        {("a", "x"): 4, ("a", "y"): 0, ("a", "z"): 90, ("b", "x"): 30, ("b", "y"): 60, ("b", "z"): 99}
    )
    found = choose_complement(table, [("a", "x")], width=10)
    assert found is not None
    assert ("a", "y") not in found.cells


def test_only_candidates_are_hidden() -> None:
    table = random_table(1, 4, 4)
    small = small_inner(table, K)
    free = choose_complement(table, small, width=K - 1)
    assert free is not None
    others: set[Cell] = set(table.inner) - set(free.cells[:1])
    found = choose_complement(table, small, width=K - 1, candidates=others)
    assert found is not None
    assert free.cells[0] not in found.cells
    assert found.cost >= free.cost


def test_where_hiding_all_candidates_is_not_enough_there_is_no_choice() -> None:
    assert choose_complement(crossed({("a", "x"): 4, ("b", "x"): 90}), [("a", "x")], width=10) is None


def test_tables_that_share_cells_are_protected_together() -> None:
    # by itself the first table is safe with any second cell; the other table tells one of them
    shares = Tables(
        {"web": 4, "mail": 20, "phone": 30, "all": 54, "by post": 20, "else": 34},
        (Sum("all", ("web", "mail", "phone")), Sum("all", ("by post", "else")), Sum("by post", ("mail",))),
    )
    found = choose_complement(shares, ["web"], width=10, candidates=["mail", "phone"])
    assert found is not None
    assert found.cells == ("phone",)


@pytest.mark.parametrize("exact_up_to", [600, 0])
def test_whole_numbers_are_reckoned_with_where_fractions_would_reach_further(exact_up_to: int) -> None:
    # each ring of three cells reaches from 0 to 4.5 in fractions and to 4 in whole numbers: 9 and 8 together
    counts: dict[Cell, int] = {"y": 50, "not y": 50, "y or not": 100, "t": 56, "z": 20, "all": 76}
    sums = [Sum("y or not", ("y", "not y")), Sum("all", ("t", "z")), Sum("t", (*"abcdef", "y"))]
    for ring in ("abc", "def"):
        for one, other in ((ring[0], ring[1]), (ring[1], ring[2]), (ring[0], ring[2])):
            counts |= {one: 1, other: 1, one + other + " slack": 1, one + other: 3}
            sums.append(Sum(one + other, (one, other, one + other + " slack")))
    tables = Tables(counts, tuple(sums))
    rings = [cell for cell in counts if counts[cell] == 1]
    fewer = audit(tables, ["t", "z", *rings], ["t"], width=8)
    assert fewer.is_safe
    found = choose_complement(tables, ["t"], width=9, exact_up_to=exact_up_to)
    assert found is not None
    assert {"y", "not y", "z"} <= set(found.cells)
    assert audit(tables, ["t", *found.cells], ["t"], width=9).is_safe
    assert not audit(tables, ["t", "z", *rings], ["t"], width=9).is_safe
