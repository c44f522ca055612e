"""Every page of the site leads on; in a dozen of each kind axe finds nothing, and no browser complains.

How the public pages look is photographed by test_looks_of_public_pages.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Literal
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Browser

from hearback.publish.languages import TRANSLATED
from tests.walks.browser import WIDTHS, Watched, follow, photograph, watched
from tests.walks.running import Page, Site, crawl, fetch, run

pytestmark = pytest.mark.browser

KINDS = {"", "strategies", "life-experiences", "journeys", "agencies", "providers", "services"}
KINDS |= {"data", "methods", "releases", "search", "sign-in"}
"""First parts of the addresses that the site must have pages under."""

DOZEN = 12
SCRIPTED = ["/es/search/", "/search/"]
DATA = re.compile(r'<script type="application/ld\+json">')
"""Data for search engines, which no browser runs."""


@pytest.fixture(scope="module")
def found(site: Site) -> dict[str, Page]:
    """Everything that can be reached from the first page."""
    return crawl(site.address + "/")


def kinds(found: dict[str, Page]) -> dict[str, list[str]]:
    """Sort the pages by the view that shows them.

    Of each kind in another language, and of each family of charts, the fullest is enough.
    """
    sorted_out = defaultdict(list)
    for page in found.values():
        if page.is_html and page.status == 200:
            sorted_out[kind_of(page.address)].append(page.address)
    return {
        kind: [fullest(pages, found)] if kind.startswith(("es-", "figure")) else pages
        for kind, pages in sorted_out.items()
    }


def kind_of(address: str) -> str:
    """Name the view that shows a page, with the language before it where that is not English."""
    match = resolve(unquote(urlsplit(address).path))
    if match.url_name in {"figure", "figure_frame"}:
        return f"{match.url_name}-{match.kwargs['name'].partition('-')[0]}"
    if match.url_name != TRANSLATED:
        return match.view_name or "page"
    return f"{match.kwargs['language']}-{resolve('/' + match.kwargs['path']).view_name or 'page'}"


def fullest(addresses: list[str], found: dict[str, Page]) -> str:
    """Choose the page with the most on it."""
    return max(sorted(addresses), key=lambda address: len(found[address].text))


def spread(addresses: list[str], found: dict[str, Page]) -> list[str]:
    """Choose a dozen pages: the one with least on it, the one with most, and others evenly between them."""
    by_size = sorted(sorted(addresses), key=lambda address: len(found[address].text))
    places = {round(n * (len(by_size) - 1) / (DOZEN - 1)) for n in range(DOZEN)}
    return [by_size[place] for place in sorted(places)]


def test_every_part_of_the_site_is_reached_by_links(found: dict[str, Page]) -> None:
    assert {urlsplit(address).path.split("/")[1] for address in found} >= KINDS
    assert len([page for page in found.values() if page.is_html]) > 50


def test_no_link_is_dead(site: Site, found: dict[str, Page]) -> None:
    dead = []
    for page in found.values():
        for link in page.links:
            address, fragment = urldefrag(link)
            target = found.get(address)
            if target is None:
                assert urlsplit(link).scheme in {"https", "mailto"}, f"{page.address} points to {link}"
            elif target.status != 200 or (
                fragment and target.is_html and unquote(fragment) not in target.anchors
            ):
                dead.append(f"{urlsplit(page.address).path} → {link} ({target.status})")
    assert dead == []


def test_no_page_needs_a_script(found: dict[str, Page]) -> None:
    scripted = [page.address for page in found.values() if "<script" in DATA.sub("", page.text.lower())]
    paths = {urlsplit(address).path for address in scripted}  # with a question and without
    assert sorted(paths) == SCRIPTED, "which works without, too"
    described = [page.address for page in found.values() if DATA.search(page.text)]
    assert sorted(urlsplit(address).path for address in described) == ["/data/", "/es/data/"]


def problems_of(view: Watched, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Open each page and tell what axe and the browser find."""
    problems = {}
    for address in addresses:
        view.go(address)
        if left := view.problems():
            problems[urlsplit(address).path] = left
    view.tab.context.close()
    return problems


def test_nothing_to_find_for_axe_and_no_complaint(found: dict[str, Page], browser: Browser) -> None:
    some = [address for addresses in kinds(found).values() for address in spread(addresses, found)]
    assert len(some) > 100
    assert problems_of(watched(browser, "phone"), some) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_fullest_of_each_kind_is_as_good_on_a_desk(
    found: dict[str, Page], browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    some = [fullest(addresses, found) for addresses in kinds(found).values()]
    assert problems_of(watched(browser, "desktop", color_scheme=scheme), some) == {}


def test_pages_say_the_same_without_script(site: Site, found: dict[str, Page], browser: Browser) -> None:
    with_script, without = watched(browser, "phone"), watched(browser, "phone", java_script_enabled=False)
    for kind, addresses in kinds(found).items():
        shown = []
        for view in (with_script, without):
            view.go(fullest(addresses, found))
            shown.append(view.tab.inner_text("main"))
        assert shown[0].strip(), kind
        assert shown[0] == shown[1], kind
    for view in (with_script, without):
        view.tab.context.close()


def test_a_page_that_is_not_there_says_so_readably(site: Site, browser: Browser) -> None:
    assert fetch(site.address + "/services/no-such-service/").status == 404
    view = watched(browser, "phone")
    view.go(site.address + "/services/no-such-service/")
    photograph(view.tab, "not-found-phone")
    expected = "console: Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [problem for problem in view.problems() if problem != expected] == []
    view.tab.context.close()


def test_the_first_key_leads_past_the_navigation(site: Site, browser: Browser) -> None:
    view = watched(browser, "desktop")
    view.go(site.address + "/")
    view.tab.keyboard.press("Tab")
    view.tab.keyboard.press("Enter")
    view.tab.wait_for_url("**#main-content")
    view.tab.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_signed_in_side(site: Site, browser: Browser, width: str) -> None:
    links = {row["username"]: row["link"] for row in run(site.environ, "demo", "links")["links"]}
    view = watched(browser, width)
    view.go(links["administrator"])
    photograph(view.tab, f"sign_in_by_link-{width}")
    assert view.problems() == []
    follow(view.tab.locator("main button"))
    assert urlsplit(view.tab.url).path == "/dashboard/"
    seen, waiting, problems = set(), ["/dashboard/"], {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        view.go(site.address + path)
        kind = resolve(path).view_name
        photograph(view.tab, f"{kind}-{width}")
        if left := view.problems():
            problems[path] = left
        here = [urlsplit(a.get_attribute("href") or "").path for a in view.tab.locator("main a[href]").all()]
        waiting += [
            p for p in here if p.startswith("/dashboard/") and resolve(p).view_name not in map(_kind, seen)
        ]
    view.tab.context.close()
    assert problems == {}
    assert len(seen) >= 3


def _kind(path: str) -> str:
    return resolve(path).view_name or path
