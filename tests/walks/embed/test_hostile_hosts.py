"""A form on pages that change the language itself, or are seen in another way than most."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.walks.browser import photograph, watched
from tests.walks.embed.host import Host
from tests.walks.embed.page import PLACE, Tag, focused, policy, press, responses, thumbs_up, told
from tests.walks.running import Site

pytestmark = pytest.mark.browser

OVERRIDES = """
for (const kind of [Array, String, Object])
  Object.defineProperty(kind.prototype, "toJSON", { value: () => "of the host", configurable: true });
Object.prototype.extend = function () { return "of the host"; };
Array.prototype.each = function (run) { this.forEach(run); };
Array.prototype.entries = function () { return this.slice(); };
Array.from = (list) => Array.prototype.slice.call(list);
const { stringify } = JSON;
JSON.stringify = (value, ...rest) => stringify(value, ...rest);
const { fetch: before } = window;
window.asked = [];
window.fetch = async function (address, options) {
  asked.push(String(address));
  const reply = await before.call(this, address, options);
  reply.clone().text();
  return reply;
};
const { addEventListener } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (name, run, options) {
  const traced = function (...given) { return run.apply(this, given); };
  return addEventListener.call(this, name, traced, options);
};
"""
"""What old libraries and monitors do: lists, texts and objects have a toJSON, and fetch is wrapped."""
SIZES = {"narrow": (320, 256), "enlarged": (640, 400)}
"""1,280 by 1,024 points at 400 %, 1,280 by 800 at 200 %. Source: WCAG 2.2, 1.4.10 and 1.4.4."""
CONTRAST = "axe color-contrast"
"""Not asked where colors are forced: the browser shows others than those that axe reads."""
LOOKS: dict[str, dict[str, Any]] = {
    "narrow": {},
    "enlarged": {"device_scale_factor": 2},
    "dark": {"color_scheme": "dark"},
    "forced-colors": {"forced_colors": "active"},
    "forced-colors-dark": {"forced_colors": "active", "color_scheme": "dark"},
    "still": {"reduced_motion": "reduce"},
}
DARK = "html { color-scheme: dark; background: #000; color: #fff; } * { transition: all 9s; }"


def test_where_the_host_has_changed_lists_json_and_fetch(
    forms: Site, host: Host, tag: Tag, browser: Browser
) -> None:
    view = watched(browser, "desktop")
    before = len(responses(forms, "thumbs-there"))
    host.pages["/overrides.js"] = (OVERRIDES, "")
    page = PLACE + tag("thumbs-there", place="lobby")
    view.go(host.put_bare("/overrides", page, head='<script src="/overrides.js"></script>'))
    thumbs_up(view.tab).check()
    view.tab.get_by_role("checkbox", name="It was easy").check()
    view.tab.get_by_role("checkbox", name="My need was").check()
    view.tab.get_by_label("Anything else").fill('He said "no\u2028", \\ then yes')
    view.tab.get_by_role("button", name="Send").click()
    expect(view.tab.get_by_role("status")).to_contain_text("Thank you")
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["answers"] == {
        "trust": "1",
        "positive": ["effectiveness", "ease"],
        "comment": 'He said "no\u2028", \\ then yes',
    }
    assert stored["place"] == "lobby"
    assert len(view.tab.evaluate("asked")) == 3, "described, masked, sent: all through what the host wrapped"
    assert view.complaints == []


def test_where_fetch_gives_nothing_nothing_is_shown_and_the_page_lives(
    host: Host, tag: Tag, browser: Browser
) -> None:
    view = watched(browser, "desktop")
    host.pages["/broken.js"] = ("window.fetch = () => undefined; window.requestIdleCallback = undefined;", "")
    view.go(host.put("/broken", '<script src="/broken.js"></script>' + PLACE + tag("thumbs-there")))
    told(view.tab, "error")
    assert view.tab.evaluate("told[0][1].kind") == "unreachable"
    expect(view.tab.locator("#feedback")).to_be_empty()
    assert view.complaints == []


def test_no_type_of_its_own_is_needed_where_none_is_allowed(
    forms: Site, host: Host, tag: Tag, browser: Browser
) -> None:
    view = watched(browser, "desktop")
    strict = (
        f"{policy(forms)}; trusted-types 'none'; form-action 'none'; base-uri 'none'; sandbox allow-scripts"
    )
    view.go(host.put_bare("/types", PLACE + tag("every-there", "modal"), policy=strict))
    view.tab.get_by_role("button", name="Visit to an office").click()
    expect(view.tab.get_by_role("dialog").get_by_role("radio", name="Yes")).to_be_visible()
    assert view.complaints == []


def test_an_intake_that_never_answers_holds_nothing_up(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    held: list[Route] = []
    tab.route("**/intake/*", lambda route: held.append(route))  # noqa: PLW0108 - it hangs on functions alone
    own = '<button id="own" type="button">Own</button>'
    with tab.expect_request("**/intake/*"):
        tab.goto(host.put("/held", PLACE + own + tag("thumbs-there")), wait_until="load")
    assert tab.evaluate("document.readyState") == "complete"
    tab.get_by_role("button", name="Own").click()
    expect(tab.get_by_role("button", name="Own")).to_be_focused()
    expect(tab.locator("#feedback")).to_be_empty()
    held[0].continue_()
    expect(thumbs_up(tab)).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_seen_in_another_way_it_is_all_there(host: Host, tag: Tag, browser: Browser, look: str) -> None:
    view = watched(browser, "desktop", **LOOKS[look])
    tab = view.tab
    if look in SIZES:
        across, down = SIZES[look]
        tab.set_viewport_size({"width": across, "height": down})
    problems = {}
    page = PLACE + tag("every-there") + tag("thumbs-there", "modal")
    view.go(host.put(f"/{look}", page, styles=DARK))
    told(tab, "ready", "ready")
    tab.locator("#feedback #q-useful-1").check()
    tab.locator("#feedback [type=submit]").click()
    photograph(tab, f"embed-look-{look}")
    problems["page"] = view.problems()
    tab.locator(".launcher button").click()
    dialog = tab.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_be_focused()
    for _ in range(9):  # past the languages
        press(tab, "Tab")
        if focused(tab) == "Thumbs up":
            break
    assert focused(tab) == "Thumbs up"
    ring = "(node) => parseFloat(getComputedStyle(node).outlineWidth)"
    assert dialog.get_by_role("radio", name="Thumbs up").evaluate(ring) >= 2
    press(tab, "Space")
    photograph(tab, f"embed-look-{look}-dialog")
    problems["dialog"] = view.problems()
    sideways = "(node) => node.scrollWidth - node.clientWidth"
    assert dialog.evaluate(sideways) == 0
    dialog.get_by_role("button", name="Send").scroll_into_view_if_needed()
    expect(dialog.get_by_role("button", name="Send")).to_be_in_viewport()
    moving = "() => document.getAnimations().length"
    assert tab.evaluate(moving) == 0
    press(tab, "Escape")
    expect(tab.locator(".launcher button")).to_be_focused()
    own = [one for found in problems.values() for one in found if not ("forced" in look and CONTRAST in one)]
    assert own == []
