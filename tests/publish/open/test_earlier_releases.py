"""Releases made before there was anything but tables still open."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.publish.formats import data_files
from hearback.publish.queries import release_folder
from tests.publish.publishing import make_release
from tests.publish.site import small_site

NEWER_FIELDS = {"customers_reason", "offered_reason", "respondents_reason"}


@pytest.fixture
def earlier(db: None, tmp_path: Path, settings: Settings, at: datetime) -> None:
    """A release as earlier versions made it: tables as CSV and JSON, without what was added since."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    made = small_site()
    tables = {
        path: body
        for path, body in data_files(made).items()
        if path.endswith((".csv", ".json")) and path.count(".") == 1 and path.startswith("data/")
    }
    added = {f"data/{name}.json" for name in ("dictionary", "schema", "csv-metadata")}
    make_release(made, {p: b for p, b in tables.items() if p not in added}, by="reviewer", at=at)


def test_its_pages_files_feeds_catalogue_and_rows_are_there(client: Client, earlier: None) -> None:
    for address in (
        "/data/", "/data/dictionary/", "/services/va-vha-2/", "/services/va-vha-2.json", "/services.csv",
        "/feed.atom", "/services/va-vha-2/feed.atom", "/data.json", "/dataset.jsonld", "/releases/1.zip",
        "/sitemap.xml", "/api/v1/data/tables/surveys/rows",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.getvalue(), address
    assert client.get("/datapackage.json").status_code == 404
    assert "datapackage.json" not in client.get("/data/").content.decode()


def test_facts_without_the_newer_fields_are_read(client: Client, earlier: None) -> None:
    told = json.loads((release_folder(1) / "facts" / "surveys.json").read_bytes())
    assert set(told[0]) >= NEWER_FIELDS, "they are optional, which the next line relies on"
    from msgspec.json import decode

    from hearback.publish.frozen import PublishedSurvey

    old = [{name: value for name, value in one.items() if name not in NEWER_FIELDS} for one in told]
    read = decode(json.dumps(old).encode(), type=tuple[PublishedSurvey, ...])
    assert read == small_site().surveys
