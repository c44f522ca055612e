"""A cell is read as what it says, or refused with what to write instead."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.collect import cells
from hearback.collect.parsed import RowRefused

BOXES = [f"q1_{box}" for box in range(1, 6)]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0", 0), (" 12 ", 12), ("9707552.0", 9707552), ("7.", 7), ("007", 7), ("", None), ("  ", None)],
)
def test_a_whole_number_is_a_count_and_blank_is_none(cell: str, number: int | None) -> None:
    assert cells.count(cell, "n") == number


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1,774,363", "has commas in it; write 1774363"),
        ("1,234.0", "commas"),
        ("12.5", "not a whole number"),
        (".5", "not a whole number"),
        ("-3", "negative"),
        ("-1,000", "negative"),
        ("1e5", "not a number"),
        ("many", "not a number"),
        ("１２", "not a number"),
        ("NaN", "not a number"),
        (str(10**12 + 1), "too large"),
        ("9" * 5000, "too large"),
        ("9" * 400, "too large"),
    ],
)
def test_what_is_no_count_is_refused_with_what_to_write(cell: str, said: str) -> None:
    with pytest.raises(RowRefused, match=said) as refused:
        cells.count(cell, "n")
    assert refused.value.column == "n"
    assert len(str(refused.value)) < 200


@given(st.integers(0, 10**12))
def test_every_count_that_can_be_kept_is_read(number: int) -> None:
    assert cells.count(str(number), "n") == cells.count(f"{number}.0", "n") == number


@pytest.mark.parametrize(
    ("cell", "mean"),
    [
        ("4.52", Decimal("4.52")),
        ("4", Decimal(4)),
        ("4.123456", Decimal("4.123456")),
        ("", None),
        ("NaN", None),
    ],
)
def test_a_mean_is_read_exactly_and_nan_is_none(cell: str, mean: Decimal | None) -> None:
    assert cells.mean(cell, "m") == mean


@pytest.mark.parametrize("cell", ["4,52", "good", "-1", "4.1234567", "inf", "1e1"])
def test_what_is_no_mean_is_refused(cell: str) -> None:
    with pytest.raises(RowRefused, match="not a mean"):
        cells.mean(cell, "m")


def test_five_blank_boxes_are_no_answers_and_some_blank_are_refused() -> None:
    assert cells.counts([""] * 5, BOXES) == (0, 0, 0, 0, 0)
    assert cells.counts(["1", "2.0", "3", "4", "5"], BOXES) == (1, 2, 3, 4, 5)
    with pytest.raises(RowRefused, match="write 0") as refused:
        cells.counts(["1", "", "3", "4", "5"], BOXES)
    assert refused.value.column == "q1_2"


@pytest.mark.parametrize(
    ("read", "column", "said"),
    [
        (lambda: _quarter("2021", "5"), "q", "no quarter 5"),
        (lambda: _quarter("2021", ""), "q", "blank"),
        (lambda: _quarter("21", "1"), "y", "outside 1990 to 2100"),
        (lambda: _quarter("twenty", "1"), "y", "not a number"),
        (lambda: cells.quarter_code("2021Q1", "f"), "f", "FY2021-Q1"),
        (lambda: cells.quarter_code("FY1800-Q1", "f"), "f", "outside 1990"),
        (lambda: cells.required(" ", "name"), "name", "blank"),
        (lambda: cells.one_of("maybe", "r", ("TRUE", "FALSE")), "r", "TRUE, FALSE"),
        (lambda: cells.channel("x" * 61, "c"), "c", "too long"),
    ],
)
def test_what_does_not_exist_is_refused_with_column_and_remedy(
    read: Callable[[], Any], column: str, said: str
) -> None:
    with pytest.raises(RowRefused, match=said) as refused:
        read()
    assert refused.value.column == column


def _quarter(year: str, number: str) -> str:
    return cells.year_and_quarter(year, number, year_column="y", quarter_column="q")


def test_quarters_channels_and_codes_are_read_in_one_spelling() -> None:
    assert _quarter("2021.0", "2") == cells.quarter_code("FY2021 Q2", "f") == "FY2021-Q2"
    assert cells.channel(" In-Person ", "c") == "in_person"
    assert cells.channel(" ", "c") is None
    assert cells.code("21.0", "p") == "21"
    assert cells.code("va-vha", "p") == "va-vha"
