"""Propose a mapping for a file, from its header and cells. What is not certain is left to the person."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from hearback.collect.answers.layout import CodedColumn
from hearback.collect.instruments.definition import CLOSED, Instrument, Question
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.moments import read_moment
from hearback.collect.response_files.known_files import OF_TOUCHPOINTS
from hearback.collect.response_files.mapping import FORMAT, AnswerColumn, KeyColumn, MomentColumn, TextColumn
from hearback.collect.response_files.mapping import Mapping as FileMapping
from hearback.collect.response_files.quoting import quoted, quoter
from hearback.collect.response_files.tables import Table
from hearback.collect.response_files.words import Meant, Names, plain

MOST_VALUES = 200
"""So many different cells of a column are counted; a column with more holds texts, or numbers."""

SAMPLED = 1_000
KEYS = ("uuid", "key", "external_id", "response id", "responseid", "respondent id", "respnum", "id")
MOMENTS = (
    "created at", "received_at", "received at", "submitted at", "timestamp", "end date", "date", "start date",
    "completion time", "recorded date",
)  # fmt: skip
PLACES = ("location code", "place")
LANGUAGES = ("language", "lang", "user language")
DAYS = ("%m/%d/%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%d")
HOURS = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
PATTERNS = tuple(f"{day}{hour}" for day in DAYS for hour in HOURS)
NOT_TAKEN = {plain(name) for name in OF_TOUCHPOINTS if name not in {"UUID", "ID", "Created At"}}
"""What other programs write beside answers, and of which some is personal data."""


@dataclass
class Profile:
    """What stands in a column: how many cells are filled, the values if they are few, and the first."""

    name: str
    n_filled: int = 0
    values: Counter[str] = field(default_factory=Counter)
    first: list[str] = field(default_factory=list)
    repeats: bool = False

    def add(self, cell: str) -> None:
        """Count a cell."""
        text = cell.strip()
        if not text:
            return
        self.n_filled += 1
        if len(self.first) < SAMPLED:
            self.first.append(text)
        if text in self.values:
            self.values[text] += 1
            self.repeats = True
        elif len(self.values) <= MOST_VALUES:
            self.values[text] = 1

    @property
    def has_few_values(self) -> bool:
        """Say whether all its cells are counted."""
        return len(self.values) <= MOST_VALUES


@dataclass(frozen=True)
class Proposal:
    """A mapping that may lack something, and what a person has to say before the file can be imported.

    `skeleton` shows how that is written: a line for each thing, in the place of which a person writes theirs.
    """

    mapping: FileMapping
    open_questions: tuple[str, ...]
    skeleton: tuple[str, ...]


def profiles(table: Table) -> tuple[int, list[Profile]]:
    """Read all of a table; give the number of rows, and what stands in each column."""
    found = [Profile(name) for name in table.names]
    n = 0
    for record in table.rows:
        n += 1
        for one, cell in zip(found, record.cells, strict=False):
            one.add(cell)
    return n, found


def proposal(columns: list[Profile], forms: Mapping[int, Instrument], zone: str) -> Proposal:
    """Propose a mapping for the columns of a file.

    Args:
        forms: what each published version asks.
        zone: of the installation, for moments without one.
    """
    names = Names(forms)
    quote = quoter(forms)
    notes: list[str] = []
    answers: dict[tuple[str, str], AnswerColumn] = {}
    left = []
    for one in columns:
        meant = names.find(one.name)
        if meant is None or (meant.code, meant.choice) in answers:
            left.append(one)
        else:
            answers[meant.code, meant.choice] = _column(one, meant, names, notes, quote)
    about = _about(left, forms, notes, quote)
    taken = {part.column for part in about.values() if not isinstance(part, str)}
    if "received" not in about:
        notes.append("received: no column could be read as the time of an answer; name one, or the quarter")
    left_out = [one.name for one in left if one.name not in taken and plain(one.name) in NOT_TAKEN]
    silent = [one.name for one in left if one.name not in taken and plain(one.name) not in NOT_TAKEN]
    if silent:
        notes.append(
            f"columns of which nothing is said; map them or name them under left_out: {quoted(silent, quote)}"
        )
    mapping = FileMapping(
        format=FORMAT,
        answers=tuple(answers.values()),
        zone=zone if "received" in about else "",
        left_out=tuple(left_out),
        **about,  # type: ignore[arg-type]
    )
    return Proposal(mapping, tuple(notes), tuple(_skeleton(mapping, silent, names, quote)))


def _skeleton(
    mapping: FileMapping, silent: list[str], names: Names, quote: Callable[[str], str]
) -> Iterator[str]:
    """Show how each thing that is open is written; names of columns as YAML takes them."""
    if mapping.received is None:
        dated = next((name for name in silent if plain(name) in MOMENTS), "COLUMN")
        yield (
            f"received: {{kind: moment, column: {_yaml(quote(dated))}, "
            'pattern: "%m/%d/%Y %H:%M"}   # and zone: America/New_York; or name the quarter with the import'
        )
    if mapping.key is None:
        yield "key: {column: COLUMN}   # left out, rows are named by file and line"
    if silent:
        yield f"QUESTION below is one of: {', '.join(names.asked)}"
    for name in silent:
        column = _yaml(quote(name))
        yield (
            f"- {{column: {column}, question: QUESTION, codes: {{CELL: CODE}}}}   # under answers; "
            f"or left_out: [{column}]"
        )


def _yaml(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)


def _column(
    one: Profile, meant: Meant, names: Names, notes: list[str], quote: Callable[[str], str]
) -> AnswerColumn:
    question = meant.question
    if meant.choice or meant.is_text or question.type not in CLOSED:
        pattern = _pattern(one, ("",)) if question.type == "date" and not meant.is_text else ""
        return AnswerColumn(column=one.name, question=meant.code, choice=meant.choice, pattern=pattern)
    separator = _separator(one, question)
    cells: list[str] = list(one.values)
    if separator:
        cells = list(dict.fromkeys(piece.strip() for cell in cells for piece in cell.split(separator)))
    codes, strange = names.codes(question.code, cells)
    if not one.has_few_values or strange:
        offered = dict.fromkeys(c.code for asked in names.asked[question.code] for c in choices_of(asked))
        notes.append(
            f"{quote(one.name)!r}: {len(strange):,} different cells mean none of the choices, or more than "
            f"one{': ' if strange else ''}{quoted(strange, quote)}; rows with them are rejected, unless "
            f"codes, no_answer or not_asked say what they mean; the codes are {', '.join(offered)}"
        )
    is_plain = all(cell == code for cell, code in codes.items())
    return AnswerColumn(
        column=one.name, question=question.code, codes={} if is_plain else codes, separator=separator
    )


def _separator(one: Profile, question: Question) -> str:
    if question.type != "multiple":
        return ""
    return next((sign for sign in (";", "|", ",") if any(sign in cell for cell in one.first)), ",")


def _about(
    left: list[Profile], forms: Mapping[int, Instrument], notes: list[str], quote: Callable[[str], str]
) -> dict[str, KeyColumn | MomentColumn | CodedColumn | TextColumn]:
    found: dict[str, KeyColumn | MomentColumn | CodedColumn | TextColumn] = {}
    for one in _called(left, KEYS):
        if not one.repeats and one.n_filled and "key" not in found:
            found["key"] = KeyColumn(column=one.name)
    for one in _called(left, MOMENTS):
        moment = _moment(one)
        if moment is not None and "received" not in found:
            found["received"] = moment
        elif moment is None and one.n_filled:
            notes.append(
                f"{quote(one.name)!r}: days could be read in more than one way, or in none; give the pattern"
            )
    for one in _called(left, LANGUAGES):
        known = {plain(code): code for form in forms.values() for code in form.languages}
        if one.values and one.has_few_values and all(plain(cell) in known for cell in one.values):
            found["language"] = CodedColumn(
                column=one.name, codes={cell: known[plain(cell)] for cell in one.values}
            )
    for one in _called(left, PLACES):
        found.setdefault("place", TextColumn(column=one.name))
    return found


def _called(columns: list[Profile], names: tuple[str, ...]) -> Iterator[Profile]:
    for name in names:
        yield from (one for one in columns if plain(one.name) == name)


def _moment(one: Profile) -> MomentColumn | None:
    if one.first and all(_reads(cell, read_moment) for cell in one.first):
        return MomentColumn(column=one.name)
    pattern = _pattern(one, HOURS)
    return MomentColumn(column=one.name, pattern=pattern) if pattern else None


def _pattern(one: Profile, hours: tuple[str, ...]) -> str:
    """Give the one pattern by which all cells can be read; nothing where there are none, or several."""
    wanted = [pattern for pattern in PATTERNS if pattern[len("%m/%d/%Y") :] in hours]
    fitting = [
        pattern
        for pattern in wanted
        if one.first and all(_reads(cell, partial(_by, pattern)) for cell in one.first)
    ]
    return fitting[0] if len(fitting) == 1 else ""


def _by(pattern: str, cell: str) -> datetime:
    return datetime.strptime(cell, pattern)  # noqa: DTZ007 - only whether it can be read


def _reads(cell: str, read: Callable[[str], object]) -> bool:
    try:
        read(cell)
    except ValueError:
        return False
    return True
