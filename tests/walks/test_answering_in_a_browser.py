"""Answering a form in a real browser: with the keyboard alone, without scripts, in three languages."""

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Tab

from tests.conftest import ROOT
from tests.walks.browser import photograph, watched
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
EVERY_TYPE = ROOT / "tests" / "walks" / "instruments" / "every_type.yaml"
ABOUT = ("--service", "state-passports-25", "--provider", "state-passports")


@pytest.fixture(scope="module")
def forms(site: Site) -> Site:
    """The site with two forms: thumbs, and one with a question of every type."""
    for key, start in (("passports", "thumbs"), ("office", str(EVERY_TYPE))):
        run(site.environ, "collect", "form", "new", key, "--from", start, *ABOUT)
        run(site.environ, "collect", "form", "move", key, "submit")
        run(site.environ, "collect", "form", "move", key, "publish")
    return site


def _responses(site: Site, form: str) -> list[dict[str, object]]:
    found = run(site.environ, "collect", "form", "responses", form)
    return list(found["responses"])


def _press(tab: Tab, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def test_in_spanish_with_the_keyboard_alone_and_no_script(forms: Site, browser: Browser) -> None:
    tab = browser.new_context(java_script_enabled=False, locale="es-MX").new_page()
    tab.goto(f"{forms.address}/done/passports?place=lobby")
    assert tab.locator("html").get_attribute("lang") == "es"
    tab.locator("#main-content").focus()
    _press(tab, "Tab", "Tab", "Tab", "ArrowDown", "ArrowDown", "Tab", "Enter")
    expect(tab.get_by_role("group")).to_contain_text("¿Qué salió bien?")
    tab.get_by_label("Fue fácil").focus()
    _press(tab, "Space")
    tab.get_by_label("¿Hay algo más").focus()
    tab.keyboard.type("Muy amable")
    _press(tab, "Tab", "Enter")
    expect(tab.get_by_role("status")).to_contain_text("Gracias")
    (stored,) = _responses(forms, "passports")
    assert stored["answers"] == {"trust": "1", "positive": ["ease"], "comment": "Muy amable"}
    assert (stored["language"], stored["place"], stored["not_shown"]) == ("es", "lobby", ["negative"])


def test_what_a_screen_reader_is_told(forms: Site, browser: Browser) -> None:
    tab = browser.new_context().new_page()
    tab.goto(f"{forms.address}/done/passports?lang=en")
    expect(tab.locator("main")).to_match_aria_snapshot("""
      - main:
        - navigation "Language":
          - list:
            - listitem:
              - link "English"
            - listitem:
              - link "español"
        - heading "How did we do?" [level=1]
        - group /Based on this experience/:
          - radio "Thumbs up"
          - text: Thumbs up
          - radio "Thumbs down"
          - text: Thumbs down
        - button "Continue"
    """)


def test_from_an_email_a_person_answers_with_one_press_and_a_scanner_never(
    forms: Site, browser: Browser
) -> None:
    words = ("--language", "es", "--place", "desk", "--campaign", "renewal")
    block = run(forms.environ, "collect", "form", "email", "passports", *words)
    before = len(_responses(forms, "passports"))
    scanner = browser.new_context().new_page()
    for link in block["links"].values():
        for wait in ("load", "networkidle"):
            scanner.goto(link, wait_until=wait)  # type: ignore[arg-type]
        expect(scanner.get_by_role("button", name="Enviar")).to_have_count(2)
        scanner.mouse.move(200, 300)
        scanner.mouse.wheel(0, 2_000)
        for other in scanner.locator("a").evaluate_all("all => all.map((one) => one.href)"):
            scanner.goto(other)
    assert len(_responses(forms, "passports")) == before

    view = watched(browser, "phone")
    view.tab.goto("about:blank")
    view.tab.set_content(block["html"])
    photograph(view.tab, "email-es-phone")
    view.tab.get_by_role("link", name="Pulgar abajo").click()
    expect(view.tab.get_by_role("radio", name="Pulgar abajo")).to_be_checked()
    photograph(view.tab, "email-opened-es-phone")
    view.tab.get_by_role("button", name="Enviar").first.dblclick()
    expect(view.tab.get_by_role("status")).to_contain_text("Gracias")
    (stored,) = _responses(forms, "passports")[before:]
    assert stored["answers"] == {"trust": "0"}
    assert (stored["channel"], stored["place"], stored["campaign"]) == ("email", "desk", "renewal")
