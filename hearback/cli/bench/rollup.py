"""How fast archived answers become cells, beside what else can be done with the same columns."""

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_answers import GROUPS
from hearback.ui.terminal import ExampleCommand, Refused, dry_run_option, emit, json_option

ONE_DAY = 300_000
COMPARED_WITH = ("numba", "pandas")
MILLION = 1e6
Measured = dict[str, Any]


@click.command("rollup", cls=ExampleCommand, example="hearback bench rollup --rows 2000000 --json")
@click.option(
    "--rows", default=10_000_000, show_default=True, type=click.IntRange(1), help="Responses to make up."
)
@click.option(
    "--groups", default=0, show_default=True, type=click.IntRange(0, len(GROUPS)),
    help="Groups (age band, disability, first time) that people belong to.",
)  # fmt: skip
@click.option(
    "--folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Where to make the archive for the time being; default where temporary files are.",
)  # fmt: skip
@json_option
@dry_run_option
def rollup_command(rows: int, groups: int, folder: Path | None, as_json: bool, dry_run: bool) -> None:
    """Make up an archive, count it into cells, add a day, and compare with other ways to count.

    Each step runs in a process of its own; CPU seconds are of the step alone, without starting it.
    """
    if dry_run:
        line = f"Would make up {rows:,} responses with 8 answers each and count them."
        emit({"would_count": rows, "groups": groups}, as_json=as_json, lines=[line])
        return
    check_installed()
    with tempfile.TemporaryDirectory(prefix="hearback-bench-", dir=folder) as name:
        payload = measure_rollup(Path(name), rows, groups)
    emit(payload, as_json=as_json, lines=_lines(payload))


def check_installed() -> None:
    """Refuse where something to compare with is missing.

    Raises:
        Refused: if numba or pandas is not installed.
    """
    missing = [name for name in COMPARED_WITH if importlib.util.find_spec(name) is None]
    if missing:
        raise Refused(
            f"{' and '.join(missing)}, to compare with, cannot be found; `make setup-dev` installs it."
        )


def measure_rollup(folder: Path, rows: int, groups: int) -> dict[str, Any]:
    """Run every step in turn; give their figures and the ratios between them.

    Raises:
        Refused: if a step does not end well, or two ways of counting disagree.
    """
    steps: dict[str, Measured] = {}
    for step, numbers in (
        ("generate", (rows, groups)), ("rollup", ()), ("scan", ()), ("plain_plan", ()), ("kernel", ()),
        ("pandas", ()), ("add_day", (ONE_DAY,)), ("nothing_new", ()),
    ):  # fmt: skip
        click.echo(f"{step} …", err=True)
        steps[step] = _run(step, folder, *numbers)
    _check_same_counts(steps)
    cpu = {step: measured["cpu_s"] for step, measured in steps.items()}
    mrows = {step: m["n_rows"] / MILLION / m["cpu_s"] for step, m in steps.items() if m.get("n_rows")}
    return {
        "rows": rows,
        "groups": groups,
        "n_cells": steps["rollup"]["n_cells"],
        "bytes_per_response": round(steps["generate"]["bytes"] / rows, 2),
        "mrows_per_cpu_s": _significant(mrows["rollup"]),
        "ratio_to_scan": round(cpu["rollup"] / cpu["scan"], 2),
        "ratio_to_plain_plan": round(cpu["rollup"] / cpu["plain_plan"], 2),
        "ratio_to_kernel": round(cpu["rollup"] / cpu["kernel"], 2),
        "ratio_to_pandas": _significant(mrows["rollup"] / mrows["pandas"]),
        "peak_mib": max(steps[step]["peak_mib"] for step in ("rollup", "add_day")),
        "add_day_cpu_s": round(cpu["add_day"], 3),
        "steps": {step: _rounded(measured) for step, measured in steps.items()},
    }


def _significant(value: float) -> float:
    return float(f"{value:.3g}")


def _check_same_counts(steps: dict[str, Measured]) -> None:
    """Refuse figures of ways of counting that do not count the same.

    Raises:
        Refused: if the sums over all cells, or the number of cells, differ.
    """
    for step in ("plain_plan", "kernel"):
        for what in ("n_cells_of_everybody", "n_answers", "checksum"):
            if steps[step][what] != steps["rollup"][what]:
                raise Refused(f"{step} and the roll-up count differently: {what} {steps[step][what]} and "
                              f"{steps['rollup'][what]}")  # fmt: skip


def _run(step: str, folder: Path, *numbers: int) -> Measured:
    words = [sys.executable, "-m", "hearback.cli.bench.rollup_steps", step, str(folder), *map(str, numbers)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        last_words = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Refused(f"{step} ended with {done.returncode}: {last_words}")
    measured: Measured = json.loads(done.stdout)
    return measured


def _rounded(measured: Measured) -> Measured:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in measured.items()}


def _lines(p: dict[str, Any]) -> list[str]:
    steps = [
        f"{step:>11}: {m['cpu_s']:8.2f} CPU s  {m['wall_s']:8.2f} s  peak {m['peak_mib']:6,.0f} MiB"
        for step, m in p["steps"].items()
    ]
    return [
        f"{p['rows']:,} responses of eight answers, {p['groups']} groups, {p['n_cells']:,} cells; "
        f"{p['bytes_per_response']} bytes for each response in the archive.",
        *steps,
        f"{p['mrows_per_cpu_s']} million responses per CPU second: {p['ratio_to_scan']} times the cost of a "
        f"bare scan, {p['ratio_to_plain_plan']} times that of one grouping per question, "
        f"{p['ratio_to_kernel']} times that of a fused kernel over decoded arrays; "
        f"{p['ratio_to_pandas']} times as fast as pandas.",
        f"One more day of {ONE_DAY:,} responses, archived and counted: {p['add_day_cpu_s']} CPU s.",
    ]
