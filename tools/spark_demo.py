"""Count a quarter of made-up answers on a real Spark cluster and on DuckDB, and compare: `make spark-demo`.

The cluster is a master and two workers, started from the pyspark package as processes of their own on
loopback. Whatever happens, all of them are ended.
"""

import argparse
import signal
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from hearback.cli.bench.made_up_answers import ROWS_PER_QUARTER, write_answers  # noqa: E402 - found from the root
from hearback.collect.archive import Archive  # noqa: E402
from hearback.measure.cells import CellStore, EngineNotThere, engine_named, roll_up  # noqa: E402
from hearback.measure.cells.engines.spark_engine import check_installed  # noqa: E402
from tools.spark_cluster import ClusterNotStarted, cluster  # noqa: E402

N_WORKERS = 2
MINUTES_AT_MOST = 30


stopped: list[int] = []
"""The signals that asked for an end. Python loses an exception now and then, so `say` looks here as well."""


def say(line: str) -> None:
    if stopped:
        sys.exit(128 + stopped[0])
    print(line, flush=True)


def count(engine_name: str, address: str, archive: Archive, store: CellStore) -> None:
    """Count the archive into cells on one engine, and say how long it took."""
    began = time.monotonic()
    engine = engine_named(engine_name, address)
    ready = time.monotonic()
    try:
        done = roll_up(archive, store, engine)
    finally:
        engine.close()
    took = time.monotonic() - ready
    n_responses, n_cells = (sum(getattr(one, name) for one in done) for name in ("n_responses", "n_cells"))
    where = f"on the cluster {address}" if address else "in this process"
    say(f"{engine_name}, {where}: {n_responses:,} responses counted into {n_cells:,} cells in {took:.1f} s "
        f"({ready - began:.1f} s to start).")  # fmt: skip


def differences(one: CellStore, other: CellStore) -> list[str]:
    """Name the quarters in which two stores do not hold the same cells, bytes and all."""
    quarters = sorted({*one.quarters(), *other.quarters()})
    return [
        quarter
        for quarter in quarters
        if one.record(quarter) != other.record(quarter) or not one.cells(quarter).equals(other.cells(quarter))
    ]


def demonstrate(rows: int, folder: Path) -> int:
    """Run the demonstration; gives the exit code."""
    check_installed()
    write_answers(folder / "answers", rows, n_groups=1)
    archive = Archive(folder / "answers")
    say(f"Made up {rows:,} responses with 8 answers each in {', '.join(archive.quarters())}.")
    stores = {name: CellStore(folder / f"cells-{name}") for name in ("spark", "duckdb")}
    logs = folder / "spark"
    logs.mkdir()
    with cluster(logs, N_WORKERS) as running:
        say(f"A master at {running.address} and {running.n_workers()} registered workers.")
        count("spark", running.address, archive, stores["spark"])
        say(f"Executors that worked: {len(list(logs.glob('worker-*/app-*/*')))}.")
    say("The cluster has ended.")
    count("duckdb", "", archive, stores["duckdb"])
    unequal = differences(stores["spark"], stores["duckdb"])
    say(
        f"Not equal in {', '.join(unequal)}."
        if unequal
        else "Equal: every cell to the last unit, and every byte."
    )
    return 1 if unequal else 0


def stop_on_signal(number: int, frame: FrameType | None) -> NoReturn:
    stopped.append(number)
    if number == signal.SIGALRM:
        sys.exit(f"spark_demo: not done after {MINUTES_AT_MOST} minutes")
    sys.exit(128 + number)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rows", type=int, default=1_000_000, help="responses to make up (default 1,000,000)"
    )
    rows = parser.parse_args().rows
    if not 1 <= rows <= ROWS_PER_QUARTER:
        parser.error(f"--rows: one quarter is made up of 1 to {ROWS_PER_QUARTER:,} responses")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM):
        signal.signal(number, stop_on_signal)
    signal.alarm(60 * MINUTES_AT_MOST)
    try:
        with tempfile.TemporaryDirectory(prefix="hearback-spark-") as name:
            return demonstrate(rows, Path(name))
    except KeyboardInterrupt:  # Spark puts its own answer to Ctrl-C in the place of ours
        return 128 + signal.SIGINT
    except (EngineNotThere, ClusterNotStarted) as problem:
        sys.exit(f"spark_demo: {problem}")


if __name__ == "__main__":
    sys.exit(main())
