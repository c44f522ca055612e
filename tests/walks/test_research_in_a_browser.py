"""Somebody looks something up in the research repository: by keyboard, without a script, on two screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import write as write_directory
from tests.learn.small import JOURNEYS, changed
from tests.learn.small import write as write_journeys
from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import Site, run, served
from tests.walks.test_moving_a_milestone_in_a_browser import go_to, press

pytestmark = pytest.mark.browser
SEEN = [
    {"key": f"o{n}", "gist": f"Talk {n}: turns the form over.", "tags": ["form", f"day {n % 3}"]}
    for n in range(100, 180)
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A home with the small journeys, one study of them long, and somebody who may see research."""
    folder: Path = tmp_path_factory.mktemp("research")
    files = str(write_directory(folder / "directory"))
    with served(folder / "home", "directory", "load", files) as running:
        journeys = changed(
            [0, "studies", 0], observations=[*JOURNEYS[0]["studies"][0]["observations"], *SEEN]
        )
        run(running.environ, "learn", "load", str(write_journeys(folder / "learn", journeys)))
        run(running.environ, "accounts", "add", "walker", "--name", "Walker", "--role", "member")
        yield running


def signed_in(site: Site, browser: Browser, width: int, **options: object) -> Watched:
    link = run(site.environ, "accounts", "link", "walker")["link"]
    view = watched(browser, "desktop", **options)
    view.tab.set_viewport_size({"width": width, "height": 800})
    view.go(link)
    follow(view.tab.get_by_role("main").get_by_role("button"))
    return view


@pytest.mark.parametrize("width", [320, 1100])
@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_nothing_for_axe_to_find_on_any_page(site: Site, browser: Browser, width: int, language: str) -> None:
    view = signed_in(site, browser, width, locale=language)
    found = {}
    for name, page in {
        "list": "", "journey": "journeys/boat-licence/", "bare": "journeys/buying-a-boat/",
        "study": "studies/dockside/", "tag": "studies/dockside/?tag=form",
        "found": "search/?q=form+clerks+fishers",
        "many": "search/?q=form", "kind": "search/?q=form&kind=observation&page=2",
        "nothing": "search/?q=form+zebra", "empty": "search/",
    }.items():  # fmt: skip
        view.go(f"{site.address}/dashboard/research/{page}")
        assert "<script" not in view.tab.content()
        if problems := view.problems():
            found[name] = problems
        photograph(view.tab, f"research-{name}-{width}-{language}")
    assert found == {}
    view.tab.context.close()


def test_a_passage_is_found_and_reached_by_keyboard_without_a_script(site: Site, browser: Browser) -> None:
    view = signed_in(site, browser, 320, java_script_enabled=True)
    press(view, "Research")
    go_to(view, "q")
    view.tab.keyboard.type('"which one" FISHERS')
    with view.tab.expect_navigation():
        view.tab.keyboard.press("Enter")
    main = view.tab.get_by_role("main")
    expect(main.get_by_role("heading", level=2)).to_have_text("1 thing found")
    expect(main.locator("mark")).to_have_text(["Which one", "fishers"])
    expect(main.locator("#q")).to_have_value('"which one" FISHERS')
    press(view, "Which one is it?")
    expect(view.tab.locator("#highlight-h1")).to_be_in_viewport()
    expect(main.get_by_role("navigation", name="Pages")).to_contain_text("Page 2 of 2")
    view.tab.context.close()
