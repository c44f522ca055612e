"""Two people move one milestone: by keyboard alone, on a screen of 320 pixels, without a script."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
KEY = "pma-cx-s1-m9"
NARROW = {"width": 320, "height": 640}
REFUSED = re.compile(r"status of (409|422)")
FOCUSED = "() => document.activeElement.id || document.activeElement.textContent.trim()"


def signed_in(site: Site, browser: Browser, who: str) -> Watched:
    """Open a narrow tab of somebody."""
    links = {row["username"]: row["link"] for row in run(site.environ, "demo", "links")["links"]}
    view = watched(browser, "phone")
    view.tab.set_viewport_size(NARROW)
    view.go(links[who])
    follow(view.tab.get_by_role("main").get_by_role("button"))
    return view


def go_to(view: Watched, name: str) -> None:
    """Press Tab until what has this id or these words has the focus."""
    for _ in range(400):
        view.tab.keyboard.press("Tab")
        if view.tab.evaluate(FOCUSED) == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def press(view: Watched, name: str) -> None:
    """Go to a link or button, and press Enter."""
    go_to(view, name)
    with view.tab.expect_navigation():
        view.tab.keyboard.press("Enter")


def write(view: Watched, **typed: str) -> None:
    """Go to fields in their order, and write over what is there."""
    for name, text in typed.items():
        go_to(view, f"id_{name}")
        view.tab.keyboard.press("Control+a")
        view.tab.keyboard.type(text)


def left(view: Watched) -> list[str]:
    """Give the problems of the open page, but that the browser was refused, as it should be."""
    return [one for one in view.problems() if not REFUSED.search(one)]


def test_the_second_of_two_loses_nothing_by_keyboard_on_a_narrow_screen(site: Site, browser: Browser) -> None:
    first, second = (signed_in(site, browser, who) for who in ("reviewer", "administrator"))
    for view in (first, second):
        press(view, "Milestones")
        assert "<script" not in view.tab.content()
        press(view, "Guide on recruiting customer experience talent")
        press(view, "Move the due date")
    assert left(first) == []

    write(first, due="FY2027-Q2")
    press(first, "Move the due date")
    expect(first.tab.get_by_role("alert")).to_contain_text("Say why. The public sees the reason.")
    assert left(first) == []
    write(first, reason="The guide waits for a review.")
    press(first, "Move the due date")
    expect(first.tab.get_by_role("status")).to_have_text("The due date is moved.")
    assert left(first) == []
    photograph(first.tab, "milestone-moved-narrow")

    write(second, due="FY2027-Q3", reason="Two offices merge.")
    press(second, "Move the due date")
    expect(second.tab.locator("#trouble")).to_be_focused()
    expect(second.tab.locator("#trouble")).to_contain_text("You saw version 1; it is version 2 now.")
    for words in ("FY2027-Q2", "FY2027-Q3", "The guide waits for a review."):
        expect(second.tab.get_by_role("table").filter(has_text=words).first).to_be_visible()
    expect(second.tab.locator("#id_reason")).to_have_value("Two offices merge.")
    assert left(second) == []
    photograph(second.tab, "milestone-conflict-narrow")
    press(second, "Move the due date")
    told = run(site.environ, "plan", "milestone", "show", KEY)
    assert [(one["before"], one["after"], one["reason"]) for one in told["changes"]] == [
        ("FY2024-Q3", "FY2027-Q2", "The guide waits for a review."),
        ("FY2027-Q2", "FY2027-Q3", "Two offices merge."),
    ]
    for view in (first, second):
        view.tab.context.close()
