"""From rows of sheets to the rows that the database should have, by the same way as from data files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import msgspec

from hearback.collect.sheets.checking import Checked, Row
from hearback.collect.sheets.columns import KEY, Book, Root
from hearback.collect.sheets.problems import MOST, Problem, SheetsNotGood, or_nearest
from hearback.directory.decoding import in_words, to_do
from hearback.directory.files import FileNotGood, Record
from hearback.directory.holding import Held, Named
from hearback.directory.rows import Flaw, Wanted
from hearback.ui.losses import Loss

OF_A_ROW = re.compile(r"(?:(\w+) (\S+)\.)?(\w+)(?:\[(\d+)\])?")
LAST = re.compile(r"\.(\w+)\[(\d+)\]$")
STEP = re.compile(r"(\w+)\[([^\]]+)\]")
Rows = Mapping[str, Sequence[Row]]
Owned = Mapping[tuple[str, str, str], Sequence[Row]]
"""The rows that belong to another, by its sheet, the field in which they are, and its key."""
Known = Mapping[str, Iterable[str]]
"""Keys that may be linked to, by kind."""
Target = Callable[[str, str], str]
"""Gives the kind that a link of a kind of row leads to, by its name."""
Flaws = Callable[[Sequence[Wanted]], Iterable[Flaw]]
"""Finds what is wrong between rows."""


@dataclass(frozen=True)
class Spots:
    """Where things stand: rows with a key by kind of record and key, and all by what they belong to."""

    keyed: Mapping[tuple[type[Record], str], Row]
    owned: Owned

    def find(self, kind: str, key: str) -> Row | None:
        """Give the row of a kind and key."""
        rows = self.keyed.values()
        return next((row for row in rows if (row.sheet.kind, row.key) == (kind, key)), None)

    def listed(self, owner: Row, field: str, number: int) -> Row | None:
        """Give the row that is so and so many in a field of another, counted from 1."""
        rows = self.owned.get((owner.sheet.name, field, owner.key), ())
        return rows[number - 1] if 0 < number <= len(rows) else None


@dataclass(frozen=True)
class Found:
    """The rows that a source wants, and what of it was not taken as it stands there."""

    wanted: Sequence[Wanted]
    losses: Sequence[Loss] = ()


class RowNotGood(FileNotGood):
    """Something is wrong with one row."""

    def __init__(self, row: Row, problem: Problem) -> None:
        super().__init__(problem.words)
        self.row, self.problem = row, problem


class OnSheet:
    """Turns the place of a record into that of a row of a sheet, and so for what belongs to it."""

    at: Row
    spots: Spots
    named: Set[Named]

    def row(self, kind: str, record: Any, **more: Any) -> Wanted:
        """Give the row of a record, named by the row of the sheet where it stands."""
        at = self.spots.keyed.get((type(record), getattr(record, KEY, "")), self.at)
        if at is not self.at:
            there: Wanted = place_of(type(self), at, self.spots, self.named).row(kind, record, **more)
            return there
        wanted: Wanted = super().row(kind, record, **more)  # type: ignore[misc]
        return wanted

    def problem(self, field: str, what: str, remedy: str) -> FileNotGood:
        """Say what is wrong, at the row that `strategies[s1].number` or `strategy s1.number` leads to."""
        column: str | None
        at, column = self.at, field.rpartition(".")[2]
        if told := OF_A_ROW.fullmatch(field):
            kind, key, column, number = told.groups()
            at = (self.spots.find(kind, key) if kind else None) or at
            if number and (listed := self.spots.listed(at, column, int(number))):
                at, column = listed, None
        for name, key in STEP.findall(field):
            at = next(
                (row for row in self.spots.keyed.values() if row.stands_in(name) and row.key == key), at
            )
        if (last := LAST.search(field)) and (listed := self.spots.listed(at, last[1], int(last[2]))):
            at, column = listed, None
        return RowNotGood(at, at.problem(column, what, remedy))


def place_of(kind: type[Any], at: Row, spots: Spots, named: Set[Named]) -> Any:
    """Make the place of a row, of the kind that the stage has for records of its data files."""
    if not issubclass(kind, OnSheet):
        kind = type(kind.__name__, (OnSheet, kind), {})
    place = kind(at.file, at.label)
    place.at, place.spots, place.named = at, spots, named
    return place


def wanted_of(
    book: Book, found: Checked, held: Held, known: Known, target: Target, flaws: Flaws = lambda _: ()
) -> Found:
    """Give the rows that sheets want.

    Args:
        held: what the database holds of them.
        known: the keys of all that is in the database.
        flaws: finds what else is wrong between rows.

    Raises:
        SheetsNotGood: with all that is wrong, in sheets, rows and links.
    """
    problems = list(found.problems)
    wanted = _all_wanted(book, found.rows, held, problems)
    spots = {(row.file, row.label): row for held in found.rows.values() for row in held}
    problems += dead_links(wanted, found.rows, known, target)
    problems += [
        spots[flaw.wanted.file, flaw.wanted.record].problem(flaw.field, flaw.problem, flaw.remedy)
        for flaw in flaws(wanted)
    ]
    if problems:
        raise SheetsNotGood(problems)
    return Found(wanted, found.losses)


def _all_wanted(book: Book, rows: Rows, held: Held, problems: list[Problem]) -> list[Wanted]:
    """Make rows of all that is good; a row that is refused is told, left out, and the others tried again."""
    left_out: set[Row] = set()
    while len(problems) <= MOST:
        good = {
            name: [row for row in found if row.is_good and row not in left_out]
            for name, found in rows.items()
        }
        try:
            return list(_wanted(book, good, held))
        except RowNotGood as problem:
            problems.append(problem.problem)
            left_out.add(problem.row)
    return []


def _wanted(book: Book, rows: Rows, held: Held) -> Iterator[Wanted]:
    keyed = {(row.sheet.record, row.key): row for found in rows.values() for row in found if row.key}
    spots = Spots(keyed, _by_owner(rows))
    held.named = _named(book, rows)
    roots = {root.file: root for root in book.roots}
    for file, found in _records(book, rows).items():
        root = roots[file]
        held.place(root.model, [row.key for row, _, _ in found if not row.is_held])
        for position, (row, raw, record) in enumerate(found, start=1):
            place = place_of(root.place, row, spots, held.named)
            yield from held.wanted(root.rows(place, held.filled(record, raw, root.model), position))


def _named(book: Book, rows: Rows) -> set[Named]:
    """Name the rows that sheets are about: their own, and those whose small lists they have."""
    named = {(row.sheet.kind, row.key) for found in rows.values() for row in found if not row.is_held}
    return named | {
        (book.sheets[row.home.sheet].kind, row.owner)
        for found in rows.values()
        for row in found
        if row.home is not None and row.sheet.model is None
    }


def records_of(book: Book, rows: Rows) -> dict[str, list[tuple[Row, Record]]]:
    """Make the records of each data file, with the rows where they stand; what belongs to them is in them."""
    return {file: [(row, record) for row, _, record in found] for file, found in _records(book, rows).items()}


def _records(book: Book, rows: Rows) -> dict[str, list[tuple[Row, dict[str, Any], Any]]]:
    """Make records as `records_of` does, beside what sheets say of them, without what they leave out."""
    owned = _by_owner(rows)
    sheets = {sheet.file: sheet for sheet in book.sheets.values()}
    found = {
        root.file: [(row, _nested(book, row, rows, owned)) for row in rows.get(sheets[root.file].name, ())]
        for root in book.roots
    }
    return {
        root.file: [(row, raw, _record(root, row, raw)) for row, raw in found[root.file]]
        for root in book.roots
    }


def _by_owner(rows: Rows) -> Owned:
    found: dict[tuple[str, str, str], list[Row]] = {}
    for held in rows.values():
        for row in held:
            if row.home is not None:
                found.setdefault((row.home.sheet, row.home.field, row.owner), []).append(row)
    return found


def _record(root: Root, row: Row, raw: dict[str, Any]) -> Record:
    try:
        return msgspec.convert(raw, root.record)
    except msgspec.ValidationError as problem:
        raise RowNotGood(row, row.problem(None, in_words(str(problem)), to_do(str(problem)))) from problem


def _nested(book: Book, row: Row, rows: Rows, owned: Owned) -> dict[str, Any]:
    """Give a record with all that belongs to it, as a data file has it.

    A list whose sheet is not there is left out, and so is one without rows of what is in the database alone.
    """
    inner = {
        home.field: [
            _nested(book, one, rows, owned) for one in owned.get((row.sheet.name, home.field, row.key), ())
        ]
        for sheet, home in book.belonging_to(row.sheet)
        if sheet.name in rows
    }
    return {**row.values, **{name: found for name, found in inner.items() if found or not row.is_held}}


def dead_links(wanted: Sequence[Wanted], rows: Rows, known: Known, target: Target) -> Iterator[Problem]:
    """Tell every link to what is neither in the sheets nor in the database."""
    found = {kind: set(keys) for kind, keys in known.items()}
    for held in rows.values():
        for row in held:
            found.setdefault(row.sheet.kind, set()).add(row.key)
    spots = {(row.file, row.label): row for held in rows.values() for row in held}
    for one in wanted:
        for name, key in _links(one):
            kind = target(one.kind, name)
            if key not in found.get(kind, ()):
                yield spots[one.file, one.record].problem(
                    name,
                    f"there is no {kind.replace('_', ' ')} '{key}'",
                    or_nearest(key, found.get(kind, ()), "add it first or correct the key"),
                )


def _links(one: Wanted) -> Iterator[tuple[str, str]]:
    yield from ((name, key) for name, key in one.links.items() if key is not None)
    yield from ((name, key) for name, keys in one.many.items() for key in keys)
