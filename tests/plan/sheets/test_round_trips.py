"""What goes out as a workbook or as CSV comes in again as it was."""

import json
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings

from hearback.collect.sheets.checking import checked
from hearback.collect.sheets.csv_folders import grids_of_folder, write_folder
from hearback.collect.sheets.laying_out import laid_out
from hearback.collect.sheets.wanting import records_of
from hearback.collect.sheets.workbooks import grids_of_workbook, write_workbook
from hearback.directory.commands import load as load_directory
from hearback.plan.commands import group
from hearback.plan.dumping import records
from hearback.plan.models import PriorityArea
from hearback.plan.sheets.book import BOOK
from tests.plan.sheets.emptying import empty_the_plan
from tests.plan.sheets.records import records_for

BUNDLED = Path(__file__).parents[3] / "examples" / "federal"
SLOWLY = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


@pytest.mark.django_db
@pytest.mark.parametrize("target", ["plan.xlsx", "plan"])
def test_the_bundled_plan_by_sheets_is_the_same_to_the_byte(
    tmp_path: Path, at: datetime, target: str
) -> None:
    load_directory(BUNDLED, by="somebody", at=at)
    assert run("load", BUNDLED).exit_code == 0
    before = records()
    assert sum(map(len, before.values())) > 100
    out = run("dump", tmp_path / target, "--format", "xlsx" if target.endswith("x") else "csv")
    assert out.exit_code == 0, out.output
    again = run("load", tmp_path / target, "--json")
    changes = json.loads(again.stdout)
    assert (changes["created"], changes["changed"], changes["not_in_file"]) == ({}, {}, [])
    empty_the_plan()
    assert not PriorityArea.objects.exists()
    loaded = run("load", tmp_path / target)
    assert loaded.exit_code == 0, loaded.output
    assert records() == before


def read_again(grids: Any) -> dict[str, list[Any]]:
    found = checked(BOOK, grids)
    assert [problem.words for problem in found.problems] == []
    return {file: [record for _, record in held] for file, held in records_of(BOOK, found.rows).items()}


@SLOWLY
@given(records_for(BOOK))
def test_any_plan_comes_back_from_a_workbook(plan: dict[str, list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        write_workbook(BOOK, Path(folder) / "plan.xlsx", laid_out(BOOK, plan))
        assert read_again(grids_of_workbook(Path(folder) / "plan.xlsx")) == plan


@SLOWLY
@given(records_for(BOOK))
def test_any_plan_comes_back_from_csv(plan: dict[str, list[Any]]) -> None:
    with TemporaryDirectory() as folder:
        write_folder(BOOK, Path(folder), laid_out(BOOK, plan))
        assert read_again(grids_of_folder(Path(folder))) == plan
