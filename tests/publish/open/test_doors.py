"""Published data may be read by everybody, from anywhere; nothing else may."""

import pytest
from django.test import Client

from hearback.publish.frozen import ReleaseData

OPEN = (
    "/services.json", "/services/va-vha-2.csv", "/services/va-vha-2/feed.atom", "/feed.atom",
    "/corrections.atom", "/data.json", "/data.zip", "/datapackage.json", "/dataset.jsonld", "/sitemap.xml",
    "/releases/1.zip", "/data/scores.csv", "/data/dictionary.json", "/releases/1/manifest.json",
    "/releases/1/data/scores.parquet", "/chain/graph.json",
)  # fmt: skip
SHUT = (
    "/", "/services/va-vha-2/", "/sign-in/", "/dashboard/", "/api/v1/forms", "/api/v1/openapi.json",
    "/healthz",
)  # fmt: skip


@pytest.mark.parametrize("address", OPEN)
def test_pages_of_other_sites_may_read_data_and_nobody_may_change_it(
    client: Client, site: ReleaseData, address: str
) -> None:
    answer = client.get(address, headers={"Origin": "https://example.org"})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert not answer.cookies
    assert answer.getvalue()
    before = client.options(address, headers={"Origin": "https://example.org"})
    assert (before.status_code, before.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert client.post(address, {}).status_code == 405


@pytest.mark.parametrize("address", SHUT)
def test_pages_of_other_sites_may_read_nothing_else(client: Client, site: ReleaseData, address: str) -> None:
    answer = client.get(address, headers={"Origin": "https://example.org"})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("address", [one for one in OPEN if one not in {"/chain/graph.json"}])
def test_what_a_reader_has_already_is_not_sent_again(client: Client, site: ReleaseData, address: str) -> None:
    first = client.get(address)
    assert first.getvalue()
    tag = first.headers["ETag"]
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
