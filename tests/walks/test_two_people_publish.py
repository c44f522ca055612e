"""Two people publish a release in a real browser: with the keyboard, wide and narrow, held against axe."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import AGENCIES
from tests.directory.small import write as write_directory
from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import Site, publish, run, served

WHY = "The department has another name."
NEW_NAME = "Department of Rivers and Lakes"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one release, and a department that has another name since."""
    folder: Path = tmp_path_factory.mktemp("directory")
    write_directory(folder)
    with served(tmp_path_factory.mktemp("publishing") / "home", "directory", "load", str(folder)) as site:
        for name, role in (("first-reviewer", "reviewer"), ("chief", "administrator")):
            run(site.environ, "accounts", "add", name, "--name", name.title(), "--role", role)
        publish(site.environ)
        agencies = deepcopy(AGENCIES)
        next(one for one in agencies if one["key"] == "department")["name"] = NEW_NAME
        write_directory(folder, agencies=agencies)
        run(site.environ, "directory", "load", str(folder))
        yield site


def signed_in(site: Site, browser: Browser, who: str) -> Watched:
    view = watched(browser, "desktop")
    view.go(run(site.environ, "accounts", "link", who)["link"])
    follow(view.tab.get_by_role("main").get_by_role("button"))
    follow(view.tab.get_by_role("main").get_by_role("link", name="Releases", exact=True))
    return view


def looked_at(view: Watched, name: str) -> None:
    """Hold a page against axe, the policy and the width, wide and narrow, and keep pictures."""
    for across in (1100, 320):
        view.tab.set_viewport_size({"width": across, "height": 800})
        photograph(view.tab, f"release-{name}-{across}")
        assert [one for one in view.problems() if "status of 409" not in one] == []
    view.tab.set_viewport_size({"width": 1100, "height": 800})


def public(site: Site, browser: Browser, address: str) -> Watched:
    view = watched(browser, "desktop")
    view.go(site.address + address)
    return view


def test_one_prepares_and_another_publishes(home: Site, browser: Browser) -> None:
    reviewer = signed_in(home, browser, "first-reviewer")
    prepared_with_the_keyboard(reviewer)
    chief = signed_in(home, browser, "chief")
    looked_at_before(chief)
    follow(chief.tab.get_by_role("button", name="Publish release 2"))
    expect(chief.tab.get_by_role("status")).to_have_text("Release 2 is published.")
    looked_at(chief, "published")
    the_public_sees_it(home, browser)
    verdicts = run(home.environ, "publish", "verify")["releases"]
    assert [(v["number"], v["signature"], v["problems"]) for v in verdicts] == [
        (1, "valid", []), (2, "valid", []),
    ]  # fmt: skip


def prepared_with_the_keyboard(reviewer: Watched) -> None:
    tab = reviewer.tab
    tab.get_by_label("What changed and why").focus()
    tab.keyboard.type(WHY)
    tab.keyboard.press("Tab")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("Release 2 is prepared.")
    expect(tab.get_by_role("button", name="Publish release 2")).to_have_count(0)
    expect(tab.get_by_role("main")).to_contain_text("first-reviewer prepared this release; somebody else")
    looked_at(reviewer, "prepared")


def looked_at_before(chief: Watched) -> None:
    tab = chief.tab
    looked_at(chief, "waits")
    follow(tab.get_by_role("link", name="Look at the public pages as they will be"))
    expect(tab.get_by_role("region", name="Preview")).to_contain_text("Preview of release 2: not published.")
    follow(tab.get_by_role("navigation", name="Main").get_by_role("link", name="Agencies"))
    expect(tab.get_by_role("main")).to_contain_text(NEW_NAME)
    looked_at(chief, "preview")
    follow(tab.get_by_role("link", name="Back to the dashboard"))
    follow(tab.get_by_role("link", name="Row by row, as the public will read it"))
    expect(tab.get_by_role("deletion")).to_contain_text("Department of Waters")
    expect(tab.get_by_role("insertion")).to_contain_text(NEW_NAME)
    looked_at(chief, "differences")
    follow(tab.get_by_role("link", name="Back to the dashboard"))


def the_public_sees_it(site: Site, browser: Browser) -> None:
    page = public(site, browser, "/releases/2/")
    expect(page.tab.get_by_role("main")).to_contain_text(WHY)
    looked_at(page, "public")
    follow(page.tab.get_by_role("link", name="Everything that is not as it was in release 1"))
    expect(page.tab.get_by_role("insertion")).to_contain_text(NEW_NAME)
    looked_at(public(site, browser, "/corrections/"), "corrections")
