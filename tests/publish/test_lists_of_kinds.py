"""Kinds of things without a page of their own: their short addresses lead to the list of them."""

from dataclasses import replace

import pytest
from django.test import Client

from hearback.publish.frozen import ReleaseData
from hearback.publish.site.answers import answer as file_at


@pytest.mark.parametrize("kind", ["journeys", "projects", "milestones", "strategies", "priority-areas"])
def test_a_kind_without_a_page_leads_to_its_list(kind: str, client: Client, site: ReleaseData) -> None:
    for before in ("", "/es"):
        answer = client.get(f"{before}/{kind}/")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"{before}/search/kinds/{kind}/"
        assert client.get(answer.headers["Location"]).status_code == 200
    assert file_at(f"/{kind}/", site) == file_at(f"/search/kinds/{kind}/", site), "a file cannot lead on"


def test_a_kind_of_which_there_is_nothing_leads_to_the_search(site: ReleaseData) -> None:
    none = replace(site, journeys=(), manifest_sha256="1" * 64)
    assert file_at("/journeys/", none) == file_at("/search/", none)
