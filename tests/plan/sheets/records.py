"""Records of any kind, made up by Hypothesis from what the records say of themselves."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
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
PERIODS = ("2023", "2023-05", "2023-05-31", "FY2023", "FY2024-Q1")
VALUES: dict[Shape, st.SearchStrategy[Any]] = {
    Shape.TEXT: st.lists(TEXTS, min_size=9, max_size=9),
    Shape.CODE: st.lists(KEYS, min_size=5, max_size=5),
    Shape.NUMBER: st.tuples(
        *[st.integers(1, 999)] * 3, *[st.integers(1900, 2100)] * 3, *[st.integers(0, 10**15)] * 3
    ),
    Shape.DECIMAL: st.tuples(*[st.floats(0, 1e9)] * 3, *[st.floats(-1e9, 1e9)] * 3),
}
"""Of each shape, as many values as an example has; each cell holds one of them. A value of its own for
each would soon be more than Hypothesis gives an example, and it would try only the smallest."""
SEVERAL = {Shape.TEXTS: Shape.TEXT, Shape.CODES: Shape.CODE}
"""Cells of several values, of the shape of one."""


def fits(column: Column) -> Callable[[Any], bool]:
    """Say of values whether a column may hold them."""

    def say(value: Any) -> bool:
        try:
            msgspec.convert(value, column.type)
        except msgspec.ValidationError:
            return False
        return True

    return say


def _candidates(column: Column, pools: Mapping[Shape, Sequence[Any]], pick: Random) -> Sequence[Any]:
    """Give values that a column may hold, and some that it may not."""
    shape = column.looks.shape
    if shape is Shape.YES_NO:
        return [False, True]
    if column.name in DATES:
        return PERIODS
    if column.name == "measure_key":
        return sorted(MEASURES)
    if shape is Shape.CHOICE:
        return list(column.looks.choices)
    if shape in SEVERAL:
        return [pick.sample(pools[SEVERAL[shape]], size) for size in range(4)]
    return pools.get(shape, [])


@st.composite
def records_for(draw: st.DrawFn, book: Book) -> dict[str, list[Any]]:
    """All that can stand in a workbook: records of each data file; every key is there once."""
    pools: Mapping[Shape, Sequence[Any]] = {shape: draw(some) for shape, some in VALUES.items()}
    pick = draw(st.randoms(use_true_random=True))  # of which an example needs only where it begins
    n = 0

    def record(sheet: Sheet) -> dict[str, Any]:
        nonlocal n
        n += 1
        made = {}
        for column in sheet.columns:
            fitting = list(filter(fits(column), [*_candidates(column, pools, pick), None]))
            assert fitting, f"none of the values fits {column.name}"
            made[column.name] = pick.choice(fitting)
        if sheet.has_key:
            made[KEY] = f"k{n}"
        for child, home in book.belonging_to(sheet):
            made[home.field] = [record(child) for _ in range(pick.randint(0, 2))]
        return made

    return {
        sheet.file: msgspec.convert(
            [record(sheet) for _ in range(pick.randint(0, 3))],
            list[sheet.record],  # type: ignore[name-defined]
        )
        for sheet in book.sheets.values()
        if sheet.file is not None
    }
