"""A sheet as it was found in a file: names of columns, and rows of texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hearback.collect.sheets.problems import Problem, place
from hearback.ui.losses import Loss

ABOUT = "about"
"""Name of the sheet that explains the others; nothing is read from it."""
SAVE_ANEW = "open it in a spreadsheet program and save it anew"


@dataclass(frozen=True)
class GridRow:
    """The cells of one row, each as text, blank where nothing stands; `number` as spreadsheets count."""

    number: int
    cells: Sequence[str]


@dataclass
class Grid:
    """A sheet: where it was found, its columns, rows that are not blank, and what cannot be read.

    `losses` say what is not taken as it stands.
    """

    file: str
    sheet: str
    names: Sequence[str] = ()
    rows: list[GridRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)

    def problem(self, row: int | None, column: str | None, what: str, remedy: str) -> Problem:
        """Say what is wrong on this sheet."""
        return Problem(self.file, self.sheet, row, column, what, remedy)

    def loss(self, row: int | None, column: str | None, what: str, done: str) -> Loss:
        """Say what of this sheet is not taken as it stands."""
        return Loss(place(self.file, self.sheet, row, column), what, done)
