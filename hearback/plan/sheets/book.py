"""The data files that make the workbook of the plan, in the order of its sheets; journeys come along."""

from collections.abc import Callable, Iterator
from typing import Any

from hearback.collect.sheets.cells import CellNotGood
from hearback.collect.sheets.columns import Book, Root
from hearback.directory.rows import Wanted
from hearback.fiscal import PeriodNotValid
from hearback.learn.sheets.book import BOOK as JOURNEYS
from hearback.plan.dumping import FILES
from hearback.plan.sheets.words import WORDS
from hearback.plan.wanted import (
    ACTION_PLANS,
    AREAS,
    CAPACITY_AREAS,
    CHARGES,
    COMMITMENTS,
    DATES,
    EXPERIENCES,
    FUNDING,
    UPDATES,
    PlanPlace,
    action_plan_rows,
    area_rows,
    capacity_area_rows,
    charge_rows,
    check_written,
    commitment_rows,
    experience_rows,
    funding_rows,
    update_rows,
)

ROWS: dict[str, Callable[..., Iterator[Wanted]]] = {
    AREAS: area_rows,
    EXPERIENCES: experience_rows,
    COMMITMENTS: commitment_rows,
    FUNDING: funding_rows,
    UPDATES: update_rows,
    CHARGES: charge_rows,
    CAPACITY_AREAS: capacity_area_rows,
    ACTION_PLANS: action_plan_rows,
}


OF_JOURNEYS = {sheet.kind for sheet in JOURNEYS.sheets.values()}
"""Kinds of rows that learn loads."""


def check_cell(kind: str, column: str, value: Any) -> None:
    """Check a date, or what learn checks of journeys.

    Raises:
        CellNotGood: saying how it is written.
    """
    if kind in OF_JOURNEYS:
        JOURNEYS.check_cell(kind, column, value)
    elif column in DATES:
        try:
            check_written(kind, column, value)
        except PeriodNotValid as problem:
            raise CellNotGood(str(problem), "or leave the cell empty where it is not known") from problem


BOOK = Book(
    roots=(*(Root(file, *FILES[file], PlanPlace, rows) for file, rows in ROWS.items()), *JOURNEYS.roots),
    check_cell=check_cell,
    holds=dict.fromkeys(DATES, "2023, 2023-05, 2023-05-31, FY2023 or FY2023-Q3"),
    words={**JOURNEYS.words, **WORDS},
)
