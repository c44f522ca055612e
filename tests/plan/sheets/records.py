"""Records of any kind, made up by Hypothesis from what the records say of themselves."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import strategies as st

from hearback.collect.sheets.cells import Shape
from hearback.collect.sheets.columns import KEY, Book, Column, Sheet
from hearback.measure.rules import MEASURES
from hearback.plan.wanted import DATES

KEYS = st.from_regex(r"[a-z0-9][a-z0-9.-]{0,10}", fullmatch=True)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=12) | st.text(
    "=+-@'\"\\\n\t\r; ax_0041", min_size=1, max_size=12
)
PERIODS = st.sampled_from(["2023", "2023-05", "2023-05-31", "FY2023", "FY2024-Q1"])
NUMBERS = st.integers(1, 999) | st.integers(1900, 2100) | st.integers(0, 10**15)
VALUES: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: TEXTS,
    Shape.TEXTS: st.lists(TEXTS, max_size=3),
    Shape.CODE: KEYS,
    Shape.CODES: st.lists(KEYS, max_size=3),
    Shape.NUMBER: NUMBERS,
    Shape.DECIMAL: st.floats(-1e9, 1e9, allow_nan=False),
    Shape.YES_NO: st.booleans(),
    Shape.OTHER: st.none(),
}


def fits(column: Column) -> Callable[[Any], bool]:
    """Say of values whether a column may hold them."""

    def say(value: Any) -> bool:
        try:
            msgspec.convert(value, column.type)
        except msgspec.ValidationError:
            return False
        return True

    return say


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values of a column."""
    if column.name in DATES:
        found = PERIODS
    elif column.name == "measure_key":
        found = st.sampled_from(sorted(MEASURES))
    elif column.looks.shape is Shape.CHOICE:
        found = st.sampled_from(column.looks.choices)
    else:
        found = VALUES[column.looks.shape]
    return (found | st.none() if fits(column)(None) else found).filter(fits(column))


@st.composite
def records_for(draw: st.DrawFn, book: Book) -> dict[str, list[Any]]:
    """All that can stand in a workbook: records of each data file; every key is there once."""
    n = 0

    def record(sheet: Sheet) -> dict[str, Any]:
        nonlocal n
        n += 1
        made = {column.name: draw(values(column)) for column in sheet.columns}
        if sheet.has_key:
            made[KEY] = f"k{n}"
        for child, home in book.belonging_to(sheet):
            made[home.field] = [record(child) for _ in range(draw(st.integers(0, 2)))]
        return made

    return {
        sheet.file: msgspec.convert(
            [record(sheet) for _ in range(draw(st.integers(0, 2)))],
            list[sheet.record],  # type: ignore[name-defined]
        )
        for sheet in book.sheets.values()
        if sheet.file is not None
    }
