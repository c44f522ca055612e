"""Every test of journeys starts with the small directory."""

from datetime import datetime
from pathlib import Path

import pytest

from hearback.directory.commands import load as load_directory
from tests.directory.small import write as write_directory


@pytest.fixture
def learn_folder(tmp_path: Path, at: datetime, db: None) -> Path:
    """A folder for journeys, in a database that holds the services and agencies they name."""
    load_directory(write_directory(tmp_path / "directory"), by="operator", at=at)
    return tmp_path / "learn"
