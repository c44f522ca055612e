"""Cells become numbers, or the row is refused with its column, what is wrong and what to do."""

from datetime import date
from typing import Any

import pytest

from hearback.collect.answers.days import day_reader
from hearback.collect.answers.layout import decode_layout
from hearback.collect.answers.layout_rules import EPOCH, check_layout
from hearback.collect.answers.rows import RowReader, find_columns, read_weight, row_reader
from hearback.collect.parsed import FileRefused, RowRefused
from tests.collect.answers.small import HEADER, layout, row


def reader(**changed: Any) -> RowReader:
    found = decode_layout(layout(**changed))
    days = day_reader(found.day, check_layout(found, "layout.json", 10), 10)
    return row_reader(found, find_columns(found, HEADER), days)


def numbers(cells: tuple[str, ...], **changed: Any) -> dict[str, int]:
    found = reader(**changed)
    return dict(zip(found.names, found.read(cells), strict=True))


def day(text: str) -> int:
    return (date.fromisoformat(text) - EPOCH).days


def test_a_row_becomes_numbers() -> None:
    assert numbers(row()) == {
        "day": day("2021-01-05"), "channel": 1, "language": 1, "g_age_band": 1, "q_trust": 5, "q_solved": 2,
        "weight": 1_500_000_000,
    }  # fmt: skip
    assert reader().words == {
        "channel": ("unknown", "in_person", "paper"), "language": ("unknown", "english", "spanish"),
    }  # fmt: skip


def test_no_answer_not_asked_and_not_known_are_told_apart() -> None:
    found = numbers(row(q1="6", q2="", age="9", how=""))
    assert (found["q_trust"], found["q_solved"], found["g_age_band"], found["channel"]) == (-1, 0, 0, 0)


def test_white_space_around_a_cell_means_nothing() -> None:
    assert numbers(row(q1=" 5 ", w=" 1.5\t")) == numbers(row())


def test_two_codes_may_stand_for_one_level() -> None:
    groups = {"age_band": {"column": "age", "codes": {"1": "adult", "2": "adult"}}}
    assert numbers(row(age="2"), groups=groups)["g_age_band"] == 1


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (
            {"q1": "7"},
            "q1",
            "'7' is no code of question trust; the layout knows '1', '2', '3', '4', '5', '', '0'",
        ),
        ({"q1": "5.0"}, "q1", "Correct the cell, or say in the layout what the code means."),
        ({"q2": "0"}, "q2", "'0' is no code of question solved"),
        ({"age": "3"}, "age", "'3' is no code of group age_band"),
        ({"tongue": ""}, "tongue", "A blank is no code of the language"),
        ({"how": "3" * 100}, "how", "and more is no code of the channel"),
        ({"when": "2021-01-32"}, "when", "'2021-01-32' is not a day written as %Y-%m-%d"),
        ({"when": "2021-02-01"}, "when", "is 2021-02-01, which is not in the period of the layout, 2021-01"),
        ({"w": ""}, "w", "There is no weight."),
        ({"w": "-0.5"}, "w", "'-0.5' is negative."),
        ({"w": "heavy"}, "w", "'heavy' is no number."),
        ({"w": "nan"}, "w", "'nan' is no number."),
        ({"w": "inf"}, "w", "'inf' is no number."),
        ({"w": "0,85"}, "w", "Write a weight as 0.85, without commas or signs."),
        ({"w": "1e7"}, "w", "is larger than 1,000,000."),
        ({"w": "1e-10"}, "w", "is less than a billionth."),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_the_row(cells: dict[str, str], column: str, words: str) -> None:
    with pytest.raises(RowRefused) as caught:
        reader().read(row(**cells))
    assert caught.value.column == column
    assert words in caught.value.message


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("1", 10**9),
        (".5", 5 * 10**8),
        ("2.", 2 * 10**9),
        ("1.6329600946", 1_632_960_095),
        ("1e-3", 10**6),
    ],
)
def test_weights_are_whole_billionths(text: str, weight: int) -> None:
    assert read_weight(text) == weight


@pytest.mark.parametrize("month", ["2021-01", "2021-02"])
def test_the_number_of_a_day_is_placed_in_its_month(month: str) -> None:
    named = {"kind": "day_of_month", "column": "when", "month": month}
    read = reader(day=named, period="2021").read
    assert read(row(when="9"))[0] == day(f"{month}-09")
    for cell in ("0", "32", "", "x", "9" * 5000, "٩"):
        with pytest.raises(RowRefused, match=f"no day of {month}"):
            read(row(when=cell))
    if month == "2021-02":
        with pytest.raises(RowRefused, match="its days are 1 to 28"):
            read(row(when="29"))


def test_a_quarter_stands_for_its_first_day() -> None:
    read = reader(day={"kind": "quarter", "column": "when"}, period="FY2021").read
    assert read(row(when="FY2021-Q2"))[0] == day("2021-01-01")
    with pytest.raises(RowRefused, match="'Q2' is no fiscal quarter; write it as FY2017-Q3"):
        read(row(when="Q2"))


def test_a_fixed_day_is_that_of_every_row() -> None:
    fixed = {"kind": "fixed", "day": "2021-01-15", "because": "Only the month is known."}
    assert numbers(row(when="whenever"), day=fixed)["day"] == day("2021-01-15")


def test_columns_are_found_by_name_in_any_order() -> None:
    found = decode_layout(layout())
    assert find_columns(found, [" w ", "other", *HEADER[:-1]])["w"] == 0
    with pytest.raises(FileRefused, match=r"looks for the column 'w' \(weight\), and the header has none"):
        find_columns(found, HEADER[:-1])
    with pytest.raises(FileRefused, match=r"the nearest is '\*W'"):
        find_columns(found, [*HEADER[:-1], "*W"])
    with pytest.raises(FileRefused, match="The column 'w' stands in the header twice"):
        find_columns(found, [*HEADER, "w"])
