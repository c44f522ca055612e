"""Scores of groups as a table: there are too many of them for rows of a database, and they are read in bulk.

A quarter's table is one Parquet file named by its hash. The database names the file that counts
(`models.GroupScores`), so that scores of everybody and of groups change together or not at all.
"""

import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hearback.collect.archive.writing import replace_file
from hearback.measure.facts import ScoreFact

GROUP_SCORES = pa.schema([
    ("measure", pa.string()), ("level", pa.string()), ("subject", pa.string()), ("quarter", pa.string()),
    ("pool", pa.string()), ("dimension", pa.string()), ("group", pa.string()), ("value", pa.float64()),
    ("low", pa.float64()), ("high", pa.float64()), ("se", pa.float64()), ("df", pa.int64()),
    ("n", pa.int64()), ("n_effective", pa.float64()), ("numerator", pa.int64()),
    ("numerator_name", pa.string()), ("denominator", pa.int64()), ("denominator_name", pa.string()),
    ("n_surveys", pa.int64()), ("method", pa.string()), ("method_version", pa.string()),
    ("flags", pa.list_(pa.string())),
    ("reason", pa.string()), ("inputs_sha256", pa.string()),
])  # fmt: skip


class GroupScoresNotValid(ValueError):
    """The file of a quarter's group scores is missing or is not what the database says; compute again."""


def group_table(columns: Mapping[str, pa.Array], same: Mapping[str, Any]) -> pa.Table:
    """Put columns together; `same` gives those that hold one value in all rows."""
    n_rows = len(columns["value"])
    arrays = [
        columns[field.name].cast(field.type)
        if field.name in columns
        else pa.repeat(pa.scalar(same[field.name], field.type), n_rows)
        for field in GROUP_SCORES
    ]
    return pa.Table.from_arrays(arrays, schema=GROUP_SCORES)


def table_of(facts: Iterable[ScoreFact]) -> pa.Table:
    """Put scores made one by one into a table."""
    rows = [{name: getattr(fact, name) for name in GROUP_SCORES.names} for fact in facts]
    return pa.Table.from_pylist(rows, schema=GROUP_SCORES)


def facts_of(table: pa.Table) -> Iterator[ScoreFact]:
    """Give the rows of a table as scores."""
    for batch in table.to_batches(max_chunksize=10_000):
        for row in batch.to_pylist():
            yield ScoreFact(**{**row, "flags": tuple(row["flags"])})


def written(table: pa.Table) -> bytes:
    """Write a table; equal tables give equal bytes."""
    out = io.BytesIO()
    pq.write_table(table.combine_chunks(), out, compression="zstd", version="2.6")
    return out.getvalue()


@dataclass(frozen=True)
class GroupScoreFiles:
    """The files under one folder, and what is in each of their rows."""

    root: Path
    schema: pa.Schema = GROUP_SCORES

    def path(self, quarter: str, sha256: str) -> Path:
        """Give the place of a quarter's file."""
        return self.root / f"{quarter}-{sha256}.parquet"

    def keep(self, quarter: str, table: pa.Table) -> str:
        """Write a quarter's table; gives the hash that names it. Other files of the quarter stay."""
        data = written(table)
        sha256 = hashlib.sha256(data).hexdigest()
        replace_file(self.path(quarter, sha256), data)
        return sha256

    def is_there(self, quarter: str, sha256: str) -> bool:
        """Say whether the file of a quarter is there as it was written."""
        file = self.path(quarter, sha256)
        return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256

    def drop_others(self, quarter: str, sha256: str | None) -> None:
        """Delete the files of a quarter but the one that counts."""
        for file in self.root.glob(f"{quarter}-*.parquet"):
            if sha256 is None or file != self.path(quarter, sha256):
                file.unlink(missing_ok=True)

    def read(self, quarter: str, sha256: str, wanted: Mapping[str, str]) -> pa.Table:
        """Read the rows of a quarter whose fields are as wanted.

        Raises:
            GroupScoresNotValid: if the file is missing or cannot be read.
        """
        condition = None
        for name, value in wanted.items():
            one = pc.field(name) == value
            condition = one if condition is None else condition & one
        if not self.is_there(quarter, sha256):
            raise GroupScoresNotValid(
                f"the file {self.path(quarter, sha256)} is missing or was changed; compute {quarter} again"
            )
        try:
            return pq.read_table(self.path(quarter, sha256), schema=self.schema, filters=condition)
        except (OSError, pa.ArrowException) as problem:
            raise GroupScoresNotValid(
                f"the group scores of {quarter} cannot be read: {problem}; compute the quarter again"
            ) from problem
