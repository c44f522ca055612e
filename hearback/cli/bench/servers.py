"""Start servers on loopback for a measurement, and tell how much processor time each took."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from hearback.ui.terminal import Refused

SECONDS_TO_START = 60.0
SECONDS_TO_END = 10.0
STANDARD_ERROR = 2


class Server:
    """A program that listens on a port, with all processes it starts."""

    def __init__(
        self,
        module: str,
        words: Sequence[str],
        environ: Mapping[str, str],
        port: int,
        under: Sequence[str] = (),
    ) -> None:
        self.port = port
        self._process = subprocess.Popen(
            [*under, sys.executable, "-m", module, *words],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=STANDARD_ERROR,
            start_new_session=True,
        )

    def wait_until_it_listens(self) -> None:
        """Wait until somebody can connect.

        Raises:
            Refused: if it takes too long, or the program ended.
        """
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        self.kill()
        raise Refused(f"the server on port {self.port} did not start")

    def processes(self) -> list[int]:
        """Give the process and those it started, itself first."""
        parents = {pid: fields[3] for pid, fields in _all_processes()}
        found = [self._process.pid]
        for pid in found:  # grows while it is walked through
            found += [child for child, parent in parents.items() if int(parent) == pid]
        return found

    def cpu_seconds(self) -> float:
        """Give the processor time that all its processes took so far."""
        return sum(_cpu_seconds(pid) for pid in self.processes())

    def megabytes(self) -> float:
        """Give the memory of all its processes; of what is shared with others, its part."""
        return sum(_megabytes(pid) for pid in self.processes())

    def is_running(self) -> bool:
        """Say whether the first process still runs."""
        return self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and wait."""
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(SECONDS_TO_END)
        self.kill()

    def kill(self) -> None:
        """End all its processes at once, without a word."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def running(
    module: str, *words: str, environ: Mapping[str, str], under: Sequence[str] = ()
) -> Iterator[Server]:
    """Run a module as a server on a free port, which is its first word; `under` a program that watches it."""
    port = free_port()
    server = Server(module, [str(port), *words], environ, port, under)
    try:
        server.wait_until_it_listens()
        yield server
    finally:
        server.stop()


def end_well() -> None:
    """Let a signal to end go the way of an exception, so that no server is left behind."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))


def free_port() -> int:
    """Find a port of this machine that nobody listens on."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def _all_processes() -> Iterator[tuple[int, list[str]]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                yield int(folder.name), _fields(int(folder.name))


def _fields(pid: int) -> list[str]:
    """Read what the system tells of a process; its name, which may hold blanks, is left out."""
    before, after = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rsplit(")", 1)
    return [before.split("(")[0], "", *after.split()]


def _cpu_seconds(pid: int) -> float:
    fields = _fields(pid)
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _megabytes(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
