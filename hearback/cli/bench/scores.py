"""How long the scores of a quarter take once its cells are there: services, measures, groups."""

import json
import tempfile
import time
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_answers import FIRST_QUARTER, write_answers
from hearback.cli.bench.made_up_reports import write_directory
from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.ui.terminal import ExampleCommand, dry_run_option, emit, json_option

ANSWERS_PER_SERVICE = 1_000


@click.command("scores", cls=ExampleCommand, example="hearback bench scores --services 50 --json")
@click.option(
    "--services", default=1_000, show_default=True, type=click.IntRange(1), help="Services to make up."
)
@json_option
@dry_run_option
def scores_command(services: int, as_json: bool, dry_run: bool) -> None:
    """Compute and store the scores of made-up services by channel, language and age; then again."""
    if dry_run:
        emit({"would_score": services}, as_json=as_json, lines=[f"Would score {services:,} services."])
        return
    payload = measure_scores(services)
    lines = [
        f"{services:,} services: {payload['n_scores']:,} scores of everybody, "
        f"{payload['n_group_scores']:,} of groups; peak memory {payload['peak_mib']:,} MiB.",
        f"To compute and store: {payload['compute_s']} s, {payload['compute_cpu_s']} CPU s.",
        f"When nothing changed: {payload['again_s']} s, {payload['again_cpu_s']} CPU s.",
    ]
    emit(payload, as_json=as_json, lines=lines)


def measure_scores(services: int) -> dict[str, Any]:
    """Make a home with archived answers, count its cells, then time the scores in processes of their own.

    Starting the program counts. Python may keep what it compiles, as for any program that is installed.

    Raises:
        Refused: if a step does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        folder = Path(name)
        home = folder / "home"
        environ = environ_of(home) | {"TMPDIR": name, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
        environ.pop("PYTHONDONTWRITEBYTECODE", None)
        run_measured([PROGRAM, "init"], environ)
        write_directory(folder / "directory", services)
        run_measured([PROGRAM, "directory", "load", folder / "directory"], environ)
        write_answers(home / "answers", services * ANSWERS_PER_SERVICE, n_groups=1, n_surveys=services)
        run_measured([PROGRAM, "measure", "cells"], environ)
        scoring = [PROGRAM, "measure", "quarter", str(FIRST_QUARTER), "--scores-only", "--json"]
        seconds, used, printed = [], [], ""
        for _ in range(2):
            began = time.monotonic()
            one, printed = run_measured(scoring, environ)
            seconds.append(round(time.monotonic() - began, 2))
            used.append(one)
    done = json.loads(printed)["quarters"][0]
    return {
        "services": services,
        "n_scores": done["n_scores"],
        "n_group_scores": done["n_group_scores"],
        "compute_s": seconds[0],
        "compute_cpu_s": round(used[0].cpu_s, 2),
        "again_s": seconds[1],
        "again_cpu_s": round(used[1].cpu_s, 2),
        "peak_mib": round(max(one.peak for one in used) / 2**20),
    }
