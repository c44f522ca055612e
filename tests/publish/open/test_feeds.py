"""Atom feeds, by the rules of the format and as a feed reader sees them."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree

from hearback.plan.facts import CorrectionFact
from hearback.publish.frozen import ReleaseData
from hearback.publish.open.feeds import corrections_feed, updates_feed

RULES = etree.RelaxNG(etree.parse(str(Path(__file__).parent / "atom.rng")))
FEEDS = (
    "/feed.atom",
    "/corrections.atom",
    "/agencies/va/feed.atom",
    "/agencies/usda-part/feed.atom",
    "/services/va-vha-2/feed.atom",
    "/services/va-vha-9/feed.atom",
)


def _read(body: bytes) -> Any:
    read = feedparser.parse(body)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    return read


@pytest.mark.parametrize("address", FEEDS)
def test_every_feed_keeps_the_rules_and_a_reader_understands_it(
    client: Client, site: ReleaseData, address: str
) -> None:
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/atom+xml"
    found = etree.fromstring(answer.content)
    assert RULES.validate(found), RULES.error_log
    ids = [one.id for one in _read(answer.content).entries]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith("tag:") for one in ids)
    links = {one.rel: one.href for one in _read(answer.content).feed.links}
    assert links["self"].endswith(address)
    assert client.get(links["alternate"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_the_rules_find_a_feed_without_author_and_an_entry_without_moment(site: ReleaseData) -> None:
    for name in ("author", "entry/{*}updated"):
        found = etree.fromstring(updates_feed(site))
        gone = found.find("{*}" + name)
        assert gone is not None
        gone.getparent().remove(gone)
        assert not RULES.validate(found), name


def test_the_feed_of_updates_has_the_newest_first_each_at_its_place_on_the_page(
    client: Client, site: ReleaseData
) -> None:
    entries = _read(updates_feed(site)).entries
    assert [one.updated for one in entries] == [
        "2023-05-01T00:00:00Z", "2023-03-03T00:00:00Z", "2022-07-01T00:00:00Z",
    ]  # fmt: skip
    assert entries[1].title == "Nine projects"
    page = client.get("/updates/").content.decode()
    for one in entries:
        assert f'id="{one.link.partition("#")[2]}"' in page


def test_what_was_put_right_is_an_entry_and_moves_its_update_up(site: ReleaseData) -> None:
    wrong = replace(site.updates[0], corrections=(CorrectionFact("2024-01-02", "It was eight <projects>."),))
    corrected = replace(site, updates=(wrong, *site.updates[1:]))
    (entry,) = _read(corrections_feed(corrected)).entries
    assert (entry.id, entry.summary) == (
        "tag:127.0.0.1,2026:correction/u1/2024-01-02/1", "It was eight &lt;projects>.",
    ) or entry.summary == "It was eight <projects>."  # fmt: skip
    assert _read(updates_feed(corrected)).entries[0].id.endswith("update/u1")


def test_a_service_tells_its_figures_with_interval_and_an_agency_its_commitments_too(
    client: Client, site: ReleaseData
) -> None:
    told = _read(client.get("/services/va-vha-2/feed.atom").content).entries
    assert "interval" in told[0].summary
    titles = {one.title for one in _read(client.get("/agencies/va/feed.atom").content).entries}
    assert "Commitment: One form for all." in titles
    assert "Nine projects" in titles


def test_the_same_release_gives_the_same_bytes_and_a_later_one_the_same_ids(
    site: ReleaseData, at: datetime
) -> None:
    later = replace(site, number=2, created_at=at.replace(year=2027))
    assert updates_feed(site) == updates_feed(site)
    ids = [[one.id for one in _read(updates_feed(one)).entries] for one in (site, later)]
    assert ids[0] == ids[1]
    assert _read(updates_feed(later)).feed.updated == "2027-03-02T15:00:00Z"


def test_a_sign_that_xml_cannot_hold_is_left_out(site: ReleaseData) -> None:
    odd = replace(site, updates=(replace(site.updates[0], title="A\x00\x1f & B"),))
    assert _read(updates_feed(odd)).entries[0].title in {"A & B", "A &amp; B"}


def test_an_unknown_service_has_no_feed(client: Client, site: ReleaseData) -> None:
    assert client.get("/services/nowhere/feed.atom").status_code == 404
