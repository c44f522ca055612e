"""Read one cell: a count, a mean, a quarter, a text. Nothing is guessed; what is not plain is refused."""

import re
from collections.abc import Iterable
from decimal import Decimal

from hearback.collect.parsed import Counts, RowRefused
from hearback.collect.rules import plain
from hearback.fiscal import Quarter, QuarterNotValid, parse_quarter

LARGEST = 10**12  # more than a hundred answers from everybody alive; sums of such counts stay exact
_WHOLE = re.compile(r"[0-9]+(?:\.0*)?", re.ASCII)
_MEAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{0,6})?", re.ASCII)
_SHOWN = 60
LONGEST_CHANNEL = 60


def count(cell: str, column: str) -> int | None:
    """Read a count; blank is None. '9707552.0' is a whole number and read as one.

    Raises:
        RowRefused: if it is not a whole number from 0 to LARGEST.
    """
    text = cell.strip()
    if not text:
        return None
    if len(text) <= 12 and text.isascii() and text.isdigit():
        return int(text)
    if _WHOLE.fullmatch(text):
        digits = text.split(".")[0].lstrip("0")
        if len(digits) <= len(str(LARGEST)) and int(digits or "0") <= LARGEST:
            return int(digits or "0")
        raise RowRefused(column, f"{_shown(text)} is too large for a count; at most {LARGEST} can be kept.")
    raise RowRefused(column, _why_not_a_count(text))


def _why_not_a_count(text: str) -> str:
    shown = _shown(text)
    if re.fullmatch(r"-[0-9][0-9,.]*", text):
        return f"{shown} is negative; a count is 0 or more."
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?", text):
        return f"{shown} has commas in it; write {text.replace(',', '')}."
    if re.fullmatch(r"[0-9]*\.[0-9]+", text):
        return f"{shown} is not a whole number; a count has no decimals."
    return f"{shown} is not a number; write a whole number such as 1774363."


def mean(cell: str, column: str) -> Decimal | None:
    """Read a published mean; blank and 'NaN' (what the exporter writes for nobody answered) are None.

    Raises:
        RowRefused: if it is neither, or has more than six decimals.
    """
    text = cell.strip()
    if not text or text.lower() == "nan":
        return None
    if not _MEAN.fullmatch(text):
        raise RowRefused(column, f"{_shown(text)} is not a mean; write a number such as 4.52.")
    return Decimal(text)


def counts(cells: Iterable[str], columns: Iterable[str]) -> Counts:
    """Read the five boxes of one question. All blank is no answers, as the files write 0 for it too.

    Raises:
        RowRefused: if a box is no count, or some are blank and some are not.
    """
    texts, names = list(cells), list(columns)
    if all(len(text) <= 18 and text.isascii() and text.isdigit() for text in texts):
        one, two, three, four, five = map(int, texts)
        return (one, two, three, four, five)
    found = [count(cell, name) for cell, name in zip(texts, names, strict=True)]
    missing = [name for name, number in zip(names, found, strict=True) if number is None]
    if len(missing) == len(found):
        return (0, 0, 0, 0, 0)
    if missing:
        raise RowRefused(
            missing[0], "The cell is blank while other boxes of the question are filled; write 0."
        )
    one, two, three, four, five = (number or 0 for number in found)
    return (one, two, three, four, five)


def year_and_quarter(year: str, number: str, *, year_column: str, quarter_column: str) -> str:
    """Read a fiscal quarter from two cells, as 'FY2021-Q2'.

    Raises:
        RowRefused: if there is no such quarter.
    """
    fiscal_year = count(required(year, year_column), year_column) or 0
    quarter = count(required(number, quarter_column), quarter_column) or 0
    if quarter not in {1, 2, 3, 4}:
        raise RowRefused(quarter_column, f"There is no quarter {quarter}; use 1, 2, 3 or 4.")
    try:
        return str(Quarter(fiscal_year, quarter))
    except QuarterNotValid as problem:
        raise RowRefused(year_column, f"{str(problem)[:1].upper()}{str(problem)[1:]}.") from problem


def quarter_code(cell: str, column: str) -> str:
    """Read a fiscal quarter from one cell, as 'FY2021-Q2'.

    Raises:
        RowRefused: if there is no such quarter.
    """
    try:
        return str(parse_quarter(required(cell, column)))
    except QuarterNotValid as problem:
        raise RowRefused(column, f"{str(problem)[:1].upper()}{str(problem)[1:]}.") from problem


def required(cell: str, column: str) -> str:
    """Read a text that must be there, with white space collapsed.

    Raises:
        RowRefused: if it is blank.
    """
    text = plain(cell)
    if not text:
        raise RowRefused(column, "The cell is blank; without it nobody can say which survey this is.")
    return text


def code(cell: str, column: str) -> str:
    """Read a code; a number written as '21.0' is '21'.

    Raises:
        RowRefused: if it is blank.
    """
    text = required(cell, column)
    return text.split(".")[0] if _WHOLE.fullmatch(text) else text


def channel(cell: str, column: str) -> str | None:
    """Read a channel in the spelling of the list, 'in_person' for 'In person'; blank is None.

    Raises:
        RowRefused: if it is longer than any channel could be.
    """
    text = re.sub(r"[\s\-/]+", "_", cell.strip().lower())
    if len(text) > LONGEST_CHANNEL:
        raise RowRefused(
            column, f"{_shown(text)} is too long for a channel; at most {LONGEST_CHANNEL} characters."
        )
    return text or None


def one_of(cell: str, column: str, allowed: Iterable[str]) -> str:
    """Read one of several words.

    Raises:
        RowRefused: if it is none of them.
    """
    words = tuple(allowed)
    text = cell.strip()
    if text not in words:
        raise RowRefused(
            column, f"{_shown(text)} is not one of {', '.join(word or 'blank' for word in words)}."
        )
    return text


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
