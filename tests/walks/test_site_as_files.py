"""The exported site in a real browser: from a folder without any server, and under a sub-path."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import write as write_directory
from tests.learn.small import write as write_journeys
from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import crawl, publish, run, served, served_as_files

pytestmark = pytest.mark.browser
SITE = Path("any", "where")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of a web server; two folders down is the public site of a small record, as files."""
    folder = tmp_path_factory.mktemp("files")
    directory = str(write_directory(folder / "directory"))
    with served(folder / "home", "directory", "load", directory) as site:
        run(site.environ, "learn", "load", str(write_journeys(folder / "learn")))
        publish(site.environ)
        told = run(site.environ, "publish", "site", str(folder / "web" / SITE))
        assert told["dead"] == []
    return folder / "web"


@pytest.fixture(scope="module")
def address(web: Path) -> Iterator[str]:
    """The address of that site on a web server."""
    with served_as_files(web) as server:
        yield f"{server}/{SITE.as_posix()}/"


def walked(view: Watched) -> None:
    """From the front page over the agencies to one of them, and home again; the look is that of the site."""
    tab = view.tab
    assert view.problems() == []
    family = tab.evaluate("() => [...document.fonts].filter(font => font.status === 'loaded').length")
    assert family > 0, "the style sheet and its fonts are there"
    follow(tab.get_by_role("navigation", name="Main").get_by_role("link", name="Agencies"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Agencies")
    follow(tab.get_by_role("main").get_by_role("link", name="Department of Waters").first)
    expect(tab.get_by_role("heading", level=1)).to_contain_text("Department of Waters")
    assert view.problems() == []
    follow(tab.get_by_role("contentinfo").get_by_role("link", name="verify"))
    expect(tab.get_by_role("heading", name="Verify", exact=True)).to_be_visible()
    follow(tab.get_by_role("banner").get_by_role("link", name="Hearback"))
    assert view.problems() == []


@pytest.mark.parametrize("script", [True, False])
def test_it_is_read_from_a_folder_without_network(web: Path, browser: Browser, script: bool) -> None:
    view = watched(browser, "desktop", java_script_enabled=script, offline=True)
    view.go((web / SITE / "index.html").as_uri())
    if script:
        photograph(view.tab, "site-as-files")
        walked(view)
    else:
        follow(view.tab.get_by_role("link", name="Services", exact=True).first)
        expect(view.tab.get_by_role("heading", level=1)).to_have_text("Services")


def test_it_is_served_under_a_sub_path(address: str, browser: Browser) -> None:
    view = watched(browser, "desktop")
    view.go(address)
    walked(view)


def test_every_link_under_a_sub_path_leads_to_something(address: str) -> None:
    found = crawl(address)
    assert len(found) > 60
    assert {page.address: page.status for page in found.values() if page.status != 200} == {}
