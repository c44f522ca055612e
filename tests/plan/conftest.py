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
