"""What a file leaves out stays as it is in the database; what it has and leaves empty is emptied."""

import json
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.models import QuerySet

from hearback.directory.files import FileNotGood
from hearback.plan import queries
from hearback.plan.commands import load
from hearback.plan.dumping import records
from hearback.plan.models import (
    LifeExperience,
    MeasureReading,
    Milestone,
    MilestoneChange,
    Project,
    SuccessMeasure,
)
from tests.plan.sheets.editing import run, write_rows
from tests.plan.small import AREAS, COMMITMENTS, EXPERIENCES, write

AREA = {**AREAS[0], "gist": "Clean water.", "challenge": "Mud.", "source": "https://example.org/rivers"}
LINE = {"key": "c1", "field": "status", "after": "Complete", "reason": "Told in May."}


def csv(folder: Path, **sheets: list[list[str]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, rows in sheets.items():
        write_rows(folder / f"{name}.csv", rows)
    return folder


@pytest.fixture
def loaded(plan_folder: Path, at: datetime) -> Path:
    """A small plan with all that may be left out."""
    area = deepcopy(AREA)
    area["strategies"][0]["milestones"][0] |= {
        "owner": "A board", "changes": [LINE], "evidence": [{"gist": "Minutes"}],
    }  # fmt: skip
    load(write(plan_folder, priority_areas=[area]), by="x", at=at)
    return plan_folder


def test_columns_left_out_leave_what_is_held_and_empty_ones_empty_it(loaded: Path, tmp_path: Path) -> None:
    sheet = [["key", "number", "title"], ["rivers", "2", "Better rivers"]]
    told = json.loads(run("load", csv(tmp_path / "a", priority_areas=sheet), "--json").stdout)
    assert (told["changed"], told["changes"]) == ({}, [])
    sheet = [["key", "number", "title", "gist"], ["rivers", "3", "Better rivers", ""]]
    changes = [
        {"kind": "priority_area", "key": "rivers", "fields": {
            "number": {"before": 2, "after": 3}, "gist": {"before": "Clean water.", "after": None}}},
    ]  # fmt: skip
    folder = csv(tmp_path / "b", priority_areas=sheet)
    assert json.loads(run("load", folder, "--dry-run", "--json").stdout)["changes"] == changes
    lines = run("load", folder, "--dry-run").stdout.splitlines()
    assert "  would be changed: priority area rivers: number 2 → 3; gist “Clean water.” → nothing" in lines
    assert json.loads(run("load", folder, "--json").stdout)["changes"] == changes
    (area,) = queries.priority_areas()
    assert (area.number, area.gist, area.challenge, area.source) == (3, None, "Mud.", AREA["source"])


def test_fields_left_out_of_json_leave_what_is_held_and_null_empties_it(loaded: Path, at: datetime) -> None:
    before = records()
    bare = [{"key": "rivers", "number": 2, "title": "Better rivers", "strategies": [
        {"key": "rivers-s1", "number": 1, "title": "Listen",
         "milestones": [{"key": "rivers-s1-m1", "title": "Ask"}]}]}]  # fmt: skip
    project = {"key": "one-form", "name": "One form", "name_is_official": False}
    experience = {"key": "buying-a-boat", "name": "Buying a boat", "projects": [project]}
    commitments = [{"key": "order-b", "kind": "agency_commitment", "gist": "Answer mail."}]
    files: dict[str, Any] = {
        "priority_areas": bare, "life_experiences": [experience], "commitments": commitments,
        "updates": [], "funding": [], "journeys": [],
    }  # fmt: skip
    report = load(write(loaded, **files), by="x", at=at)
    assert (report.changed, records()) == ({}, before)
    empty = {"key": "rivers-s1-m1", "title": "Ask", "owner": None, "evidence": []}
    bare[0]["strategies"][0]["milestones"] = [empty]  # type: ignore[index]
    load(write(loaded, **files), by="x", at=at)
    ask = Milestone.objects.get(key="rivers-s1-m1")
    assert (ask.owner, ask.evidence, ask.due, ask.changes.count()) == (None, [], "FY2022-Q3", 1)


def test_a_list_of_keys_left_out_stays_and_an_empty_cell_empties_it(loaded: Path, tmp_path: Path) -> None:
    names = ["key", "life_experience", "name", "name_is_official"]
    row = ["one-form", "buying-a-boat", "One form", "no"]
    assert run("load", csv(tmp_path / "a", projects=[names, row])).exit_code == 0
    assert [one.key for one in Project.objects.get().pain_points.all()] == ["buying-a-boat-p1"]
    assert Project.objects.get().results == [{**Project.objects.get().results[0], "gist": "Half the time"}], (
        "a sheet that is left out says nothing"
    )
    done = run("load", csv(tmp_path / "b", projects=[[*names, "pain_points"], [*row, ""]]))
    assert done.exit_code == 0, done.output
    assert not Project.objects.get().pain_points.exists()


def test_rows_of_what_is_in_the_database_alone_are_taken(loaded: Path, tmp_path: Path) -> None:
    evidence = [["milestone", "gist"], ["rivers-s1-m1", "Minutes"], ["rivers-s1-m1", "A letter"]]
    changes = [["key", "milestone", "field", "after"], ["c2", "rivers-s1-m1", "title", "Ask"]]
    told = run("load", csv(tmp_path / "a", milestone_evidence=evidence, milestone_changes=changes), "--json")
    assert told.exit_code == 0, told.output
    report = json.loads(told.stdout)
    assert (report["created"], report["changed"]) == ({"milestone_change": 1}, {"milestone": 1})
    ask = Milestone.objects.get(key="rivers-s1-m1")
    assert [one["gist"] for one in ask.evidence] == ["Minutes", "A letter"]
    assert (ask.owner, ask.position, ask.due) == ("A board", 1, "FY2022-Q3")
    assert list(MilestoneChange.objects.values_list("key", "position")) == [("c1", 1), ("c2", 2)]


def test_a_record_without_a_key_that_says_the_same_keeps_what_is_left_out(
    loaded: Path, tmp_path: Path
) -> None:
    facts = [["life_experience", "gist"], ["buying-a-boat", "Many buy boats"], ["buying-a-boat", "Few sell"]]
    told = run("load", csv(tmp_path / "a", life_experience_facts=facts))
    assert told.exit_code == 0, told.output
    found = LifeExperience.objects.get().facts
    assert [(one["gist"], one["source"]) for one in found] == [
        ("Many buy boats", "https://example.org/boats"), ("Few sell", None)
    ]  # fmt: skip
    emptied = [[*facts[0], "source"], *([*row, ""] for row in facts[1:])]
    assert run("load", csv(tmp_path / "b", life_experience_facts=emptied)).exit_code == 0
    assert [one["source"] for one in LifeExperience.objects.get().facts] == [None, None]


def test_a_milestone_of_a_project_can_be_loaded_alone(loaded: Path, tmp_path: Path) -> None:
    sheet = [["key", "project", "title"], ["one-form-m2", "one-form", "Print"]]
    told = run("load", csv(tmp_path / "a", milestones=sheet))
    assert told.exit_code == 0, told.output
    assert Milestone.objects.get(key="one-form-m2").project == Project.objects.get()
    log = [["key", "milestone", "field", "after"], ["c9", "one-form-m1", "title", "Draft"]]
    told = run("load", csv(tmp_path / "b", milestone_changes=log))
    assert told.exit_code == 0, told.output


def test_what_was_changed_here_is_kept_against_a_file_and_named(loaded: Path, tmp_path: Path) -> None:
    sheet = [["key", "strategy", "title", "status"], ["rivers-s1-m1", "rivers-s1", "Ask", "Off track"]]
    folder = csv(tmp_path / "a", milestones=sheet)
    told = json.loads(run("load", folder, "--json").stdout)
    assert (told["changed"], told["kept"]) == ({}, ["milestone rivers-s1-m1: status"])
    line = "changed here, which the files do not know, and kept as it is: milestone rivers-s1-m1: status"
    assert line in run("load", folder).stdout.splitlines()
    assert Milestone.objects.get(key="rivers-s1-m1").status == "Complete"


def test_what_is_nowhere_is_still_refused(loaded: Path, tmp_path: Path) -> None:
    sheet = [["key", "strategy", "title"], ["new", "rivers-s9", "Later"]]
    refused = run("load", csv(tmp_path / "a", milestones=sheet))
    assert refused.exit_code == 1
    assert "sheet milestones, row 2, column 'strategy': there is no 'rivers-s9'" in refused.stderr


def test_some_rows_of_a_list_keep_their_places_and_new_ones_come_last(
    loaded: Path, tmp_path: Path, at: datetime
) -> None:
    names = ["key", "strategy", "title"]
    rows = [["new", "rivers-s1", "Later"], ["rivers-s1-m2", "rivers-s1", "Answer"]]
    folder = csv(tmp_path / "a", milestones=[names, *rows])
    for created in ({"milestone": 1}, {}):
        report = load(folder, by="x", at=at)
        assert (report.created, report.changed) == (created, {})
    places = dict(Milestone.objects.filter(strategy__key="rivers-s1").values_list("key", "position"))
    assert places == {"rivers-s1-m1": 1, "rivers-s1-m2": 2, "new": 3}
    rows.append(["rivers-s1-m1", "rivers-s1", "Ask"])
    load(csv(tmp_path / "a", milestones=[names, *rows]), by="x", at=at)
    ordered = Milestone.objects.filter(strategy__key="rivers-s1").values_list("key", flat=True)
    assert list(ordered) == ["new", "rivers-s1-m2", "rivers-s1-m1"], "a file that has all says the order"


def test_what_is_held_counts_when_a_file_is_checked(loaded: Path, at: datetime) -> None:
    bound = {"key": "rivers-m1", "name": "Clean water", "kind": "survey", "measure_key": "trust_agree_share"}
    area = {"key": "rivers", "number": 2, "title": "Better rivers", "success_measures": [bound]}
    with pytest.raises(FileNotGood, match=r"success_measures\[rivers-m1\]"):
        load(write(loaded, priority_areas=[area]), by="x", at=at)  # it has readings here
    nobody = {**COMMITMENTS[0], "agencies": []}
    with pytest.raises(FileNotGood, match="nobody is bound"):
        load(write(loaded, commitments=[nobody]), by="x", at=at)
    del nobody["agencies"]
    load(write(loaded, commitments=[nobody], life_experiences=EXPERIENCES), by="x", at=at)


def test_a_figure_of_days_that_have_one_here_is_refused_from_every_file(
    loaded: Path, tmp_path: Path, at: datetime
) -> None:
    names = ["key", "success_measure", "as_of", "value"]
    MeasureReading.objects.create(
        key="told", success_measure=SuccessMeasure.objects.get(key="rivers-m1"), as_of="2024", value=66
    )
    file = csv(tmp_path / "a", measure_readings=[names, ["mine", "rivers-m1", "2024", "65"]])
    with pytest.raises(FileNotGood, match="another reading is of these days"):
        load(file, by="x", at=at)
    area = deepcopy(AREA)
    area["success_measures"][0]["readings"] = [{"key": "mine", "as_of": "2024", "value": 65}]
    with pytest.raises(FileNotGood, match=r"success_measures\[rivers-m1\].readings\[.*another reading"):
        load(write(loaded, priority_areas=[area]), by="x", at=at)
    area["success_measures"][0]["readings"][0]["as_of"] = "2025"
    load(write(loaded, priority_areas=[area]), by="x", at=at)
    assert run("dump", tmp_path / "out").exit_code == 0
    assert load(tmp_path / "out", by="x", at=at).n_changes == 0
    assert MeasureReading.objects.filter(success_measure__key="rivers-m1").count() == 3


def test_what_others_may_change_is_locked_before_it_is_compared(
    loaded: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, lock = [], QuerySet.select_for_update
    monkeypatch.setattr(
        QuerySet, "select_for_update", lambda self, **more: (locked.append(self.model), lock(self, **more))[1]
    )
    monkeypatch.setattr("hearback.plan.commands.read_source", lambda source: pytest.fail(str(locked)))
    with pytest.raises(pytest.fail.Exception, match=r"Goal.*Project.*Commitment"):
        load(loaded, by="x", at=at)
