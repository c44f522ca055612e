"""How many answers the intake takes, how fast, and at what cost, beside doing nothing and a plain view."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import click
import msgspec

from hearback.cli.bench.servers import Server, end_well, running
from hearback.cli.load.order import SECONDS_TO_FINISH, Found, Order
from hearback.collect.instruments import files
from hearback.collect.intake.store import OpenForm
from hearback.collect.intake.store.opened import open_store
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

PATH = "/intake/thumbs"
ROUNDS = 3
CONNECTIONS = 256
WARM_UP = 1.0
ANY_NUMBER = str(10**12)
UNLIMITED = {
    "HEARBACK_PROXIES": "127.0.0.1",
    "HEARBACK_CHALLENGE_NETWORK": ANY_NUMBER,
    "HEARBACK_CHALLENGE_FORM": ANY_NUMBER,
    "HEARBACK_REFUSE_NETWORK": ANY_NUMBER,
}
SERVERS = {
    "intake": ("hearback.collect.intake.serving",),
    "noop": ("hearback.cli.load.beside", "nothing"),
    "orm_view": ("hearback.cli.load.beside", "view"),
}


@click.command("intake", cls=ExampleCommand, example="hearback bench intake --seconds 10 --json")
@click.option(
    "--seconds", default=10.0, show_default=True, type=click.FloatRange(1, 600),
    help="How long each server is driven as hard as it can, and the intake at half of that.",
)  # fmt: skip
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="On which disk to store for the time being; default where temporary files are.",
)  # fmt: skip
@click.option("--database", default="", help="An empty PostgreSQL database to store into; default is SQLite.")
@json_option
@dry_run_option
def intake_command(seconds: float, folder: Path | None, database: str, as_json: bool, dry_run: bool) -> None:
    """Drive the intake with made-up responses to the thumbs form, checked and masked.

    Beside it stand a handler in the same server that reads the message and answers, and one plain view of the
    web framework with the same checks, masking and safety on disk. They take turns in three rounds, so that
    other work on the machine meets all; times are those of the middle round.
    """
    if dry_run:
        emit({"would_drive": list(SERVERS), "seconds": seconds}, as_json=as_json,
             lines=[f"Would drive {', '.join(SERVERS)} for {seconds:g} s each."])  # fmt: skip
        return
    if not Path("/proc/self/stat").exists():
        raise Refused("This reads processor time from /proc, which this system does not have.")
    end_well()
    with tempfile.TemporaryDirectory(prefix="hearback-bench-", dir=folder) as name:
        payload = measure_intake(Path(name), database, seconds)
    emit(payload, as_json=as_json, lines=_lines(payload))


def measure_intake(home: Path, database: str, seconds: float) -> dict[str, Any]:
    """Drive all three in turn, then the intake at half of its most; give figures and ratios.

    Raises:
        Refused: if a server does not start, or one refuses what it should take.
    """
    environ = environment(home, database)
    open_thumbs(home, database)
    with ExitStack() as stack:
        began = time.monotonic()
        servers = {}
        for name, words in SERVERS.items():
            servers[name] = stack.enter_context(running(*words, environ=environ))
            if name == "intake":
                start_seconds = time.monotonic() - began
        drives = {name: Drives(name, server, home) for name, server in servers.items()}
        for one in drives.values():
            one.drive(WARM_UP)
            one.forget()
        for _ in range(ROUNDS):
            for one in drives.values():
                one.drive(seconds / ROUNDS)
        figures = {name: one.figures() for name, one in drives.items()}
        intake = drives["intake"]
        rate = figures["intake"]["requests_per_s"] / 2
        half = [intake.drive(seconds / ROUNDS, rate) for _ in range(ROUNDS)]
        half_of_nothing = [drives["noop"].drive(seconds / ROUNDS, rate) for _ in range(ROUNDS)]
        megabytes = servers["intake"].megabytes()
    lost, n_acknowledged = count_lost(home, database)
    return {
        **figures["intake"],
        "ratio_to_orm_view": _ratio(figures, "intake", "orm_view", "requests_per_s"),
        "cpu_ratio_to_noop": _ratio(figures, "intake", "noop", "cpu_us_per_request"),
        "cpu_ratio_to_orm_view": _ratio(figures, "orm_view", "intake", "cpu_us_per_request"),
        "half_load_per_s": round(rate),
        "p50_ms_at_half_load": _ms(_middle(half).p50),
        "p99_ms_at_half_load": _ms(_middle(half).p99),
        "p99_ms_at_half_load_in_each_round": [_ms(found.p99) for found in half],
        "noop_p99_ms_at_half_load": _ms(_middle(half_of_nothing).p99),
        "acknowledged": n_acknowledged,
        "lost": lost,
        "refused": sum(found.n_refused for found in intake.all),
        "start_s": round(start_seconds, 2),
        "memory_mb": round(megabytes, 1),
        "store": "postgresql" if database else "sqlite",
        "servers": figures,
    }


class Drives:
    """All driving of one server."""

    def __init__(self, name: str, server: Server, home: Path) -> None:
        self._name, self._server, self._file = name, server, home / f"acknowledged_{name}"
        self._next, self._cpu = 0, 0.0
        self.all: list[Found] = []
        self._counted: list[Found] = []

    def drive(self, seconds: float, rate: float = 0.0) -> Found:
        """Drive the server once more, from a process of its own."""
        order = Order(
            port=self._server.port,
            path=PATH,
            seconds=seconds,
            connections=CONNECTIONS,
            rate=rate,
            first=self._next,
            acknowledged=str(self._file),
        )
        before = self._server.cpu_seconds()
        found = run_driver(order)
        self._cpu += self._server.cpu_seconds() - before
        self._next = found.next
        self.all.append(found)
        self._counted.append(found)
        return found

    def forget(self) -> None:
        """Leave what was driven so far out of the figures."""
        self._counted, self._cpu = [], 0.0

    def figures(self) -> dict[str, Any]:
        """Give requests per second, times and processor time of what was driven so far.

        Raises:
            Refused: if the server answered nothing, or refused what it should take.
        """
        n = sum(found.n_answered for found in self._counted)
        n_driven = sum(found.n_answered + found.n_late for found in self._counted)
        if not n:
            raise Refused(f"{self._name} answered nothing; its last words stand above")
        if any(found.n_refused + found.n_failed for found in self._counted):
            raise Refused(f"{self._name} refused what it should take; its last words stand above")
        middle = _middle(self._counted)
        return {
            "requests_per_s": round(n / sum(found.seconds for found in self._counted)),
            "p50_ms": _ms(middle.p50),
            "p99_ms": _ms(middle.p99),
            "cpu_us_per_request": round(self._cpu / n_driven * 1e6, 1),
        }


def environment(home: Path, database: str) -> dict[str, str]:
    """Give the environment of a server that shall see nothing of a real installation.

    It counts who sends, as behind a proxy, and finds nobody to send too much.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HEARBACK_", "DJANGO_"))
    }
    return {**kept, **UNLIMITED, "HEARBACK_HOME": str(home), "HEARBACK_DATABASE_URL": database}


def open_thumbs(home: Path, database: str) -> None:
    """Open the thumbs form in a store that has no response yet.

    Raises:
        Refused: if it has.
    """
    with closing(open_store(home, database)) as store:
        if store.count("thumbs"):
            raise Refused("The database is not empty; measure in one that is made for it.")
        store.put_form(OpenForm("thumbs", 1, msgspec.json.encode(files.ready("thumbs"))))


def run_driver(order: Order) -> Found:
    """Drive a server from a process of its own.

    Raises:
        Refused: if that process does not end well.
    """
    words = [sys.executable, "-m", "hearback.cli.load.driver", msgspec.json.encode(order).decode()]
    limit = order.seconds + SECONDS_TO_FINISH + 60
    try:
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True, timeout=limit)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        raise Refused("the driving process did not end well; its last words stand above") from problem
    return msgspec.json.decode(done.stdout, type=Found)


def count_lost(home: Path, database: str) -> tuple[int, int]:
    """Count acknowledged responses that are not stored; gives too how many were acknowledged."""
    acknowledged = (home / "acknowledged_intake").read_text(encoding="ascii").split()
    with closing(open_store(home, database)) as store:
        stored = {one.response.key for one in store.responses("thumbs")}
    return len(set(acknowledged) - stored), len(acknowledged)


def _ratio(figures: dict[str, dict[str, float]], of: str, to: str, what: str) -> float:
    return round(figures[of][what] / figures[to][what], 2)


def _middle(rounds: list[Found]) -> Found:
    """Give the round whose slowest answers are neither the best nor the worst."""
    return sorted(rounds, key=lambda found: found.p99 or 0.0)[len(rounds) // 2]


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds * 1000, 1)


def _lines(p: dict[str, Any]) -> list[str]:
    rows = [
        f"{name:>9}: {f['requests_per_s']:7,} requests/s  p50 {f['p50_ms']:8,} ms  p99 {f['p99_ms']:8,} ms  "
        f"{f['cpu_us_per_request']:6,} µs of processor time each"
        for name, f in p["servers"].items()
    ]
    return [
        *rows,
        f"{p['ratio_to_orm_view']} times the requests of the plain view; {p['cpu_ratio_to_noop']} times the "
        f"processor time of doing nothing.",
        f"At {p['half_load_per_s']:,} requests/s, half of the most: p50 {p['p50_ms_at_half_load']} ms, "
        f"p99 {p['p99_ms_at_half_load']} ms; doing nothing at that rate {p['noop_p99_ms_at_half_load']} ms.",
        f"{p['acknowledged']:,} acknowledged, {p['lost']} of them lost; stored in {p['store']}. "
        f"Started in {p['start_s']} s, {p['memory_mb']} MB.",
    ]
