"""Action plans: loaded, read back, dumped again, and refused where they do not fit together."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hearback.directory.files import FileNotGood
from hearback.history.queries import latest_entries
from hearback.plan import queries
from hearback.plan.commands import load
from hearback.plan.models import ActionPlan, ActionPlanAction, SelfAssessment
from hearback.plan.rules import Outcome, is_before_year, level_number, outcome_of
from tests.plan.sheets.editing import run
from tests.plan.small import ACTION_PLANS, write

LAST, NEXT = ACTION_PLANS
PLAN_TABLES = ("action_plans", "action_plan_actions", "capacity_areas", "self_assessments")


def action(**values: Any) -> dict[str, Any]:
    """The plans with something else in the action of the second one."""
    return {"action_plans": [LAST, {**NEXT, "actions": [{**NEXT["actions"][0], **values}]}]}


def assessed(*assessments: dict[str, Any]) -> dict[str, Any]:
    return {"action_plans": [LAST, {**NEXT, "assessments": list(assessments)}]}


def test_a_plan_is_read_back_whole(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    last, following = queries.action_plans()
    assert (last.provider_key, last.fiscal_year, last.published) == ("docks", 2023, None)
    assert (following.designated_service_keys, following.levels) == (("mooring",), ("low", "middle", "high"))
    assert [a.status for a in last.actions] == ["delivered", "under_way", "dropped", None]
    assert last.actions[0].evidence[0].source == "https://example.org/letters"
    (carried,) = following.actions
    assert (carried.carried_over_from_key, carried.capacity_area_key) == ("docks-2023-a2", "listening")
    assert (carried.pain_point_keys, carried.commitment_keys, carried.success_measure_keys) == (
        ("buying-a-boat-p1",), ("order-b",), ("rivers-m2",),
    )  # fmt: skip
    assert [(a.capacity_area_key, a.level) for a in following.assessments] == [
        ("listening", "middle"), ("leading", None),
    ]  # fmt: skip
    assert [(a.name, a.round) for a in queries.capacity_areas()] == [("Listening", None), ("Leading", "2023")]


def test_every_row_that_changes_has_its_history_and_the_same_again_has_none(
    plan_folder: Path, at: datetime
) -> None:
    load(write(plan_folder), by="operator", at=at)
    load(write(plan_folder, **action(status="delivered")), by="reviewer", at=at)
    (entry,) = [e for e in latest_entries(20) if e.by == "reviewer"]
    assert (entry.verb, entry.subject_key) == ("action_plan_action.loaded", "docks-2024-a1")
    assert load(plan_folder, by="reviewer", at=at).n_changes == 0


def test_a_folder_from_before_there_were_action_plans_loads(plan_folder: Path, at: datetime) -> None:
    write(plan_folder)
    for name in ("capacity_areas", "action_plans"):
        (plan_folder / f"{name}.json").unlink()
    assert "action_plan" not in load(plan_folder, by="operator", at=at).created


def test_counts_count_them(plan_folder: Path) -> None:
    run("load", write(plan_folder))
    counted = json.loads(run("counts", "--json").stdout)
    assert [counted[name] for name in PLAN_TABLES] == [2, 5, 2, 3]


def test_a_dump_holds_the_files_as_they_were(plan_folder: Path, tmp_path: Path) -> None:
    run("load", write(plan_folder))
    assert run("dump", tmp_path / "out").exit_code == 0
    dumped = json.loads((tmp_path / "out" / "action_plans.json").read_text())
    assert dumped[1]["actions"][0]["carried_over_from"] == "docks-2023-a2"
    assert dumped[1]["assessments"][1]["level"] is None
    again = json.loads(run("load", tmp_path / "out", "--json").stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "an unknown provider": (
        {"action_plans": [{**NEXT, "key": "x", "provider": "nobody", "actions": [], "assessments": []}]},
        ["record 1 (x), field 'provider': there is no provider 'nobody'; add it first"],
    ),
    "two plans for one year": (
        {"action_plans": [LAST, {**LAST, "key": "again", "actions": [], "assessments": []}]},
        ["field 'fiscal_year'", "provider docks has another plan for FY2023, 'docks-2023'"],
    ),
    "carried over from another provider": (
        {"action_plans": [{**LAST, "provider": "ports"}, NEXT]},
        ["record 2 (docks-2024), field 'action_plan_action docks-2024-a1.carried_over_from'",
         "'docks-2023-a2' is an action of ports for FY2023, not of docks for FY2023"],
    ),
    "carried over from the same year": (
        action(carried_over_from="docks-2024-a1"),
        ["carried_over_from"],
    ),
    "carried over from two years before": (
        {"action_plans": [{**LAST, "fiscal_year": 2022, "actions": LAST["actions"][1:]}, NEXT]},
        ["is an action of docks for FY2022, not of docks for FY2023"],
    ),
    "an unknown capacity area": (
        action(capacity_area="singing"),
        ["action_plan_action docks-2024-a1.capacity_area", "there is no capacity area 'singing'"],
    ),
    "a level off the scale": (
        assessed({"key": "l", "capacity_area": "listening", "level": "great"}),
        ["self_assessment l.level", "'great' is not on the scale of the plan",
         "write one of low, middle, high"],
    ),
    "an area assessed twice": (
        assessed({"key": "l", "capacity_area": "listening"}, {"key": "m", "capacity_area": "listening"}),
        ["self_assessment m.capacity_area", "'listening' is assessed in l already"],
    ),
    "delivered on a day to come": (
        action(status="delivered", as_of="2099"),
        ["record 2 (docks-2024)", "action_plan_action docks-2024-a1.as_of", "2099 has not begun"],
    ),
    "due before the year begins": (
        action(due="2023-09"),
        ["docks-2024-a1.due", "2023-09 lies before FY2024, for which the plan promises, begins"],
    ),
    "a status nobody knows": (action(status="finished"), ["finished", "planned, under_way, delivered"]),
    "a level twice": (
        {"action_plans": [LAST, {**NEXT, "levels": ["low", "middle", "low"]}]},
        ["record 2 (docks-2024), field 'levels'", "a level stands twice"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named(case: str, plan_folder: Path, at: datetime) -> None:
    files, words = CASES[case]
    with pytest.raises(FileNotGood) as problem:
        load(write(plan_folder, **files), by="operator", at=at)
    assert [word for word in words if word not in str(problem.value)] == [], str(problem.value)
    assert queries.action_plans() == queries.capacity_areas() == []


def test_all_that_is_wrong_is_told_at_once(plan_folder: Path) -> None:
    bad = [
        {**LAST, "provider": "nobody"},
        {**NEXT, "actions": [{**NEXT["actions"][0], "due": "2020", "pain_points": ["none"]}]},
    ]
    done = run("load", write(plan_folder, action_plans=bad))
    assert done.exit_code == 1
    said = done.stderr.removeprefix("Error: ").splitlines()
    assert len(said) == 4
    assert all(line.startswith("action_plans.json: record ") for line in said)
    assert [
        word for word in ("'nobody'", "'none'", "2020 lies", "of nobody") if word not in done.stderr
    ] == []


def test_a_plan_that_is_loaded_already_is_held_against_the_files(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    alone = {"key": "again", "provider": "docks", "fiscal_year": 2024}
    with pytest.raises(FileNotGood, match="has another plan for FY2024, 'docks-2024'"):
        load(write(plan_folder, action_plans=[alone]), by="operator", at=at)


def test_the_database_holds_what_must_always_be_true(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)
    plan = ActionPlan.objects.get(key="docks-2024")
    first = ActionPlanAction.objects.get(key="docks-2024-a1")
    first.carried_over_from = first
    held = SelfAssessment.objects.get(key="docks-2024-leading")
    for row in (
        ActionPlan(key="x", provider=plan.provider, fiscal_year=2024),
        ActionPlanAction(key="x", action_plan=plan, position=9, gist="x", status="finished"),
        SelfAssessment(key="x", action_plan=plan, capacity_area=held.capacity_area),
        first,
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_what_became_of_an_action() -> None:
    told = [
        outcome_of(status, is_carried_over=carried)
        for status, carried in (
            ("delivered", True), ("delivered_in_part", False), ("dropped", False),
            ("under_way", True), ("under_way", False), (None, True), (None, False),
        )
    ]  # fmt: skip
    assert told == [
        Outcome.KEPT, Outcome.KEPT_IN_PART, Outcome.NOT_KEPT,
        Outcome.NOT_KEPT, Outcome.NOT_SAID, Outcome.NOT_KEPT, Outcome.NOT_SAID,
    ]  # fmt: skip


def test_a_fiscal_year_begins_where_the_settings_say() -> None:
    assert is_before_year("2023-09", 2024, 10)
    assert not is_before_year("2023-10", 2024, 10)
    assert not is_before_year("2023", 2024, 10), "some of its days are in the year"
    assert is_before_year("2023", 2024, 1)
    assert not is_before_year("FY2026", 2024, 10)


def test_a_level_has_a_place_only_on_a_scale() -> None:
    assert [level_number(level, ("low", "high")) for level in ("low", "high", "odd", None)] == [
        1,
        2,
        None,
        None,
    ]
    assert level_number("high", ()) is None
