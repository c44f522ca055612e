"""Making a form in a browser, with the keyboard alone: from the ready-made instrument to an answer read."""

import pytest
from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from tests.walks.browser import PATIENCE
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
MOST_TABS = 120
KEY = "contact-center"
FORM = f"/dashboard/forms/{KEY}/"


@pytest.fixture(scope="module")
def links(site: Site) -> dict[str, str]:
    """A link to sign in for each person of the demonstration, by name; each works once."""
    return {row["username"]: row["link"] for row in run(site.environ, "demo", "links")["links"]}


def _signed_in(browser: Browser, link: str, **options: object) -> Tab:
    tab = browser.new_context(java_script_enabled=False, **options).new_page()  # type: ignore[arg-type]
    tab.goto(link)
    _follow(tab, tab.get_by_role("main").get_by_role("button"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Dashboard")
    return tab


def _reach(tab: Tab, target: Locator) -> None:
    """Go on with the tabulator until the target has the focus."""
    for _ in range(MOST_TABS):
        if target.evaluate("one => one === document.activeElement"):
            return
        tab.keyboard.press("Tab")
    raise AssertionError(f"not reached with {MOST_TABS} tabs: {target}")


def _press(tab: Tab, target: Locator, key: str) -> None:
    _reach(tab, target)
    tab.keyboard.press(key)


def _follow(tab: Tab, target: Locator) -> None:
    """Press what opens another page, and wait for that."""
    _reach(tab, target)
    with tab.expect_navigation(timeout=PATIENCE):
        tab.keyboard.press("Enter")


def _write(tab: Tab, target: Locator, text: str) -> None:
    _reach(tab, target)
    tab.keyboard.press("Control+A")
    tab.keyboard.type(text)


def _make(tab: Tab) -> None:
    """Make the form of the ready-made instrument, at an address of its own."""
    _follow(tab, tab.get_by_role("link", name="Forms and responses"))
    _follow(tab, tab.get_by_role("link", name="Make a form"))
    _press(tab, tab.get_by_label("Service, and who gives it"), "ArrowDown")
    _press(tab, tab.get_by_label("Thumbs up or down"), "Space")
    _write(tab, tab.get_by_label("Address"), KEY)
    _follow(tab, tab.get_by_role("button", name="Make the form"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Questions")


def _translate(tab: Tab) -> None:
    _follow(tab, tab.get_by_role("link", name="Languages", exact=True))
    _follow(tab, tab.get_by_role("link", name="español", exact=True))
    _write(tab, tab.get_by_label("Title, español"), "¿Le atendimos bien?")
    _follow(tab, tab.get_by_role("button", name="Keep the texts"))
    expect(tab.get_by_role("status")).to_have_text("The translation is kept.")


def _move(tab: Tab, name: str) -> None:
    _follow(tab, tab.get_by_role("link", name=name, exact=True))
    _follow(tab, tab.get_by_role("button", name=name))


def _answer(tab: Tab, site: Site) -> None:
    tab.goto(f"{site.address}/done/{KEY}")
    expect(tab.get_by_role("heading", level=1)).to_have_text("¿Le atendimos bien?")
    _press(tab, tab.get_by_label("Pulgar arriba"), "ArrowDown")
    _follow(tab, tab.get_by_role("button", name="Continuar"))
    _press(tab, tab.get_by_label("Tomó demasiado tiempo"), "Space")
    _write(tab, tab.get_by_label("¿Hay algo más"), "Escríbanme a ana@example.org")
    _follow(tab, tab.get_by_role("button", name="Enviar"))
    _follow(tab, tab.get_by_role("button", name="Enviar"))
    expect(tab.get_by_role("status")).to_contain_text("Gracias")


def test_from_the_ready_made_instrument_to_an_answer_with_the_keyboard_alone(
    site: Site, browser: Browser, links: dict[str, str]
) -> None:
    owner = _signed_in(browser, links["service-owner"])
    _make(owner)
    _translate(owner)
    _follow(owner, owner.get_by_role("link", name="Overview", exact=True))
    _move(owner, "Submit for review")
    expect(owner.locator(".lead .desk__state")).to_have_text("in review")
    reviewer = _signed_in(browser, links["reviewer"])
    reviewer.goto(site.address + FORM)
    _move(reviewer, "Publish")
    expect(reviewer.locator(".lead .desk__state")).to_have_text("published")
    _answer(browser.new_context(java_script_enabled=False, locale="es-MX").new_page(), site)
    _follow(owner, owner.get_by_role("link", name="Responses", exact=True))
    response = owner.get_by_role("article")
    expect(response).to_contain_text("español")
    expect(response).to_contain_text("Thumbs down")
    expect(response).to_contain_text("It took too long")
    expect(response).to_contain_text("Escríbanme a [")
    expect(response).not_to_contain_text("ana@example.org")
    _see_it_while_typing(site, browser, owner)


def _see_it_while_typing(site: Site, browser: Browser, owner: Tab) -> None:
    """Watch the preview follow what is typed, by script; without one, by the button."""
    for has_script in (True, False):
        state = owner.context.storage_state()
        tab = browser.new_context(java_script_enabled=has_script, storage_state=state).new_page()
        tab.goto(f"{site.address}{FORM}edit/2/")
        _write(tab, tab.get_by_label("Question", exact=True), "What pleased you?")
        if not has_script:
            _press(tab, tab.get_by_role("button", name="Preview without keeping"), "Enter")
        shown = tab.frame_locator("iframe").get_by_role("group")
        expect(shown).to_contain_text("What pleased you?")
        assert tab.url == f"{site.address}{FORM}edit/2/"
        tab.reload()
        expect(tab.get_by_label("Question", exact=True)).to_have_value(
            "What went well? Choose all that apply."
        )
        tab.context.close()
