"""How fast an import of reported counts is, and how much memory it takes."""

import tempfile
import time
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_reports import write_directory, write_reported_surveys
from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.ui.terminal import ExampleCommand, dry_run_option, emit, json_option

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
        environ = environ_of(folder / "home") | {"TMPDIR": name}
        file = folder / "reported.csv"
        write_directory(folder / "directory")
        write_reported_surveys(file, rows)
        run_measured([PROGRAM, "init"], environ)
        run_measured([PROGRAM, "directory", "load", folder / "directory"], environ)
        started = time.monotonic()
        used, _ = run_measured([PROGRAM, "collect", "import", file, "--json"], environ)
        seconds = time.monotonic() - started
        return {
            "rows": rows,
            "file_megabytes": round(file.stat().st_size / 1e6),
            "database_megabytes": round((folder / "home" / "hearback.sqlite3").stat().st_size / 1e6),
            "seconds": round(seconds, 1),
            "rows_per_second": round(rows / seconds),
            "peak_megabytes": round(used.peak / 1e6, 1),
        }
