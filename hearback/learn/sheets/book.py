"""The data file that makes the workbook of journeys, in the order of its sheets."""

from typing import Any

from hearback.collect.sheets.cells import CellNotGood
from hearback.collect.sheets.columns import Book, Root
from hearback.learn.models import Journey
from hearback.learn.records import JourneyRecord
from hearback.learn.sheets.words import WORDS
from hearback.learn.wanted import JOURNEYS, JourneyPlace, journey_rows
from hearback.measure.rules import MEASURES


def check_cell(kind: str, column: str, value: Any) -> None:
    """Check that a measure is one there is.

    Raises:
        CellNotGood: naming those there are.
    """
    if column == "measure_key" and value is not None and value not in MEASURES:
        raise CellNotGood(
            f"there is no measure '{value}'", f"write one of {', '.join(MEASURES)}, or leave the cell empty"
        )


BOOK = Book(
    roots=(Root(JOURNEYS, JourneyRecord, Journey, JourneyPlace, journey_rows),),
    check_cell=check_cell,
    holds={},
    words=WORDS,
)
