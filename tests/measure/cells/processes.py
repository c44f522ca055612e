"""What the programs that a test started are doing."""

import ipaddress
import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import psutil

MARK = "STARTED_BY_TEST"


@contextmanager
def running_with_mark(mark: str, *command: str, **variables: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that has a mark in its environment; if the test fails meanwhile, end it."""
    environ = {**os.environ, MARK: mark, **variables}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as running:
        try:
            yield running
        finally:
            running.terminate()


def left_behind(mark: str) -> list[int]:
    """Name the processes that still live; Spark's own end only when they find their parent gone."""
    until = time.monotonic() + 60
    while (alive := processes_marked(mark)) and time.monotonic() < until:
        time.sleep(0.1)
    return alive


def processes_marked(mark: str) -> list[int]:
    """Name the living processes that have a mark in their environment, which children inherit."""
    return [
        process.pid
        for process in psutil.process_iter(["environ", "status"])
        if process.info["status"] != psutil.STATUS_ZOMBIE
        and (process.info["environ"] or {}).get(MARK) == mark
    ]


def open_addresses(pids: Iterable[int]) -> set[str]:
    """Name the addresses other than loopback on which processes wait for connections."""
    wanted = set(pids)
    addresses = {
        ipaddress.ip_address(connection.laddr.ip)
        for connection in psutil.net_connections("tcp")
        if connection.pid in wanted and connection.status == psutil.CONN_LISTEN
    }
    return {str(address) for address in addresses if not _is_loopback(address)}


def _is_loopback(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None)
    return bool((inner or address).is_loopback)
