"""A form under attack, on its page: the work that is asked for, and the step that replaces it."""

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.conftest import ROOT
from tests.walks.browser import WIDTHS, follow, photograph, watched
from tests.walks.embed.page import focused, press, responses
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
UNDER_ATTACK = ROOT / "tests" / "walks" / "instruments" / "under_attack.yaml"
KEY = "attacked-page"
PATIENCE = 90_000


@pytest.fixture(scope="module")
def attacked(site: Site) -> Site:
    """The site with a form that challenges everybody."""
    about = ("--service", "state-passports-25", "--provider", "state-passports")
    run(site.environ, "collect", "form", "new", KEY, "--from", str(UNDER_ATTACK), *about)
    run(site.environ, "collect", "form", "move", KEY, "submit")
    run(site.environ, "collect", "form", "move", KEY, "publish")
    return site


def _fill(tab: Tab, site: Site, language: str) -> None:
    tab.goto(f"{site.address}/done/{KEY}?lang={language}")
    tab.get_by_role("radio").first.check()
    tab.get_by_role("textbox").fill("Muy amable")
    follow(tab.get_by_role("button"))


def test_the_page_does_the_work_by_itself(attacked: Site, browser: Browser) -> None:
    view = watched(browser, "desktop")
    before = len(responses(attacked, KEY))
    _fill(view.tab, attacked, "en")
    expect(view.tab.get_by_role("status")).to_contain_text("Thank you", timeout=PATIENCE)
    (stored,) = responses(attacked, KEY)[before:]
    assert stored["answers"] == {"trust": "1", "comment": "Muy amable"}
    assert [one for one in view.complaints if "403" not in one] == []


def test_without_scripts_and_with_the_keyboard_alone_one_waits_and_presses(
    attacked: Site, browser: Browser
) -> None:
    tab = browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    before = len(responses(attacked, KEY))
    _fill(tab, attacked, "es")
    expect(tab.get_by_role("heading", name="Un paso más")).to_be_visible()
    expect(tab.get_by_role("status")).to_contain_text("Las suyas siguen en esta página. Por favor, espere")
    assert tab.title().startswith("Un paso más: ")
    for _ in range(60):
        tab.locator("#main-content").focus()
        with tab.expect_navigation(timeout=PATIENCE):
            press(tab, "Tab", "Enter")
        if not tab.title().startswith("Un paso más: "):
            break
        tab.wait_for_timeout(1_000)
    expect(tab.get_by_role("status")).to_contain_text("Gracias")
    (stored,) = responses(attacked, KEY)[before:]
    assert stored["answers"] == {"trust": "1", "comment": "Muy amable"}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_for_axe_to_find_on_the_challenge(
    attacked: Site, browser: Browser, width: str, language: str
) -> None:
    view = watched(browser, width, bypass_csp=True)
    view.tab.route("**/asking/challenge.js", lambda route: route.fulfill(body=""))
    _fill(view.tab, attacked, language)
    expect(view.tab.locator("#challenge")).to_be_visible()
    photograph(view.tab, f"challenge-{language}-{width}")
    view.complaints.clear()
    assert view.problems() == []


def test_no_person_sees_or_reaches_the_trap(attacked: Site, browser: Browser) -> None:
    tab = browser.new_context().new_page()
    tab.goto(f"{attacked.address}/done/{KEY}?lang=en")
    expect(tab.locator("#homepage")).to_be_hidden()
    assert "Leave this empty" not in tab.locator("body").aria_snapshot()
    reached = []
    for _ in range(12):
        press(tab, "Tab")
        reached.append(focused(tab))
    assert "Send" in reached
    assert not [one for one in reached if "Leave this empty" in one]
