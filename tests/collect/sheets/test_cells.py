"""A cell says a value so that exactly that value is read again, and people may write it as people do."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hearback.collect.sheets.cells import CellNotGood, Looks, Shape, as_cell, from_cell

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.text(
    "=+-@'\"\\\n\t\r; ax", min_size=1, max_size=12
)
KEYS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,10}", fullmatch=True)


def there_and_back(value: Any, shape: Shape) -> Any:
    looks = Looks(shape)
    cell = as_cell(value, looks)
    return from_cell("" if cell is None else str(cell), looks)


@given(TEXTS)
@example("'=1")
@example('""')
@example(' "')
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert there_and_back(text, Shape.TEXT) == text


@given(st.lists(TEXTS, max_size=4))
@example(["a\\", "\nb\n", "c\\\\\nd", "e\\ "])
def test_texts_of_a_list_come_back_as_they_were(texts: list[str]) -> None:
    assert (there_and_back(texts, Shape.TEXTS) or []) == texts


@given(st.lists(KEYS, min_size=1, max_size=4))
def test_keys_come_back_as_they_were(keys: list[str]) -> None:
    assert there_and_back(keys, Shape.CODES) == keys


@given(st.integers(-(10**15), 10**15))
def test_a_whole_number_comes_back_as_it_was(number: int) -> None:
    assert there_and_back(number, Shape.NUMBER) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_comes_back_as_it_was(number: float) -> None:
    assert there_and_back(number, Shape.DECIMAL) == number


@given(TEXTS | st.lists(TEXTS, min_size=1))
def test_no_cell_starts_like_a_formula(value: Any) -> None:
    cell = as_cell(value, Looks(Shape.TEXT if isinstance(value, str) else Shape.TEXTS))
    assert not str(cell).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_null_and_an_empty_list_are_an_empty_cell() -> None:
    assert [as_cell(None, Looks(Shape.TEXT)), as_cell([], Looks(Shape.TEXTS))] == [None, None]
    assert [from_cell("  ", Looks(shape)) for shape in Shape] == [None] * len(Shape)


@pytest.mark.parametrize(
    ("cell", "shape", "value"),
    [
        (" FY2024-Q1 ", Shape.TEXT, "FY2024-Q1"),
        ("2022.0", Shape.NUMBER, 2022),
        (" 7200000 ", Shape.NUMBER, 7_200_000),
        ("61", Shape.DECIMAL, 61.0),
        ("TRUE", Shape.YES_NO, True),
        ("No ", Shape.YES_NO, False),
        ("usda;gsa ; ", Shape.CODES, ["usda", "gsa"]),
        ("one\n\n two ", Shape.TEXTS, ["one", "two"]),
        ('"so" they say', Shape.TEXT, '"so" they say'),
    ],
)
def test_what_people_write_is_read(cell: str, shape: Shape, value: Any) -> None:
    assert from_cell(cell, Looks(shape)) == value


def test_a_choice_is_read_in_any_case() -> None:
    looks = Looks(Shape.CHOICE, ("fund_allocation", "budget_request"))
    assert from_cell("Budget_Request", looks) == "budget_request"


@pytest.mark.parametrize(
    ("cell", "shape", "words"),
    [
        ("7,200,000", Shape.NUMBER, "write 7200000, without commas"),
        ("a few", Shape.NUMBER, "'a few' is not a whole number"),
        ("1.5", Shape.NUMBER, "not a whole number"),
        ("9" * 30, Shape.NUMBER, "too many digits"),
        ("nan", Shape.DECIMAL, "'nan' is not a number"),
        ("1e999", Shape.DECIMAL, "not a number"),
        ("perhaps", Shape.YES_NO, "write one of: yes, no"),
        ("{", Shape.OTHER, "not JSON"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(cell: str, shape: Shape, words: str) -> None:
    with pytest.raises(CellNotGood, match=words):
        from_cell(cell, Looks(shape))
