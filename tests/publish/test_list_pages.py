"""Pages that list things: a column stands only where it tells something, and one trail leads to them all."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client

from hearback.measure.rules import MEASURES
from hearback.publish.formats import data_files
from hearback.publish.frozen import MethodFact, ReleaseData
from hearback.publish.pages.success_measures import measures
from tests.publish.action_plans import capacity_areas
from tests.publish.content import AGENCY, PROVIDER, content
from tests.publish.publishing import make_release

SHARES = ("trust_strongly_agree_share", "trust_answer_share_4", "trust_answer_share_5")


def columns(page: str) -> list[str]:
    return re.findall(r'role="columnheader"[^>]*>([^<]+)</th>', page)


@pytest.mark.usefixtures("empty_home")
def test_a_column_of_which_nothing_is_known_is_left_out(client: Client, at: datetime) -> None:
    made = content(agencies=(AGENCY,), providers=(PROVIDER,), capacity_areas=capacity_areas())
    make_release(made, data_files(made), by="reviewer", at=at)
    pages = {
        one: client.get(one).content.decode() for one in ("/providers/", "/agencies/", "/capacity-areas/")
    }
    assert columns(pages["/providers/"]) == ["Provider", "Agency", "Designated", "Services"]
    assert pages["/providers/"].count("This release holds no action plan.") == 1
    assert columns(pages["/agencies/"]) == ["Agency", "Service providers", "Services", "Commitments"]
    assert columns(pages["/capacity-areas/"]) == ["Capacity area", "About", "Round", "Source"]
    assert "Providers: how many" not in pages["/capacity-areas/"]
    assert "Plans by provider" not in pages["/capacity-areas/"]
    for page in pages.values():
        rows = re.findall(r'<tr role="row".*?</tr>', page, re.DOTALL)
        cells = {len(re.findall(r'role="(?:cell|rowheader|columnheader)"', row)) for row in rows}
        assert cells == {len(columns(page))}


def test_a_column_that_tells_something_stands(client: Client, site: ReleaseData) -> None:
    providers, areas = (client.get(one).content.decode() for one in ("/providers/", "/capacity-areas/"))
    assert columns(providers)[-1] == "Action plans"
    assert "This release holds no action plan." not in providers
    assert "Providers" in columns(areas)
    assert "Providers: how many gave a level in it, in any year." in areas


@pytest.mark.usefixtures("empty_home")
def test_levels_of_agencies_are_shown_where_there_are_several(client: Client, at: datetime) -> None:
    made = content(agencies=(AGENCY, replace(AGENCY, key="town", name="Town", level="municipal")))
    make_release(made, data_files(made), by="reviewer", at=at)
    assert columns(client.get("/agencies/").content.decode())[1] == "Level"


def test_one_trail_leads_from_agencies_to_providers_and_on(client: Client, site: ReleaseData) -> None:
    last = {
        "/providers/": [],
        "/capacity-areas/": ["/providers/"],
        "/providers/va-vha/": ["/providers/"],
        "/providers/va-vha/plans/2024/": ["/providers/", "/providers/va-vha/"],
    }
    for address, links in last.items():
        trail = client.get(address).content.decode().split('<nav class="trail"')[1].split("</nav>")[0]
        assert re.findall(r'href="([^"]+)"', trail) == ["/", "/agencies/", *links], address


def test_a_number_names_its_method_and_the_number_that_is_the_same(site: ReleaseData) -> None:
    pages = tuple(MethodFact(MEASURES[one].page, f"Title of {one}", "Text.\n") for one in SHARES[:2])
    scores = tuple(replace(site.scores[0], measure=one) for one in SHARES)
    told = measures(replace(site, scores=scores, methods=pages))["computed"]
    assert [(one["key"], one["same_as"]) for one in told] == [
        (SHARES[0], None), (SHARES[1], None), (SHARES[2], SHARES[0]),
    ]  # fmt: skip
    assert [one["page"].title for one in told] == [pages[0].title, pages[1].title, pages[1].title]


def test_no_two_pages_of_methods_are_linked_by_the_same_words(client: Client, site: ReleaseData) -> None:
    page = client.get("/measures/").content.decode()
    links = set(re.findall(r'<a href="(/methods/[^"]+)">(?!How progress)([^<]+)</a>', page))
    assert len(links) > 1
    assert len({words for _, words in links}) == len(links)
