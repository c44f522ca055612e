"""Small batches for tests of the archive."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from hearback.collect.archive import Archive, Batch, CodeBook, Form, Item

DAY = 18_536
"""1 October 2020, the first day of FY2021-Q1."""
NEXT_QUARTER = DAY + 92
FORM = Form("clinic", "care", "hospital", (Item("trust"), Item("ease")), ("age_band",))


def batch_of(book: CodeBook, trust: Sequence[int], days: Sequence[int] | int = DAY) -> Batch:
    """Make responses to one form: who gave which answer to trust, and 3 to ease, and is young."""
    n = len(trust)
    return Batch(
        np.full(n, days) if isinstance(days, int) else np.array(days),
        np.full(n, book.context(FORM, "phone", "en")),
        {"trust": np.array(trust, dtype=np.int64), "ease": np.full(n, 3)},
        {"age_band": np.full(n, book.level("age_band", "18-34"))},
    )


def archive(at: Archive, trust: Sequence[int], source: str, days: Sequence[int] | int = DAY) -> list[str]:
    """Archive such responses."""
    book = at.codes()
    return at.append(batch_of(book, trust, days), book, source)


def table(at: Archive, quarter: str) -> pa.Table:
    """Read all responses of a quarter."""
    return pa.concat_tables(pq.read_table(at.path(quarter, file)) for file in at.files(quarter))


def trusts(at: Archive, quarter: str) -> list[int]:
    """Give the answers to trust of a quarter, sorted."""
    found = [pq.read_table(at.path(quarter, file))["q_trust"].to_pylist() for file in at.files(quarter)]
    return sorted(answer for answers in found for answer in answers)


def sources(at: Archive) -> set[str]:
    """Give the hashes of everything that was archived."""
    return {file.source for files in at.listed().values() for file in files}


def files_on_disk(root: Path) -> set[Path]:
    """Name every Parquet file that is there, whole or half."""
    return {file for file in root.rglob("*") if ".parquet" in file.name}


def files_that_count(at: Archive) -> set[Path]:
    """Name every file that the archive lists."""
    return {at.path(quarter, file) for quarter in at.quarters() for file in at.files(quarter)}
