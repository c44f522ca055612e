"""What walks share: the real server with the bundled data."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.walks.browser import open_browser
from tests.walks.running import Site, served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The bundled data, loaded, released and served; made once for all walks of a run."""
    with served(tmp_path_factory.mktemp("site") / "home") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module. It ends with it: while it is open, Django uses no database."""
    with open_browser() as opened:
        yield opened
