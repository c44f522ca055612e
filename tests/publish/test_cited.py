"""What research cites by an address of this site, held against the releases that are published."""

from dataclasses import replace

import pytest
from django.conf import settings

from hearback.learn.queries import LinkFact
from hearback.publish.cited import look_up, not_there, stands
from hearback.publish.frozen import ReleaseData
from hearback.publish.snapshot import publish_journey
from tests.publish.content import content
from tests.publish.site import small_site


@pytest.mark.parametrize(("path", "is_there"), [
    ("/releases/1/", True), ("/releases/2/", False), ("/releases/1/data/scores.csv", True),
    ("/releases/1/manifest.json", True), ("/releases/1/data/joys.csv", False), ("/no/such/page/", False),
    ("/services/nowhere/", None), ("/dashboard/forms/desk/responses/#response-7", None),
])  # fmt: skip
def test_an_address_of_this_site_is_looked_up_where_it_is_final(
    site: ReleaseData, path: str, is_there: bool | None
) -> None:
    assert stands(f"{settings.SITE_URL}{path}") is is_there


def test_addresses_of_others_are_not_looked_up(site: ReleaseData) -> None:
    assert stands("https://example.org/releases/2/") is None


def test_an_insight_that_rests_on_a_release_which_is_not_there_is_not_published(site: ReleaseData) -> None:
    (journey,) = [one for one in small_site().journeys if one.insights]
    address = f"{settings.SITE_URL}/releases/2/"
    gone = LinkFact("published_figure", None, address, "Seven in ten.")
    here = replace(gone, url=f"{settings.SITE_URL}/releases/1/")
    insights = [replace(journey.insights[0], key=key, evidence=links) for key, links in
                (("a", (gone,)), ("b", (gone, here)))]  # fmt: skip
    found = publish_journey(look_up(replace(journey, insights=tuple(insights))))
    assert [(one.key, one.evidence_count) for one in found.insights] == [("b", 1)]
    assert not_there(content(journeys=(found,))) == [
        f"insight b cites published_figure {address}, which is not there"
    ]
