"""What is wrong in a workbook or a folder of CSVs, all of it at once."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import Any

from hearback.directory.files import FileNotGood

MOST = 50
"""So many problems are told; who has more has another thing to correct first."""


def place(file: str, sheet: str | None, row: int | None, column: str | None) -> str:
    """Name a place in a workbook or in CSVs.

    >>> place("a.xlsx", "steps", 3, "minutes"), place("a.xlsx", "", None, None)
    ("a.xlsx: sheet steps, row 3, column 'minutes'", 'a.xlsx')
    """
    found = (("sheet", sheet), ("row", row), ("column", column and f"'{column}'"))
    return ": ".join(
        part for part in (file, ", ".join(f"{what} {one}" for what, one in found if one)) if part
    )


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: where, what, and what to do. Rows are counted as spreadsheets do, header 1."""

    file: str
    sheet: str | None
    row: int | None
    column: str | None
    problem: str
    remedy: str

    @property
    def words(self) -> str:
        """Say it in one line."""
        what = "; ".join(part.rstrip(".") for part in (self.problem, self.remedy) if part)
        return f"{place(self.file, self.sheet, self.row, self.column)}: {what}."


class SheetsNotGood(FileNotGood):
    """Sheets cannot be loaded: `problems` says why, at most `MOST`; `n_all` counts all that were seen."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        found = list(dict.fromkeys(problems))
        self.problems: Sequence[Problem] = found[:MOST]
        self.n_all = len(found)
        more = [f"{self.n_all - MOST} more were found; correct these first."] if self.n_all > MOST else []
        super().__init__("\n".join([*(problem.words for problem in self.problems), *more]))

    def payload(self) -> dict[str, Any]:
        """Give the problems for scripts."""
        return {"n_problems": self.n_all, "problems": [asdict(problem) for problem in self.problems]}


def or_nearest(name: str, known: Iterable[str], otherwise: str) -> str:
    """Suggest the name that was meant, or else what to do.

    >>> or_nearest("tilte", ["title", "status"], "remove it"), or_nearest("x", ["title"], "remove it")
    ("did you mean 'title'? Otherwise remove it", 'remove it')
    >>> or_nearest("due date", ["title", "due"], "remove it")
    "did you mean 'due'? Otherwise remove it"
    """
    names = list(known)
    words = set(name.lower().replace("_", " ").split())
    near = get_close_matches(name, names, n=1) or [one for one in names if one in words]
    return f"did you mean '{near[0]}'? Otherwise {otherwise}" if near else otherwise
