"""Read the rows of a file as a mapping says. What a cell may hold is worked out once for each column."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from hearback.collect.answers.days import found_day
from hearback.collect.answers.layout import CodedColumn, DateColumn, FixedDay
from hearback.collect.instruments.definition import CLOSED, Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.parsed import FileRefused, RowRefused
from hearback.collect.response_files.mapping import (
    CHOSEN,
    NOT_CHOSEN,
    AnswerColumn,
    MomentColumn,
    TextColumn,
    When,
)
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.reading import (
    IMPORTED,
    Given,
    Reader,
    Row,
    checked_year,
    in_zone,
    read_at,
)
from hearback.collect.response_files.seventeen import CellRefused, CellsRefused
from hearback.collect.response_files.spreadsheets import guarded, unguarded
from hearback.collect.response_files.table import LITERAL, NOT_SHOWN
from hearback.collect.response_files.tables import Table

NOON = time(12)
REMEMBERED = 4_096
NO_CODE = "holds what the mapping has no code for"
NO_OWN_CODE = "holds no code of the form; export the file with codes, not with words"
HIDDEN = object()
"""What a cell means that tells of a question which was never shown."""

Meanings = dict[str, object]
Take = Callable[[str, dict[str, Any], set[str]], None]
"""Takes a cell into the answers, or its question into those that were never asked."""


@dataclass(frozen=True)
class Own:
    """How the cells of our own exports differ: what was never shown is said in words."""

    is_own: bool
    is_guarded: bool

    @property
    def no_code(self) -> str:
        """Say what is wrong with a cell that stands for no choice."""
        return NO_OWN_CODE if self.is_own else NO_CODE

    def plain(self, cell: str) -> str:
        """Give a text without the apostrophe that keeps spreadsheets from running it."""
        return unguarded(cell) if self.is_own and self.is_guarded else cell

    def written(self, cell: str) -> str:
        """Give what a person wrote, without that which tells it from a question never shown, too."""
        text = self.plain(cell)
        return text[1:] if self.is_own and text.startswith("'") and LITERAL.match(text) else text


def mapped_reader(
    table: Table,
    mapping: FileMapping,
    forms: Mapping[int, Instrument],
    given: Given,
    *,
    is_own: bool = False,
) -> Reader:
    """Give what reads the rows of a table; the mapping must fit the table and the form.

    Args:
        is_own: the file is an export of ours.

    Raises:
        FileRefused: if nothing says when the responses were given.
    """
    if mapping.received is None and given.at is None:
        raise FileRefused("Nothing says when people answered; name the quarter, or map a column.", row=1)
    places = {name: at for at, name in enumerate(table.names)}
    own = Own(is_own, table.is_guarded)
    takes = {number: _takers(mapping, form, places, own) for number, form in forms.items()}
    about = _About(mapping, places, given, own)
    left_out = [(places[name], frozenset(cells)) for name, cells in mapping.leave_out_rows.items()]

    def read(line: int, cells: Sequence[str]) -> Row | None:
        for place, values in left_out:
            if cells[place].strip() in values:
                return None
        row = about.row(line, cells)
        refused = []
        for place, take in takes.get(row.version, ()):
            try:
                take(cells[place], row.answers, row.not_asked)
            except CellRefused as problem:
                refused.append(problem)
        if refused:
            raise CellsRefused(refused)
        return row

    version = mapping.version.column if isinstance(mapping.version, TextColumn) else "version"
    key = mapping.key.column if mapping.key else "key"
    columns = {one.question: one.column for one in reversed(mapping.answers)} | {"key": key}
    return Reader(read, key, version, columns)


class _About:
    """Reads what a row says beside its answers."""

    def __init__(self, mapping: FileMapping, places: Mapping[str, int], given: Given, own: Own) -> None:
        self._key, self._version, self._given = mapping.key, mapping.version, given
        self._places, self._own = places, own
        self._when = None if mapping.received is None else reader_of_when(mapping, given.start_month)
        received = mapping.received
        self._at = -1 if received is None or isinstance(received, FixedDay) else places[received.column]
        self._language = self._coded(mapping.language or given.language)
        self._channel = self._coded(mapping.channel or IMPORTED)
        self._place, self._campaign = self._text(mapping.place), self._text(mapping.campaign)

    def row(self, line: int, cells: Sequence[str]) -> Row:
        """Give all but the answers."""
        at = self._given.at if self._when is None else self._when(cells[self._at] if self._at >= 0 else "")
        assert at is not None  # noqa: S101 - one of both says when
        return Row(
            key=self._name(line, cells),
            at=at,
            answers={},
            language=self._language(cells),
            version=self._version_of(cells),
            channel=self._channel(cells),
            place=self._place(cells),
            campaign=self._campaign(cells),
        )

    def _name(self, line: int, cells: Sequence[str]) -> str:
        if self._key is None:
            return f"{self._given.sha256[:16]}-{line}"
        found = self._own.plain(cells[self._places[self._key.column]]).strip()
        return f"{self._key.prefix}{found}" if found else ""

    def _version_of(self, cells: Sequence[str]) -> int:
        if not isinstance(self._version, TextColumn):
            return self._version or self._given.newest
        text = cells[self._places[self._version.column]].strip()
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1

    def _coded(self, part: str | CodedColumn) -> Callable[[Sequence[str]], str]:
        if isinstance(part, str):
            return lambda cells: part
        place, codes = self._places[part.column], part.codes

        def read(cells: Sequence[str]) -> str:
            try:
                return codes[cells[place].strip()]
            except KeyError:
                raise CellRefused(part.column, NO_CODE) from None

        return read

    def _text(self, part: str | TextColumn) -> Callable[[Sequence[str]], str]:
        if isinstance(part, str):
            return lambda cells: part
        place = self._places[part.column]
        return lambda cells: self._own.plain(cells[place])


def reader_of_when(mapping: FileMapping, start_month: int) -> Callable[[str], datetime]:
    """Give what reads the moment of a response. A day without an hour counts as its noon."""
    when = mapping.received
    assert when is not None  # noqa: S101 - asked only where it is there
    zone: tzinfo | None = ZoneInfo(mapping.zone) if mapping.zone else None
    if isinstance(when, FixedDay):
        fixed = datetime.combine(when.day, NOON, zone or UTC)
        return lambda cell: fixed

    @lru_cache(maxsize=REMEMBERED)
    def read(cell: str) -> datetime:
        text = cell.strip()
        if isinstance(when, MomentColumn):
            return _moment(text, when, zone)
        return checked_year(datetime.combine(_day(text, when, start_month), NOON, zone or UTC), when.column)

    return read


def _moment(text: str, when: MomentColumn, zone: tzinfo | None) -> datetime:
    if not when.pattern:
        return read_at(text, when.column, zone)
    try:
        found = datetime.strptime(text, when.pattern)  # noqa: DTZ007 - its zone comes below
    except ValueError as problem:
        raise CellRefused(when.column, f"holds no moment written as {when.pattern}") from problem
    aware = found if found.tzinfo else in_zone(found, zone or UTC, when.column)
    return checked_year(aware, when.column)


def _day(text: str, when: When, start_month: int) -> date:
    assert not isinstance(when, MomentColumn | FixedDay)  # noqa: S101 - they have no day of their own
    try:
        return found_day(text, when, start_month)
    except RowRefused as problem:
        raise CellRefused(when.column, "holds no day as the mapping says it is written") from problem


def _takers(
    mapping: FileMapping, form: Instrument, places: Mapping[str, int], own: Own
) -> list[tuple[int, Take]]:
    """Give what takes the cells of a row that answers one version, each with the place of its column."""
    asked = {one.code: one for one in form.questions}
    fixed: list[tuple[int, Take]] = [
        (0, _constant(code, [value] if asked[code].type == "multiple" else value))
        for code, value in mapping.constants.items()
        if code in asked
    ]
    return [
        *fixed,
        *((places[one.column], taker(one, asked.get(one.question), own)) for one in mapping.answers),
    ]


def _constant(question: str, value: str | list[str]) -> Take:
    def take(cell: str, answers: dict[str, Any], not_asked: set[str]) -> None:
        answers[question] = list(value) if isinstance(value, list) else value

    return take


def taker(part: AnswerColumn, asked: Question | None, own: Own) -> Take:
    """Give what takes the cells of one column.

    Args:
        asked: the question as one version asks it; None for one that it does not ask, and for the text beside
            a choice.
    """
    if part.choice:
        return _flag(part, own)
    if asked is not None and asked.type in CLOSED:
        codes = part.codes or {choice.code: choice.code for choice in choices_of(asked)}
        meanings = _meanings(part, dict(codes), own)
        return (_several if asked.type == "multiple" else _one)(part, meanings, own.no_code)
    return _written(part, own, is_day=asked is not None and asked.type == "date")


def _meanings(part: AnswerColumn, codes: Meanings, own: Own) -> Meanings:
    found: Meanings = {"": None, **codes}
    if own.is_own:
        found |= {guarded(code): meaning for code, meaning in codes.items()} if own.is_guarded else {}
        found.setdefault(NOT_SHOWN, HIDDEN)
    return {**found, **dict.fromkeys(part.no_answer), **dict.fromkeys(part.not_asked, HIDDEN)}


def _looked_up(cell: str, meanings: Meanings, column: str, no_code: str) -> object:
    try:
        return meanings[cell] if cell in meanings else meanings[cell.strip()]
    except KeyError:
        raise CellRefused(column, no_code) from None


def _one(part: AnswerColumn, meanings: Meanings, no_code: str) -> Take:
    question, other = part.question, part.other

    def take(cell: str, answers: dict[str, Any], not_asked: set[str]) -> None:
        if other and cell not in meanings and cell.strip() not in meanings:
            answers[question], answers[text_code(question)] = other, cell
            return
        meaning = _looked_up(cell, meanings, part.column, no_code)
        if meaning is HIDDEN:
            not_asked.add(question)
        elif meaning is not None:
            answers[question] = meaning

    return take


def _several(part: AnswerColumn, meanings: Meanings, no_code: str) -> Take:
    question, other = part.question, part.other

    def take(cell: str, answers: dict[str, Any], not_asked: set[str]) -> None:
        if meanings.get(cell) is HIDDEN:
            not_asked.add(question)
            return
        chosen: list[object] = []
        texts = []
        for piece in cell.split(part.separator) if part.separator else [cell]:
            text = piece.strip()
            if text in meanings:
                chosen += [] if meanings[text] in (None, HIDDEN) else [meanings[text]]
            elif other:
                texts.append(text)
            else:
                raise CellRefused(part.column, no_code)
        if texts:
            chosen += [] if other in chosen else [other]
            answers[text_code(question)] = f"{part.separator} ".join(texts)
        if chosen:
            answers[question] = chosen

    return take


def _flag(part: AnswerColumn, own: Own) -> Take:
    question, choice = part.question, part.choice
    meanings = _meanings(part, dict(part.codes) or {"1": CHOSEN, "0": NOT_CHOSEN}, own)

    def take(cell: str, answers: dict[str, Any], not_asked: set[str]) -> None:
        meaning = _looked_up(cell, meanings, part.column, own.no_code)
        if meaning is HIDDEN:
            not_asked.add(question)
        elif meaning == CHOSEN:
            answers.setdefault(question, []).append(choice)

    return take


def _written(part: AnswerColumn, own: Own, *, is_day: bool) -> Take:
    question = part.question
    hidden_question = question.removesuffix(".text")
    meanings = _meanings(part, dict(part.codes), own)
    day = DateColumn(column=part.column, pattern=part.pattern) if is_day and part.pattern else None

    def take(cell: str, answers: dict[str, Any], not_asked: set[str]) -> None:
        if cell in meanings:
            meaning = meanings[cell]
            if meaning is HIDDEN:
                not_asked.add(hidden_question)
            elif meaning is not None:
                answers[question] = meaning
        elif day is not None:
            answers[question] = _day(cell.strip(), day, 1).isoformat()
        else:
            answers[question] = own.written(cell)

    return take
