"""What runs the definition of cells: one module per engine, each with a class that answers one query.

To add an engine, copy the nearest module, name it in `ENGINES`, and add it to the tests of engines.
"""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa


class EngineNotThere(Exception):
    """The engine asked for is not known, or what it needs is not there; the message says what to do."""


class EngineFailed(EngineNotThere):
    """The engine was there and could not answer a query; who called treats it as one that is not there."""


class Engine(Protocol):
    """Runs SQL over Parquet files."""

    name: str

    def query(self, sql: str, files: Mapping[str, Sequence[Path]]) -> pa.Table:
        """Run a query; `files` gives, for every relation it names, the Parquet files that hold it.

        Raises:
            EngineFailed: if it cannot be answered.
        """
        ...

    def close(self) -> None:
        """Let go of what the engine holds."""
        ...


ENGINES: dict[str, str] = {
    "duckdb": "One process on this machine; what is used unless another is configured.",
    "spark": "Apache Spark: a cluster, or this machine alone. Needs the extra `spark` and Java 17 or newer.",
}


def engine_named(name: str, address: str = "") -> Engine:
    """Start an engine.

    Args:
        address: where a cluster is, as spark://host:7077; blank for this machine.

    Raises:
        EngineNotThere: if no engine has that name, what it needs is not installed, or no cluster answers.
    """
    if name not in ENGINES:
        raise EngineNotThere(f"there is no engine {name!r}; use {' or '.join(ENGINES)}")
    module = importlib.import_module(f"{__name__}.{name}_engine")
    engine: Engine = module.start(address)
    return engine
