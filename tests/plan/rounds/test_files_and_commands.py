"""Who answers for what goes out and in as files; rounds are opened and read from a terminal."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.directory.files import FileNotGood
from hearback.plan.commands import group, load
from hearback.plan.days import today
from hearback.plan.models import Charge
from hearback.plan.rounds.reading import round_of
from hearback.plan.rules import quarters_to_ask
from tests.plan.rounds.conftest import QUARTER, SEAT
from tests.plan.small import write

pytestmark = pytest.mark.usefixtures("asked")
DUTY: dict[str, Any] = {
    "key": "c1",
    "about": "commitment",
    "record": "order-b",
    "owner": "second",
    "seat": SEAT,
}


def run(*words: str) -> Result:
    return CliRunner().invoke(group, list(words))


@pytest.mark.parametrize("kind", ["json", "xlsx", "csv"])
def test_who_answers_comes_back_from_every_format(plan_folder: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / ("out.xlsx" if kind == "xlsx" else "out")
    assert run("dump", str(target), "--format", kind).exit_code == 0
    before = sorted(Charge.objects.values_list("about", "record", "owner", "seat__key"))
    assert len(before) == 6
    Charge.objects.all().delete()
    done = run("load", str(target), "--json")
    assert done.exit_code == 0, done.output
    assert sorted(Charge.objects.values_list("about", "record", "owner", "seat__key")) == before


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"owner": "ghost"}, "there is nobody active named 'ghost'; add the person first"),
        ({"record": "moon"}, "there is no commitment 'moon'"),
        ({"seat": "throne"}, "there is no seat 'throne'"),
        ({"about": "moon"}, "about"),
    ],
)
def test_a_file_that_asks_nobody_is_refused(
    plan_folder: Path, at: datetime, changed: dict[str, str], problem: str
) -> None:
    write(plan_folder, charges=[{**DUTY, **changed}])
    with pytest.raises(FileNotGood, match=problem):
        load(plan_folder, by="operator", at=at)
    assert not Charge.objects.filter(record="order-b").exists()


def test_one_thing_is_answered_for_once(plan_folder: Path, at: datetime) -> None:
    write(plan_folder, charges=[DUTY, {**DUTY, "key": "c2"}])
    with pytest.raises(FileNotGood, match="'order-b' is answered for twice"):
        load(plan_folder, by="operator", at=at)


def test_a_round_from_a_terminal() -> None:
    given = run("round", "give", "commitment", "order-b", "--owner", "second", "--seat", SEAT, "--json")
    assert json.loads(given.stdout)["changed"] == 1
    assert (
        "there is nobody active named 'ghost'"
        in run("round", "give", "project", "one-form", "--owner", "ghost").stderr
    )
    later = str(quarters_to_ask(today())[1])
    tried = run("round", "open", later.lower(), "--due", "2098-12-31", "--dry-run", "--json")
    assert json.loads(tried.stdout) == {"quarter": later, "due": "2098-12-31", "asked": 7, "dry_run": True}
    assert round_of(later) is None
    assert "is not a fiscal quarter" in run("round", "open", "soon", "--due", "2098-12-31").stderr
    shown = json.loads(run("round", "show", QUARTER, "--json").stdout)
    assert [(row["owner"], row["to_answer"]) for row in shown["owners"]] == [
        ("first", 2),
        ("second", 2),
        ("third", 2),
    ]
    assert json.loads(run("round", "list", "--json").stdout)["rounds"][0]["states"]["awaited"] == 6
    assert "There is no round of 'FY1999-Q1'" in run("round", "show", "FY1999-Q1").stderr
    without = json.loads(run("round", "owners", "--without", "--json").stdout)
    assert [row["record"] for row in without["charges"]] == []
    assert without["seats"] == [{"seat": SEAT, "name": "Leader, Department of Waters", "account": "holder"}]
    assert json.loads(run("round", "seat", SEAT, "--json").stdout)["account"] is None
    closed = json.loads(run("round", "close", QUARTER, "--json").stdout)
    assert closed["states"] == {"awaited": 6, "answered": 0, "returned": 0, "approved": 0}
