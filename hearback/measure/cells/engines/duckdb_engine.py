"""DuckDB: columns counted in this process, with as many threads as the machine has cores."""

import glob
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from hearback.measure.cells.definition import LARGEST_PASS
from hearback.measure.cells.engines import EngineFailed


class DuckDbEngine:
    """One connection to an empty database in memory; the answers stay where they are."""

    name = "duckdb"

    def __init__(self) -> None:
        spill = Path(tempfile.gettempdir()) / f"hearback-{secrets.token_hex(8)}"  # made only if it is needed
        self._connection = duckdb.connect(config={**SETTINGS, "temp_directory": str(spill)})

    def query(self, sql: str, files: Mapping[str, Sequence[Path]]) -> pa.Table:
        """Run a query over Parquet files.

        Raises:
            EngineFailed: if it cannot be answered.
        """
        try:
            for relation, paths in files.items():
                listed = [glob.escape(str(path)) for path in paths]
                found = self._connection.read_parquet(listed, union_by_name=True, hive_partitioning=False)
                self._connection.register(relation, found)
            return self._connection.sql(sql).to_arrow_table()
        except duckdb.Error as problem:
            raise EngineFailed(f"DuckDB cannot count: {str(problem).splitlines()[0]}") from problem

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "perfect_ht_threshold": LARGEST_PASS.bit_length(),  # tables of counts are arrays up to so many bits
    "preserve_insertion_order": False,
    "autoinstall_known_extensions": False,  # nothing is ever fetched from the network
}


def start(address: str = "") -> DuckDbEngine:
    """Start the engine in this process; it has no address."""
    return DuckDbEngine()
