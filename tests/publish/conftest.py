"""A small site, released: its charts are drawn once for all tests."""

from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from hearback.publish.charts import draw_charts
from hearback.publish.formats import data_files
from hearback.publish.frozen import ReleaseData
from hearback.publish.queries import current_release
from tests.publish.publishing import make_release
from tests.publish.site import small_site
from tests.publish.sound import sound_site


@pytest.fixture(scope="session")
def drawn() -> dict[str, bytes]:
    """The charts of the small site."""
    return draw_charts(small_site())


@pytest.fixture
def empty_home(db: None, tmp_path: Path, settings: Settings) -> Path:
    """A home in which nothing was released yet."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    return tmp_path


@pytest.fixture
def site(empty_home: Path, drawn: dict[str, bytes], at: datetime) -> ReleaseData:
    """The small site as the newest release."""
    made = small_site()
    make_release(made, data_files(made) | drawn, by="reviewer", at=at)
    release = current_release()
    assert release is not None
    return release


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    """The open data of a small site that is sound."""
    return data_files(sound_site())


@pytest.fixture
def folder(files: dict[str, bytes], tmp_path: Path) -> Path:
    """The open data, written to disk as in a release."""
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(body)
    return tmp_path
