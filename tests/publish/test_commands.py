"""Commands of publish: what they refuse, and what they find."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from hearback.collect.commands import load_file
from hearback.directory.commands import load
from hearback.measure.commands import compute_all
from hearback.publish.commands import group
from hearback.publish.queries import release_folder, releases
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "federal"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings) -> Path:
    """Give each test a releases folder of its own."""
    for name in ("releases", "archive", "cache"):
        (tmp_path / name).mkdir()
    settings.HOME = tmp_path
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words))


def test_nothing_is_not_released() -> None:
    result = run("release")
    assert result.exit_code == 1
    assert "nothing to publish" in result.output
    assert releases() == []


def test_answers_without_their_scores_are_not_released(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    load_file(EXAMPLES / "reported_surveys.csv", by="owner", at=at)
    result = run("release")
    assert result.exit_code == 1
    assert "FY2021-Q1" in result.output
    assert "hearback measure all" in result.output
    assert releases() == []


def test_a_release_is_made_once_and_verified_without_naming_it(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    compute_all(by="owner", at=at)
    assert json.loads(run("release", "--json").output)["made"] is True
    assert json.loads(run("release", "--json").output)["made"] is False
    checked = run("verify", "--json")
    assert checked.exit_code == 0
    assert [r["number"] for r in json.loads(checked.output)["releases"]] == [1]
    assert run("verify", str(release_folder(1))).exit_code == 0


def test_a_changed_file_ends_verify_with_one_and_its_name(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    run("release")
    (release_folder(1) / "data/agencies.csv").write_bytes(b"changed")
    result = run("verify")
    assert result.exit_code == 1
    assert "data/agencies.csv" in result.output


def test_a_rewritten_manifest_is_found_by_what_the_database_remembers(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    run("release")
    manifest = release_folder(1) / "manifest.json"
    manifest.write_bytes(manifest.read_bytes() + b"\n")
    assert run("verify", str(release_folder(1))).exit_code == 0
    result = run("verify")
    assert result.exit_code == 1
    assert "not the one that was released" in result.output


def test_a_dry_run_makes_no_release(at: datetime) -> None:
    load(EXAMPLES, by="owner", at=at)
    result = run("release", "--dry-run", "--json")
    assert json.loads(result.output)["would_freeze"]["agencies"] > 20
    assert releases() == []
