"""`hearback bench lighthouse`: what Lighthouse says of public pages on the throttled phone it emulates."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.cli.bench.servers import Server, free_port
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

TOOL = Path(__file__).resolve().parents[3] / "tools" / "lighthouse.mjs"
PAGES = ("/", "/services/", "/data/", "/methods/", "/quarters/")
PAGES_OF_THE_BUNDLED_RECORD = ("/", "/services/va-vha-2/", "/quarters/FY2022-Q3/", "/data/", "/methods/")
ROUNDS = 3
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
"""Points out of a hundred."""
LARGEST_PAINT_MS = 1_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@click.command(
    "lighthouse", cls=ExampleCommand, example="hearback bench lighthouse http://127.0.0.1:8000 --json"
)
@click.argument("site", required=False)
@click.option("--page", "pages", multiple=True, help="A page to judge; may be given again.")
@click.option(
    "--rounds", default=ROUNDS, show_default=True, type=click.IntRange(1), help="The median counts."
)
@click.option("--strict", is_flag=True, help="Refuse when a page falls short.")
@json_option
@dry_run_option
def lighthouse_command(
    site: str | None, pages: tuple[str, ...], rounds: int, strict: bool, as_json: bool, dry_run: bool
) -> None:
    """Let Lighthouse judge pages of the running SITE, as on a throttled phone.

    Without SITE, the bundled record is loaded into a home of its own and served.
    """
    asked = pages or (PAGES if site else PAGES_OF_THE_BUNDLED_RECORD)
    if dry_run:
        emit({"would_judge": list(asked)}, as_json=as_json, lines=[f"Would judge {len(asked)} pages."])
        return
    with nullcontext(site) if site else bundled_site() as address:
        rows = [median(judge(address.rstrip("/") + page, rounds)) for page in asked]
    lines = [_line(row) for row in rows]
    emit({"pages": rows}, as_json=as_json, lines=lines)
    short = [row["path"] for row in rows if falls_short(row)]
    if strict and short:
        raise Refused(f"Not as good as they should be: {', '.join(short)}.")


@contextmanager
def bundled_site() -> Iterator[str]:
    """Serve the bundled record from a home of its own; give the address.

    Raises:
        Refused: if a step does not end well.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        environ = environ_of(Path(name) / "home") | {"HEARBACK_SITE_URL": address}
        for words in (["init"], ["demo", "load"]):
            run_measured([PROGRAM, *words], environ)
        server = Server("hearback.cli", ["serve", "--port", str(port)], environ, port)
        try:
            server.wait_until_it_listens()
            yield address
        finally:
            server.stop()


def judge(address: str, rounds: int) -> list[dict[str, Any]]:
    """Let Lighthouse load one page again and again, each time in a browser of its own.

    Raises:
        Refused: if there is no Chromium, or Lighthouse does not end well.
    """
    chromium = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        raise Refused("Chromium is missing: run tools/install_test_tools.sh")
    done = subprocess.run(
        ["node", str(TOOL), chromium, *[address] * rounds], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(f"Lighthouse did not end well (make setup-dev installs it): {done.stderr[-500:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def median(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Choose the round in the middle by performance.

    >>> median([{"performance": 90}, {"performance": 99}, {"performance": 97}])
    {'performance': 97}
    """
    return sorted(rows, key=lambda row: row["performance"] or 0)[len(rows) // 2]


def falls_short(row: dict[str, Any]) -> bool:
    """Say whether a page is not as good as the project wants it."""
    return (
        any((row[name] or 0) < least for name, least in LEAST.items())
        or row["largest_paint_ms"] is None
        or row["largest_paint_ms"] >= LARGEST_PAINT_MS
        or row["shift"] != 0
    )


def _line(row: dict[str, Any]) -> str:
    points = ", ".join(f"{name} {row[name]}" for name in LEAST)
    late = row["largest_paint_ms"]
    shown = "unknown" if late is None else f"{late:.0f} ms"
    why = f"; short in {', '.join(row['short'])}" if row["short"] else ""
    return f"{row['path']}: {points}; largest paint {shown}, shift {row['shift']}{why}"
