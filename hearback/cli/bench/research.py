"""How long a search of research takes: made-up observations, each query in a process of its own."""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

import click

from hearback.cli.bench.made_up_reports import SEED
from hearback.cli.bench.running import PROGRAM, environ_of, run_measured
from hearback.ui.terminal import ExampleCommand, dry_run_option, emit, json_option

WORDS = [
    *("the", "form", "was", "late", "and", "nobody", "at", "desk", "said", "which", "paper", "clerk", "café"),
    *("wait", "phone", "weeks", "lost", "office", "letter", "online", "again", "child", "income"),
]
WORDS_OF_ONE = 35
QUERIES = (["form"], ["zebra"], ["which paper", "cafe"], ["a"], ["e", "i", "o"], WORDS[-6:])


@click.command("research", cls=ExampleCommand, example="hearback bench research --observations 5000 --json")
@click.option(
    "--observations",
    default=5_000,
    show_default=True,
    type=click.IntRange(1),
    help="Observations to make up.",
)
@json_option
@dry_run_option
def research_command(observations: int, as_json: bool, dry_run: bool) -> None:
    """Search made-up observations; compare with the same search of a study of one observation.

    Processor time of the search of one, which is starting the program, is taken off.
    """
    if dry_run:
        emit({"would_search": observations}, as_json=as_json,
             lines=[f"Would make up and search {observations:,} observations."])  # fmt: skip
        return
    found = measure_searches(observations)
    lines = [
        f"{one['query']}: {one['found']:,} found, {one['cpu_s']} CPU s, {one['ratio_to_start']} times what "
        "starting the program takes."
        for one in found["searches"]
    ]
    emit(found, as_json=as_json, lines=lines)


def measure_searches(observations: int) -> dict[str, Any]:
    """Load two studies into homes of their own and search both; give what was found and what it took.

    Raises:
        Refused: if a step does not end well.
    """
    with tempfile.TemporaryDirectory(prefix="hearback-bench-") as name:
        one, many = (_Home(Path(name) / str(n), n) for n in (1, observations))
        started = min(one.searched(words)[1] for words in QUERIES)
        searches = [{"query": " ".join(words), **many.told(words, started)} for words in QUERIES]
    return {"observations": observations, "start_cpu_s": round(started, 2), "searches": searches}


class _Home:
    """A home with one journey and one study of made-up observations, the same every time."""

    def __init__(self, folder: Path, observations: int) -> None:
        self._environ = environ_of(folder / "home")
        chance = random.Random(SEED)  # noqa: S311 - made-up data
        seen = [
            {
                "key": f"o{n}",
                "gist": " ".join(chance.choices(WORDS, k=WORDS_OF_ONE)),
                "tags": [f"day {n % 9}"],
            }
            for n in range(observations)
        ]
        study = {"key": "made-up", "name": "Made-up study", "method": "interviews", "observations": seen}
        journey = {"key": "made-up", "name": "Made-up journey", "studies": [study]}
        (folder / "data").mkdir(parents=True)
        (folder / "data" / "journeys.json").write_text(json.dumps([journey]), encoding="utf-8")
        run_measured([PROGRAM, "init"], self._environ)
        run_measured([PROGRAM, "learn", "load", folder / "data", "--json"], self._environ)

    def searched(self, words: list[str]) -> tuple[int, float]:
        """Search; give how much was found, and the processor time in seconds."""
        line = [PROGRAM, "learn", "search", *words, "--limit", "1", "--json"]
        used, said = run_measured(line, self._environ)
        return sum(json.loads(said)["counts"].values()), used.cpu_s

    def told(self, words: list[str], started: float) -> dict[str, Any]:
        """Search; give what was found, and what it took beside starting the program."""
        n, cpu_s = self.searched(words)
        taken = max(0.0, cpu_s - started)
        return {"found": n, "cpu_s": round(taken, 2), "ratio_to_start": round(taken / started, 2)}
