"""The embed under attack: it works by itself, or says in words what to wait for; nobody loses a word."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.walks.browser import WIDTHS, photograph, watched
from tests.walks.embed.host import Host
from tests.walks.embed.page import PLACE, focused, policy, press, responses, thumbs_up, told
from tests.walks.running import Site, run
from tests.walks.test_under_attack_in_a_browser import PATIENCE, UNDER_ATTACK

pytestmark = pytest.mark.browser
KEY = "attacked-there"
WITHOUT_SUBTLE = "Object.defineProperty(crypto, 'subtle', { value: undefined })"
"""As on a page without https."""


@pytest.fixture(scope="module")
def attacked(site: Site) -> Site:
    """The site with a form that challenges everybody."""
    about = ("--service", "state-passports-25", "--provider", "state-passports")
    run(site.environ, "collect", "form", "new", KEY, "--from", str(UNDER_ATTACK), *about)
    run(site.environ, "collect", "form", "move", KEY, "submit")
    run(site.environ, "collect", "form", "move", KEY, "publish")
    return site


@pytest.fixture(scope="module")
def tag(attacked: Site) -> str:
    """The tag of that form."""
    return str(run(attacked.environ, "collect", "form", "embed", KEY)["tags"]["inline"])


def test_it_does_the_work_under_the_strictest_policy(
    attacked: Site, host: Host, tag: str, browser: Browser
) -> None:
    view = watched(browser, "desktop")
    before = len(responses(attacked, KEY))
    view.go(host.put_bare("/attacked", PLACE + tag, policy=policy(attacked)))
    thumbs_up(view.tab).check()
    view.tab.get_by_label("Anything else").fill("All good")
    view.tab.get_by_role("button", name="Send").click()
    thanks = view.tab.get_by_role("status").filter(has_text="Thank you")
    expect(thanks).to_be_visible(timeout=PATIENCE)
    assert len(responses(attacked, KEY)) == before + 1
    assert [one for one in view.complaints if "403" not in one] == []


@pytest.mark.parametrize(
    ("width", "language", "send"), [("phone", "es-MX", "Enviar"), ("desktop", "en", "Send")]
)
def test_where_the_browser_cannot_work_one_waits_and_presses(
    attacked: Site, host: Host, tag: str, browser: Browser, width: str, language: str, send: str
) -> None:
    view = watched(browser, width)
    tab = view.tab
    before = len(responses(attacked, KEY))
    tab.add_init_script(WITHOUT_SUBTLE)
    view.go(host.put(f"/waiting-{width}", PLACE + tag, language=language))
    tab.get_by_role("radio").first.check()
    tab.get_by_role("textbox").fill("Muy amable")
    tab.get_by_role("button", name=send).click()
    heading = {"Enviar": "Un paso más", "Send": "One more step"}[send]
    expect(tab.get_by_role("heading", name=heading)).to_be_focused()
    photograph(tab, f"embed-waiting-{width}")
    view.complaints.clear()
    assert view.problems() == []
    press(tab, "Tab", "Enter")
    expect(tab.get_by_role("heading", name=heading)).to_be_focused()
    may_send = {"Enviar": "Ya puede enviar", "Send": "You can send"}[send]
    expect(tab.get_by_role("status")).to_contain_text(may_send, timeout=PATIENCE)
    assert len(responses(attacked, KEY)) == before
    press(tab, "Tab", "Enter")
    expect(tab.locator(".thanks")).to_be_focused(timeout=PATIENCE)
    (stored,) = responses(attacked, KEY)[before:]
    assert stored["answers"] == {"trust": "1", "comment": "Muy amable"}
    told(tab, "ready", "submitted", "accepted")


def test_no_person_sees_or_reaches_the_trap(host: Host, tag: str, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    tab.goto(host.put("/trap", PLACE + tag))
    expect(thumbs_up(tab)).to_be_visible()
    expect(tab.locator("#homepage")).to_be_hidden()
    assert "Leave this empty" not in tab.locator("body").aria_snapshot()
    reached = []
    for _ in range(8):
        press(tab, "Tab")
        reached.append(focused(tab))
    assert "Send" in reached
    assert not [one for one in reached if "Leave this empty" in one]


def test_what_fills_in_the_trap_is_thanked_and_not_stored(
    attacked: Site, host: Host, tag: str, browser: Browser
) -> None:
    tab = watched(browser, "desktop").tab
    before = len(responses(attacked, KEY))
    tab.goto(host.put("/trapped", PLACE + tag))
    thumbs_up(tab).check()
    tab.locator("#homepage").evaluate("(field) => (field.value = 'https://pills.example')")
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("status")).to_contain_text("Thank you")
    assert len(responses(attacked, KEY)) == before


def test_context_that_is_too_long_is_cut_with_a_warning(host: Host, tag: str, browser: Browser) -> None:
    view = watched(browser, "desktop")
    sent = []

    def take(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.request.post_data_json["answers"])
        made = {"form": KEY, "key": "k", "version": 1, "masked": {}}
        return route.fulfill(status=201, headers={"access-control-allow-origin": "*"}, json=made)

    view.tab.route(f"**/intake/{KEY}", take)
    view.go(host.put("/long", PLACE + tag) + "?step=" + "abcdefghijklmno")
    thumbs_up(view.tab).check()
    view.tab.get_by_role("button", name="Send").click()
    expect(view.tab.get_by_role("status")).to_contain_text("Thank you")
    assert sent == [{"trust": "1", "step": "abcdefghijkl"}]
    assert view.complaints == ['console: hearback: "step" was cut to 12 characters']


def test_answers_changed_after_they_were_stored_are_not_said_to_be(
    host: Host, tag: str, browser: Browser
) -> None:
    tab = watched(browser, "desktop").tab
    taken = {"error": {"kind": "key_taken", "message": "Taken.", "problems": []}}
    headers = {"access-control-allow-origin": "*"}

    def refuse(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        return route.fulfill(status=409, headers=headers, json=taken)

    tab.route(f"**/intake/{KEY}", refuse)
    tab.goto(host.put("/changed", PLACE + tag))
    thumbs_up(tab).check()
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("status")).to_contain_text("kept as they were then")
    told(tab, "ready", "submitted", "refused")


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_for_axe_to_find_with_the_trap(host: Host, tag: str, browser: Browser, width: str) -> None:
    view = watched(browser, width)
    view.go(host.put(f"/axe-{width}", PLACE + tag))
    expect(thumbs_up(view.tab)).to_be_visible()
    assert view.problems() == []
