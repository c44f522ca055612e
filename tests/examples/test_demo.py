"""`hearback demo`: everything at once, and again without a change."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from hearback.accounts.commands import load_roles
from hearback.cli import demo
from hearback.collect.queries import reported_surveys
from hearback.directory.queries import agencies
from hearback.plan.queries import priority_areas
from hearback.publish.queries import releases
from hearback.ui.terminal import now

pytestmark = pytest.mark.django_db


def run(*words: str) -> Result:
    return CliRunner().invoke(demo.command, list(words))


@pytest.fixture(autouse=True)
def _roles() -> None:
    load_roles(by="operator", at=now())


@pytest.fixture
def _without_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out scores and release, which take their time and have tests of their own."""
    short = tuple(step for step in demo.STEPS if step[0] not in {"Scores", "Release"})
    monkeypatch.setattr(demo, "STEPS", short)


def test_a_trial_takes_every_step_and_keeps_nothing() -> None:
    done = run("load", "--dry-run", "--json")
    assert done.exit_code == 0, done.output
    payload = json.loads(done.stdout)
    assert list(payload["steps"]) == [
        "directory",
        "journeys",
        "plan",
        "answers",
        "site form",
        "scores",
        "people",
        "release",
    ]
    assert payload["steps"]["answers"]["changed"] == 355
    assert (agencies(), priority_areas(), list(reported_surveys()), releases()) == ([], [], [], [])


@pytest.mark.usefixtures("_without_drawing")
def test_loading_says_each_step_and_again_changes_nothing() -> None:
    first = run("load")
    assert first.exit_code == 0, first.output
    assert "1/6 Directory …" in first.stdout
    assert "355 surveys read, 355 changed" in first.stdout
    again = run("load", "--json")
    assert json.loads(again.stdout)["changed"] == 0
    assert "1/6 Directory …" in again.stderr
    assert "nothing changed" in run("load").stdout


@pytest.mark.usefixtures("_without_drawing")
def test_each_role_gets_a_fresh_link() -> None:
    run("load")
    first, second = (json.loads(run("links", "--json").stdout)["links"] for _ in range(2))
    assert [link["role"] for link in first] == ["Service owner", "Reviewer", "Administrator"]
    assert {link["link"] for link in first}.isdisjoint({link["link"] for link in second})
    assert all("/sign-in/" in link["link"] for link in first)
    assert [link["link"] for link in json.loads(run("links", "--json", "--dry-run").stdout)["links"]] == [
        ""
    ] * 3


def test_links_are_refused_before_the_record_is_loaded() -> None:
    done = run("links")
    assert done.exit_code == 1
    assert "hearback demo load" in done.stderr


def test_a_missing_folder_is_named(tmp_path: Path, settings: Settings) -> None:
    settings.BASE_DIR = tmp_path
    done = run("load")
    assert done.exit_code == 1
    assert "bundled data are not in" in done.stderr
