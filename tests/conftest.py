"""What every test may ask for: a fixed clock, the shared material, an empty home; and a shut network."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


USE_DATABASE = {"db", "transactional_db", "database"}
"""Fixtures that open the database; without one of them or the mark of Django's, a test is refused any."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses the database: all that can go otherwise on another engine."""
    for item in items:
        if item.get_closest_marker("django_db") or USE_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture
def at() -> datetime:
    """The moment at which everything in a test happens; tests never read the real clock."""
    return datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with the published files; where it is absent, the test is skipped."""
    if not (SHARED / "data").is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """An environment for a program of its own: an empty home folder and no other setting of Hearback."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HEARBACK_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {**kept, "HEARBACK_HOME": str(tmp_path / "home")}


def _is_near(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a unix socket
    try:
        return ipaddress.ip_address(address[0]).is_loopback
    except ValueError:
        return address[0] == "localhost"


@pytest.fixture(scope="session", autouse=True)
def _shut_network() -> Iterator[None]:
    """Refuse every connection that leaves the machine."""
    connect = socket.socket.connect

    def connect_near(self: socket.socket, address: Any) -> None:
        if not _is_near(address):
            raise RuntimeError(f"a test tried to reach {address[0]}; tests use no network")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_near)
        yield


@pytest.fixture(autouse=True)
def _remember_nothing() -> None:
    """Forget the public pages that an earlier test looked at."""
    remembering = sys.modules.get("hearback.publish.remembering")
    if remembering is not None:
        remembering.MEMORY.clear()
