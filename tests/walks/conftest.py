"""What walks share: the real server with the bundled data."""

from collections.abc import Iterator

import pytest

from tests.walks.running import Site, served


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The bundled data, loaded, released and served; made once for all walks of a run."""
    with served(tmp_path_factory.mktemp("site") / "home") as running:
        yield running
