"""What a format cannot hold, and what of a file is not taken, is told; of journeys nothing is lost."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook
from openpyxl.comments import Comment

from hearback.collect.sheets.dumps import KINDS, dump_of
from hearback.collect.sheets.proving import read_again
from hearback.learn.commands import group
from hearback.learn.records import JourneyRecord
from hearback.learn.sheets.book import BOOK
from hearback.learn.wanted import JOURNEYS
from tests.learn.small import changed, write
from tests.plan.sheets.editing import rows_of, write_rows
from tests.plan.sheets.records import records_for

SLOWLY = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
SUFFIX = {"xlsx": "journeys.xlsx", "csv": "csv", "json": "json"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


@SLOWLY
@given(records_for(BOOK))
@pytest.mark.parametrize("kind", KINDS)
def test_any_journeys_come_back_from_every_format(kind: str, records: dict[str, list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        target = Path(folder) / SUFFIX[kind]
        assert dump_of(BOOK, kind, target, records).write(overwrite=False, dry_run=False) == []
        assert read_again(BOOK, kind, target) == records


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_a_dump_says_that_nothing_is_lost_and_so_does_loading_it(
    learn_folder: Path, tmp_path: Path, kind: str
) -> None:
    run("load", write(learn_folder))
    told = run("dump", tmp_path / SUFFIX[kind], "--format", kind, "--json", "--dry-run")
    assert json.loads(told.stdout)["losses"] == []
    done = run("dump", tmp_path / SUFFIX[kind], "--format", kind)
    assert "Nothing is lost: what was written was read again, and is the same." in done.stdout
    assert json.loads(run("load", tmp_path / SUFFIX[kind], "--json").stdout)["losses"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_could_not_be_read_again_is_told(tmp_path: Path, kind: str) -> None:
    odd = {JOURNEYS: [JourneyRecord(key="odd", name="a\x00b")]}
    losses = dump_of(BOOK, kind, tmp_path / SUFFIX[kind], odd).write(overwrite=False, dry_run=True)
    assert [loss.done for loss in losses] == ["it could not be read again"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_a_text_too_long_for_a_cell_is_refused_before_anything_is_written(
    learn_folder: Path, tmp_path: Path
) -> None:
    run("load", write(learn_folder, changed([0], gist="x" * 35_000)))
    refused = run("dump", tmp_path / "journeys.xlsx", "--dry-run")
    assert refused.exit_code == 1
    assert "a text has 35,000 characters, a cell holds 32,767; dump it as CSV or JSON" in refused.stderr
    assert run("dump", tmp_path / "csv", "--format", "csv", "--dry-run").exit_code == 0


@pytest.mark.django_db
def test_all_of_a_workbook_that_is_not_taken_as_it_stands_is_told(learn_folder: Path, tmp_path: Path) -> None:
    run("load", write(learn_folder))
    file = tmp_path / "journeys.xlsx"
    run("dump", file)
    book = load_workbook(file)
    places: dict[tuple[str, str], Any] = {
        ("steps", "gist"): "  Looks. ", ("steps", "minutes_low"): None, ("studies", "dates"): None,
        ("pain_points", "groups"): "fishers\n\n clerks", ("studies", "states_count"): "3.0",
    }  # fmt: skip
    cells = {(s, c): next(cell for cell in book[s][1] if cell.value == c) for s, c in places}
    for place, value in places.items():
        if value is not None:
            cells[place].offset(row=1).value = value
    day = cells["studies", "dates"].offset(row=1)
    day.value, day.number_format = date(2025, 5, 1), "mmm yyyy"
    cost = next(cell for cell in book["steps"][1] if cell.value == "cost_usd")
    cost.offset(row=1).value, cost.offset(row=1).number_format = "12.12345678901234567890", "@"
    book["journeys"]["A2"].comment = Comment("Ask about this one.", "A clerk")
    book["about"]["G3"] = "My own note"
    book.save(file)
    told = json.loads(run("load", file, "--dry-run", "--json").stdout)
    assert {(loss["where"], loss["what"], loss["done"]) for loss in told["losses"]} == {
        ("journeys.xlsx", "it holds comments on cells", "they are not read"),
        ("journeys.xlsx: sheet about, row 3", "“My own note” was written there",
         "nothing is read from this sheet"),
        ("journeys.xlsx: sheet steps, row 2, column 'gist'",
         "it has blanks or blank lines that mean nothing", "taken as “Looks.”"),
        ("journeys.xlsx: sheet steps, row 2, column 'cost_usd'",
         "it has more digits than a number keeps", "taken as “12.123456789012346”"),
        ("journeys.xlsx: sheet pain_points, row 2, column 'groups'",
         "it has blanks or blank lines that mean nothing", "taken as “['fishers', 'clerks']”"),
        ("journeys.xlsx: sheet studies, row 2, column 'dates'",
         "it is a day or time of the spreadsheet", "taken as the text 2025-05, as it is shown"),
    }  # fmt: skip
    lines = run("load", file).stdout.splitlines()
    assert lines[-7] == "What was not taken as it stands:"
    assert all(line.startswith("- journeys.xlsx") for line in lines[-6:])
    again = json.loads(run("load", file, "--json").stdout)
    assert (again["created"], again["changed"]) == ({}, {}), "what is told stays the same the second time"
    assert len(again["losses"]) == 6


@pytest.mark.django_db
def test_evidence_that_nobody_could_look_up_is_told_with_its_row(learn_folder: Path, tmp_path: Path) -> None:
    run("load", write(learn_folder))
    run("dump", tmp_path / "csv", "--format", "csv")
    file = tmp_path / "csv" / "insight_evidence.csv"
    header, first, second, *others = rows_of(file)
    second[header.index("url")] = ""
    write_rows(file, [header, first, second, *others])
    refused = run("load", tmp_path / "csv")
    assert refused.exit_code == 1
    assert "insight_evidence.csv: sheet insight_evidence, row 3: " in refused.stderr
    assert "a key or an address" in refused.stderr
    assert "column" not in refused.stderr
