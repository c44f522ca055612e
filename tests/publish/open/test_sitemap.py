"""The list of pages for search engines, robots.txt and security.txt."""

from datetime import datetime

import pytest
from django.test import Client
from lxml import etree
from pytest_django.fixtures import Settings

from hearback.publish.frozen import ReleaseData

SITE = "http://127.0.0.1:8000"


def test_every_page_of_the_list_is_there_and_every_service_is_in_it(
    client: Client, site: ReleaseData
) -> None:
    found = etree.fromstring(client.get("/sitemap.xml").content)
    pages = [one.text.removeprefix(SITE) for one in found.iter("{*}loc")]
    assert len(set(pages)) == len(pages)
    assert {f"/services/{one.key}/" for one in site.services} <= set(pages)
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_robots_find_the_list(client: Client, site: ReleaseData) -> None:
    assert f"Sitemap: {SITE}/sitemap.xml" in client.get("/robots.txt").content.decode().splitlines()


def test_security_txt_is_there_only_where_somebody_is_named(
    client: Client, db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, at: datetime
) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setattr("hearback.publish.open.views.timezone.now", lambda: at)
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    lines = dict(
        line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:security@example.org"
    assert lines["Canonical"] == f"{SITE}/.well-known/security.txt"
    assert lines["Expires"] == "2026-08-29T00:00:00Z"
