"""Parquet files of the big tables."""

import io
import json
from pathlib import Path

import duckdb
import pytest
from pyarrow import parquet

from hearback.publish.formats import TABLES
from hearback.publish.formats.parquet_format import BIG, to_parquet
from hearback.publish.formats.tables import Table
from tests.publish.sound import sound_site


@pytest.mark.parametrize("table", sorted(BIG))
def test_rows_come_back_as_in_the_json_file(files: dict[str, bytes], table: str) -> None:
    rows = parquet.read_table(io.BytesIO(files[f"data/{table}.parquet"])).to_pylist()
    assert rows == json.loads(files[f"data/{table}.json"])["rows"]
    assert rows


@pytest.mark.parametrize("table", [table for table in TABLES if table.name in BIG], ids=lambda one: one.name)
def test_equal_rows_give_equal_bytes(files: dict[str, bytes], table: Table) -> None:
    again = to_parquet(table, list(table.rows(sound_site())))
    assert again == files[f"data/{table.name}.parquet"]


def test_another_program_reads_it(files: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    path.write_bytes(files["data/scores.parquet"])
    counted = duckdb.sql(f"SELECT count(*), sum(n) FROM '{path}' WHERE reason IS NULL").fetchall()
    rows = [one for one in json.loads(files["data/scores.json"])["rows"] if one["reason"] is None]
    assert counted == [(len(rows), sum(one["n"] for one in rows))]
