"""The embed and the intake: nothing is lost, nothing stored twice, refusals are said, people left alone."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.walks.browser import photograph, watched
from tests.walks.embed.host import Host
from tests.walks.embed.page import PLACE, Tag, change_delivery, responses, thumbs_up, told
from tests.walks.running import Site, free_port, intake_of

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("trouble", ["offline", "full", "unacknowledged"])
def test_nothing_is_lost_and_nothing_stored_twice(
    forms: Site, host: Host, tag: Tag, browser: Browser, trouble: str
) -> None:
    tab = watched(browser, "phone").tab
    before = len(responses(forms, "thumbs-there"))
    keys = []

    def fail(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        keys.append(route.request.post_data_json["key"])
        if trouble == "full":
            error = {"error": {"kind": "not_ready", "message": "Later.", "problems": []}}
            headers = {"access-control-allow-origin": "*", "retry-after": "5"}
            return route.fulfill(status=503, headers=headers, json=error)
        if trouble == "unacknowledged":
            route.fetch()
        return route.abort()

    tab.goto(host.put("/trouble", PLACE + tag("thumbs-there")))
    thumbs_up(tab).check()
    tab.get_by_label("It was easy").check()
    tab.route("**/intake/thumbs-there", fail)
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("alert")).to_contain_text("They are still on this page")
    expect(thumbs_up(tab)).to_be_checked()
    expect(tab.get_by_label("It was easy")).to_be_checked()
    photograph(tab, f"embed-{trouble}")
    tab.unroute("**/intake/thumbs-there")
    with tab.expect_request(lambda request: request.method == "POST") as again:
        tab.get_by_role("button", name="Send again").click()
    expect(tab.get_by_role("status")).to_contain_text("Thank you")
    assert again.value.post_data_json["key"] == keys[0]
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["answers"] == {"trust": "1", "positive": ["ease"]}
    told(tab, "ready", "submitted", "error", "submitted", "accepted")


def test_the_intake_ends_and_begins_again(forms: Site, host: Host, tag: Tag, browser: Browser) -> None:
    view, port = watched(browser, "desktop"), free_port()
    tab = view.tab
    before = len(responses(forms, "thumbs-there"))
    policy = f"default-src 'none'; script-src {forms.address}; connect-src http://127.0.0.1:{port}"
    with intake_of(forms, port) as intake:
        tab.goto(host.put_bare("/apart", PLACE + tag("thumbs-there", intake=intake), policy=policy))
        thumbs_up(tab).check()
        tab.get_by_label("Anything else").fill("Call me at 202-555-0143, or better not")
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("alert")).to_contain_text("They are still on this page")
    expect(tab.get_by_label("Anything else")).to_have_value("Call me at 202-555-0143, or better not")
    with intake_of(forms, port):
        tab.get_by_role("button", name="Send again").click()
        expect(tab.locator("blockquote")).to_contain_text("better not")
        expect(tab.locator("blockquote")).not_to_contain_text("0143")
        tab.get_by_role("button", name="Change").click()
        tab.get_by_label("Anything else").fill("Better not")
        tab.get_by_role("button", name="Send").click()
        expect(tab.get_by_role("status")).to_contain_text("Thank you")
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["answers"] == {"trust": "1", "comment": "Better not"}


def test_what_the_server_refuses_is_said_at_the_question(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab

    def older(route: Route) -> None:
        """Describe the form as if it were an older version, in which nothing had to be answered."""
        answer = route.fetch()
        text = answer.text().replace('"required":true', '"required":false')
        route.fulfill(response=answer, body=text)

    tab.route("**/intake/every-there", older, times=1)
    tab.goto(host.put("/refused", PLACE + tag("every-there", lang="es")))
    tab.get_by_role("button", name="Continuar").click()
    tab.get_by_role("button", name="Enviar").click()
    field = tab.get_by_role("group", name="¿Consiguió lo que buscaba?")
    expect(field).to_have_accessible_description("Responda a esta pregunta.")
    expect(tab.get_by_role("alert")).to_contain_text("Falta algo")
    expect(tab.get_by_role("radio", name="Sí")).to_be_focused()
    last = tab.evaluate("told.at(-1)")
    assert last == ["page", {"form": "every-there", "mode": "inline", "page": 1, "pages": 2}]
    refused = tab.evaluate("told.find((one) => one[0] === 'refused')[1]")
    assert (refused["kind"], refused["questions"]) == ("not_accepted", ["useful", "desk"])


def test_a_closed_form_shows_nothing(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    page = PLACE + '<button id="feedback-button">Feedback</button>'
    tags = tag("shut-there") + tag("shut-there", "modal") + tag("shut-there", "button")
    tab.goto(host.put("/closed", page + tags))
    told(tab, "error", "error", "error")
    assert tab.evaluate("told.map((one) => one[1].kind)") == ["closed", "closed", "closed"]
    expect(tab.get_by_role("button")).to_have_count(0)
    expect(tab.locator("#feedback")).to_be_empty()


def test_a_form_that_closes_meanwhile_says_so(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    tab.goto(host.put("/closing", PLACE + tag("thumbs-there")))
    thumbs_up(tab).check()
    gone = {"error": {"kind": "closed", "message": "This form is closed.", "problems": []}}
    headers = {"access-control-allow-origin": "*"}
    tab.route("**/intake/thumbs-there", lambda route: route.fulfill(status=410, headers=headers, json=gone))
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("status")).to_contain_text("closed")
    told(tab, "ready", "submitted", "refused")


def test_who_answered_is_left_alone_and_only_the_browser_knows(
    host: Host, tag: Tag, browser: Browser
) -> None:
    tab = watched(browser, "desktop").tab
    change_delivery(tab, ask_again_after_days=30)
    address = host.put("/again", PLACE + tag("thumbs-there"))
    tab.goto(address)
    thumbs_up(tab).check()
    tab.get_by_role("button", name="Send").click()
    told(tab, "ready", "submitted", "accepted")
    kept = tab.evaluate("({...localStorage})")
    in_30_days = tab.evaluate("new Date(Date.now() + 30 * 864e5).toISOString().slice(0, 10)")
    assert kept == {"hearback:thumbs-there": in_30_days}
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(address, wait_until="networkidle")
    expect(tab.locator("#feedback")).to_be_empty()
    assert [url for url in asked if "/intake/" in url] == []
    tab.evaluate("localStorage.setItem('hearback:thumbs-there', '2020-01-01')")
    tab.reload()
    told(tab, "ready")


def test_one_visitor_in_very_many_is_asked(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    change_delivery(tab, ask_one_in=1_000_000_000)
    tab.goto(host.put("/seldom", PLACE + tag("thumbs-there")), wait_until="networkidle")
    expect(tab.locator("#feedback")).to_be_empty()
    assert tab.evaluate("told") == []


@pytest.mark.parametrize(("drawn", "is_asked"), [(0.2499, True), (0.25, False)])
def test_one_in_four_is_every_fourth_and_nothing_is_kept_of_it(
    host: Host, tag: Tag, browser: Browser, drawn: float, is_asked: bool
) -> None:
    tab = watched(browser, "desktop").tab
    tab.add_init_script(f"Math.random = () => {drawn};")
    change_delivery(tab, ask_one_in=4, ask_again_after_days=30)
    with tab.expect_response("**/intake/*"):
        tab.goto(host.put("/drawn", PLACE + tag("thumbs-there")), wait_until="networkidle")
    expect(thumbs_up(tab)).to_have_count(int(is_asked))
    assert tab.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]


@pytest.mark.parametrize("kind", ["not_yet", "full", "expired"])
def test_a_form_that_does_not_ask_now_shows_nothing_and_the_page_is_told_why(
    host: Host, tag: Tag, browser: Browser, kind: str
) -> None:
    tab = watched(browser, "desktop").tab
    gone = {"error": {"kind": kind, "message": "Not now.", "problems": []}}
    headers = {"access-control-allow-origin": "*"}
    tab.route("**/intake/*", lambda route: route.fulfill(status=410, headers=headers, json=gone))
    own = '<button id="feedback-button" hidden>Feedback</button>'
    tab.goto(host.put("/not-now", PLACE + own + tag("thumbs-there") + tag("thumbs-there", "button")))
    told(tab, "error", "error")
    assert tab.evaluate("told.map((one) => one[1].kind)") == [kind, kind]
    expect(tab.locator("#feedback")).to_be_empty()
    expect(tab.get_by_role("button")).to_have_count(0)
