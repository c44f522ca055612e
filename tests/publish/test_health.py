"""What a monitor is told."""

import pytest
from django.db import OperationalError
from django.test import Client

from hearback.publish.frozen import ReleaseData


def test_a_monitor_is_told_that_all_is_well(client: Client, site: ReleaseData) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"release": 1})
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_monitor_is_told_when_the_newest_release_is_not_what_was_made(
    client: Client, site: ReleaseData
) -> None:
    client.get("/")  # what is kept in memory must not hide it
    manifest = site.folder / "manifest.json"
    whole = manifest.read_bytes()
    for broken in (whole + b" ", b"{"):
        manifest.write_bytes(broken)
        answer = client.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["problem"].startswith("the manifest of the newest release")
        assert str(site.folder) not in answer.content.decode()
    manifest.unlink()
    assert client.get("/healthz").status_code == 503


def test_a_monitor_is_told_when_the_database_does_not_answer(
    client: Client, site: ReleaseData, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent() -> int:
        raise OperationalError("no such host: secret.example")

    monkeypatch.setattr("hearback.publish.queries.newest_whole", silent)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"problem": "the database does not answer"})


def test_before_the_first_release_a_monitor_sees_no_number(client: Client, db: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"release": None})
