"""A workbook is read as people leave it, and says what they meant."""

from datetime import datetime
from pathlib import Path

import pytest

from hearback.plan import queries
from hearback.plan.dumping import records
from tests.plan.sheets.editing import Book, rows_of, run, write_rows
from tests.plan.small import write


def test_what_people_leave_behind_changes_nothing(book: Book, plan_folder: Path) -> None:
    assert run("load", write(plan_folder)).exit_code == 0
    before = records()
    book.put("funding", "grant", "amount_usd", "7200000 ")
    book.put("funding", "wish", "fiscal_year", "2024")
    book.put("goals", "rivers-1.1-2022", "number", 1.1)
    book.put("milestones", "one-form-m1", "due", 2023)
    book.put("updates", "u1", "approved", True)
    book.put("updates", "u2", "approved", None)
    book.put("strategies", "rivers-s1", "title", " Listen  ")
    book.put("updates", "u1", "strategies", "rivers-s1;rivers-s2 ;")
    book["milestones"].insert_rows(2, 3)
    book["milestones"].insert_cols(1, 2)
    book["goals"].cell(1, 40).value = " "
    book["seats"].append([" ", None, ""])
    book["strategies"].insert_rows(1)
    book["seats"].title = " Seats"
    book["projects"]["A1"].value = "Key "
    book.book.create_sheet("Sheet1")
    done = run("load", book.save())
    assert done.exit_code == 0, done.output
    assert records() == before


def test_sheets_that_are_left_out_say_nothing(book: Book, plan_folder: Path) -> None:
    assert run("load", write(plan_folder)).exit_code == 0
    before = queries.counts()
    for name in [name for name in book.book.sheetnames if name != "updates"]:
        del book.book[name]
    book.put("updates", "u2", "title", "Another title")
    done = run("load", book.save())
    assert "update: 0 new, 1 changed, 1 as before" in done.stdout
    assert queries.counts() == before


def test_columns_that_need_not_be_there_may_be_left_out(book: Book) -> None:
    rows = [["kind", "Key", "amount usd"], ["budget_request", "wish", 5]]
    sheet = book["funding"]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)
    assert run("load", book.save()).exit_code == 0
    assert [(one.key, one.amount_usd, one.note) for one in queries.funding()] == [("wish", 5, None)]


@pytest.mark.parametrize(
    ("shown_as", "read"), [("mmm-yy", "2024-02"), ("yyyy", "2024"), ("yyyy-mm-dd", "2024-02-01")]
)
def test_a_date_is_no_more_precise_than_the_cell_shows(book: Book, shown_as: str, read: str) -> None:
    cell = book.place("milestones", "rivers-s1-m2", "due")
    cell.value, cell.number_format = datetime(2024, 2, 1), shown_as  # noqa: DTZ001 - sheets know no zones
    assert run("load", book.save()).exit_code == 0
    strategy = queries.priority_areas()[0].strategies[0]
    assert [milestone.due for milestone in strategy.milestones] == ["FY2022-Q3", read]


def test_the_order_of_rows_is_the_order_of_records(book: Book) -> None:
    sheet = book["commitments"]
    first, second = ([cell.value for cell in sheet[n]] for n in (2, 3))
    for n, values in ((2, second), (3, first)):
        for at, value in enumerate(values, start=1):
            sheet.cell(n, at).value = value
    assert run("load", book.save()).exit_code == 0
    assert [one.key for one in queries.commitments()] == ["order-a", "order-b"]


def test_csv_as_another_program_saves_it_is_read(csv_folder: Path, plan_folder: Path) -> None:
    assert run("load", write(plan_folder)).exit_code == 0
    before = records()
    for file in csv_folder.iterdir():
        rows = [[*row, "", ""] for row in rows_of(file)]
        write_rows(file, [rows[0], [""] * len(rows[0]), *rows[1:]])
    assert run("load", csv_folder).exit_code == 0
    assert records() == before
