"""How long the whole public site takes to write as files, and how many pages a second the server gives."""

import http.client
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.importing import run_measured
from hearback.cli.bench.made_up_reports import write_directory, write_reported_surveys
from hearback.cli.bench.servers import Server, end_well, free_port
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

BUREAUS = 100
QUARTERS = 2
PAGES_OF_OTHERS = 220
"""Pages that are not of one service each: agencies, providers, methods, lists."""


@click.command("publish", cls=ExampleCommand, example="hearback bench publish --pages 5000 --json")
@click.option("--pages", default=5000, show_default=True, type=click.IntRange(300), help="Pages of the site.")
@click.option(
    "--seconds", default=5.0, show_default=True, help="How long pages are asked for, one after the other."
)
@json_option
@dry_run_option
def publish_command(pages: int, seconds: float, as_json: bool, dry_run: bool) -> None:
    """Publish a made-up record of 100 bureaus, write the site as files, change a quarter, write it again.

    Then the page of a service is asked for again and again, and the processor time of the server counted.
    """
    if dry_run:
        emit({"would_write": pages}, as_json=as_json, lines=[f"Would write a site of about {pages:,} pages."])
        return
    end_well()
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        found = measure(Path(name), pages, seconds)
    first, again = found["whole"], found["after_one_quarter"]
    lines = [
        f"Whole site: {first['pages']:,} pages, {first['files']:,} files, {first['megabytes']:,} MB in "
        f"{first['seconds']} s ({first['cpu_seconds']} CPU s), peak {first['peak_megabytes']} MB.",
        f"After one quarter changed: {again['written']:,} files written in {again['seconds']} s.",
        f"Server: {found['server']['pages_per_cpu_second']:,} pages of a service for each second of a core.",
    ]
    emit(found, as_json=as_json, lines=lines)


def measure(folder: Path, pages: int, seconds: float) -> dict[str, Any]:
    """Make, publish and write the site in a home of its own, ask its server; give what was measured.

    Raises:
        Refused: if a step does not end well.
    """
    kept = {name: text for name, text in os.environ.items() if not name.startswith("HEARBACK_")}
    port = free_port()
    environ = kept | {"HEARBACK_HOME": str(folder / "home"), "HEARBACK_SITE_URL": f"http://127.0.0.1:{port}"}
    program, n_services = Path(sys.executable).with_name("hearback"), pages - PAGES_OF_OTHERS

    def run(*words: object) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(run_measured([program, *words, "--json"], environ)[1])
        return told

    def publish(quarters: int) -> None:
        file = folder / f"reported-{quarters}.csv"
        write_reported_surveys(file, n_services * quarters, n_services, quarters)
        run("collect", "import", file)
        run("measure", "all")
        made = run("publish", "prepare", "--why", "Measured.", "--by", "owner", "--recounted")
        run("publish", "approve", made["manifest_sha256"], "--by", "reviewer")

    write_directory(folder / "directory", n_services, BUREAUS)
    run_measured([program, "init"], environ)
    run("directory", "load", folder / "directory")
    publish(QUARTERS - 1)
    whole = _written(program, folder / "site", environ)
    publish(QUARTERS)
    again = _written(program, folder / "site", environ)
    return {"whole": whole, "after_one_quarter": again, "server": _served(environ, port, seconds)}


def _written(program: Path, out: Path, environ: dict[str, str]) -> dict[str, Any]:
    started = time.monotonic()
    used, said = run_measured([program, "publish", "site", out, "--json"], environ)
    told = json.loads(said)
    return {
        "seconds": round(time.monotonic() - started, 1),
        "cpu_seconds": round(used.cpu_s, 1),
        "peak_megabytes": round(used.peak / 1e6, 1),
        "megabytes": round(told["bytes"] / 1e6, 1),
        **{name: told[name] for name in ("pages", "files", "written", "removed")},
    }


def _served(environ: dict[str, str], port: int, seconds: float) -> dict[str, Any]:
    """Ask for one page over one connection, without telling what one has of it already."""
    server = Server("hearback.cli", ["serve", "--port", str(port)], environ, port)
    try:
        server.wait_until_it_listens()
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        size = _asked(line)
        began, before, count = time.monotonic(), server.cpu_seconds(), 0
        while time.monotonic() < began + seconds:
            _asked(line)
            count += 1
        spent = server.cpu_seconds() - before
    finally:
        server.stop()
    return {
        "pages": count,
        "page_bytes": size,
        "pages_per_second": round(count / seconds),
        "pages_per_cpu_second": round(count / spent) if spent else None,
    }


def _asked(line: http.client.HTTPConnection) -> int:
    line.request("GET", "/services/service-1/")
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise Refused(f"the page of a service is answered with {answer.status}")
    return len(body)
