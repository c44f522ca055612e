"""`hearback plan milestone`: what it prints, and what it refuses."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hearback.plan.commands import group, load
from tests.plan.small import write
from tests.plan.test_milestones_in_files import ANSWER, ASK, found

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)


def run(*words: str) -> Result:
    return CliRunner().invoke(group, ["milestone", *words])


def test_the_list_says_how_each_stands_on_a_day() -> None:
    rows = json.loads(run("list", "--on", "2024-01-01", "--json").stdout)["milestones"]
    assert {row["key"]: row["lateness"]["words"] for row in rows} == {
        ASK: "cannot tell: when it was done is not known",
        ANSWER: "cannot tell: no due date is known",
        "buying-a-boat-m1": "cannot tell: no due date is known",
        "one-form-m1": "cannot tell: its status is not known",
    }
    run("move", "one-form-m1", "planned")
    late = json.loads(run("list", "--on", "2024-01-01", "--state", "overdue", "--json").stdout)["milestones"]
    assert [(row["key"], row["lateness"]["words"]) for row in late] == [
        ("one-form-m1", "overdue by 1 quarter")
    ]
    assert run("list", "--state", "dropped").stdout == "There is none.\n"
    assert run("list", "--on", "tomorrow").exit_code == 2


def test_one_is_shown_with_its_log() -> None:
    run("due", ASK, "FY2022-Q4", "--reason", "Late.", "--decided-by", "Leader", "--by", "reviewer")
    lines = run("show", ASK, "--on", "2024-01-01").stdout.splitlines()
    assert lines[:3] == [f"Ask ({ASK}, version 2)", "  of strategy Listen", "  due: FY2022-Q4"]
    assert lines[-1].endswith("due from FY2022-Q3 to FY2022-Q4, because: Late., decided by Leader")
    assert json.loads(run("show", ASK, "--json").stdout)["changes"][0]["reason"] == "Late."
    refused = run("show", "none")
    assert (refused.exit_code, "there is no milestone 'none'" in refused.stderr) == (1, True)


def test_a_trial_says_what_would_change_and_changes_nothing() -> None:
    told = json.loads(run("due", ASK, "2027", "--reason", "Late.", "--dry-run", "--json").stdout)
    assert (told["dry_run"], told["version"], told["changes"][0]["after"]) == (True, 2, "2027")
    assert run("move", ANSWER, "Complete", "--dry-run").stdout.startswith("Would change: ")
    assert (found(ASK).version, found(ANSWER).version) == (1, 1)


def test_when_it_was_done_is_noted() -> None:
    assert "done from not known to 2022-06" in run("done", ASK, "2022-06").stdout
    rows = json.loads(run("list", "--json").stdout)["milestones"]
    assert next(row["lateness"]["words"] for row in rows if row["key"] == ASK) == "on time"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("due", ASK, "FY2023-Q1"), "Error: a due date is moved with a reason"),
        (("done", "one-form-m1", "2099"), "Error: it cannot have been done in 2099, which has not begun"),
        (
            ("due", ASK, "2027", "--reason", "x", "--seen", "3"),
            "Error: there is no version 3; it is version 1",
        ),
        (("move", ASK, "Planned"), "Error: a milestone whose status is Complete cannot become 'Planned'"),
        (("move", "none", "Planned"), "Error: there is no milestone 'none'"),
    ],
)
def test_what_is_refused_is_one_line(words: tuple[str, ...], message: str) -> None:
    refused = run(*words)
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert refused.stderr.startswith(message)
    assert found(ASK).version == 1
