"""What each column of an export holds: the data dictionary that lies beside the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hearback.collect.instruments.definition import CLOSED, Instrument, Question
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.response_files.table import ABOUT, Column, Layout

HEADER = ("column", "versions", "question_version", "type", "words", "values")


@dataclass(frozen=True)
class AskedIn:
    """A version of the form, with the version of each of its questions."""

    number: int
    instrument: Instrument
    question_versions: Mapping[str, int]


def dictionary(layout: Layout, versions: Iterable[AskedIn]) -> list[tuple[str, ...]]:
    """Describe every column, once for each wording that it ever had, the newest first.

    Returns:
        Rows under `HEADER`. `versions` are those of the form that asked so, as 1-3 or 2,4.
    """
    newest_first = sorted(versions, key=lambda one: one.number, reverse=True)
    rows: list[tuple[str, ...]] = []
    for column in layout.columns:
        if column.name in ABOUT:
            rows.append((column.name, "", "", "", ABOUT[column.name], ""))
        else:
            rows += _wordings(column, newest_first)
    return rows


def _wordings(column: Column, versions: Iterable[AskedIn]) -> list[tuple[str, ...]]:
    found: dict[tuple[str, ...], list[int]] = {}
    for version in versions:
        for question in version.instrument.questions:
            if question.code == column.question:
                described = _described(column, question, version)
                found.setdefault(described, []).append(version.number)
    return [(column.name, _ranges(numbers), *described) for described, numbers in found.items()]


def _described(column: Column, question: Question, version: AskedIn) -> tuple[str, ...]:
    first = version.instrument.languages[0]
    words = question.words.get(first, "")
    choices = {choice.code: choice.words.get(first, "") for choice in choices_of(question)}
    if column.choice:
        words, values = f"{words} – {choices.get(column.choice, column.choice)}", "1 = chosen; 0 = not chosen"
    elif column.answer != question.code:
        values = "text"
    elif question.type in CLOSED:
        values = "; ".join(f"{code} = {text}" for code, text in choices.items())
    else:
        values = {"number": "number", "date": "year-month-day"}.get(question.type, "text")
    number = version.question_versions.get(question.code)
    return ("" if number is None else str(number), question.type, words, values)


def _ranges(numbers: Iterable[int]) -> str:
    """Write numbers shortly.

    >>> _ranges([5, 3, 2, 1])
    '1-3, 5'
    """
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(p[0]) if len(p) == 1 else f"{p[0]}-{p[-1]}" for p in parts)
