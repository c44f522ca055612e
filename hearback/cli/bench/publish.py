"""How long the whole public site takes to write as files, and how many pages a second the server gives."""

import http.client
import json
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_reports import write_directory, write_reported_surveys
from hearback.cli.bench.memory import Used
from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.cli.bench.servers import Server, end_well, free_port
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

BUREAUS = 100
QUARTERS = 2
PAGES_OF_A_SERVICE, PAGES_OF_OTHERS = 14, 926
"""Pages of each service in two languages (its own, and of three figures a page and a frame), and all others:
agencies, providers and their figures, methods, lists."""
ASKED = {"service": "/services/service-1/", "quarter": "/quarters/FY2017-Q1/", "home": "/"}
TICK = 0.01
"""Seconds in which the system counts processor time."""
TIMES = 1000
"""How often each page is asked for, one request after the other."""


@click.command("publish", cls=ExampleCommand, example="hearback bench publish --pages 5000 --json")
@click.option(
    "--pages", default=5000, show_default=True, type=click.IntRange(1000), help="Pages of the site."
)
@click.option(
    "--times", default=TIMES, show_default=True, type=click.IntRange(1), help="How often a page is asked for."
)
@json_option
@dry_run_option
def publish_command(pages: int, times: int, as_json: bool, dry_run: bool) -> None:
    """Publish a made-up record of 100 bureaus, write the site as files, change a quarter, write it again.

    Then pages are asked for again and again without a validator, and the processor time of the server is
    counted. Each step is told on standard error as it ends.
    """
    if dry_run:
        emit({"would_write": pages}, as_json=as_json, lines=[f"Would write a site of about {pages:,} pages."])
        return
    end_well()
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        found = measure(Path(name), pages, times)
    first, again = found["whole"], found["after_one_quarter"]
    lines = [
        f"Whole site: {first['pages']:,} pages, {first['files']:,} files, {first['megabytes']:,} MB in "
        f"{first['seconds']} s ({first['cpu_seconds']} CPU s), peak {first['peak_megabytes']} MB.",
        f"After one quarter changed: {again['written']:,} files written in {again['seconds']} s "
        f"({again['cpu_seconds']} CPU s).",
        *(
            f"Server, {name} ({one['bytes']:,} bytes): {one['requests_per_second_per_core']:,} "
            f"requests for each second of a core; {one['first_cpu_ms']} CPU ms for the first."
            for name, one in found["server"].items()
        ),
        f"Prepared in {found['prepared_seconds']} s before that.",
    ]
    emit(found, as_json=as_json, lines=lines)


def measure(folder: Path, pages: int, times: int) -> dict[str, Any]:
    """Make, publish and write the site in a home of its own, ask its server; give what was measured.

    Raises:
        Refused: if a step does not end well.
    """
    port = free_port()
    made_up = _MadeUp(folder, max(1, (pages - PAGES_OF_OTHERS) // PAGES_OF_A_SERVICE), port)
    made_up.begin()
    made_up.publish(QUARTERS - 1)
    whole = made_up.written()
    made_up.publish(QUARTERS)
    again = made_up.written()
    served = _served(made_up.environ, port, times)
    return {
        "whole": whole,
        "after_one_quarter": again,
        "server": served,
        "services": made_up.n_services,
        "prepared_seconds": round(made_up.seconds - whole["seconds"] - again["seconds"], 1),
    }


class _MadeUp:
    """A made-up record in a home of its own; every step is a command, told as it ends."""

    def __init__(self, folder: Path, n_services: int, port: int) -> None:
        self.environ = environ_of(folder / "home") | {"HEARBACK_SITE_URL": f"http://127.0.0.1:{port}"}
        self.folder, self.n_services, self.seconds = folder, n_services, 0.0

    def begin(self) -> None:
        """Make the home, and what people are asked about."""
        write_directory(self.folder / "directory", self.n_services, BUREAUS)
        self._run("init")
        self._run("directory", "load", self.folder / "directory", "--json")

    def publish(self, quarters: int) -> None:
        """Make a release of so many quarters."""
        file = self.folder / f"reported-{quarters}.csv"
        write_reported_surveys(file, self.n_services * quarters, self.n_services, quarters)
        self._run("collect", "import", file, "--json")
        self._run("measure", "all", "--json")
        words = ("--why", "Measured.", "--by", "owner", "--recounted", "--json")
        made = json.loads(self._run("publish", "prepare", *words)[1])
        self._run("publish", "approve", made["manifest_sha256"], "--by", "reviewer", "--json")

    def written(self) -> dict[str, Any]:
        """Write the site as files."""
        before = self.seconds
        used, said = self._run("publish", "site", self.folder / "site", "--json")
        told = json.loads(said)
        return {
            "seconds": round(self.seconds - before, 1),
            "cpu_seconds": round(used.cpu_s, 1),
            "peak_megabytes": round(used.peak / 1e6, 1),
            "megabytes": round(told["bytes"] / 1e6, 1),
            **{name: told[name] for name in ("pages", "files", "written", "removed")},
        }

    def _run(self, *words: object) -> tuple[Used, str]:
        started = time.monotonic()
        used, said = run_measured([PROGRAM, *words], self.environ)
        took = time.monotonic() - started
        self.seconds += took
        step = " ".join(str(word) for word in words[:2])
        click.echo(f"{step}: {took:.1f} s ({used.cpu_s:.1f} CPU s)", err=True)
        return used, said


def _served(environ: dict[str, str], port: int, times: int) -> dict[str, Any]:
    """Ask for pages over one connection, without telling what one has of them already."""
    server = Server("hearback.cli", ["serve", "--port", str(port)], environ, port)
    try:
        server.wait_until_it_listens()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        _asked(line, "/about/")  # loads the release, which only the first reader waits for
        return {name: _page(server, line, address, times) for name, address in ASKED.items()}
    finally:
        server.stop()


def _page(server: Server, line: http.client.HTTPConnection, address: str, times: int) -> dict[str, Any]:
    before = server.cpu_seconds()
    size = _asked(line, address)
    first = server.cpu_seconds() - before
    began, before = time.monotonic(), server.cpu_seconds()
    for _ in range(times):
        _asked(line, address)
    seconds, spent = time.monotonic() - began, server.cpu_seconds() - before
    return {
        "requests": times,
        "bytes": size,
        "first_cpu_ms": round(first * 1000),
        "requests_per_second": round(times / seconds),
        "requests_per_second_per_core": round(times / max(spent, TICK)),
    }


def _asked(line: http.client.HTTPConnection, address: str) -> int:
    line.request("GET", address)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise Refused(f"{address} is answered with {answer.status}")
    return len(body)
