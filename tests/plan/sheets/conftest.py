"""The small plan, loaded and dumped as sheets."""

from pathlib import Path

import pytest

from tests.plan.sheets.editing import Book, run
from tests.plan.sheets.emptying import empty_the_plan
from tests.plan.small import write


@pytest.fixture
def book(plan_folder: Path, tmp_path: Path) -> Book:
    """A workbook with the small plan, in a home that has no plan."""
    return Book(_dumped(plan_folder, tmp_path / "plan.xlsx"))


@pytest.fixture
def csv_folder(plan_folder: Path, tmp_path: Path) -> Path:
    """A folder of CSVs with the small plan, in a home that has no plan."""
    return _dumped(plan_folder, tmp_path / "csv")


def _dumped(plan_folder: Path, target: Path) -> Path:
    assert run("load", write(plan_folder)).exit_code == 0
    done = run("dump", target, "--format", "xlsx" if target.suffix else "csv")
    assert done.exit_code == 0, done.output
    empty_the_plan()
    return target
