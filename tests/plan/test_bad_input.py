"""What is wrong in a file is named with file, record and field, and with what to do."""

import json
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.directory.files import FileNotGood
from hearback.plan import queries
from hearback.plan.commands import load
from hearback.plan.models import Commitment
from tests.plan.sheets.editing import run
from tests.plan.small import AREAS, COMMITMENTS, EXPERIENCES, FUNDING, UPDATES, write


def area(way: list[str | int], **values: Any) -> dict[str, Any]:
    """Change one thing deep inside the area."""
    areas = deepcopy(AREAS)
    inside: Any = areas[0]
    for step in way:
        inside = inside[step]
    inside.update(values)
    return {"priority_areas": areas}


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unknown agency of a seat": (
        area(["seats", 0], agency="nowhere"),
        ["priority_areas.json", "record 1 (rivers)", "'agency'", "no agency 'nowhere'"],
    ),
    "unknown agency bound": (
        {"commitments": [{**COMMITMENTS[0], "agencies": ["nowhere"]}]},
        ["commitments.json", "record 1 (order-b)", "'agencies'", "no agency 'nowhere'"],
    ),
    "unknown strategy of an update": (
        {"updates": [{**UPDATES[0], "strategies": ["s9"]}]},
        ["updates.json", "record 1 (u1)", "'strategies'", "no strategy 's9'"],
    ),
    "unknown journey": (
        {"life_experiences": [{**EXPERIENCES[0], "journey": "flying"}]},
        ["life_experiences.json", "record 1 (buying-a-boat)", "'journey'", "no journey 'flying'"],
    ),
    "unknown pain point that a project answers": (
        {"life_experiences": [{**EXPERIENCES[0], "projects": [
            {**EXPERIENCES[0]["projects"][0], "pain_points": ["rain"]}]}]},
        ["life_experiences.json", "record 1 (buying-a-boat)", "'pain_points'", "no pain point 'rain'"],
    ),
    "unknown life experience of money": (
        {"funding": [{**FUNDING[0], "life_experience": "flying"}]},
        ["funding.json", "record 1 (grant)", "'life_experience'", "no life experience 'flying'"],
    ),
    "a date deep inside": (
        area(["strategies", 0, "milestones", 0], due="2024 spring"),
        ["priority_areas.json", "record 1 (rivers)", "milestone rivers-s1-m1.due", "2024 spring"],
    ),
    "an update of a day to come": (
        {"updates": [{**UPDATES[0], "date": "2035"}]},
        ["updates.json", "record 1 (u1)", "'date'", "2035 has not begun"],
    ),
    "a title of blanks": (
        area(["strategies", 0], title=" \n"),
        ["priority_areas.json", "record 1 (rivers)", "'strategies[rivers-s1].title'", "nothing stands here"],
    ),
    "half a character": (
        {"commitments": [{**COMMITMENTS[0], "gist": "a\ud800b"}]},
        ["commitments.json", "record 1 (order-b)", "'gist'", "U+D800", "remove it"],
    ),
    "a character that is none": (
        {"commitments": [{**COMMITMENTS[0], "gist": "a\x00b"}]},
        ["commitments.json", "record 1 (order-b)", "'gist'", "U+0000", "remove it"],
    ),
    "a date of an update": (
        {"updates": [{**UPDATES[0], "date": "2023-13"}]},
        ["updates.json", "record 1 (u1)", "'date'", "2023-13"],
    ),
    "a milestone cannot come back every year": (
        area(["strategies", 0, "milestones", 0], due="yearly"),
        ["milestone rivers-s1-m1.due", "'yearly' is not a date"],
    ),
    "a duty that comes back in words nobody knows": (
        {"commitments": [{**COMMITMENTS[1], "due": "now and then"}]},
        ["commitments.json", "record 1 (order-a)", "'due'", "now and then", "yearly, February"],
    ),
    "same key twice in one file": (
        {"funding": [FUNDING[0], FUNDING[0]]},
        ["funding.json", "record 2 (grant)", "'key'", "record 1"],
    ),
    "same milestone key in two projects": (
        {"life_experiences": [{**EXPERIENCES[0], "milestones": [{"key": "one-form-m1", "title": "Again"}]}]},
        ["life_experiences.json", "milestone key", "'one-form-m1'", "stands in"],
    ),
    "same milestone key in two files": (
        {"life_experiences": [{**EXPERIENCES[0], "milestones": [{"key": "rivers-s1-m1", "title": "Again"}]}]},
        ["life_experiences.json", "milestone", "'rivers-s1-m1'", "priority_areas.json"],
    ),
    "goals replacing each other": (
        area(["strategies", 0, "goals", 1], replaced_by="rivers-1.1-2022"),
        ["priority_areas.json", "'replaced_by'", "circle"],
    ),
    "more report than there are": (
        area(["strategies", 0, "reporting_counts", 0], total=25),
        ["priority_areas.json", "reporting_counts[rivers-c1].total", "26 of 25"],
    ),
    "an unknown field deep inside": (
        area(["strategies", 0, "goals", 1], colour="blue"),
        ["record 1 (rivers)", "'strategies[rivers-s1].goals[rivers-1.1-2024].colour'", "target_date, status"],
    ),
    "an unknown kind of money": (
        {"funding": [{**FUNDING[0], "kind": "gift"}]},
        ["funding.json", "'kind'", "gift", "fund_allocation, fund_investment, budget_request"],
    ),
    "negative money": (
        {"funding": [{**FUNDING[0], "amount_usd": -1}]},
        ["funding.json", "record 1 (grant)", "'amount_usd'", "at least 0"],
    ),
    "nobody bound": (
        {"commitments": [{**COMMITMENTS[0], "agencies": []}]},
        ["commitments.json", "record 1 (order-b)", "'agencies'", "nobody is bound"],
    ),
    "all and some life experiences": (
        {"updates": [{**UPDATES[0], "life_experiences": ["buying-a-boat"]}]},
        ["updates.json", "record 1 (u1)", "'life_experiences'", "all are meant"],
    ),
    "a holder who left before coming": (
        area(["seats", 0, "holders", 0], shown_to="2022-02"),
        ["record 1 (rivers)", "'seats[rivers-department].holders[h1].shown_to'", "2022-02 lies before"],
    ),
    "a holder whose name was forgotten": (
        area(["seats", 0, "holders", 0], **{"nme": "x"}),
        ["'seats[rivers-department].holders[h1].nme'", "unknown field"],
    ),
    "a measure that does not exist": (
        area(["success_measures", 1], measure_key="trust_agreeing"),
        ["record 1 (rivers)", "success_measures[rivers-m2].measure_key", "no measure 'trust_agreeing'",
         "trust_agree_share"],
    ),
    "a level that does not exist": (
        area(["success_measures", 1], measure_level="office", measure_subject="bureau"),
        ["success_measures[rivers-m2].measure_level", "no level 'office'", "service"],
    ),
    "a level without a subject": (
        area(["success_measures", 1], measure_level="service"),
        ["success_measures[rivers-m2].measure_subject", "no subject of the level service", "give the key"],
    ),
    "a pool that does not exist": (
        area(["success_measures", 1], measure_pool="mixed"),
        ["success_measures[rivers-m2].measure_pool", "no pool 'mixed'"],
    ),
    "a level of nothing": (
        area(["success_measures", 0], measure_level="government"),
        ["success_measures[rivers-m1].measure_level", "no measure_key"],
    ),
    "readings of what is computed here": (
        area(["success_measures", 1], readings=[{"key": "r1", "as_of": "2023", "value": 0.7}]),
        ["success_measures[rivers-m2].readings", "computed here, not given", "leave the readings out"],
    ),
    "due before the baseline": (
        area(["success_measures", 0], direction="up", due="2020", target_value=70, baseline_year=2021),
        ["success_measures[rivers-m1].due", "2020 is not after the baseline of 2021", "correct one"],
    ),
    "a date of a baseline": (
        area(["success_measures", 0], baseline_as_of="soon"),
        ["success_measure rivers-m1.baseline_as_of", "'soon' is not a date"],
    ),
    "a target without a direction": (
        area(["success_measures", 0], target_value=70),
        ["success_measures[rivers-m1].direction", "no direction", "up, down or keep"],
    ),
    "a direction nobody knows": (
        area(["success_measures", 0], direction="sideways"),
        ["success_measures[rivers-m1].direction", "sideways", "up, down, keep"],
    ),
    "bounds in the wrong order": (
        area(["success_measures", 0], direction="keep", target_low=70, target_high=60),
        ["success_measures[rivers-m1].target_low", "70 is above target_high 60", "exchange"],
    ),
    "a share as percent": (
        area(["success_measures", 1], direction="up", target_value=75),
        ["success_measures[rivers-m2].target_value", "75 cannot be", "75 % is 0.75"],
    ),
    "low above high": (
        area(["success_measures", 0], readings=[
            {"key": "r1", "as_of": "2023", "value": 64, "low": 65, "high": 63}]),
        ["success_measures[rivers-m1].readings[r1].low", "65 is above high 63", "exchange"],
    ),
    "a value outside its interval": (
        area(["success_measures", 0], readings=[
            {"key": "r1", "as_of": "2023", "value": 64, "low": 65, "high": 66}]),
        ["readings[r1].value", "64 is not between low 65 and high 66"],
    ),
    "two readings of one year": (
        area(["success_measures", 0], readings=[
            {"key": "r1", "as_of": "2023", "value": 64}, {"key": "r2", "as_of": "2023", "value": 65}]),
        ["readings[r2].as_of", "another reading is of these days"],
    ),
    "a reading without a value": (
        area(["success_measures", 0], readings=[{"key": "r1", "as_of": "2023", "value": None}]),
        ["success_measures[rivers-m1].readings[r1].value", "must be known"],
    ),
    "two strategies with one number": (
        area(["strategies", 1], number=1),
        ["priority_areas.json", "record 1 (rivers)", "strategies", "number 1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named(case: str, plan_folder: Path, at: datetime) -> None:
    files, words = CASES[case]
    with pytest.raises(FileNotGood) as problem:
        load(write(plan_folder, **files), by="operator", at=at)
    assert [word for word in words if word not in str(problem.value)] == [], str(problem.value)
    assert "\n" not in str(problem.value)
    assert queries.priority_areas() == []


def test_a_clash_with_what_is_loaded_already_is_named(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    other = {"key": "rivers-s9", "number": 2, "title": "Another second strategy"}
    with pytest.raises(
        FileNotGood,
        match=r"record 1 \(rivers\).*rivers-s9.*another strategy has the same priority area and number",
    ):
        load(write(plan_folder, priority_areas=[{**AREAS[0], "strategies": [other]}]), by="operator", at=at)


def test_json_tells_what_is_wrong_in_every_file_and_record(plan_folder: Path) -> None:
    duties = [{**COMMITMENTS[0], "agencies": []}, {**COMMITMENTS[1], "due": "now and then"}]
    refused = run("load", write(plan_folder, commitments=duties, updates=UPDATES), "--json")
    told = json.loads(refused.stdout)
    assert (refused.exit_code, told["n_problems"]) == (1, 2)
    assert [(one["record"], one["field"]) for one in told["problems"]] == [
        ("record 1 (order-b)", "agencies"), ("record 2 (order-a)", "due"),
    ]  # fmt: skip
    assert {one["file"] for one in told["problems"]} == {"commitments.json"}


def test_all_that_is_wrong_deep_inside_is_told_at_once(plan_folder: Path, at: datetime) -> None:
    areas = deepcopy(AREAS)
    for one in areas[0]["strategies"][0]["milestones"]:
        one |= {"title": " ", "colour": "blue"}
    with pytest.raises(FileNotGood) as refused:
        load(write(plan_folder, priority_areas=areas), by="x", at=at)
    inside = "strategies[rivers-s1].milestones"
    assert [one.field for one in refused.value.faults] == [
        f"{inside}[rivers-s1-m1].colour", f"{inside}[rivers-s1-m1].title",
        f"{inside}[rivers-s1-m2].colour", f"{inside}[rivers-s1-m2].title",
    ]  # fmt: skip


def test_what_was_kept_before_it_was_refused_is_named_where_it_cannot_be_dumped(
    plan_folder: Path, tmp_path: Path, at: datetime
) -> None:
    load(write(plan_folder), by="x", at=at)
    Commitment.objects.filter(key="order-a").update(gist=" ")
    refused = run("dump", tmp_path / "out")
    assert refused.exit_code == 1
    assert "commitment order-a holds what no file may, field 'gist': nothing stands here" in refused.stderr
    assert "Load a file that corrects it" in refused.stderr


def test_what_is_no_file_and_what_lies_too_deep_are_told(plan_folder: Path, at: datetime) -> None:
    write(plan_folder)
    updates = plan_folder / "updates.json"
    updates.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(FileNotGood, match=r"updates\.json: lists lie too deep"):
        load(plan_folder, by="x", at=at)
    updates.unlink()
    updates.mkdir()
    with pytest.raises(FileNotGood, match=r"updates\.json cannot be read: Is a directory"):
        load(plan_folder, by="x", at=at)
