"""The file that the script reads: its bytes, its size for the bundled record, and what it leads to."""

import gzip
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hearback.directory.commands import load as load_directory
from hearback.learn.commands import load as load_journeys
from hearback.plan.commands import load as load_plan
from hearback.publish.frozen import ReleaseData
from hearback.publish.queries import current_release
from hearback.publish.search.index import BUDGET, compressed, to_index
from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.signposts import signposts
from hearback.publish.snapshot import gather
from tests.conftest import ROOT
from tests.publish.page import Page
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db
FEDERAL = ROOT / "examples" / "federal"
ADDRESS = "/search/index.json.gz"


@pytest.fixture
def bundled(tmp_path: Path, settings: Settings, at: datetime) -> ReleaseData:
    """The bundled record as a release, without its scores, which the search does not list."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    for load in (load_directory, load_journeys, load_plan):
        load(FEDERAL, by="operator", at=at)
    make_release(gather(10, at.date()), {}, by="reviewer", at=at)
    release = current_release()
    assert release is not None
    return release


def test_the_index_of_the_bundled_record_is_whole_and_below_200_kb(bundled: ReleaseData) -> None:
    body = to_index(bundled)
    assert len(body) < 200_000
    read = json.loads(gzip.decompress(body))
    assert len(read["signposts"]) > 450
    longest = max(len(text) for *_, text in read["signposts"])
    assert longest == max(len(one.text) for one in signposts(bundled)) > 2_000, "no text had to be cut"
    kinds = {read["kinds"][kind] for kind, *_ in read["signposts"]}
    assert kinds >= {
        "Service", "Agency", "Service provider", "Life experience", "Journey", "Priority area", "Strategy",
        "Goal", "Success measure", "Milestone", "Project", "Commitment", "Funding", "Update", "Pain point",
        "Method", "Table of open data", "Page",
    }  # fmt: skip


def test_everything_of_the_bundled_record_stands_where_the_index_says(
    bundled: ReleaseData, client: Client
) -> None:
    _all_stand_there(bundled, client)


def test_everything_of_the_small_site_stands_where_the_index_says(site: ReleaseData, client: Client) -> None:
    found = _all_stand_there(site, client)
    assert {one.kind for one in found} == set(KINDS)


def _all_stand_there(release: ReleaseData, client: Client) -> tuple[Signpost, ...]:
    """Ask for the page of every signpost, and look for the place on it that the signpost names."""
    pages: dict[str, Page] = {}
    found = signposts(release)
    for one in found:
        address, _, anchor = one.address.partition("#")
        if address not in pages:
            answer = client.get(address)
            assert answer.status_code == 200, one
            pages[address] = Page(answer.content.decode())
        assert not anchor or anchor in pages[address].ids, one
        assert one.title.strip(), one
        assert one.kind in KINDS, one
    assert len({(one.kind, one.address, one.title) for one in found}) == len(found), "nothing is listed twice"
    return found


def test_the_same_release_gives_the_same_bytes(site: ReleaseData) -> None:
    assert compressed(site, signposts(site)) == compressed(site, signposts(site)) == to_index(site)


def test_texts_are_cut_where_a_release_is_very_large_and_titles_stay(site: ReleaseData) -> None:
    words = [f"{n * 2_654_435_761 % 2**32:08x}" for n in range(40_000)]
    large = tuple(
        Signpost("updates", f"Update {n}", f"/updates/#{n}", "", " ".join(words[n : n + 400]))
        for n in range(0, 40_000, 40)
    )
    body = compressed(site, large)
    assert len(body) <= BUDGET
    read = json.loads(gzip.decompress(body))["signposts"]
    assert [one[1] for one in read] == [one.title for one in large]
    assert 0 < max(len(one[4]) for one in read) < len(large[0].text)


def test_the_index_is_served_to_everybody_with_a_validator(site: ReleaseData, client: Client) -> None:
    answer = client.get(ADDRESS)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/gzip")
    assert "Content-Encoding" not in answer.headers
    assert answer.content == to_index(site)
    assert json.loads(gzip.decompress(answer.content))["manifest_sha256"] == site.manifest_sha256
    again = client.get(ADDRESS, headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_another_release_has_another_index(site: ReleaseData) -> None:
    other = replace(site, services=site.services[1:], manifest_sha256="0" * 64)
    found = [one[2] for one in json.loads(gzip.decompress(to_index(other)))["signposts"]]
    assert f"services/{site.services[0].key}/" not in found
    assert f"services/{site.services[1].key}/" in found
