"""An update is written in two tabs, submitted, returned and withdrawn: by keyboard alone, at 320 pixels."""

import pytest
from playwright.sync_api import Browser, expect

from tests.walks.browser import Watched, photograph
from tests.walks.running import Site
from tests.walks.test_moving_a_milestone_in_a_browser import NARROW, go_to, left, press, signed_in, write

pytestmark = pytest.mark.browser
GIST = "The form has two pages now."


def another_tab(view: Watched) -> Watched:
    """Open a second tab of the same person, at the same page."""
    other = Watched(view.tab.context.new_page())
    other.tab.set_viewport_size(NARROW)
    other.go(view.tab.url)
    return other


def test_what_was_typed_in_another_tab_outlives_what_happened_meanwhile(site: Site, browser: Browser) -> None:
    owner, reviewer = (signed_in(site, browser, who) for who in ("service-owner", "reviewer"))
    press(owner, "Updates")
    press(owner, "Write an update")
    assert "<script" not in owner.tab.content()
    assert left(owner) == []
    write(owner, title="Shorter form", date="2026-02", gist=GIST)
    go_to(owner, "id_about_0")
    owner.tab.keyboard.press("Space")
    press(owner, "Preview without keeping")
    expect(owner.tab.locator(".prose")).to_contain_text(GIST)
    press(owner, "Keep the draft")
    expect(owner.tab.get_by_role("status")).to_contain_text("The draft is kept.")
    assert left(owner) == []

    press(owner, "Write on")
    other = another_tab(owner)
    write(owner, title="A form of two pages")
    press(owner, "Keep the draft")
    write(other, body="Many asked for it.")
    press(other, "Keep the draft")
    expect(other.tab.locator("#trouble")).to_be_focused()
    expect(other.tab.locator("#id_title")).to_have_value("A form of two pages")
    expect(other.tab.locator("#id_body")).to_have_value("Many asked for it.")
    expect(other.tab.locator("#id_about_0")).to_be_checked()
    assert left(other) == []
    photograph(other.tab, "draft-conflict-narrow")
    press(other, "Keep the draft")
    expect(other.tab.get_by_role("heading", level=1)).to_have_text("A form of two pages")
    expect(other.tab.locator(".prose")).to_contain_text("Many asked for it.")

    press(other, "Write on")
    owner.go(other.tab.url.removesuffix("edit/"))
    press(owner, "Submit for review")
    write(other, body="Many asked for it, and waited.")
    press(other, "Keep the draft")
    expect(other.tab.locator("#trouble")).to_be_focused()
    expect(other.tab.locator("#trouble")).to_contain_text("Many asked for it, and waited.")
    assert left(other) == []
    photograph(other.tab, "draft-too-late-narrow")

    reviewer.go(owner.tab.url)
    go_to(reviewer, "comment")
    reviewer.tab.keyboard.type("Who asked?")
    press(reviewer, "Return with a comment")
    assert left(reviewer) == []
    owner.go(reviewer.tab.url)
    expect(owner.tab.get_by_role("main")).to_contain_text("Who asked?")
    press(owner, "Withdraw")
    expect(owner.tab.get_by_role("status")).to_contain_text("Nothing of it is published.")
    for view in (owner, reviewer):
        view.tab.context.close()
