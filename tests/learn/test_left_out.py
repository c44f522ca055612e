"""What a file leaves out stays as it is in the database, and what is there counts as present."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearback.learn.commands import group
from hearback.learn.dumping import records
from hearback.learn.models import Insight, Journey, PainPoint
from tests.learn.small import write
from tests.plan.sheets.editing import write_rows


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


@pytest.fixture
def loaded(learn_folder: Path, tmp_path: Path) -> Path:
    """An empty folder, in a home that has journeys."""
    assert run("load", write(learn_folder)).exit_code == 0
    (tmp_path / "csv").mkdir()
    return tmp_path / "csv"


def test_columns_left_out_leave_what_is_held(loaded: Path) -> None:
    before = records()
    write_rows(loaded / "journeys.csv", [["key", "name"], ["boat-licence", "Getting a mooring"]])
    assert json.loads(run("load", loaded, "--json").stdout)["changed"] == {}
    assert records() == before
    write_rows(loaded / "journeys.csv", [["key", "name", "about"], ["boat-licence", "A mooring", ""]])
    assert run("load", loaded).exit_code == 0
    assert (Journey.objects.get(key="boat-licence").about, Journey.objects.count()) == (None, 2)
    assert Journey.objects.get(key="boat-licence").yearly_volume == 1200


def test_insights_alone_may_belong_to_and_cite_what_is_held(loaded: Path) -> None:
    write_rows(
        loaded / "insights.csv",
        [["key", "journey", "text", "published"], ["i3", "boat-licence", "New.", "yes"]],
    )
    write_rows(
        loaded / "insight_evidence.csv",
        [["insight", "kind", "cited", "gist"], ["i3", "pain_point", "slow", "They wait."],
         ["i3", "observation", "o1", "They turn it over."]],
    )  # fmt: skip
    done = run("load", loaded, "--json")
    assert done.exit_code == 0, done.output
    made = Insight.objects.get(key="i3")
    assert (made.evidence_count, made.journey.key, made.position) == (2, "boat-licence", 3)
    assert json.loads(done.stdout)["changed"] == {}


def test_a_stage_of_the_journey_may_be_in_the_database_alone(loaded: Path) -> None:
    names = ["key", "journey", "gist", "stage"]
    write_rows(loaded / "pain_points.csv", [names, ["slow", "boat-licence", "Weeks.", "asking"]])
    done = run("load", loaded)
    assert done.exit_code == 0, done.output
    point = PainPoint.objects.get(key="slow")
    assert (point.stage and point.stage.key, point.groups, point.naming_count) == ("asking", ["fishers"], 12)
    write_rows(loaded / "pain_points.csv", [names, ["slow", "boat-licence", "Weeks.", "flying"]])
    refused = run("load", loaded)
    assert "sheet pain_points, row 2, column 'stage': this journey has no stage 'flying'" in refused.stderr
