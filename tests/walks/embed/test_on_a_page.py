"""A form on a page of somebody else: hostile styles, a strict policy, the keyboard alone."""

import json

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.walks.browser import photograph, watched
from tests.walks.embed.host import HOSTILE, Host
from tests.walks.embed.page import PLACE, Tag, focused, policy, press, responses, thumbs_up, told
from tests.walks.running import Site

pytestmark = pytest.mark.browser


def test_under_a_policy_that_names_one_origin(forms: Site, host: Host, tag: Tag, browser: Browser) -> None:
    view = watched(browser, "desktop")
    view.go(host.put_bare("/strict", PLACE + tag("thumbs-there"), policy=policy(forms)))
    thumbs_up(view.tab).check()
    view.tab.get_by_role("button", name="Send").click()
    expect(view.tab.get_by_role("status")).to_contain_text("Thank you")
    assert view.complaints == []


def test_styles_of_the_host_end_at_the_edge_of_the_form(host: Host, tag: Tag, browser: Browser) -> None:
    looks = """(node) => { const s = getComputedStyle(node), box = node.getBoundingClientRect();
      return [s.color, s.fontSize, s.textTransform, s.letterSpacing, s.opacity, s.visibility, box.width]; }"""
    seen = []
    for path, styles in (("/gentle", ""), ("/hostile", HOSTILE)):
        view = watched(browser, "desktop")
        view.go(host.put(path, PLACE + tag("every-there"), styles=styles))
        field = view.tab.get_by_role("group", name="Did you get what you came for?")
        expect(field).to_be_visible()
        seen.append(field.evaluate(looks))
        view.tab.get_by_label("Yes", exact=True).click()
        photograph(view.tab, f"embed{path.replace('/', '-')}")
    assert seen[0] == seen[1]
    assert seen[0][1] == "16px"


def test_two_copies_and_another_form_on_one_page(forms: Site, host: Host, tag: Tag, browser: Browser) -> None:
    view = watched(browser, "desktop")
    before = len(responses(forms, "thumbs-there"))
    places = '<main><h1>A page</h1><div id="one"></div><div id="two"></div></main>'
    tags = [
        tag("thumbs-there").replace("#feedback", "#one"),
        tag("thumbs-there").replace("#feedback", "#two"),
        tag("every-there", "modal"),
    ]
    view.go(host.put("/copies", places + "".join(tags)))
    told(view.tab, "ready", "ready", "ready")
    one, two = view.tab.locator("#one"), view.tab.locator("#two")
    one.get_by_label("Thumbs up").check()
    two.get_by_label("Thumbs down").check()
    expect(one.get_by_label("Thumbs up")).to_be_checked()
    expect(one.get_by_role("group", name="What went well?")).to_be_visible()
    expect(one.get_by_role("group", name="What did not go so well?")).to_be_hidden()
    two.get_by_role("button", name="Send").click()
    expect(two.get_by_role("status")).to_be_visible()
    expect(one.get_by_label("Thumbs up")).to_be_checked()
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_role("status")).to_be_visible()
    stored = responses(forms, "thumbs-there")[before:]
    assert [one["answers"] for one in stored] == [{"trust": "0"}, {"trust": "1"}]
    assert view.problems() == []


def test_in_the_page_with_the_keyboard_alone_in_spanish(
    forms: Site, host: Host, tag: Tag, browser: Browser
) -> None:
    tab = watched(browser, "phone").tab
    before = len(responses(forms, "thumbs-there"))
    page = PLACE + tag("thumbs-there", place="lobby", campaign="spring")
    tab.goto(host.put("/teclado", page, language="es-MX", styles=HOSTILE))
    told(tab, "ready")
    press(tab, "Tab", "Tab", "Tab", "ArrowDown", "ArrowUp", "Tab")
    assert focused(tab) == "Se atendió lo que necesitaba"
    press(tab, "Tab", "Space")
    assert focused(tab) == "Fue fácil hacer lo que necesitaba"
    tab.get_by_label("¿Hay algo más").focus()
    tab.keyboard.type("Escríbame a ana@example.org, gracias")
    press(tab, "Tab", "Enter")
    expect(tab.get_by_role("heading", name="Quitamos lo que parece")).to_be_focused()
    photograph(tab, "embed-review-es-phone")
    assert responses(forms, "thumbs-there")[before:] == []
    press(tab, "Tab", "Enter")
    expect(tab.get_by_role("status")).to_contain_text("Gracias")
    expect(tab.get_by_role("status")).to_be_focused()
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["language"] == "es"
    assert (stored["channel"], stored["place"], stored["campaign"]) == ("website", "lobby", "spring")
    assert stored["answers"]["positive"] == ["ease"]
    assert "example.org" not in json.dumps(stored)
    assert (stored["masked"], stored["not_shown"]) == ({"email": 1}, ["negative"])
    told(tab, "ready", "page", "submitted", "accepted")
    assert tab.evaluate("keys") == ["Tab"], "the first, pressed before the form had the focus"
    assert "ana@" not in tab.evaluate("JSON.stringify(told)")
    assert tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


@pytest.mark.parametrize("mode", ["modal", "button"])
def test_in_a_dialog_with_the_keyboard_alone(
    forms: Site, host: Host, tag: Tag, browser: Browser, mode: str
) -> None:
    tab = watched(browser, "desktop").tab
    before = len(responses(forms, "thumbs-there"))
    own = '<button id="feedback-button" hidden>Feedback</button>' if mode == "button" else ""
    page = f'<main><h1>A page</h1>{own}</main><a href="#end">The end</a>{tag("thumbs-there", mode)}'
    tab.goto(host.put(f"/{mode}", page))
    told(tab, "ready")
    opener = tab.get_by_role("button", name="Feedback" if own else "How did we do?")
    press(tab, "Tab") if own else press(tab, "Tab", "Tab")
    expect(opener).to_be_focused()
    press(tab, "Enter")
    dialog = tab.get_by_role("dialog", name="How did we do?")
    expect(dialog.get_by_role("heading")).to_be_focused()
    seen = []
    for _ in range(12):
        press(tab, "Tab")
        seen.append(focused(tab))
    assert {"Close", "Thumbs up", "Send"} <= set(seen)
    assert not {"The end", "Feedback", "How did we do?"} & set(seen)
    dialog.get_by_role("radio", name="Thumbs down").focus()
    press(tab, "Space", "Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
    press(tab, "Enter")
    expect(dialog.get_by_role("radio", name="Thumbs down")).to_be_checked()
    dialog.get_by_role("button", name="Send").focus()
    press(tab, "Enter")
    expect(dialog.get_by_role("status")).to_be_focused()
    dialog.get_by_role("button", name="Close").focus()
    press(tab, "Enter")
    expect(opener).to_be_focused()
    told(tab, "ready", "open", "close", "open", "submitted", "accepted", "close")
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["answers"] == {"trust": "0"}


def test_what_a_screen_reader_is_told(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    tab.goto(host.put("/reader", f"<main><h1>A page</h1></main>{tag('thumbs-there', 'modal')}"))
    tab.get_by_role("button", name="How did we do?").click()
    expect(tab.get_by_role("dialog")).to_match_aria_snapshot("""
      - dialog "How did we do?":
        - button "Close"
        - heading "How did we do?" [level=2]
        - alert
        - group /Based on this experience/:
          - radio "Thumbs up"
          - radio "Thumbs down"
        - text: Anything else you would like to tell us? (optional)
        - paragraph: Please do not write names, numbers or other personal information.
        - textbox /Anything else/
        - button "Send"
    """)


def test_a_page_without_the_place_is_told(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    missing = tag("thumbs-there").replace(' data-target="#feedback"', "").replace("inline", "button")
    with tab.expect_console_message(lambda message: '"#feedback", where form "thumbs' in message.text):
        tab.goto(host.put("/nowhere", tag("thumbs-there") + missing))
    told(tab, "error", "error")
    assert tab.evaluate("told.map((one) => one[1].kind)") == ["no_target", "no_target"]


@pytest.mark.parametrize(
    ("tagged", "of_page", "of_browser", "shown"),
    [
        ("ar", "es", "en-US", "ar"),
        ("", "es-MX", "en-US", "es"),
        ("", "fr", "es-ES", "es"),
        ("fr", "", "de-DE", "en"),
    ],
)
def test_where_the_language_comes_from(
    host: Host, tag: Tag, browser: Browser, tagged: str, of_page: str, of_browser: str, shown: str
) -> None:
    tab = watched(browser, "desktop", locale=of_browser).tab
    more = {"lang": tagged} if tagged else {}
    tab.goto(host.put("/language", PLACE + tag("every-there", **more), language=of_page))
    told(tab, "ready")
    assert tab.evaluate("told[0][1].language") == shown


def test_the_host_page_does_not_wait(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    held: list[Route] = []
    tab.route("**/static/embed/*.js", lambda route: held.append(route))  # noqa: PLW0108 - it hangs on functions alone
    tab.goto(host.put("/waiting", tag("thumbs-there") + PLACE), wait_until="domcontentloaded")
    expect(tab.get_by_role("heading", name="A page")).to_be_visible()
    assert tab.evaluate("document.readyState") == "interactive"
    held[0].continue_()
    expect(thumbs_up(tab)).to_be_visible()


def test_a_script_that_was_changed_on_the_way_is_not_run(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab

    def changed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + " ")

    tab.route("**/static/embed/*.js", changed)
    with tab.expect_console_message(lambda message: "integrity" in message.text):
        tab.goto(host.put("/changed", PLACE + tag("thumbs-there")))
    expect(tab.locator("#feedback")).to_be_empty()
