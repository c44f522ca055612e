"""Dumps and templates: what is in them, where they may be written, and which kind a source is."""

import json
from pathlib import Path

import msgspec
import pytest
from openpyxl import load_workbook

from hearback.collect.sheets.explaining import explanation
from hearback.plan import queries
from hearback.plan.records import FundingRecord
from hearback.plan.sheets.book import BOOK
from tests.plan.sheets.editing import Book, rows_of, run
from tests.plan.small import write

KINDS = (
    "priority_areas", "seats", "seat_holders", "success_measures", "strategies", "goals", "reporting_counts",
    "milestones", "life_experiences", "projects", "commitments", "funding", "updates",
)  # fmt: skip


def test_every_kind_of_record_has_a_sheet(db: None) -> None:
    assert set(KINDS) <= set(BOOK.sheets)
    assert set(KINDS) <= set(queries.counts())
    assert {"journeys", "journey_stages", "steps", "pain_points", "stories"} <= set(BOOK.sheets)
    assert {"life_experience_facts", "project_results"} <= set(BOOK.sheets)


def test_a_sheet_has_a_column_for_every_field() -> None:
    fields = {field.name for field in msgspec.structs.fields(FundingRecord)}
    assert set(BOOK.sheets["funding"].header) == fields
    assert BOOK.sheets["milestones"].header[:4] == ["key", "strategy", "project", "life_experience"]


def test_both_formats_have_the_same_columns(book: Book, csv_folder: Path) -> None:
    for name in BOOK.sheets:
        assert [cell.value for cell in book[name][1]] == rows_of(csv_folder / f"{name}.csv")[0]


def test_cells_are_what_people_expect(book: Book) -> None:
    assert book.place("funding", "grant", "amount_usd").value == 7_200_000
    assert book.place("commitments", "order-b", "agencies").value == "bureau; department"
    assert book.place("updates", "u1", "all_life_experiences").value == "yes"
    assert book.place("milestones", "rivers-s1-m1", "due").value == "FY2022-Q3"
    assert book.place("milestones", "rivers-s1-m2", "due").value is None
    facts = [[cell.value for cell in row] for row in book["life_experience_facts"].iter_rows()]
    assert facts[1] == ["buying-a-boat", "Many buy boats", "https://example.org/boats", None]


def test_texts_that_look_like_formulas_are_harmless_and_come_back(plan_folder: Path, tmp_path: Path) -> None:
    nasty = {"key": "wish", "kind": "budget_request", "gist": "=1+1", "note": "'=2", "recipient": "+3\n@4"}
    run("load", write(plan_folder, funding=[nasty]))
    assert run("dump", tmp_path / "plan.xlsx").exit_code == 0
    cell = Book(tmp_path / "plan.xlsx").place("funding", "wish", "gist")
    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    again = json.loads(run("load", tmp_path / "plan.xlsx", "--json").stdout)
    assert (again["created"], again["changed"]) == ({}, {})


def test_a_template_has_headers_choices_and_an_explanation(tmp_path: Path, db: None) -> None:
    file = tmp_path / "new" / "plan.xlsx"
    assert run("template", file, "--dry-run").stdout.startswith("Would write")
    assert not file.exists()
    done = run("template", file)
    assert done.exit_code == 0, done.output
    found = load_workbook(file)
    assert found.sheetnames == ["about", *BOOK.sheets]
    assert [found[name].max_row for name in BOOK.sheets] == [1] * len(BOOK.sheets)
    assert {sheet.freeze_panes for sheet in found} == {"A2"}
    offered = {
        found["funding"].cell(1, next(iter(one.sqref.ranges)).min_col).value: one.formula1
        for one in found["funding"].data_validations.dataValidation
    }
    assert offered["kind"] == '"fund_allocation,fund_investment,budget_request"'
    assert offered["customer_experience"] == '"yes,no"'
    explained = {(row[0], row[1]): row[2:] for row in found["about"].iter_rows(min_row=2, values_only=True)}
    assert set(explained) == {
        (name, column) for name, sheet in BOOK.sheets.items() for column in sheet.header
    }
    assert explained["funding", "key"][0] == "yes"
    assert explained["milestones", "strategy"][0] == "one of several"
    assert found["funding"].column_dimensions["A"].width > 20
    assert run("template", file).exit_code == 1
    assert run("template", tmp_path / "plan.csv").exit_code == 1


def test_an_empty_template_loads_nothing(tmp_path: Path, db: None) -> None:
    run("template", tmp_path / "plan.xlsx")
    done = json.loads(run("load", tmp_path / "plan.xlsx", "--json").stdout)
    assert (done["created"], done["changed"], done["unchanged"]) == ({}, {}, {})


def test_the_format_follows_from_the_name_or_is_chosen(plan_folder: Path, tmp_path: Path) -> None:
    run("load", write(plan_folder))
    assert json.loads(run("dump", tmp_path / "a", "--json").stdout)["records"]["updates.json"] == 2
    assert json.loads(run("dump", tmp_path / "a.xlsx", "--json").stdout)["records"]["updates"] == 2
    assert run("dump", tmp_path / "b", "--format", "csv", "--dry-run").exit_code == 0
    assert not (tmp_path / "b").exists()
    assert run("dump", tmp_path / "b.xlsx", "--format", "csv").exit_code == 1
    assert run("dump", tmp_path / "b", "--format", "xlsx").exit_code == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_there_stays_unless_told(plan_folder: Path, tmp_path: Path, kind: str) -> None:
    run("load", write(plan_folder))
    target = tmp_path / "out" if kind == "csv" else tmp_path / "out.xlsx"
    run("dump", target, "--format", kind)
    refused = run("dump", target, "--format", kind)
    assert (refused.exit_code, "would be replaced" in refused.stderr) == (1, True)
    assert run("dump", target, "--format", kind, "--overwrite").exit_code == 0


def test_a_mixture_is_refused(csv_folder: Path, plan_folder: Path) -> None:
    write(csv_folder)
    refused = run("load", csv_folder)
    assert refused.exit_code == 1
    assert "more than once, as action_plans.json and action_plan_action_evidence.csv" in refused.stderr
    into = run("dump", plan_folder, "--format", "csv")
    assert "holds the same in another format (priority_areas.json)" in into.stderr


def test_what_is_no_plan_is_told(tmp_path: Path, plan_folder: Path) -> None:
    (tmp_path / "plan.docx").write_text("no")
    assert "no workbook (.xlsx)" in run("load", tmp_path / "plan.docx").stderr
    run("load", write(plan_folder))
    run("dump", tmp_path / "out" / "plan.xlsx")
    assert "Name the workbook itself" in run("load", tmp_path / "out").stderr
    (tmp_path / "empty").mkdir()
    assert "priority_areas.json is not in" in run("load", tmp_path / "empty").stderr


def test_a_cell_holds_a_date_only_where_the_column_is_a_text() -> None:
    held = {(sheet, column): what for sheet, column, _, what, _ in explanation(BOOK)}
    assert held["action_plans", "published"].startswith("2023")
    for sheet in ("stories", "personas", "insights", "study_files"):
        assert held[sheet, "published"] == "yes or no", sheet
