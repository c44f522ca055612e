"""How fast responses come in from files and go out into them, and how much memory that takes."""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_reports import provider_of, write_directory
from hearback.cli.bench.made_up_responses import write_responses
from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.ui.terminal import ExampleCommand, dry_run_option, emit, json_option

ROWS = 500_000
FORMS = ("made-up", "from-csv", "from-json", "from-parquet", "from-xlsx")
FORMATS = ("csv", "json", "parquet", "xlsx")
READ_ALONE = (
    "import csv, sys\nwith open(sys.argv[1], newline='') as file:\n    sum(1 for _ in csv.reader(file))"
)


@click.command("responses", cls=ExampleCommand, example="hearback bench responses --rows 500000 --json")
@click.option(
    "--rows", default=ROWS, show_default=True, type=click.IntRange(1), help="Responses in the file."
)
@click.option("--database", default="", help="Address of an empty PostgreSQL database; SQLite without it.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    default=FORMATS,
    type=click.Choice(FORMATS),
    help="Only these formats.",
)
@json_option
@dry_run_option
def responses_command(
    rows: int, database: str, formats: tuple[str, ...], as_json: bool, dry_run: bool
) -> None:
    """Import a made-up file of 17 columns, export it in every format, and import each export again.

    Every step runs in a process of its own, start included; beside it stands how long Python needs to read
    the first file with `csv` alone. Comments are masked on the way in, every time.
    """
    if dry_run:
        emit({"rows": rows}, as_json=as_json, lines=[f"Would import and export {rows:,} responses."])
        return
    found = measure(rows, database, formats)
    lines = [
        f"{step['step']:<16} {step['seconds']:>7,} s  {step['rows_per_second']:>9,} rows/s  "
        f"peak memory {step['peak_megabytes']:,} MB  {step['ratio_to_csv_alone']} times csv alone"
        for step in found["steps"]
    ]
    alone = f"Reading {found['file_megabytes']} MB with csv alone: {found['csv_alone_seconds']} s"
    emit(found, as_json=as_json, lines=[*lines, alone])


def measure(rows: int, database: str, formats: Sequence[str] = FORMATS) -> dict[str, Any]:
    """Run all steps in a home of their own.

    Raises:
        Refused: if one does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        folder = Path(name)
        environ = environ_of(folder / "home") | {"TMPDIR": name, "HEARBACK_DATABASE_URL": database}
        file = folder / "responses.csv"
        write_responses(file, rows)
        _make_forms(folder, environ)
        started = time.monotonic()
        run_measured([sys.executable, "-c", READ_ALONE, file], environ)
        alone = time.monotonic() - started
        steps = [_step("import seventeen", ["import", FORMS[0], file], rows, alone, environ)]
        for ending in formats:
            out = folder / f"out.{ending}"
            steps.append(_step(f"export {ending}", ["export", FORMS[0], out], rows, alone, environ))
            steps.append(_step(f"import {ending}", ["import", f"from-{ending}", out], rows, alone, environ))
            out.unlink()
        return {
            "rows": rows,
            "store": "postgresql" if database else "sqlite",
            "file_megabytes": round(file.stat().st_size / 1e6),
            "csv_alone_seconds": round(alone, 2),
            "slowest_seconds": max(step["seconds"] for step in steps),
            "peak_megabytes": max(step["peak_megabytes"] for step in steps),
            "steps": steps,
        }


def _make_forms(folder: Path, environ: dict[str, str]) -> None:
    write_directory(folder / "directory")
    run_measured([PROGRAM, "init"], environ)
    run_measured([PROGRAM, "directory", "load", folder / "directory"], environ)
    about = ["--service", "service-1", "--provider", f"provider-{provider_of(1)}"]
    for form in FORMS:
        run_measured([PROGRAM, "collect", "form", "new", form, *about], environ)
        run_measured([PROGRAM, "collect", "form", "move", form, "submit"], environ)
        run_measured([PROGRAM, "collect", "form", "move", form, "publish", "--by", "reviewer"], environ)


def _step(name: str, words: list[Any], rows: int, alone: float, environ: dict[str, str]) -> dict[str, Any]:
    started = time.monotonic()
    used, _ = run_measured([PROGRAM, "collect", "responses", *words, "--json"], environ)
    seconds = time.monotonic() - started
    return {
        "step": name,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(used.cpu_s, 1),
        "rows_per_second": round(rows / seconds),
        "peak_megabytes": round(used.peak / 1e6, 1),
        "ratio_to_csv_alone": round(seconds / alone, 1),
    }
