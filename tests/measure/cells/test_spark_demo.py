"""The demonstration of Spark: a real cluster, on loopback only, counts like DuckDB and ends."""

import os
import re
import signal
import subprocess
import sys
from contextlib import AbstractContextManager

import pytest

from tests.conftest import ROOT
from tests.measure.cells.processes import left_behind, open_addresses, processes_marked, running_with_mark

START_SOON = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Seven Java programs start here; what they prepare for a long life takes longer than what they do."""
DEMO = [sys.executable, str(ROOT / "tools" / "spark_demo.py")]


def demonstration(mark: str, *words: str) -> AbstractContextManager[subprocess.Popen[str]]:
    return running_with_mark(mark, *DEMO, *words, JDK_JAVA_OPTIONS=START_SOON)


def _read_until(running: subprocess.Popen[str], words: str) -> str:
    assert running.stdout is not None
    said = ""
    for line in running.stdout:
        said += line
        if words in line:
            return said
    raise AssertionError(f"the demonstration ended without {words!r}; it said: {said}")


def test_a_real_cluster_counts_like_duckdb(mark: str) -> None:
    with demonstration(mark, "--rows", "20000") as running:
        said = _read_until(running, "registered workers")
        assert open_addresses(processes_marked(mark)) == set()
        said += _read_until(running, "Executors that worked")
        assert open_addresses(processes_marked(mark)) == set()
        said += _read_until(running, "Equal")
        assert running.wait() == 0
    assert left_behind(mark) == []
    assert "and 2 registered workers" in said
    assert "Executors that worked: 2." in said
    counted = re.findall(r"^(\w+), .*: 20,000 responses counted into ([\d,]+) cells in [\d.]+ s", said, re.M)
    assert [engine for engine, _ in counted] == ["spark", "duckdb"]
    assert counted[0][1] == counted[1][1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_nothing_is_left_when_it_is_stopped(mark: str, number: int, code: int) -> None:
    with demonstration(mark, "--rows", "1000") as running:
        _read_until(running, "registered workers")
        assert len(processes_marked(mark)) >= 4
        running.send_signal(number)
        assert running.wait() == code
    assert left_behind(mark) == []


def test_missing_java_is_said_in_one_line(mark: str) -> None:
    environ = {**os.environ, "JAVA_HOME": "/nowhere"}
    done = subprocess.run(DEMO, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert re.fullmatch(r"spark_demo: Spark needs Java.*openjdk-17-jre-headless\n", done.stderr)


@pytest.mark.parametrize("rows", ["0", "-5", "5000001", "many"])
def test_a_number_of_rows_that_is_no_quarter_is_refused(rows: str) -> None:
    done = subprocess.run([*DEMO, "--rows", rows], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--rows" in done.stderr
