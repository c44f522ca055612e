"""Both engines count more than a million answers to the same cells, to the last unit and the last byte."""

import importlib.util
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from hearback.measure.cells import (
    CELLS,
    CellStore,
    Engine,
    EngineFailed,
    EngineNotThere,
    engine_named,
    roll_up,
)
from hearback.measure.cells.definition import KEYS
from hearback.measure.cells.engines import spark_engine
from hearback.measure.cells.rollup import add_cells
from hearback.measure.cells.store import in_order
from tests.measure.cells.many import ASKED, archive_many
from tests.measure.cells.processes import left_behind, open_addresses, processes_marked, running_with_mark

QUARTER = "FY2021-Q1"
N_RESPONSES = 210_000
FOR_FEW_DATA = {
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
}
"""What Spark prepares for much data takes longer than counting little."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    """Spark on this machine, in one session for the whole module."""
    try:
        spark_engine.check_installed()
    except EngineNotThere as problem:
        pytest.skip(f"{problem}; tools/install_test_tools.sh installs Java")
    engine = spark_engine.start(settings=FOR_FEW_DATA)
    yield engine
    engine.close()


@pytest.fixture
def duckdb() -> Iterator[Engine]:
    """DuckDB in this process."""
    engine = engine_named("duckdb")
    yield engine
    engine.close()


def test_both_engines_count_a_million_answers_to_the_same_bytes(
    spark: Engine, duckdb: Engine, tmp_path: Path
) -> None:
    archive = archive_many(tmp_path / "answers", N_RESPONSES, seed=7)
    stores = {engine.name: CellStore(tmp_path / engine.name) for engine in (duckdb, spark)}
    for engine in (duckdb, spark):
        roll_up(archive, stores[engine.name], engine)
    cells = stores["duckdb"].cells(QUARTER)
    assert cells.equals(stores["spark"].cells(QUARTER))
    assert stores["duckdb"].record(QUARTER) == stores["spark"].record(QUARTER)

    everybody = cells.filter(pc.equal(cells["dimension"], 0))
    assert pc.sum(everybody.filter(pc.greater(everybody["answer"], 0))["n"]).as_py() >= 1_000_000
    assert set(everybody["answer"].to_pylist()) == {-1, 0, 1, 2, 3, 4, 5}
    assert set(everybody["question"].to_pylist()) == set(range(len(ASKED)))
    assert set(cells["dimension"].to_pylist()) == {0, 1, 2}
    assert 0 < cells["weight_squared"].null_count < cells.num_rows


def _cells(folder: Path, name: str, seed: int) -> Path:
    """Write 300 random cells; weights need all digits that there are, and a third of the cells have none."""
    rng = np.random.default_rng(seed)
    keys = {key: rng.integers(0, 4, 300) for key in KEYS}
    columns = {name: pa.array(column) for name, column in keys.items()}
    columns["n"] = pa.array(rng.integers(1, 2**50, 300))
    for weight, unit in (("weight", 10**20), ("weight_squared", 10**29)):
        whole = [None if code % 3 == 0 else int(code) * unit + 1 for code in rng.integers(0, 10**6, 300)]
        columns[weight] = pa.array(whole, CELLS.field(weight).type)
    once = pa.table(columns).cast(CELLS).group_by(list(KEYS), use_threads=False).aggregate(
        [(value, "min") for value in ("n", "weight", "weight_squared")]
    ).rename_columns(CELLS.names).cast(CELLS)  # fmt: skip
    pq.write_table(once, folder / name)
    return folder / name


def test_both_engines_add_cells_alike(spark: Engine, duckdb: Engine, tmp_path: Path) -> None:
    held, new = _cells(tmp_path, "held.parquet", 1), _cells(tmp_path, "more.parquet", 2)
    added = [in_order(add_cells(held, pq.read_table(new), engine, tmp_path)) for engine in (duckdb, spark)]
    assert added[0].cast(CELLS).equals(added[1].cast(CELLS))
    by_hand: dict[tuple[int, ...], list[int | None]] = {}
    for cell in (*pq.read_table(held).to_pylist(), *pq.read_table(new).to_pylist()):
        sums = by_hand.setdefault(tuple(cell[key] for key in KEYS), [0, None, None])
        for place, value in enumerate(("n", "weight", "weight_squared")):
            if cell[value] is not None:
                sums[place] = int(cell[value]) + (sums[place] or 0)
    assert len(by_hand) < 600 - 100  # many keys are in both
    for cell in added[0].to_pylist():
        found = [None if cell[value] is None else int(cell[value]) for value in CELLS.names[len(KEYS) :]]
        assert found == by_hand.pop(tuple(cell[key] for key in KEYS))
    assert not by_hand


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_a_path_is_never_read_as_a_pattern(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    engine: Engine = request.getfixturevalue(name)
    folder = tmp_path / "odd [a] {b,c} ?*" / "level=3"
    folder.mkdir(parents=True)
    file = _cells(folder, "level=4.parquet", 1)
    found = engine.query("SELECT COUNT(*) AS n, MAX(level) AS level FROM cells", {"cells": [file]})
    assert found.to_pylist() == [{"n": pq.read_metadata(file).num_rows, "level": 3}]


@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_a_file_that_cannot_be_read_is_a_failure_of_one_line(
    name: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    engine: Engine = request.getfixturevalue(name)
    with pytest.raises(EngineFailed, match=r"(?i)^(duckdb|spark) cannot count: .+$"):
        engine.query("SELECT COUNT(*) FROM answers", {"answers": [tmp_path / "missing.parquet"]})


def test_spark_listens_on_loopback_only(spark: Engine) -> None:
    java = [child.pid for child in psutil.Process().children(recursive=True)]
    assert java
    assert open_addresses(java) == set()


def test_a_socket_for_everybody_would_be_seen() -> None:
    with socket.create_server(("0.0.0.0", 0)):
        assert open_addresses([os.getpid()]) >= {"0.0.0.0"}


def test_a_start_of_spark_that_is_broken_off_leaves_nothing(mark: str) -> None:
    start = "from hearback.measure.cells.engines.spark_engine import start; start()"
    with running_with_mark(mark, sys.executable, "-c", start) as running:
        until = time.monotonic() + 60
        while len(processes_marked(mark)) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(processes_marked(mark)) >= 2
        running.send_signal(signal.SIGINT)
        assert running.wait() == -signal.SIGINT
    assert left_behind(mark) == []


def test_a_second_session_of_spark_is_refused(spark: Engine) -> None:
    with pytest.raises(EngineNotThere, match="close it first"):
        engine_named("spark")


def test_an_engine_that_is_not_known_is_refused() -> None:
    with pytest.raises(EngineNotThere, match="there is no engine 'sparc'; use duckdb or spark"):
        engine_named("sparc")


def test_a_cluster_that_does_not_answer_is_refused_at_once() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"spark://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(EngineNotThere, match=f"no Spark cluster answers at {address}.*refused"):
            engine_named("spark", address)


def test_an_address_without_a_port_number_is_refused() -> None:
    with pytest.raises(EngineNotThere, match=r"no Spark cluster answers at spark://127\.0\.0\.1:port"):
        engine_named("spark", "spark://127.0.0.1:port")


def test_missing_java_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(EngineNotThere, match=r"Spark needs Java.*install Java 17"):
        engine_named("spark")


def test_missing_pyspark_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EngineNotThere, match="Spark is not installed; install Hearback with the extra"):
        engine_named("spark")
