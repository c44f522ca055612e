"""The search in a real browser: from the server and from files, with and without script, by keyboard."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.walks.browser import PATIENCE, Watched, follow, photograph
from tests.walks.running import Site, run, served_as_files

pytestmark = pytest.mark.browser
SIZES = {320: 640, 1100: 800}
QUESTIONS = ("passport", "tax", "vete", "trust mean", "having a child", "FY2022", "benefits online", "zzz")
SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
HITS = "() => [...document.querySelectorAll('#hits a')].map((link) => link.textContent)"


def tab_of(browser: Browser, across: int, **options: Any) -> Watched:
    """Open a watched tab so many pixels wide."""
    context = browser.new_context(viewport={"width": across, "height": SIZES[across]}, **options)
    context.set_default_timeout(PATIENCE)
    return Watched(context.new_page())


@pytest.fixture(scope="module")
def web(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a web server; below it the bundled record as files."""
    folder = tmp_path_factory.mktemp("web")
    assert run(site.environ, "publish", "site", str(folder / "any" / "where"))["dead"] == []
    return folder


@pytest.fixture(scope="module")
def address(web: Path) -> Iterator[str]:
    """The address of that site on a web server."""
    with served_as_files(web) as server:
        yield f"{server}/any/where/"


def ask(tab: Tab, question: str) -> None:
    """Type a question, and wait until it is answered."""
    box = tab.get_by_role("searchbox")
    box.fill(question)
    expect(tab.get_by_role("status")).to_contain_text(f"“{question}”")


@pytest.mark.parametrize("across", SIZES)
def test_answers_come_while_one_types(site: Site, browser: Browser, across: int) -> None:
    view = tab_of(browser, across)
    asked: list[str] = []
    view.tab.on("request", lambda request: asked.append(request.url))
    view.go(f"{site.address}/")
    assert not any("search" in one for one in asked), "no other page loads anything of the search"
    follow(view.tab.get_by_role("navigation", name="Main").get_by_role("link", name="Search"))
    view.tab.evaluate(SHIFTS)
    assert not any(one.endswith(("index.json.gz", "searching.js")) for one in asked), (
        "nothing before the box is used"
    )
    assert view.problems() == []
    photograph(view.tab, f"search-{across}")
    view.tab.get_by_role("searchbox").focus()
    view.tab.keyboard.type("passport ren", delay=20)
    expect(view.tab.get_by_role("status")).to_have_text("3 results for “passport ren”")
    assert sum(one.endswith("index.json.gz") for one in asked) == 1
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_hidden()
    photograph(view.tab, f"search-asked-{across}")
    assert view.problems() == []
    assert view.tab.url.endswith("/search/?q=passport+ren")
    assert view.tab.evaluate("() => window.shifted") == 0
    ask(view.tab, "zzz")
    expect(view.tab.get_by_role("status")).to_contain_text("Nothing was found")
    assert view.problems() == []
    view.tab.get_by_role("searchbox").fill("")
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_visible()
    expect(view.tab.get_by_role("status")).to_have_text("")
    view.tab.context.close()


def test_the_keyboard_is_enough(site: Site, browser: Browser) -> None:
    view = tab_of(browser, 1100)
    view.go(f"{site.address}/search/")
    tab, box = view.tab, view.tab.get_by_role("searchbox")
    box.focus()
    tab.keyboard.type("passport")
    links = tab.locator("#hits a")
    expect(links.first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    tab.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Escape")
    expect(box).to_be_focused()
    tab.keyboard.press("ArrowDown")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Passport Services")
    tab.go_back()
    expect(box).to_have_value("passport")
    expect(links.first).to_be_visible()
    view.tab.context.close()


def test_where_nothing_is_found_the_lists_stay_and_a_near_spelling_is_offered(
    site: Site, browser: Browser
) -> None:
    view = tab_of(browser, 320)
    view.go(f"{site.address}/search/")
    view.tab.get_by_role("searchbox").focus()
    ask(view.tab, "pasport")
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_visible()
    follow(view.tab.get_by_role("main").get_by_role("link", name="passport", exact=True))
    expect(view.tab.locator("#hits a").first).to_have_text("Passport Services")
    view.tab.context.close()


def test_pages_of_ours_are_found_in_the_language_of_the_page(site: Site, browser: Browser) -> None:
    view = tab_of(browser, 320)
    view.go(f"{site.address}/es/search/")
    view.tab.get_by_role("searchbox").focus()
    view.tab.get_by_role("searchbox").fill("correcciones")
    link = view.tab.locator("#hits a").first
    expect(link).to_have_text("Correcciones")
    assert link.get_attribute("lang") is None
    view.tab.get_by_role("searchbox").fill("zzz")
    expect(view.tab.get_by_role("status")).to_contain_text("en inglés")
    assert view.problems() == []
    view.tab.context.close()


def test_the_server_finds_the_same_without_script(site: Site, browser: Browser) -> None:
    with_script, without = tab_of(browser, 1100), tab_of(browser, 320, java_script_enabled=False)
    with_script.go(f"{site.address}/search/")
    with_script.tab.get_by_role("searchbox").focus()
    for question in QUESTIONS:
        ask(with_script.tab, question)
        without.go(f"{site.address}/search/")
        without.tab.get_by_role("searchbox").fill(question)
        follow(without.tab.get_by_role("main").get_by_role("button", name="Search"))
        said = [view.tab.get_by_role("status").inner_text().strip() for view in (with_script, without)]
        assert said[0] == said[1], question
        found = [view.tab.locator("#hits").inner_text() for view in (with_script, without)]
        assert found[0].split() == found[1].split(), question
    view = tab_of(browser, 320)
    view.go(f"{site.address}/search/?q=passport")
    assert view.problems() == []
    view.tab.context.close()


@pytest.mark.parametrize("across", SIZES)
def test_the_lists_lead_to_a_thing(site: Site, browser: Browser, across: int) -> None:
    view = tab_of(browser, across, java_script_enabled=False)
    view.go(f"{site.address}/search/")
    follow(view.tab.get_by_role("main").get_by_role("link", name="Milestones"))
    photograph(view.tab, f"search-kind-{across}")
    follow(view.tab.get_by_role("main").get_by_role("link").first)
    anchor = view.tab.url.partition("#")[2]
    expect(view.tab.locator(f"[id='{anchor}']")).to_be_visible()
    view.go(f"{site.address}/search/")
    follow(view.tab.get_by_role("main").get_by_role("link", name="P", exact=True))
    follow(view.tab.get_by_role("main").get_by_role("link", name="Passport Services").first)
    expect(view.tab.get_by_role("heading", level=1)).to_contain_text("Passport Services")
    view.tab.context.close()


def test_lists_are_fine_for_axe(site: Site, browser: Browser) -> None:
    for across in SIZES:
        view = tab_of(browser, across)
        for path in ("kinds/commitments/", "kinds/tables/", "letters/a/", "letters/0-9/"):
            view.go(f"{site.address}/search/{path}")
            assert view.problems() == [], (path, across)
        view.tab.context.close()


def test_files_on_a_web_server_are_searched_under_a_sub_path(address: str, browser: Browser) -> None:
    view = tab_of(browser, 320)
    view.go(f"{address}index.html")
    follow(view.tab.get_by_role("navigation", name="Main").get_by_role("link", name="Search"))
    view.tab.get_by_role("searchbox").focus()
    ask(view.tab, "passport")
    assert view.problems() == []
    link = view.tab.locator("#hits a").first
    assert (link.get_attribute("href") or "").startswith(f"{address}services/")
    follow(link)
    expect(view.tab.get_by_role("heading", level=1)).to_contain_text("Passport Services")
    view.go(f"{address}search/index.html?q=tax")
    expect(view.tab.get_by_role("status")).to_contain_text("results for “tax”")
    view.tab.context.close()


def test_files_without_script_lead_to_the_lists(address: str, browser: Browser) -> None:
    view = tab_of(browser, 320, java_script_enabled=False)
    view.go(f"{address}search/index.html")
    view.tab.get_by_role("searchbox").fill("passport")
    follow(view.tab.get_by_role("main").get_by_role("button", name="Search"))
    assert view.tab.url == f"{address}search/index.html?q=passport#found"
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_in_viewport()
    view.tab.context.close()


@pytest.mark.parametrize("script", [True, False])
def test_a_folder_leads_to_the_lists(web: Path, browser: Browser, script: bool) -> None:
    view = tab_of(browser, 1100, java_script_enabled=script, offline=True)
    view.go((web / "any" / "where" / "search" / "index.html").as_uri())
    view.tab.get_by_role("searchbox").fill("passport")
    follow(view.tab.get_by_role("main").get_by_role("button", name="Search"))
    assert view.complaints == []
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_visible()
    follow(view.tab.get_by_role("main").get_by_role("link", name="P", exact=True))
    follow(view.tab.get_by_role("main").get_by_role("link", name="Passport Services").first)
    expect(view.tab.get_by_role("heading", level=1)).to_contain_text("Passport Services")
    view.tab.context.close()


def test_where_the_index_cannot_be_read_that_is_said_and_the_lists_stay(site: Site, browser: Browser) -> None:
    view = tab_of(browser, 1100)
    view.tab.route("**/index.json.gz", lambda route: route.abort())
    view.go(f"{site.address}/search/")
    view.tab.get_by_role("searchbox").focus()
    view.tab.keyboard.type("passport")
    expect(view.tab.get_by_role("status")).to_contain_text("could not be read")
    expect(view.tab.get_by_role("heading", name="Everything by kind")).to_be_visible()
    with view.tab.expect_navigation():
        view.tab.keyboard.press("Enter")
    expect(view.tab.locator("#hits a").first).to_have_text("Passport Services")
    view.tab.context.close()


def test_a_web_server_that_unpacks_the_index_does_no_harm(site: Site, browser: Browser) -> None:
    with urlopen(f"{site.address}/search/index.json.gz") as answer:
        body = gzip.decompress(answer.read())
    view = tab_of(browser, 1100)
    view.tab.route(
        "**/index.json.gz", lambda route: route.fulfill(body=body, content_type="application/json")
    )
    view.go(f"{site.address}/search/")
    view.tab.get_by_role("searchbox").focus()
    ask(view.tab, "passport")
    assert view.tab.evaluate(HITS)[0] == "Passport Services"
    view.tab.context.close()


def test_the_index_of_the_bundled_record_with_its_charts_is_below_200_kb(site: Site) -> None:
    with urlopen(f"{site.address}/search/index.json.gz") as answer:
        body = answer.read()
    assert len(body) < 200_000
    read = json.loads(gzip.decompress(body))
    assert {read["kinds"][kind] for kind, *_ in read["signposts"]} >= {
        "Chart",
        "Quarter",
        "Service",
        "Method",
    }
