"""What is dumped makes the same rows again."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.directory.commands import load as load_directory
from hearback.plan.commands import group
from hearback.plan.sheets.loading import read_source
from hearback.plan.wanted import COMMITMENTS
from tests.plan.small import write

pytestmark = pytest.mark.django_db
PLAIN = ("commitments", "funding", "life_experiences", "updates")
BUNDLED = Path(__file__).parents[2] / "examples" / "federal"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def test_what_was_dumped_wants_the_rows_that_are_there(plan_folder: Path, tmp_path: Path) -> None:
    run("load", write(plan_folder))
    assert run("dump", tmp_path / "out").exit_code == 0
    again = json.loads(run("load", tmp_path / "out", "--json").stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])
    assert sorted(str(row.state()) for row in read_source(tmp_path / "out").wanted) == sorted(
        str(row.state()) for row in read_source(plan_folder).wanted
    )


def test_files_that_are_there_stay_unless_told(plan_folder: Path, tmp_path: Path) -> None:
    run("load", write(plan_folder))
    (tmp_path / COMMITMENTS).write_text("mine")
    refused = run("dump", tmp_path)
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"Error: {COMMITMENTS} in {tmp_path} would be replaced")
    assert (tmp_path / COMMITMENTS).read_text() == "mine"
    assert run("dump", tmp_path, "--overwrite", "--dry-run").exit_code == 0
    assert (tmp_path / COMMITMENTS).read_text() == "mine"
    assert run("dump", tmp_path, "--overwrite").exit_code == 0
    assert json.loads((tmp_path / COMMITMENTS).read_text())[0]["confidence"] is None


def test_the_bundled_plan_is_dumped_as_it_was_loaded(tmp_path: Path, at: datetime) -> None:
    load_directory(BUNDLED, by="somebody", at=at)
    loaded = json.loads(run("load", BUNDLED, "--json").stdout)["created"]
    assert run("dump", tmp_path).exit_code == 0
    for file in BUNDLED.iterdir():
        if (tmp_path / file.name).exists():
            assert ordered(json.loads((tmp_path / file.name).read_text())) == ordered(
                json.loads(file.read_text())
            )
    counted = json.loads(run("counts", "--json").stdout)
    assert sorted(n for n in counted.values() if n) == sorted(loaded.values())
    files = {name: json.loads((BUNDLED / f"{name}.json").read_text()) for name in PLAIN}
    assert {name: counted[name] for name in PLAIN} == {name: len(held) for name, held in files.items()}
    experiences = files["life_experiences"]
    assert counted["projects"] == sum(len(one["projects"]) for one in experiences) == 11
    journeys = json.loads((BUNDLED / "journeys.json").read_text())
    assert counted["pain_points"] == sum(len(one["pain_points"]) for one in journeys) == 13


def ordered(held: Any) -> Any:
    """Leave out what is null, and put names of agencies and the like in order: files need not."""
    if isinstance(held, dict):
        return {name: ordered(value) for name, value in held.items() if value not in (None, [], False)}
    if isinstance(held, list):
        parts = [ordered(one) for one in held]
        return sorted(parts, key=str)
    return held
