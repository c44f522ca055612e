r"""One cell of a sheet: from a value to what stands there, and back to exactly that value.

- A key or a text stands as it is. Blanks around a cell mean nothing; a text that has some of its own, or that
  stands in quotation marks already, is put in quotation marks.
- Keys and choices of a list are joined by `; `.
- Texts of a list stand on lines of their own. A line that ends with a backslash goes on in the next one;
  where a line of a text ends with backslashes, they are doubled.
- Yes or no, numbers as numbers, and anything else as JSON. An empty cell is null.
- An apostrophe keeps a spreadsheet from running a text that looks like a formula.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from hearback.collect.response_files.spreadsheets import guarded, unguarded

Cell = str | int | float | None
WHOLE = re.compile(r"[+-]?[0-9]+(?:\.0*)?", re.ASCII)
GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?", re.ASCII)
DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?", re.ASCII)
MOST_DIGITS, LONGEST_SHOWN = 18, 60
YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Shape(Enum):
    """What a cell looks like."""

    TEXT = "a text"
    CODE = "a key"
    TEXTS = "texts, each on a line of its own"
    CODES = "keys, with ; between"
    NUMBER = "a whole number"
    DECIMAL = "a number"
    YES_NO = "yes or no"
    CHOICE = "one of the choices"
    OTHER = "JSON"


class CellNotGood(Exception):
    """A cell holds what does not belong there: what is wrong, and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True)
class Looks:
    """The shape of the cells of a column, and the words among which a choice is made."""

    shape: Shape
    choices: tuple[str, ...] = ()


def as_cell(value: Any, looks: Looks) -> Cell:
    """Write a value, harmless in a spreadsheet; null and an empty list are an empty cell."""
    if value is None or value == []:
        return None
    match looks.shape:
        case Shape.NUMBER | Shape.DECIMAL:
            number: int | float = value
            return number
        case Shape.YES_NO:
            return "yes" if value else "no"
        case Shape.TEXTS:
            return guarded("\n".join(_continued(quoted(text)) for text in value))
        case Shape.CODES:
            return guarded("; ".join(str(code) for code in value))
        case Shape.OTHER:
            return guarded(json.dumps(value, ensure_ascii=False))
    return guarded(quoted(str(value)))


def from_cell(cell: str, looks: Looks) -> Any:
    """Read what stands in a cell; blank is None.

    Raises:
        CellNotGood: if it is no number, no choice, neither yes nor no.
    """
    text = unguarded(cell.strip())
    if not text:
        return None
    return _READERS[looks.shape](text, looks)


def lost(cell: str, value: Any, looks: Looks) -> str | None:
    """Say what of a cell is not in the value that was read from it; null where nothing.

    >>> lost(" two ", "two", Looks(Shape.TEXT)), lost('" two "', " two ", Looks(Shape.TEXT))
    ('it has blanks or blank lines that mean nothing', None)
    """
    if looks.shape is Shape.DECIMAL and Decimal(unguarded(cell.strip())) != Decimal(repr(value)):
        return "it has more digits than a number keeps"
    if looks.shape in {Shape.TEXT, Shape.TEXTS} and _n_blanks(cell) > _n_blanks(str(as_cell(value, looks))):
        return "it has blanks or blank lines that mean nothing"
    return None


def _n_blanks(text: str) -> int:
    return sum(map(str.isspace, text))


def _needs_quotes(text: str) -> bool:
    return text != text.strip() or _is_quoted(text)


def _is_quoted(text: str) -> bool:
    return len(text) > 1 and text.startswith('"') and text.endswith('"')


def quoted(text: str) -> str:
    """Put a text in quotation marks where blanks around it would be lost, or it looks as if that was done.

    >>> quoted("plain"), quoted(" blank "), quoted('"so"'), quoted('he said "so"')
    ('plain', '" blank "', '""so""', 'he said "so"')
    """
    return f'"{text}"' if _needs_quotes(text) else text


def unquoted(text: str) -> str:
    """Take the quotation marks off again, where `quoted` put them.

    >>> unquoted('" blank "'), unquoted('""so""'), unquoted('"so"')
    (' blank ', '"so"', '"so"')
    """
    return text[1:-1] if _is_quoted(text) and _needs_quotes(text[1:-1]) else text


def _n_backslashes(line: str) -> int:
    return len(line) - len(line.rstrip("\\"))


def _continued(text: str) -> str:
    return "\\\n".join(line + "\\" * _n_backslashes(line) for line in text.split("\n"))


def texts_of(cell: str) -> list[str]:
    r"""Read the texts of a list, one on a line; blank lines are passed over.

    >>> texts_of("one\n\n two \nthree\\\ngoes on")
    ['one', 'two', 'three\ngoes on']
    """
    found, lines = [], []
    for written in cell.split("\n"):
        line = written.rstrip()
        n = _n_backslashes(line)
        lines.append(line[: len(line) - n] + "\\" * (n // 2))
        if n % 2 == 0:
            found.append("\n".join(lines))
            lines = []
    found.append("\n".join(lines))
    return [unquoted(text.strip()) for text in found if text.strip()]


def shown(text: str) -> str:
    """Show what stands in a cell, not too long of it."""
    return repr(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…")


def _whole(text: str) -> int:
    if WHOLE.fullmatch(text):
        digits, _, _ = text.partition(".")
        if len(digits) > MOST_DIGITS:
            raise CellNotGood(f"{shown(text)} has too many digits", "correct the number")
        return int(digits)
    raise CellNotGood(f"{shown(text)} is not a whole number", _number_remedy(text, "1774363"))


def _decimal(text: str) -> float:
    if DECIMAL.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    raise CellNotGood(f"{shown(text)} is not a number", _number_remedy(text, "61.5"))


def _number_remedy(text: str, example: str) -> str:
    if GROUPED.fullmatch(text):
        return f"write {text.replace(',', '')}, without commas"
    return f"write digits only, as {example}, or leave the cell empty where it is not known"


def _one_of(text: str, taken: Sequence[str], told: Sequence[str]) -> str:
    """Find a choice in any case, the one that is written just so before others."""
    found = sorted((one for one in taken if one.casefold() == text.casefold()), key=lambda one: one != text)
    if not found:
        raise CellNotGood(f"{shown(text)} is no choice", f"write one of: {', '.join(told)}")
    return found[0]


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as problem:
        raise CellNotGood(f"{shown(text)} is not JSON", "correct it, or leave the cell empty") from problem


_READERS: dict[Shape, Callable[[str, Looks], Any]] = {
    Shape.TEXT: lambda text, _: unquoted(text),
    Shape.TEXTS: lambda text, _: texts_of(text),
    Shape.CODE: lambda text, _: text,
    Shape.CODES: lambda text, _: [code.strip() for code in re.split(r"[;\n]", text) if code.strip()],
    Shape.NUMBER: lambda text, _: _whole(text),
    Shape.DECIMAL: lambda text, _: _decimal(text),
    Shape.YES_NO: lambda text, _: YES_NO[_one_of(text, tuple(YES_NO), ("yes", "no"))],
    Shape.CHOICE: lambda text, looks: _one_of(text, looks.choices, looks.choices),
    Shape.OTHER: lambda text, _: _from_json(text),
}
