"""Every test of the plan starts with the small directory."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.plan.small import fill_directory


@pytest.fixture
def plan_folder(tmp_path: Path, at: datetime, db: None) -> Path:
    """A folder for plan files, in a database that holds the agencies they name."""
    fill_directory(tmp_path / "directory", at)
    return tmp_path / "plan"


@pytest.fixture
def docs_rule() -> list[tuple[str, str]]:
    """The rule as the method page on progress states it: status and reason of every line."""
    page = Path(__file__).parents[2] / "docs" / "methods" / "progress.md"
    rule = page.read_text(encoding="utf-8").split("## The rule\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split(" | ") for line in rule.splitlines() if line.endswith("` |")]
    return [(status, reason.strip("`")) for _, status, reason in rows]
