"""The data files that make the workbook of the plan, in the order of its sheets."""

from collections.abc import Callable, Iterator
from typing import Any

from hearback.collect.sheets.cells import CellNotGood
from hearback.collect.sheets.columns import Book, Root
from hearback.directory.rows import Wanted
from hearback.fiscal import PeriodNotValid
from hearback.plan.dumping import FILES
from hearback.plan.rules import check_date, check_due
from hearback.plan.sheets.words import WORDS
from hearback.plan.wanted import (
    AREAS,
    COMMITMENTS,
    DATES,
    EXPERIENCES,
    FUNDING,
    UPDATES,
    PlanPlace,
    area_rows,
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
}


def check_cell(kind: str, column: str, value: Any) -> None:
    """Check a date.

    Raises:
        CellNotGood: saying how dates are written.
    """
    if column in DATES:
        check = check_due if (kind, column) == ("commitment", "due") else check_date
        try:
            check(value)
        except PeriodNotValid as problem:
            raise CellNotGood(str(problem), "or leave the cell empty where it is not known") from problem


BOOK = Book(
    roots=tuple(Root(file, *FILES[file], PlanPlace, rows) for file, rows in ROWS.items()),
    check_cell=check_cell,
    holds=dict.fromkeys(DATES, "2023, 2023-05, 2023-05-31, FY2023 or FY2023-Q3"),
    words=WORDS,
)
