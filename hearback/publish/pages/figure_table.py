"""The numbers of a figure as a table on its page: columns that hold something, empty cells with why."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from hearback.measure.rules import FLAGS
from hearback.publish.charts import Figure
from hearback.publish.charts.figure import BETWEEN, Column
from hearback.publish.said import said, told
from hearback.ui.numbers import joined_ends
from hearback.ui.words import REASONS, plain

REASON = "reason"
"""The column that says why a number of its row is missing. Where none is, it is empty for good reason."""
POOL, CAUTIONS = "pool", "flags"
"""The kind of question; cautions about a number, in the codes of the open data."""
OUTSIDE = "outside"
WITHIN = _("no")
INTERVALS = {"low": ("high", _("95 % interval")), "band_low": ("band_high", _("Band"))}
"""Columns that are shown as one with another, and the name of both."""
QUARTER, SURVEY = "quarter", "survey"
"""Rows named by their quarter alone are narrow; others have long names, and are blocks on a phone."""
WHY_EMPTY = {
    "low": _("no interval"), "band_low": _("no band"), "outside": _("no band"), "due": _("no date set"),
    "moved_from": _("was not moved"), "status": _("not published"), "as_of": _("not known"),
    "done": _("no day is known"), "channel": _("not reported"), "project": _("not named"),
    "when": _("not known"),
}  # fmt: skip
NOT_KNOWN = _("not known")
WRITTEN = frozenset({"date", "quarter"})

Held = dict[str, str | None]


@dataclass(frozen=True)
class Heading:
    """The name of a column, and the class that it and its cells have."""

    words: str
    kind: str


@dataclass(frozen=True)
class Cell:
    """A cell as people read it: its words, or None and why; no `why` where nothing is missing.

    Words are fit for a page as they are: what stays in English is marked within them.
    """

    heading: Heading
    words: str | None
    why: str


def table_of(figure: Figure) -> dict[str, Any]:
    """Give headings and rows, whether a phone shows each row as a block, and whether any cell has a dash."""
    names = [column.name for column in figure.columns]
    rows = [dict(zip(names, (words for words, _ in row), strict=True)) for row in figure.cells()]
    ends = {high for high, _ in INTERVALS.values()} | _said_by_title(figure, rows)
    letters = _letters(rows)
    kept = [
        one
        for one in figure.columns
        if one.name not in ends and any(row[one.name] is not None for row in rows)
    ]
    stacked = names[0] != QUARTER or SURVEY in names
    if not stacked:  # numbers come first, so that a phone shows them beside the name of their row
        kept[1:] = sorted(kept[1:], key=lambda one: not one.is_number)
    columns = [(one, _heading(one, stacked)) for one in kept]
    cells = [[_cell(row, one, heading, letters) for one, heading in columns] for row in rows]
    return {
        "headings": [heading for _, heading in columns],
        "stacked": stacked,
        "rows": cells,
        "cautions": [(letter, told(FLAGS.get(code, code))) for code, letter in letters.items()],
        "has_dash": any(cell.words is None and cell.why for row in cells for cell in row[1:]),
    }


def _heading(column: Column, stacked: bool) -> Heading:
    both = INTERVALS.get(column.name)
    words = gettext(both[1]) if both else said(column.heading)
    if column.is_number:
        return Heading(words, "number")
    if column.name == REASON:
        return Heading(words, "medium")
    return Heading(words, "" if stacked or column.name in {QUARTER, CAUTIONS} else "wide")


def _said_by_title(figure: Figure, rows: list[Held]) -> set[str]:
    """Name the column of the kind of question, where all rows are of the one that the title names."""
    kinds = {row.get(POOL) or "" for row in rows}
    return {POOL} if len(kinds) == 1 and "".join(kinds).casefold() in figure.title.casefold() else set()


def _letters(rows: list[Held]) -> dict[str, str]:
    """Give every caution a letter, in the order in which the table names them."""
    codes = dict.fromkeys(code for row in rows for code in _codes(row.get(CAUTIONS)))
    return dict(zip(codes, ascii_lowercase, strict=False))


def _codes(words: str | None) -> list[str]:
    return words.split(BETWEEN) if words else []


def _cell(row: Held, column: Column, heading: Heading, letters: Mapping[str, str]) -> Cell:
    name, words = column.name, row[column.name]
    if name == REASON:
        return Cell(heading, _reason(words), "")
    if name == CAUTIONS:
        return Cell(heading, ", ".join(sorted(letters[code] for code in _codes(words))) or None, "")
    if name == OUTSIDE and words is None and row.get("band_low") is not None:
        return Cell(heading, gettext(WITHIN), "")
    if words is not None and name in INTERVALS:
        return Cell(heading, joined_ends(words, row[INTERVALS[name][0]] or words), "")
    if words is not None:  # dates are written in the language that is spoken already
        return Cell(heading, words if column.kind in WRITTEN else told(words), "")
    why = _reason(row.get(REASON)) if column.is_number else None
    return Cell(heading, None, why or gettext(WHY_EMPTY.get(name, NOT_KNOWN)))


def _reason(words: str | None) -> str | None:
    if words is None:
        return None
    return plain(words, REASONS) if words in REASONS else said(words)
