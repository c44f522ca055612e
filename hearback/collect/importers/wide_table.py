"""Read what the two v1 files share: one row per survey, questions side by side as q1_text, q1_1 … q1_5."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from hearback.collect import cells
from hearback.collect.parsed import Counts, Oddity, ParsedQuestion
from hearback.collect.rules import (
    PLACEHOLDER_QUESTION,
    PLACEHOLDERS,
    QUESTIONS,
    STANDARD_QUESTIONS,
    plain,
    question_wording_class,
    scale_class,
)
from hearback.fiscal import parse_quarter

_class_of = lru_cache(maxsize=4096)(question_wording_class)
_scale_of = lru_cache(maxsize=4096)(scale_class)


def question_columns(prefix: str, *, means: bool) -> tuple[str, ...]:
    """Name the columns of all eleven questions."""
    parts = ("text", "1", "2", "3", "4", "5", *(("point_scale",) if means else ()))
    return tuple(f"{prefix}q{number}_{part}" for number in range(1, 12) for part in parts)


@dataclass(frozen=True)
class _Place:
    """Where the columns of one question stand in a row."""

    code: str
    text: int
    text_column: str
    boxes: tuple[int, ...]
    box_columns: tuple[str, ...]
    mean: int | None
    mean_column: str

    def read(self, row: list[str]) -> ParsedQuestion | None:
        """Read one question; None for one of the agency's own that holds nothing at all."""
        counts = cells.counts([row[place] for place in self.boxes], self.box_columns)
        mean = None if self.mean is None else cells.mean(row[self.mean], self.mean_column)
        text = row[self.text]
        if self.code not in STANDARD_QUESTIONS and not any(counts) and mean is None and not text.strip():
            return None
        return question(
            self.code, text, counts, mean, columns=(self.text_column, self.box_columns[0], self.mean_column)
        )


def question_reader(
    prefix: str, where: dict[str, int], *, means: bool
) -> Callable[[list[str]], tuple[ParsedQuestion, ...]]:
    """Give the function that reads the questions of a row.

    The agency's own questions (8 to 11) are left out where they hold nothing at all; the standard seven never
    are, so that a question not asked can be told from one that was lost.
    """
    places = [_place(code, f"{prefix}q{n}", where, means) for n, code in enumerate(QUESTIONS, start=1)]

    def read(row: list[str]) -> tuple[ParsedQuestion, ...]:
        return tuple(found for place in places if (found := place.read(row)) is not None)

    return read


def _place(code: str, stem: str, where: dict[str, int], means: bool) -> _Place:
    text, mean = f"{stem}_text", f"{stem}_point_scale"
    boxes = tuple(f"{stem}_{box}" for box in range(1, 6))
    return _Place(
        code,
        where[text],
        text,
        tuple(where[box] for box in boxes),
        boxes,
        where[mean] if means else None,
        mean,
    )


def question(
    code: str, text: str, counts: Counts, mean: Decimal | None, *, columns: tuple[str, str, str]
) -> ParsedQuestion:
    """Make a question from its words; words that are missing although answers are counted are `unknown`.

    `columns` are those of the words, of the first box and of the mean.
    """
    wording = plain(text)
    kind = _class_of(code, wording)
    if kind == "not_asked" and any(counts):
        kind = "unknown"
    scale = "unknown" if kind in {"not_asked", "unknown"} else _scale_of(wording)
    return ParsedQuestion(code, wording, kind, scale, counts, mean, *columns)


def placeholders(row: list[str], columns: dict[str, int]) -> list[Oddity]:
    """Find cells that still hold the text of the empty form."""
    found = []
    for name, place in columns.items():
        text = plain(row[place]).lower()
        if text and (text in PLACEHOLDERS or PLACEHOLDER_QUESTION.match(text)):
            found.append(
                Oddity("placeholder_text", name, f"{plain(row[place])!r} is the text of the empty form.")
            )
    return found


def swapped(name: str, abbreviation: str) -> bool:
    """Say whether a name and an abbreviation stand in each other's column.

    >>> swapped("DHS", "Department of Homeland Security")
    True
    >>> swapped("Department of Homeland Security", "DHS")
    False
    """
    name, abbreviation = name.strip(), abbreviation.strip()
    return (
        bool(name)
        and " " not in name
        and name.isupper()
        and " " in abbreviation
        and len(abbreviation) > len(name)
    )


def not_swapped(name: str, abbreviation: str, column: str) -> Iterator[Oddity]:
    """Note a name and an abbreviation that stand in each other's column."""
    if swapped(name, abbreviation):
        message = (
            f"{plain(name)!r} is the abbreviation of {plain(abbreviation)!r}; the two columns are swapped."
        )
        yield Oddity("name_and_abbreviation_swapped", column, message)


def early_updates(updated: str, quarter: str, column: str) -> Iterator[Oddity]:
    """Note a row last changed before its quarter was over: fiscal and calendar quarter may be mixed up."""
    day = updated.strip()[:10]
    if len(day) == 10 and day < _first_day_after(quarter):
        message = f"The row was last changed on {day}, before {quarter} was over; is it a fiscal quarter?"
        yield Oddity("updated_before_quarter_ended", column, message)


@lru_cache(maxsize=512)
def _first_day_after(quarter: str) -> str:
    return parse_quarter(quarter).ends_before().isoformat()
