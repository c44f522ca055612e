"""What is wrong in sheets is told with its place, all of it at once, and nothing is loaded."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from hearback.plan import queries
from tests.plan.sheets.editing import Book, rows_of, run, write_rows

Edit = Callable[[Book], object]


def put(sheet: str, key: str, column: str, value: object) -> Edit:
    return lambda book: book.put(sheet, key, column, value)


def head(sheet: str, column: str, name: str | None) -> Edit:
    """Write another heading over a column."""

    def edit(book: Book) -> None:
        book.place(sheet, "key", column).value = name

    return edit


CASES: dict[str, tuple[Edit, tuple[str, int | str | None, str | None], list[str]]] = {
    "a misspelt column": (
        head("milestones", "status", "statsu"),
        ("milestones", 1, "statsu"), ["there is no such column", "did you mean 'status'?"],
    ),
    "a needed column is missing": (
        lambda book: book["funding"].delete_cols(2),
        ("funding", 1, "kind"), ["the column is missing", "add it"],
    ),
    "the column that says to what rows belong is missing": (
        lambda book: book["goals"].delete_cols(2),
        ("goals", 1, "strategy"), ["the column is missing"],
    ),
    "a column twice": (
        head("milestones", "owner", "title"),
        ("milestones", 1, "title"), ["two columns have this name"],
    ),
    "cells without a heading": (
        head("milestones", "due", None),
        ("milestones", 1, None), ["no heading stands over it"],
    ),
    "an unknown sheet": (
        lambda book: setattr(book["milestones"], "title", "milestnes"),
        ("milestnes", None, None), ["no kind of record has this name", "did you mean 'milestones'?"],
    ),
    "a key twice": (
        lambda book: book["updates"].append([cell.value for cell in book["updates"][2]]),
        ("updates", 4, "key"), ["'u1' stands in row 2 too"],
    ),
    "a key in capitals": (
        put("funding", "grant", "key", "Grant"),
        ("funding", "grant", "key"), ["'Grant'", "small letters, digits, hyphens and dots"],
    ),
    "no key": (
        put("funding", "wish", "key", None),
        ("funding", "wish", "key"), ["nothing stands here", "must be known"],
    ),
    "a strategy that is not there": (
        put("goals", "rivers-1.1-2024", "strategy", "rivers-s7"),
        ("goals", "rivers-1.1-2024", "strategy"), ["no 'rivers-s7' on the sheet strategies", "did you mean"],
    ),
    "a milestone of two things": (
        put("milestones", "one-form-m1", "strategy", "rivers-s1"),
        ("milestones", "one-form-m1", "strategy or project or life_experience"), ["belongs to two things"],
    ),
    "a milestone of nothing": (
        put("milestones", "one-form-m1", "project", None),
        ("milestones", "one-form-m1", "strategy or project or life_experience"), ["belongs to nothing"],
    ),
    "an agency that is not there": (
        put("commitments", "order-b", "agencies", "department; bureu"),
        ("commitments", "order-b", "agencies"), ["there is no agency 'bureu'", "did you mean 'bureau'?"],
    ),
    "a goal replaced by one that is not there": (
        put("goals", "rivers-1.1-2022", "replaced_by", "rivers-9"),
        ("goals", "rivers-1.1-2022", "replaced_by"), ["there is no goal 'rivers-9'"],
    ),
    "a bad number": (
        put("funding", "grant", "amount_usd", "$7,200,000"),
        ("funding", "grant", "amount_usd"), ["is not a whole number", "digits only"],
    ),
    "a number with commas": (
        put("funding", "grant", "amount_usd", "7,200,000"),
        ("funding", "grant", "amount_usd"), ["write 7200000, without commas"],
    ),
    "negative money": (
        put("funding", "grant", "amount_usd", -5),
        ("funding", "grant", "amount_usd"), ["'-5' cannot stand here", "of at least 0"],
    ),
    "a bad date": (
        put("milestones", "rivers-s1-m1", "due", "spring 2023"),
        ("milestones", "rivers-s1-m1", "due"), ["'spring 2023' is not a date", "leave the cell empty"],
    ),
    "a duty that comes back in words nobody knows": (
        put("commitments", "order-a", "due", "now and then"),
        ("commitments", "order-a", "due"), ["yearly, February"],
    ),
    "neither yes nor no": (
        put("updates", "u1", "approved", "perhaps"),
        ("updates", "u1", "approved"), ["'perhaps' is no choice", "yes, no"],
    ),
    "an unknown kind of money": (
        put("funding", "grant", "kind", "gift"),
        ("funding", "grant", "kind"), ["fund_allocation, fund_investment, budget_request"],
    ),
    "a formula": (
        put("funding", "grant", "amount_usd", "=1+1"),
        ("funding", "grant", "amount_usd"), ["a formula stands here", "paste its value"],
    ),
    "more report than there are": (
        put("reporting_counts", "rivers-c1", "total", 25),
        ("reporting_counts", "rivers-c1", "total"), ["26 of 25 cannot report"],
    ),
    "two strategies with one number": (
        put("strategies", "rivers-s2", "number", 1),
        ("strategies", 2, "number"), ["number 1 is given twice"],
    ),
    "a measure that does not exist": (
        put("success_measures", "rivers-m2", "measure_key", "trust_agreeing"),
        ("success_measures", "rivers-m2", "measure_key"), ["no measure 'trust_agreeing'"],
    ),
    "a target without a direction": (
        put("success_measures", "rivers-m1", "target_value", 70),
        ("success_measures", "rivers-m1", "direction"), ["there is a target and no direction"],
    ),
    "a reading whose low is above its high": (
        put("measure_readings", "rivers-r1", "low", 66),
        ("measure_readings", "rivers-r1", "low"), ["66 is above high 65.4"],
    ),
    "nobody bound": (
        put("commitments", "order-b", "agencies", None),
        ("commitments", "order-b", "agencies"), ["nobody is bound"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_thing_wrong_is_told_with_its_place(case: str, book: Book) -> None:
    edit, (sheet, where, column), words = CASES[case]
    row = book.place(sheet, where, "key").row if isinstance(where, str) else where
    edit(book)
    done = run("load", book.save(), "--json")
    assert done.exit_code == 1, done.output
    told = json.loads(done.stdout)
    first = told["problems"][0]
    assert (first["file"], first["sheet"], first["row"]) == ("plan.xlsx", sheet, row)
    if column:
        assert first["column"] == column
    said = run("load", book.file).stderr
    assert [word for word in words if word not in said] == [], said
    assert said.startswith("Error: plan.xlsx: sheet ")
    assert queries.counts()["priority_areas"] == 0


def test_all_that_is_wrong_is_told_at_once(book: Book) -> None:
    book.put("milestones", "rivers-s1-m1", "due", "spring")
    book.put("milestones", "rivers-s1-m1", "as_of", "summer")
    book.put("goals", "rivers-1.1-2024", "strategy", "s9")
    book.put("reporting_counts", "rivers-c1", "total", 25)
    book.put("reporting_counts", "rivers-c2", "total", 1)
    book.put("seats", "rivers-department", "agency", "nowhere")
    book.put("updates", "u2", "life_experiences", "flying; sailing")
    done = run("load", book.save(), "--json")
    found = {(one["sheet"], one["row"], one["column"]) for one in json.loads(done.stdout)["problems"]}
    assert found == {
        ("milestones", 2, "due"),
        ("milestones", 2, "as_of"),
        ("goals", 3, "strategy"),
        ("reporting_counts", 2, "total"),
        ("reporting_counts", 3, "total"),
        ("seats", 2, "agency"),
        ("updates", 3, "life_experiences"),
    }
    assert json.loads(done.stdout)["n_problems"] == 8
    assert len(run("load", book.file).stderr.splitlines()) == 8


def test_at_most_fifty_problems_are_told(book: Book) -> None:
    for n in range(70):
        book["updates"].append([f"x{n}"])
    done = run("load", book.save())
    assert len(done.stderr.splitlines()) == 51
    assert done.stderr.splitlines()[-1].endswith("more were found; correct these first.")


def test_a_circle_of_goals_names_the_workbook(book: Book) -> None:
    book.put("goals", "rivers-1.1-2024", "replaced_by", "rivers-1.1-2022")
    done = run("load", book.save())
    assert done.exit_code == 1
    assert "plan.xlsx" in done.stderr
    assert "circle" in done.stderr


def test_a_damaged_workbook_is_refused(book: Book, db: None) -> None:
    book.file.write_bytes(book.file.read_bytes()[:2000])
    done = run("load", book.file)
    assert "plan.xlsx: this is no Excel workbook" in done.stderr.replace("\n", " ")
    assert done.exit_code == 1


def test_rows_of_csv_are_told_by_file_and_row(csv_folder: Path) -> None:
    file = csv_folder / "funding.csv"
    rows = rows_of(file)
    rows[1][rows[0].index("kind")] = "gift"
    rows[2][rows[0].index("date")] = "May-23"
    write_rows(file, rows)
    told = json.loads(run("load", csv_folder, "--json").stdout)["problems"]
    assert [(one["file"], one["row"], one["column"]) for one in told] == [
        ("funding.csv", 2, "kind"),
        ("funding.csv", 3, "date"),
    ]


def test_a_csv_that_is_no_table_is_told_with_its_name(csv_folder: Path) -> None:
    (csv_folder / "funding.csv").write_bytes("key;kind\ngrant;gift\n".encode("utf-16"))
    (csv_folder / "updates.csv").write_text("key;kind\nu1;blog\n")
    (csv_folder / "fundings.csv").write_text("key,kind\n")
    said = run("load", csv_folder).stderr
    assert "funding.csv: sheet funding, row 1: The file is in UTF-16" in said
    assert "semicolons" in said
    assert "did you mean 'funding'?" in said


def test_a_row_that_lacks_cells_is_told_and_not_guessed(csv_folder: Path) -> None:
    file = csv_folder / "seats.csv"
    file.write_text(
        "key,priority_area,role,agency,source,confidence\nrivers-department,rivers,Leader,bureau\n"
    )
    said = run("load", csv_folder).stderr
    assert "seats.csv: sheet seats, row 2, column 'source': The row has 4 cells" in said


def test_a_sheet_with_nothing_in_it_is_told(tmp_path: Path, db: None) -> None:
    book = Workbook()
    book.active.title = "updates"  # type: ignore[union-attr]
    book.save(tmp_path / "plan.xlsx")
    refused = run("load", tmp_path / "plan.xlsx")
    assert refused.exit_code == 1
    assert "updates: nothing stands there; a header and rows are expected." in refused.stderr


def test_a_result_with_half_a_figure_is_told_by_its_row(csv_folder: Path) -> None:
    file = csv_folder / "project_results.csv"
    header, first, *others = rows_of(file)
    first[header.index("before")] = "3"
    write_rows(file, [header, first, *others])
    told = json.loads(run("load", csv_folder, "--json").stdout)["problems"]
    assert [(one["file"], one["row"], one["column"]) for one in told] == [("project_results.csv", 2, None)]
