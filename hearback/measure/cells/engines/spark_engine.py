"""Apache Spark: the same SQL on a cluster, or on several processes of this machine.

Spark's own settings come from `spark-defaults.conf` in the folder that the variable SPARK_CONF_DIR names,
save for those here.
"""

import importlib.util
import os
import shutil
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pyarrow as pa

from hearback.measure.cells.engines import EngineFailed, EngineNotThere

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

THIS_MACHINE = "local[*]"
QUIET = Path(__file__).parent / "spark_conf"
SECONDS_TO_ANSWER = 5.0

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",  # a number that does not fit is an error, not a null
    "spark.sql.shuffle.partitions": "8",  # counts of all contexts are small, whatever they count
}
LOOPBACK_ONLY = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


class SparkEngine:
    """One session on a cluster. Every worker must see the archive under the same path."""

    name = "spark"

    def __init__(self, session: "SparkSession") -> None:
        self._session = session

    def query(self, sql: str, files: Mapping[str, Sequence[Path]]) -> pa.Table:
        """Run a query over Parquet files.

        Raises:
            EngineFailed: if it cannot be answered.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            for relation, paths in files.items():
                reader = self._session.read.option("mergeSchema", "true")
                reader.parquet(*(_escaped(path) for path in paths)).createOrReplaceTempView(relation)
            return self._session.sql(sql).toArrow()
        except (PySparkException, Py4JError) as problem:
            raise EngineFailed(f"Spark cannot count: {_first_line(problem)}") from problem

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def start(address: str = "", settings: Mapping[str, str] | None = None) -> SparkEngine:
    """Open a session.

    Args:
        address: of the cluster's master, as spark://host:7077; blank for this machine alone. Where it is on
            this machine, nothing but this machine can reach the session.
        settings: further settings of Spark.

    Raises:
        EngineNotThere: if pyspark or Java is not installed, no cluster answers, or a session is open already.
    """
    check_installed()
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    hosts = _masters(address)
    if SparkSession.getActiveSession() is not None:
        raise EngineNotThere("this program has a session of Spark already; close it first")
    os.environ.setdefault("SPARK_CONF_DIR", str(QUIET))
    builder = SparkSession.builder.master(address or THIS_MACHINE).appName("hearback cells")
    near = LOOPBACK_ONLY if all(_is_loopback(host) for host in hosts) else {}
    for name, value in {**SETTINGS, **near, **(settings or {})}.items():
        builder = builder.config(name, value)
    try:
        with _ended_if_broken_off():
            return SparkEngine(builder.getOrCreate())
    except (PySparkException, Py4JError, OSError) as problem:
        raise EngineNotThere(
            f"Spark cannot be started ({_first_line(problem)}); it needs Java 17 or newer"
        ) from problem


@contextmanager
def _ended_if_broken_off() -> Iterator[None]:
    """End the programs that a start began which is broken off; the Java program would wait for ever.

    Told apart by when they were started: while one program becomes another, nothing else tells what it is.
    """
    import psutil

    this = psutil.Process()
    before = set(this.children(recursive=True))
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        for started in set(this.children(recursive=True)) - before:
            with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                started.kill()
        raise


def check_installed() -> None:
    """Refuse where something is missing.

    Raises:
        EngineNotThere: if pyspark or Java is not installed; the message says how to install it.
    """
    if not all(importlib.util.find_spec(name) for name in ("pyspark", "psutil")):
        raise EngineNotThere("Spark is not installed; install Hearback with the extra `spark`, and Java 17")
    if find_java() is None:
        raise EngineNotThere(
            "Spark needs Java, and there is none (in JAVA_HOME or on PATH); install Java 17 or newer, on "
            "Debian openjdk-17-jre-headless"
        )


def find_java() -> str | None:
    """Give the program that runs Java; None where it is not installed."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


def _masters(address: str) -> list[str]:
    """Name the hosts of a cluster's masters, of which one must answer; none for this machine alone."""
    masters = [urlsplit(f"//{one}") for one in address.removeprefix("spark://").split(",") if one]
    problems = []
    for master in masters:
        try:
            socket.create_connection((master.hostname, master.port or 7077), SECONDS_TO_ANSWER).close()
        except (OSError, ValueError) as problem:
            problems.append(f"{master.netloc}: {problem}")
    if masters and len(problems) == len(masters):
        raise EngineNotThere(f"no Spark cluster answers at {address} ({'; '.join(problems)})")
    return [master.hostname or "" for master in masters]


def _is_loopback(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def _escaped(path: Path) -> str:
    """Keep Spark from reading a path as a pattern."""
    return "".join(f"\\{letter}" if letter in "\\*?[]{}" else letter for letter in str(path))


def _first_line(problem: Exception) -> str:
    return next(iter(str(problem).strip().splitlines()), type(problem).__name__)
