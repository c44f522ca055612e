"""Action plans in a workbook: whole, and refused with sheet, row and column."""

import json

from hearback.plan import queries
from tests.plan.sheets.editing import Book, run


def test_a_workbook_holds_them_and_loads_into_an_empty_home(book: Book) -> None:
    assert book.place("action_plans", "docks-2024", "levels").value == "low\nmiddle\nhigh"
    assert book.place("action_plan_actions", "docks-2024-a1", "action_plan").value == "docks-2024"
    assert book.place("self_assessments", "docks-2024-leading", "level").value is None
    done = run("load", book.file, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["created"]["action_plan_action"] == 5
    assert [len(plan.actions) for plan in queries.action_plans()] == [4, 1]


def test_all_that_is_wrong_in_a_workbook_is_told_with_its_row(book: Book) -> None:
    book.put("action_plan_actions", "docks-2024-a1", "due", "2020")
    book.put("self_assessments", "docks-2024-listening", "level", "great")
    book.put("action_plans", "docks-2024", "provider", "dock")
    book.put("milestones", "rivers-s1-m1", "strategy", "rivers-s7")
    told = json.loads(run("load", book.save(), "--json").stdout)
    places = {(one["sheet"], one["row"], one["column"]) for one in told["problems"]}
    assert places == {
        ("action_plan_actions", 6, "due"), ("self_assessments", 3, "level"),
        ("action_plan_actions", 6, "carried_over_from"), ("action_plans", 3, "provider"),
        ("milestones", 2, "strategy"),
    }  # fmt: skip


def test_a_workbook_of_action_plans_alone_brings_them_up_to_date(book: Book) -> None:
    run("load", book.file)
    kept = {"action_plans", "action_plan_actions", "action_plan_action_evidence", "self_assessments"}
    for sheet in set(book.book.sheetnames) - kept - {"self_assessment_evidence"}:
        del book.book[sheet]
    book.put("action_plan_actions", "docks-2024-a1", "status", "delivered")
    told = json.loads(run("load", book.save(), "--json").stdout)
    assert (told["created"], told["changed"]) == ({}, {"action_plan_action": 1})
    assert queries.action_plans()[1].actions[0].status == "delivered"
