"""Whether an acknowledged response survives: processes of the intake are killed at random under load."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import click
import msgspec
import psycopg

from hearback.cli.bench.intake import PATH, SERVERS, environment, open_thumbs
from hearback.cli.bench.servers import Server, end_well, free_port
from hearback.cli.load.order import SECONDS_TO_FINISH, Found, Order
from hearback.collect.intake.store import Store, StoreNotReady
from hearback.collect.intake.store.opened import open_store
from hearback.collect.intake.store.postgres import NAME
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

WORKERS = 2
CONNECTIONS = 32
SHORTEST, LONGEST = 0.05, 0.6
"""Seconds under load before something is killed."""
VICTIMS = ("a worker", "the first process", "all processes")
OF_DATABASE = "a process of the database"
LAST_ATTEMPTS = 5
SECONDS_TO_RECOVER = 30.0


@click.command("intake-crash", cls=ExampleCommand, example="hearback bench intake-crash --rounds 50 --json")
@click.option(
    "--rounds", default=50, show_default=True, type=click.IntRange(1, 1000), help="How often to kill."
)
@click.option("--seed", default=1, show_default=True, help="Of the choice of moments and victims.")
@click.option("--database", default="", help="An empty PostgreSQL database to store into; default is SQLite.")
@click.option("--kill-database", is_flag=True, help="Kill PostgreSQL too, which must run on this machine.")
@json_option
@dry_run_option
def crash_command(
    rounds: int, seed: int, database: str, kill_database: bool, as_json: bool, dry_run: bool
) -> None:
    """Kill processes of the intake (kill -9) at random moments under load, and count what is stored.

    What was not acknowledged is sent again with its key until it is. In the end acknowledged and stored must
    be the same, each key once; ends with 1 where they are not.
    """
    if dry_run:
        emit({"would_kill": rounds}, as_json=as_json, lines=[f"Would kill {rounds} times."])
        return
    end_well()
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        payload = crash(Path(name), database, rounds, seed, kill_database=kill_database)
    emit(payload, as_json=as_json, lines=_lines(payload))
    if payload["lost"] or payload["stored_twice"] or payload["stored_unacknowledged"]:
        click.get_current_context().exit(1)


def crash(
    home: Path, database: str, rounds: int, seed: int, *, kill_database: bool = False
) -> dict[str, Any]:
    """Kill so many times; count what was acknowledged and is not stored, and the other way round.

    Raises:
        Refused: if a server does not start, or does not take in the end what is left.
    """
    if kill_database and not database:
        raise Refused("SQLite has no process to kill; name a database, or leave out --kill-database.")
    open_thumbs(home, database)
    run = CrashRun(home, database, seed, [*VICTIMS, OF_DATABASE] if kill_database else VICTIMS)
    try:
        for _ in range(rounds):
            run.round()
        run.finish()
    finally:
        run.stop()
    stored = run.stored()
    keys = set(stored)
    return {
        "rounds": rounds,
        "seed": seed,
        "killed": dict(run.killed),
        "sent": run.next,
        "sent_again": run.n_again,
        "acknowledged": len(run.acknowledged),
        "lost": len(run.acknowledged - keys) + run.n_lost,
        "stored_twice": len(stored) - len(keys),
        "stored_unacknowledged": len(keys - run.acknowledged),
        "store": "postgresql" if database else "sqlite",
    }


class CrashRun:
    """The server, what was sent to it, and what it acknowledged."""

    def __init__(self, home: Path, database: str, seed: int, victims: Sequence[str]) -> None:
        self._home, self._database, self._victims = home, database, victims
        self._dice = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._server: Server | None = None
        self._told = home / "acknowledged"
        self._told.touch()
        self.next = self.n_again = self.n_lost = 0
        self.acknowledged: set[str] = set()
        self.killed: Counter[str] = Counter()

    def round(self) -> None:
        """Send for a while, kill, and look whether everything that was acknowledged is stored."""
        server = self._running()
        wait = self._dice.uniform(SHORTEST, LONGEST)
        driver = self._drive(server, seconds=wait + 0.2)
        self._wait_for_acknowledgements(driver, server)
        time.sleep(wait)
        self._kill(server)
        self._read(driver)
        self.n_lost += len(self.acknowledged - set(self.stored()))

    def finish(self) -> None:
        """Send what is left until all of it is acknowledged.

        The server may end by itself meanwhile, a while after its second worker was killed; then it is started
        again.

        Raises:
            Refused: if something is left after the last attempt.
        """
        for _ in range(LAST_ATTEMPTS):
            self._read(self._drive(self._running(), seconds=SECONDS_TO_FINISH, is_last=True))
            if not self._left():
                return
        raise Refused(f"{len(self._left())} responses were not acknowledged in the end")

    def stop(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.kill()

    def stored(self) -> list[str]:
        """Give the key of every stored response; waits for a database that recovers."""
        with closing(self._open_patiently()) as store:
            return [one.response.key for one in store.responses("thumbs")]

    def _open_patiently(self) -> Store:
        end = time.monotonic() + SECONDS_TO_RECOVER
        while True:
            try:
                return open_store(self._home, self._database)
            except StoreNotReady:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def _running(self) -> Server:
        """Give the server, started again where the last kill, or the second soon after another, ended it."""
        if self._server is not None:
            with suppress(Refused):
                self._server.wait_until_it_listens()
            if not self._server.is_running():
                self._server.kill()
                self._server = None
        if self._server is None:
            port = free_port()
            words = [str(port), "127.0.0.1", str(WORKERS)]
            environ = environment(self._home, self._database)
            self._server = Server(SERVERS["intake"][0], words, environ, port)
        self._server.wait_until_it_listens()
        return self._server

    def _drive(self, server: Server, seconds: float, *, is_last: bool = False) -> "subprocess.Popen[bytes]":
        again = self._left()
        self.n_again += len(again)
        order = Order(
            port=server.port,
            path=PATH,
            seconds=seconds,
            connections=CONNECTIONS,
            first=self.next,
            acknowledged=str(self._told),
            again=tuple(again),
            is_last=is_last,
        )
        words = [sys.executable, "-m", "hearback.cli.load.driver", msgspec.json.encode(order).decode()]
        return subprocess.Popen(words, stdout=subprocess.PIPE)

    def _wait_for_acknowledgements(self, driver: "subprocess.Popen[bytes]", server: Server) -> None:
        """Wait until a response of this round is stored, so that more are on their way."""
        before = self._count()
        while driver.poll() is None and server.is_running() and self._count() == before:
            time.sleep(0.01)

    def _count(self) -> int:
        with closing(self._open_patiently()) as store:
            return store.count("thumbs")

    def _kill(self, server: Server) -> None:
        victim = self._dice.choice(self._victims)
        first, *workers = server.processes()
        self.killed[victim] += 1
        if victim == OF_DATABASE:
            self._kill_database()
            return
        if victim == "a worker" and workers:
            with suppress(ProcessLookupError):
                os.kill(self._dice.choice(workers), signal.SIGKILL)
            return
        if victim == "the first process":
            with suppress(ProcessLookupError):
                os.kill(first, signal.SIGKILL)
            time.sleep(0.1)
        server.kill()
        self._server = None

    def _kill_database(self) -> None:
        """Kill the process of PostgreSQL that stores; all others of its server end with it, and it recovers.

        Raises:
            Refused: if this user may not.
        """
        named = "SELECT pid FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"
        with psycopg.connect(self._database) as link:
            processes = [pid for (pid,) in link.execute(named, (NAME,)).fetchall()]
        try:
            for process in processes[:1]:
                os.kill(process, signal.SIGKILL)
        except OSError as problem:
            raise Refused(f"a process of the database cannot be killed: {problem.strerror}") from problem

    def _read(self, driver: "subprocess.Popen[bytes]") -> None:
        told, _ = driver.communicate(timeout=SECONDS_TO_FINISH * 3)
        if driver.returncode:
            raise Refused("the driving process did not end well; its last words stand above")
        self.next = msgspec.json.decode(told, type=Found).next
        self.acknowledged = set(self._told.read_text(encoding="ascii").split())

    def _left(self) -> list[int]:
        """Give the numbers that were sent and not acknowledged."""
        return [number for number in range(self.next) if f"{number:020d}" not in self.acknowledged]


def _lines(p: dict[str, Any]) -> list[str]:
    killed = ", ".join(f"{n} times {victim}" for victim, n in p["killed"].items())
    return [
        f"Killed {p['rounds']} times under load ({killed}); stored in {p['store']}.",
        f"{p['sent']:,} responses sent, {p['sent_again']:,} again; {p['acknowledged']:,} acknowledged.",
        f"{p['lost']} acknowledged and lost, {p['stored_twice']} stored twice, "
        f"{p['stored_unacknowledged']} stored and not acknowledged.",
    ]
