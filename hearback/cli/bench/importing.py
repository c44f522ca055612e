"""How fast an import of reported counts is, and how much memory it takes."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_reports import write_directory, write_reported_surveys
from hearback.cli.bench.memory import RUN_AND_TELL, Used, told
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

SMALL = 50_000


@click.command("import", cls=ExampleCommand, example="hearback bench import --rows 500000 --json")
@click.option(
    "--rows", default=500_000, show_default=True, type=click.IntRange(1), help="Rows of the large file."
)
@click.option(
    "--small", default=SMALL, show_default=True, type=click.IntRange(1), help="Rows of the small one."
)
@json_option
@dry_run_option
def import_command(rows: int, small: int, as_json: bool, dry_run: bool) -> None:
    """Import two made-up files, each into an empty home of its own, and compare peak memory and speed."""
    if dry_run:
        emit({"would_import": [small, rows]}, as_json=as_json,
             lines=[f"Would make and import files of {small:,} and {rows:,} rows."])  # fmt: skip
        return
    measured = [measure_import(n) for n in (small, rows)]
    ratio = round(measured[1]["peak_megabytes"] / measured[0]["peak_megabytes"], 2)
    lines = [
        f"{m['rows']:>9,} rows ({m['file_megabytes']:,} MB): {m['seconds']:,} s, "
        f"{m['rows_per_second']:,} rows/s, peak memory {m['peak_megabytes']:,} MB"
        for m in measured
    ]
    emit({"imports": measured, "memory_ratio": ratio}, as_json=as_json,
         lines=[*lines, f"The large import took {ratio} times the memory of the small one."])  # fmt: skip


def measure_import(rows: int) -> dict[str, Any]:
    """Import a file of so many rows in a process of its own; give seconds, rows per second and peak memory.

    Raises:
        Refused: if the import does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        folder = Path(name)
        environ = {k: v for k, v in os.environ.items() if not k.startswith("HEARBACK_")}
        environ |= {"HEARBACK_HOME": str(folder / "home"), "TMPDIR": str(folder)}
        file = folder / "reported.csv"
        write_directory(folder / "directory")
        write_reported_surveys(file, rows)
        program = Path(sys.executable).with_name("hearback")
        run_measured([program, "init"], environ)
        run_measured([program, "directory", "load", folder / "directory"], environ)
        started = time.monotonic()
        used, _ = run_measured([program, "collect", "import", file, "--json"], environ)
        seconds = time.monotonic() - started
        return {
            "rows": rows,
            "file_megabytes": round(file.stat().st_size / 1e6),
            "database_megabytes": round((folder / "home" / "hearback.sqlite3").stat().st_size / 1e6),
            "seconds": round(seconds, 1),
            "rows_per_second": round(rows / seconds),
            "peak_megabytes": round(used.peak / 1e6, 1),
        }


def run_measured(words: list[Any], environ: dict[str, str]) -> tuple[Used, str]:
    """Run a command; give what it used, and what it printed.

    Raises:
        Refused: if it does not end well.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as complained,
    ):
        file = Path(folder) / "used"
        command = [sys.executable, "-c", RUN_AND_TELL, file, *words]
        code = subprocess.call([str(word) for word in command], env=environ, stdout=said, stderr=complained)
        if code:
            complained.seek(max(0, complained.seek(0, os.SEEK_END) - 2000))
            why = complained.read().decode(errors="replace")
            raise Refused(f"{words[1]} ended with {code}: {why}")
        said.seek(0)
        return told(file), said.read().decode()
