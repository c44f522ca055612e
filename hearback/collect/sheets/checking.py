"""From sheets as they were found to rows of values: every cell is checked, and all that is wrong is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from hearback.collect.sheets.cells import CellNotGood, from_cell, lost, shown
from hearback.collect.sheets.columns import KEY, Book, Column, Home, Sheet
from hearback.collect.sheets.explaining import EXPLAINED, explanation
from hearback.collect.sheets.grids import ABOUT, Grid, GridRow
from hearback.collect.sheets.problems import Problem, or_nearest
from hearback.directory.decoding import NOT_KEPT, in_words, to_do
from hearback.directory.files import FileNotGood
from hearback.directory.holding import Held
from hearback.directory.nested import value_of
from hearback.ui.losses import Loss, quoted

NO_HEADING = "column "
"""How `named` calls a column without a heading, before its number."""


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a sheet: what its cells say, and the row it belongs to, by its place and key.

    `is_good` is false where something is wrong with it, which has been told. `is_held` is true of a row
    of the database that is not in the sheets: it stands here, as number 0, for what belongs to it.
    """

    file: str
    sheet: Sheet
    number: int
    values: Mapping[str, Any]
    home: Home | None
    owner: str
    is_good: bool
    is_held: bool = False

    @property
    def key(self) -> str:
        """Its key; empty where it has none."""
        return str(self.values.get(KEY) or "") if self.sheet.has_key else ""

    @property
    def label(self) -> str:
        """Name it as messages do."""
        key = f" ({self.key})" if self.key else ""
        row = "" if self.is_held else f", row {self.number}"
        return f"sheet {self.sheet.name}{row}{key}"

    def stands_in(self, field: str) -> bool:
        """Say whether it is one of the records in a field of its owner."""
        return field in {home.field for home in self.sheet.homes}

    def problem(self, column: str | None, what: str, remedy: str) -> Problem:
        """Say what is wrong with it."""
        return Problem(self.file, self.sheet.name, self.number, column, what, remedy)


@dataclass
class Checked:
    """The rows of all sheets, all that is wrong with them, and what of them was not taken as it stands."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def checked(book: Book, grids: Iterable[Grid], held: Held | None = None) -> Checked:
    """Check sheets, their headers and cells, that no key comes twice, and that what rows belong to is there.

    Args:
        held: the database, where what rows belong to may be too.

    Raises:
        FileNotGood: if there is no sheet at all.
    """
    found, empty = Checked(), []
    for grid in grids:
        if plain_name(grid.sheet) == ABOUT:
            found.losses += [*grid.losses, *_added(book, grid)]
            continue
        found.problems += grid.problems
        found.losses += grid.losses
        sheet = _sheet(book, grid, found)
        empty += [] if grid.names else [grid.sheet]
        if sheet is not None and _check_header(grid, sheet, found.problems):
            found.rows[sheet.name] = [_row(book, grid, sheet, row, found) for row in grid.rows]
    if not found.rows and not found.problems and empty:
        raise FileNotGood(f"{', '.join(empty)}: nothing stands there; a header and rows are expected.")
    if not found.rows and not found.problems:
        raise FileNotGood(f"None of the sheets is there that are expected: {', '.join(book.sheets)}.")
    if held is not None:
        _add_held(book, found.rows, held)
    for rows in found.rows.values():
        found.problems += _keys_twice(rows)
        found.problems += _without_owner(rows, found.rows)
    return found


def plain_name(name: str) -> str:
    """Write a heading as it should be.

    >>> plain_name(" Life experience ")
    'life_experience'
    """
    return "_".join(name.lower().split())


def _added(book: Book, grid: Grid) -> list[Loss]:
    """Tell what somebody wrote on the sheet that explains the columns."""
    explained = {text for row in (EXPLAINED, *explanation(book)) for text in row}
    return [
        grid.loss(row.number, None, f"{quoted(cell)} was written there", "nothing is read from this sheet")
        for row in grid.rows
        for cell in row.cells
        if cell.strip() and cell not in explained
    ]


def _sheet(book: Book, grid: Grid, found: Checked) -> Sheet | None:
    name = plain_name(grid.sheet)
    if name in found.rows:
        found.problems.append(grid.problem(None, None, "there is a second sheet of this name", "keep one"))
        return None
    if name not in book.sheets and grid.names:
        remedy = f"remove it, or give it one of the names {', '.join(book.sheets)}"
        found.problems.append(
            grid.problem(None, None, "no kind of record has this name", or_nearest(name, book.sheets, remedy))
        )
    return book.sheets.get(name)


def _check_header(grid: Grid, sheet: Sheet, problems: list[Problem]) -> bool:
    """Check the header; says whether rows can be read under it."""
    if not grid.names:
        return False
    names = [plain_name(name) for name in grid.names]
    known = sheet.header
    for place, name in enumerate(names):
        if name not in known and (problem := _unknown(grid, place, known)):
            problems.append(problem)
    missing = [column.name for column in sheet.columns if column.is_needed and column.name not in names]
    homes = [home.column for home in sheet.homes]
    if homes and not set(homes) & set(names):
        missing.append(" or ".join(homes))
    problems += [
        grid.problem(1, name, "the column is missing", "add it; what stands in it must be known")
        for name in missing
    ]
    return not missing


def _unknown(grid: Grid, place: int, known: Sequence[str]) -> Problem | None:
    name = grid.names[place]
    if name.startswith(NO_HEADING):
        if any(row.cells[place].strip() for row in grid.rows):
            return grid.problem(1, name, "no heading stands over it", "name the column, or empty it")
        return None
    before, _, rest = name.partition(" [")
    if rest and plain_name(before) in known:
        return grid.problem(1, before, "two columns have this name", "keep one of them")
    remedy = f"remove it; the columns are {', '.join(known)}"
    return grid.problem(1, name, "there is no such column", or_nearest(plain_name(name), known, remedy))


def _row(book: Book, grid: Grid, sheet: Sheet, found: GridRow, all_found: Checked) -> Row:
    cells = dict(zip(map(plain_name, grid.names), found.cells, strict=True))
    values, wrong = {}, []
    for column in sheet.columns:
        try:
            value = _value(book, sheet, column, cells.get(column.name, ""))
        except CellNotGood as problem:
            wrong.append(grid.problem(found.number, column.name, problem.problem, problem.remedy))
        else:
            if value is not None or column.is_needed:
                values[column.name] = value
            elif column.name in cells:  # a column that is left out says nothing; this one says none
                values[column.name] = column.empty
            if value is not None and (what := lost(cells[column.name], value, column.looks)):
                all_found.losses.append(
                    grid.loss(found.number, column.name, what, f"taken as {quoted(value)}")
                )
    home, owner, unclear = _owner(sheet, cells)
    if unclear:
        column_name = " or ".join(home.column for home in sheet.homes)
        wrong.append(grid.problem(found.number, column_name, *unclear))
    all_found.problems += wrong
    is_good = not wrong and all(problem.row != found.number for problem in grid.problems)
    return Row(grid.file, sheet, found.number, values, home, owner, is_good)


def _owner(sheet: Sheet, cells: Mapping[str, str]) -> tuple[Home | None, str, tuple[str, str] | None]:
    """Give what a row belongs to, or what is wrong about that."""
    named = [(home, cells[home.column].strip()) for home in sheet.homes if cells.get(home.column, "").strip()]
    if len(named) == 1:
        return named[0][0], named[0][1], None
    if not sheet.homes:
        return None, "", None
    if named:
        return None, "", ("it belongs to two things", "keep one key and empty the other")
    return None, "", ("it belongs to nothing", "write the key of what it belongs to")


def _value(book: Book, sheet: Sheet, column: Column, cell: str) -> Any:
    if found := NOT_KEPT.search(cell):
        raise CellNotGood(f"it holds U+{ord(found[0]):04X}, which is no character", "remove it")
    value = from_cell(cell, column.looks)
    if value is None or value == []:
        if not column.may_be_empty:
            raise CellNotGood("nothing stands here", "write it; this must be known, or leave the row out")
        return None
    try:
        msgspec.convert(value, column.type)
    except msgspec.ValidationError as problem:
        what = f"{shown(cell.strip())} cannot stand here: {in_words(str(problem))}"
        raise CellNotGood(what, to_do(str(problem))) from problem
    book.check_cell(sheet.kind, column.name, value)
    return value


def _keys_twice(rows: Sequence[Row]) -> Iterator[Problem]:
    seen: dict[str, Row] = {}
    for row in rows:
        first = seen.setdefault(row.key, row)
        if row.key and first is not row:
            yield row.problem(
                KEY, f"'{row.key}' stands in row {first.number} too",
                "keep one of them or give the other its own",
            )  # fmt: skip


def _add_held(book: Book, rows: dict[str, list[Row]], held: Held) -> None:
    """Add what rows belong to and what is in the database alone, and what that belongs to in turn."""
    known = {(name, row.key) for name, found in rows.items() for row in found}
    for row in [row for found in rows.values() for row in found]:
        below = row
        while below.home is not None and (below.home.sheet, below.owner) not in known:
            above = book.sheets[below.home.sheet]
            found = None if above.model is None else held.row(above.model, below.owner)
            if found is None:
                break
            below = _held(row.file, above, found)
            rows.setdefault(above.name, []).append(below)
            known.add((above.name, below.key))


def _held(file: str, sheet: Sheet, found: Any) -> Row:
    values = {column.name: value_of(found, column.name) for column in sheet.columns if column.is_needed}
    named = [(home, getattr(found, home.column)) for home in sheet.homes]
    home, owner = next(((home, one.key) for home, one in named if one is not None), (None, ""))
    return Row(file, sheet, 0, values, home, owner, is_good=True, is_held=True)


def _without_owner(rows: Sequence[Row], all_rows: Mapping[str, Sequence[Row]]) -> Iterator[Problem]:
    known = {home: {row.key for row in all_rows.get(home.sheet, ())} for home in _homes(rows)}
    for row in rows:
        if row.home is not None and row.owner not in known[row.home]:
            sheet = row.home.sheet
            remedy = "add it first or correct the key"
            yield row.problem(
                row.home.column,
                f"there is no '{row.owner}' on the sheet {sheet}",
                or_nearest(row.owner, known[row.home], remedy),
            )


def _homes(rows: Sequence[Row]) -> set[Home]:
    return {row.home for row in rows if row.home is not None}
