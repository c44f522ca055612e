"""A Spark cluster of its own on this machine: a master and workers as processes, on loopback only."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

from hearback.measure.cells.engines.spark_engine import QUIET

HERE = "127.0.0.1"
SECONDS_TO_START, SECONDS_TO_STOP = 120.0, 10.0
MASTER, WORKER = "org.apache.spark.deploy.master.Master", "org.apache.spark.deploy.worker.Worker"


class ClusterNotStarted(Exception):
    """A process of the cluster ended, or took too long; the message says which, and its last words."""


class Cluster:
    """A running cluster, at `address`; `state` tells what its master knows."""

    def __init__(self, port: int, page: int) -> None:
        self.address = f"spark://{HERE}:{port}"
        self._page = f"http://{HERE}:{page}/json/"

    def n_workers(self) -> int:
        """Count the workers that have registered and are alive; none while the master does not tell yet."""
        try:
            with urllib.request.urlopen(self._page, timeout=5) as answer:
                return int(json.load(answer)["aliveworkers"])
        except (URLError, OSError, ValueError, KeyError):  # its page answers before it has anything to say
            return 0


@contextmanager
def cluster(folder: Path, n_workers: int) -> Iterator[Cluster]:
    """Start a cluster, wait until all workers have registered, and end all of it whatever happens.

    Args:
        folder: for logs and whatever Spark needs to write.

    Raises:
        ClusterNotStarted: if a process ends early, or they are not ready after two minutes.
    """
    port, page = _free_port(), _free_port()
    with ExitStack() as ends:
        started = {}
        master = ("--host", HERE, "--port", str(port), "--webui-port", str(page))
        started["master"] = ends.enter_context(_process("master", folder, MASTER, *master))
        running = Cluster(port, page)
        for number in range(1, n_workers + 1):
            name = f"worker-{number}"
            worker = ("--host", HERE, "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "1g",
                      "--work-dir", str(folder / name), running.address)  # fmt: skip
            started[name] = ends.enter_context(_process(name, folder, WORKER, *worker))
        _wait_for(running, n_workers, started, folder)
        yield running


def _wait_for(
    running: Cluster, n_workers: int, started: dict[str, subprocess.Popen[bytes]], folder: Path
) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while running.n_workers() < n_workers:
        for name, process in started.items():
            if process.poll() is not None:
                raise ClusterNotStarted(
                    f"the {name} ended with {process.returncode}: {_last_words(folder, name)}"
                )
        if time.monotonic() > until:
            raise ClusterNotStarted(
                f"{running.n_workers()} of {n_workers} workers registered within {SECONDS_TO_START:.0f} "
                f"seconds; the master says: {_last_words(folder, 'master')}"
            )
        time.sleep(0.2)


@contextmanager
def _process(name: str, folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a class of Spark in a process group of its own, which its executors join; end the group."""
    import pyspark

    home = Path(pyspark.__file__).parent
    with _log(folder, name).open("wb") as log:
        process = subprocess.Popen(
            [*_with_its_parent(), str(home / "bin" / "spark-class"), *words],
            cwd=folder, env=_environment(home, folder), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process group to end; then end what is left of it, even if waiting is interrupted."""
    try:
        _signal_group(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(SECONDS_TO_STOP)
    finally:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _with_its_parent() -> list[str]:
    """Give the words before a command that let it end with this program, even where that is killed."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _environment(home: Path, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_CONF_DIR": str(QUIET),
        "SPARK_LOCAL_IP": HERE,  # pages too listen on loopback only
        "SPARK_PUBLIC_DNS": HERE,
        "SPARK_LOCAL_DIRS": str(folder / "local"),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    }


def _free_port() -> int:
    with socket.create_server((HERE, 0)) as listening:
        return int(listening.getsockname()[1])


def _log(folder: Path, name: str) -> Path:
    return folder / f"{name}.log"


def _last_words(folder: Path, name: str) -> str:
    lines = _log(folder, name).read_text(errors="replace").strip().splitlines()
    return " / ".join(lines[-3:]) or "nothing"
