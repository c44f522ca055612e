"""Tables as cells and sums: margins that add up, tables joined, and contradictions refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.stats.privacy import Sum, TableNotValid, Tables, crossed, joined, with_rests

SQUARE = {("a", "x"): 1, ("a", "y"): 2, ("b", "x"): 3, ("b", "y"): 4}
CUBES = st.lists(st.integers(0, 50), min_size=12, max_size=12)


def cube(counts: list[int]) -> dict[tuple[str, ...], int]:
    return {(f"r{i // 6}", f"c{i // 2 % 3}", f"l{i % 2}"): count for i, count in enumerate(counts)}


def test_margins_are_cells_named_by_what_they_keep() -> None:
    table = crossed(SQUARE)
    assert (table.counts["a", None], table.counts[None, "y"], table.counts[None, None]) == (3, 6, 10)
    assert table.inner == set(SQUARE)
    assert table.outermost == {(None, None)}


def test_only_published_margins_are_cells() -> None:
    assert set(crossed(SQUARE, margins=[(0,)]).counts) - set(SQUARE) == {("a", None), ("b", None)}
    assert crossed(SQUARE, margins=[(0,)]).outermost == {("a", None), ("b", None)}
    assert set(crossed(SQUARE, margins=[()]).counts) - set(SQUARE) == {(None, None)}
    assert crossed(SQUARE, margins=[]).sums == ()


@given(CUBES)
def test_every_margin_of_three_dimensions_is_the_sum_of_its_cells(counts: list[int]) -> None:
    inner = cube(counts)
    table = crossed(inner)
    assert len(table.cells) == 3 * 4 * 3
    for name, count in table.counts.items():
        assert isinstance(name, tuple)
        fits = [all(kept in (None, level) for kept, level in zip(name, cell, strict=True)) for cell in inner]
        assert count == sum(n for n, fit in zip(inner.values(), fits, strict=True) if fit)


@given(CUBES)
def test_the_matrix_of_sums_times_the_counts_is_nothing(counts: list[int]) -> None:
    table = crossed(cube(counts), margins=[(0, 1), (2,), ()])
    assert not (table.matrix @ table.values).any()


def test_nothing_makes_an_empty_table() -> None:
    assert crossed({}).cells == ()


def test_joined_tables_share_cells_of_one_name() -> None:
    by_age = crossed({("web", "young"): 5, ("web", "old"): 9, ("mail", "young"): 2, ("mail", "old"): 1})
    by_language = Tables({("web", "en"): 10, ("web", "es"): 4, ("web", None): 14},
                         (Sum(("web", None), (("web", "en"), ("web", "es"))),))  # fmt: skip
    both = joined(by_age, by_language)
    assert len(both.cells) == len(by_age.cells) + 2
    assert both.sums[-1].total == ("web", None)


def test_tables_that_contradict_one_another_are_not_joined() -> None:
    with pytest.raises(TableNotValid, match="web is 4 in one table and 5 in another"):
        joined(Tables({"web": 4}), Tables({"web": 5}))


def test_the_rest_of_a_whole_is_a_cell() -> None:
    table = with_rests(Tables({"satisfied": 197, "answered": 200}), {"satisfied": "answered"})
    assert table.counts["rest", "satisfied"] == 3
    assert table.sums == (Sum("answered", ("satisfied", ("rest", "satisfied"))),)


@pytest.mark.parametrize(
    ("counts", "sums", "told"),
    [
        ({"a": -1}, (), "the count of a is -1"),
        ({"a": 1.5}, (), "whole number"),
        ({"a": True}, (), "whole number"),
        ({"a": 1}, (Sum("b", ("a",)),), "names b, which is no cell"),
        ({"a": 1, "b": 2}, (Sum("b", ("a",)),), "b is 2 and its parts add up to 1"),
    ],
)
def test_what_cannot_be_a_table_is_named(counts: dict[str, int], sums: tuple[Sum, ...], told: str) -> None:
    with pytest.raises(TableNotValid) as refused:
        Tables(counts, sums)
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("wholes", "told"),
    [({"c": "a"}, "c is no cell"), ({"a": "b"}, "a is larger than b, of which it is a part")],
)
def test_a_rest_of_nothing_is_refused(wholes: dict[str, str], told: str) -> None:
    with pytest.raises(TableNotValid, match=told):
        with_rests(Tables({"a": 3, "b": 2}), wholes)


def test_cells_of_two_tables_are_not_one() -> None:
    with pytest.raises(TableNotValid, match="1 and 2 levels"):
        crossed({("a",): 1, ("a", "b"): 2})
