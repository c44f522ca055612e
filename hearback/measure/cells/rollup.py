"""Bringing the cells in line with the archive, at the cost of what is new."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hearback.collect.archive import Archive, ArchivedFile, CodeBook
from hearback.collect.archive.arrays import Integers, arrow_flags, numpy_array
from hearback.collect.archive.batch import group_column, question_column
from hearback.measure.cells.definition import (
    CELLS,
    DEFINITION_VERSION,
    Grouping,
    Question,
    added_sql,
    cells_sql,
)
from hearback.measure.cells.engines import Engine, EngineFailed
from hearback.measure.cells.store import CellStore, QuarterCells

WHOLE, ADDED, KEPT, DROPPED = "counted", "added", "kept", "dropped"


@dataclass(frozen=True)
class RolledUp:
    """How one quarter went: counted as a whole, added to, kept as it was, or dropped."""

    quarter: str
    how: str
    n_new_responses: int
    n_responses: int
    n_cells: int


def roll_up(
    archive: Archive,
    store: CellStore,
    engine: Engine,
    told: Callable[[Iterable[str]], Iterable[str]] = lambda quarters: quarters,
) -> list[RolledUp]:
    """Count what the archive holds and the cells do not, quarter by quarter.

    A quarter that only grew is added to; one from which something was deleted or replaced is counted anew, as
    is one that another version of the definition counted, or whose cells are damaged. Stopped half-way, the
    next call goes on. Meanwhile nothing can be archived.

    Args:
        told: wraps the quarters as they are worked through, to show progress.

    Raises:
        CodeNotValid, ArchiveNotValid: if the archive cannot be read.
        EngineFailed: if the engine cannot count it.
    """
    with store.alone() as working, archive.held_still():
        work = _Work(archive, archive.codes(), store, engine, working)
        listed = archive.listed()
        quarters = sorted({*listed, *store.quarters()})
        done = [_roll_up_quarter(quarter, listed.get(quarter, ()), work) for quarter in told(quarters)]
        store.sweep()
    return done


def stale_cells(archive: Archive, store: CellStore) -> list[str]:
    """Name the quarters whose cells are not what the archive holds."""
    listed = archive.listed()
    quarters = sorted({*listed, *store.quarters()})
    return [quarter for quarter in quarters if _is_stale(listed.get(quarter, ()), quarter, store)]


def _is_stale(files: Sequence[ArchivedFile], quarter: str, store: CellStore) -> bool:
    return _not_counted(files, store.sound_record(quarter)) != [] if files else True


@dataclass(frozen=True)
class _Work:
    archive: Archive
    book: CodeBook
    store: CellStore
    engine: Engine
    folder: Path


def _roll_up_quarter(quarter: str, files: Sequence[ArchivedFile], work: _Work) -> RolledUp:
    if not files:
        work.store.drop(quarter)
        return RolledUp(quarter, DROPPED, 0, 0, 0)
    held = work.store.sound_record(quarter)
    new = _not_counted(files, held)
    if held is not None and not new:
        return RolledUp(quarter, KEPT, 0, held.n_responses, held.n_cells)
    cells = _count(quarter, new, work)
    n_new = _n_responses(new)
    how = WHOLE
    if held is not None and len(new) < len(files):
        how = ADDED
        cells = add_cells(work.store.path(held), cells, work.engine, work.folder)
    counted = [file.sha256 for file in files]
    record = work.store.put(quarter, DEFINITION_VERSION, counted, _n_responses(files), cells)
    return RolledUp(quarter, how, n_new, record.n_responses, record.n_cells)


def _count(quarter: str, files: Sequence[ArchivedFile], work: _Work) -> pa.Table:
    """Count files of the archive; where an engine fails because one is damaged, say which."""
    paths = [work.archive.path(quarter, file) for file in files]
    try:
        return count_files(paths, files, work.book, work.engine)
    except EngineFailed:
        work.archive.verify_files(quarter, files)
        raise


def _not_counted(files: Sequence[ArchivedFile], held: QuarterCells | None) -> list[ArchivedFile]:
    """Name the files to count: all of them where the cells that are held cannot be added to."""
    counted = set() if held is None or held.definition != DEFINITION_VERSION else set(held.counted)
    if not counted <= {file.sha256 for file in files}:
        return list(files)
    return [file for file in files if file.sha256 not in counted]


def _n_responses(files: Sequence[ArchivedFile]) -> int:
    return sum(file.n_responses for file in files)


def count_files(
    paths: Sequence[Path], files: Sequence[ArchivedFile], book: CodeBook, engine: Engine
) -> pa.Table:
    """Count some archived files into cells; only what the form of a context asks is counted for it."""
    columns = {column for file in files for column in file.columns}
    questions = [
        Question(code, question_column(name))
        for code, name in enumerate(book.questions())
        if question_column(name) in columns
    ]
    groupings = [Grouping(0, None, 1)] + [
        Grouping(number, group_column(name), len(levels) + 1)
        for number, (name, levels) in enumerate(book.groups.items(), start=1)
        if group_column(name) in columns
    ]
    weighted = "weight" in columns
    sql = cells_sql(groupings, questions, len(book.contexts), weighted=weighted)
    cells = _as_asked(engine.query(sql, {"answers": paths}).cast(CELLS), book)
    return _without_other_weights(cells, book) if weighted else cells


def add_cells(held: Path, new: pa.Table, engine: Engine, folder: Path) -> pa.Table:
    """Add new cells to stored ones.

    Args:
        folder: for a file with the new cells, where the engine can read it.
    """
    file = folder / "new.parquet"
    pq.write_table(new, file)
    return engine.query(added_sql(), {"cells": [held, file]})


def _as_asked(cells: pa.Table, book: CodeBook) -> pa.Table:
    """Leave out cells of questions and groups that a form does not ask: a file may hold several forms."""
    questions = {name: code for code, name in enumerate(book.questions())}
    groups = {name: code for code, name in enumerate(book.groups, start=1)}
    asks = np.zeros((len(book.forms), len(questions)), dtype=bool)
    divides = np.zeros((len(book.forms), len(groups) + 1), dtype=bool)
    divides[:, 0] = True
    for code, form in enumerate(book.forms):
        asks[code, [questions[item.question] for item in form.items]] = True
        divides[code, [groups[name] for name in form.groups]] = True
    form_of = _forms_of(cells, book)
    kept = asks[form_of, numpy_array(cells["question"])] & divides[form_of, numpy_array(cells["dimension"])]
    return cells if kept.all() else cells.filter(arrow_flags(kept))


def _without_other_weights(cells: pa.Table, book: CodeBook) -> pa.Table:
    """Leave out the weights of forms that are not weighted: a batch has weights for all or for none."""
    weighted = np.array([form.weighted for form in book.forms])[_forms_of(cells, book)]
    for name in ("weight", "weight_squared"):
        none = pa.nulls(cells.num_rows, cells[name].type)
        weights = pc.if_else(arrow_flags(weighted), cells[name], none)
        cells = cells.set_column(cells.schema.get_field_index(name), name, weights)
    return cells


def _forms_of(cells: pa.Table, book: CodeBook) -> Integers:
    forms = np.array([form for form, _, _ in book.contexts])
    of_cells: Integers = forms[numpy_array(cells["context"])]
    return of_cells
