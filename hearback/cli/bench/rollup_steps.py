"""The steps of `hearback bench rollup`, each run in a process of its own."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hearback.cli.bench.memory import own_peak
from hearback.collect.archive import Archive
from hearback.collect.archive.batch import question_column
from hearback.collect.archive.files import ROWS_PER_GROUP
from hearback.measure.cells import CellStore, engine_named, roll_up
from hearback.measure.cells.definition import Question, scan_sql

if TYPE_CHECKING:
    from pandas import DataFrame

Result = dict[str, Any]
PANDAS_PART = 10


def generate(folder: Path, rows: int, n_groups: int) -> Result:
    """Make the archive."""
    from hearback.cli.bench.made_up_answers import write_answers

    write_answers(folder / "answers", rows, n_groups)
    n_bytes = sum(file.stat().st_size for file in (folder / "answers").rglob("*.parquet"))
    return {"n_rows": rows, "bytes": n_bytes}


def rollup(folder: Path) -> Result:
    """Count all of it into cells, as the program does."""
    done = _roll_up(folder)
    return {"n_rows": sum(one.n_responses for one in done), "n_cells": sum(one.n_cells for one in done)}


def nothing_new(folder: Path) -> Result:
    """Roll up again where nothing is new."""
    return {"kept": sum(one.how == "kept" for one in _roll_up(folder))}


def add_day(folder: Path, rows: int) -> Result:
    """Archive one more day and count it."""
    from hearback.cli.bench.made_up_answers import one_day

    archive = Archive(folder / "answers")
    batch, book = one_day(archive, rows)
    began = _cpu()
    archive.append(batch, book, "one day")
    n_new = sum(one.n_new_responses for one in _roll_up(folder))
    return {"n_rows": n_new, "cpu_s": _cpu() - began}


def scan(folder: Path) -> Result:
    """Read the columns that cells are made of and do nothing else, by the same engine."""
    archive, engine = Archive(folder / "answers"), engine_named("duckdb")
    n = 0
    for files in _files_by_quarter(archive):
        n += engine.query(scan_sql(_questions(archive)), {"answers": files})["n"][0].as_py()
    return {"n_rows": n}


def plain_plan(folder: Path) -> Result:
    """Count with one grouping per question: the fastest plan of a published comparison of engines."""
    archive, engine = Archive(folder / "answers"), engine_named("duckdb")
    found: list[pa.Table] = []
    for files in _files_by_quarter(archive):
        parts = [
            f"SELECT context, {q.code} AS question, {q.column} AS answer, COUNT(*) AS n FROM answers "  # noqa: S608
            f"GROUP BY context, {q.column}"
            for q in _questions(archive)
        ]
        found.append(engine.query(" UNION ALL ".join(parts), {"answers": files}))
    return {"n_rows": _n_rows(archive), "tables": found}


def kernel(folder: Path) -> Result:
    """Count decoded arrays in one fused, compiled loop: the most a machine can do. Decoding is not timed."""
    from hearback.cli.bench.kernel import count_all

    archive = Archive(folder / "answers")
    book = archive.codes()
    codes = [question_column(name) for name in book.questions()]
    seconds, found = count_all(_files_by_quarter(archive), codes, len(book.contexts))
    return {"n_rows": _n_rows(archive), "tables": found, "cpu_s": seconds}


def pandas(folder: Path) -> Result:
    """Count a tenth of the responses with pandas: read those of a quarter, then one grouping per question."""
    import pandas as pd

    began = _cpu()
    archive = Archive(folder / "answers")
    columns = ["context", *(question_column(name) for name in archive.codes().questions())]
    wanted, n, n_cells = max(1, _n_rows(archive) // PANDAS_PART), 0, 0
    for files in _files_by_quarter(archive):
        if n >= wanted:
            break
        frame = pd.concat(list(_read_with_pandas(files, columns, wanted - n)))
        n += len(frame)
        n_cells += sum(len(frame.groupby(["context", column]).size()) for column in columns[1:])
    return {"n_rows": n, "n_cells_of_part": n_cells, "cpu_s": _cpu() - began}


def _read_with_pandas(files: list[Path], columns: list[str], wanted: int) -> "Iterator[DataFrame]":
    """Read so many rows of some files, and no more."""
    for file in files:
        if not wanted:
            return
        for batch in pq.ParquetFile(file).iter_batches(min(wanted, ROWS_PER_GROUP), columns=columns):
            part = batch.slice(0, wanted)
            wanted -= part.num_rows
            yield part.to_pandas()
            if not wanted:
                return


def _roll_up(folder: Path) -> Any:
    return roll_up(Archive(folder / "answers"), CellStore(folder / "cells"), engine_named("duckdb"))


def _files_by_quarter(archive: Archive) -> Iterator[list[Path]]:
    for quarter in archive.quarters():
        yield [archive.path(quarter, file) for file in archive.files(quarter)]


def _questions(archive: Archive) -> list[Question]:
    return [Question(code, question_column(name)) for code, name in enumerate(archive.codes().questions())]


def _n_rows(archive: Archive) -> int:
    return sum(file.n_responses for quarter in archive.quarters() for file in archive.files(quarter))


def _summed(tables: list[pa.Table]) -> Result:
    """Sum up counts, and counts times where they belong, so that two ways of counting can be compared.

    `n_answers` includes those who gave none: every response counts once for each question.
    """
    n_cells = n_answers = checksum = 0
    for table in tables:
        n = table["n"].cast(pa.int64())
        answer = pc.add(table["answer"].cast(pa.int64()), 1)
        place = pc.add(pc.multiply(table["context"].cast(pa.int64()), 8), table["question"].cast(pa.int64()))
        n_cells += table.num_rows
        n_answers += pc.sum(n).as_py() or 0
        checksum += pc.sum(pc.multiply(n, pc.add(pc.multiply(place, 8), answer))).as_py() or 0
    return {"n_cells_of_everybody": n_cells, "n_answers": n_answers, "checksum": checksum}


def _stored(folder: Path) -> list[pa.Table]:
    """Give the stored cells of everybody, one quarter at a time."""
    store = CellStore(folder / "cells")
    tables = (pq.read_table(store.path(r)) for q in store.quarters() if (r := store.record(q)))
    return [table.filter(pc.equal(table["dimension"], 0)) for table in tables]


STEPS: dict[str, Callable[..., Result]] = {
    step.__name__: step for step in (generate, rollup, nothing_new, add_day, scan, plain_plan, kernel, pandas)
}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main(step: str, folder: str, *numbers: str) -> None:
    """Run one step and print what it took as JSON."""
    cpu, began = _cpu(), time.monotonic()
    result = STEPS[step](Path(folder), *(int(number) for number in numbers))
    measured = {"cpu_s": _cpu() - cpu, "wall_s": time.monotonic() - began, **result}
    measured["peak_mib"] = round(own_peak() / 2**20)
    tables = measured.pop("tables", None) or (_stored(Path(folder)) if step == "rollup" else None)
    if tables is not None:
        measured |= _summed(tables)
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main(*sys.argv[1:])
