"""From rows of sheets to the rows that the database should have, by the same way as from data files."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from hearback.collect.sheets.checking import Checked, Row
from hearback.collect.sheets.columns import KEY, Book, Root
from hearback.collect.sheets.problems import MOST, Problem, SheetsNotGood, or_nearest
from hearback.directory.files import FileNotGood, Record
from hearback.directory.rows import Flaw, Wanted
from hearback.ui.losses import Loss

OF_A_ROW = re.compile(r"(\w+) (\S+)\.(\w+)")
STEP = re.compile(r"(\w+)\[([^\]]+)\]")
Rows = Mapping[str, Sequence[Row]]
Spots = Mapping[tuple[type[Record], str], Row]
Known = Mapping[str, Iterable[str]]
"""Keys that may be linked to, by kind."""
Target = Callable[[str, str], str]
"""Gives the kind that a link of a kind of row leads to, by its name."""
Flaws = Callable[[Sequence[Wanted]], Iterable[Flaw]]
"""Finds what is wrong between rows."""


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

    def row(self, kind: str, record: Any, **more: Any) -> Wanted:
        """Give the row of a record, named by the row of the sheet where it stands."""
        at = self.spots.get((type(record), getattr(record, KEY, "")), self.at)
        if at is not self.at:
            there: Wanted = place_of(type(self), at, self.spots).row(kind, record, **more)
            return there
        wanted: Wanted = super().row(kind, record, **more)  # type: ignore[misc]
        return wanted

    def problem(self, field: str, what: str, remedy: str) -> FileNotGood:
        """Say what is wrong, at the row that `strategies[s1].number` or `strategy s1.number` leads to."""
        at, column = self.at, field.rpartition(".")[2]
        if told := OF_A_ROW.fullmatch(field):
            kind, key, column = told.groups()
            at = next((row for row in self.spots.values() if (row.sheet.kind, row.key) == (kind, key)), at)
        for name, key in STEP.findall(field):
            at = next((row for row in self.spots.values() if row.stands_in(name) and row.key == key), at)
        return RowNotGood(at, at.problem(column, what, remedy))


def place_of(kind: type[Any], at: Row, spots: Spots) -> Any:
    """Make the place of a row, of the kind that the stage has for records of its data files."""
    if not issubclass(kind, OnSheet):
        kind = type(kind.__name__, (OnSheet, kind), {})
    place = kind(at.file, at.label)
    place.at, place.spots = at, spots
    return place


def wanted_of(book: Book, found: Checked, known: Known, target: Target, flaws: Flaws = lambda _: ()) -> Found:
    """Give the rows that sheets want.

    Args:
        known: what is in the database.
        flaws: finds what else is wrong between rows.

    Raises:
        SheetsNotGood: with all that is wrong, in sheets, rows and links.
    """
    problems = list(found.problems)
    wanted = _all_wanted(book, found.rows, problems)
    spots = {(row.file, row.label): row for held in found.rows.values() for row in held}
    problems += dead_links(wanted, found.rows, known, target)
    problems += [
        spots[flaw.wanted.file, flaw.wanted.record].problem(flaw.field, flaw.problem, flaw.remedy)
        for flaw in flaws(wanted)
    ]
    if problems:
        raise SheetsNotGood(problems)
    return Found(wanted, found.losses)


def _all_wanted(book: Book, rows: Rows, problems: list[Problem]) -> list[Wanted]:
    """Make rows of all that is good; a row that is refused is told, left out, and the others tried again."""
    left_out: set[Row] = set()
    while len(problems) <= MOST:
        good = {
            name: [row for row in held if row.is_good and row not in left_out] for name, held in rows.items()
        }
        try:
            return list(_wanted(book, good))
        except RowNotGood as problem:
            problems.append(problem.problem)
            left_out.add(problem.row)
    return []


def _wanted(book: Book, rows: Rows) -> Iterator[Wanted]:
    spots = {(row.sheet.record, row.key): row for held in rows.values() for row in held if row.key}
    roots = {root.file: root for root in book.roots}
    for file, found in records_of(book, rows).items():
        for position, (row, record) in enumerate(found, start=1):
            yield from roots[file].rows(place_of(roots[file].place, row, spots), record, position)


def records_of(book: Book, rows: Rows) -> dict[str, list[tuple[Row, Record]]]:
    """Make the records of each data file, with the rows where they stand; what belongs to them is in them."""
    owned = _by_owner(rows)
    sheets = {sheet.file: sheet for sheet in book.sheets.values()}
    return {
        root.file: [(row, _record(book, root, row, owned)) for row in rows.get(sheets[root.file].name, ())]
        for root in book.roots
    }


Owned = Mapping[tuple[str, str, str], Sequence[Row]]


def _by_owner(rows: Rows) -> Owned:
    found: dict[tuple[str, str, str], list[Row]] = {}
    for held in rows.values():
        for row in held:
            if row.home is not None:
                found.setdefault((row.home.sheet, row.home.field, row.owner), []).append(row)
    return found


def _record(book: Book, root: Root, row: Row, owned: Owned) -> Record:
    try:
        return msgspec.convert(_nested(book, row, owned), root.record)
    except msgspec.ValidationError as problem:
        raise RowNotGood(row, row.problem(None, str(problem), "correct it")) from problem


def _nested(book: Book, row: Row, owned: Owned) -> dict[str, Any]:
    """Give a record with all that belongs to it, as a data file has it."""
    held = {
        home.field: [
            _nested(book, inner, owned) for inner in owned.get((row.sheet.name, home.field, row.key), ())
        ]
        for _, home in book.belonging_to(row.sheet)
    }
    return {**row.values, **held}


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
