"""How the embed asks: in steps or below one another, with context from the address, as a form says."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.walks.browser import photograph, watched
from tests.walks.embed.host import Host
from tests.walks.embed.page import PLACE, Tag, change_delivery, told

pytestmark = pytest.mark.browser


def test_in_steps_there_and_back(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    tab.goto(host.put("/steps", PLACE + tag("every-there")))
    tab.get_by_label("No", exact=True).check()
    expect(tab.get_by_role("group", name="Why not?")).to_be_visible()
    tab.get_by_label("In another way").check()
    tab.get_by_label("What else?").fill("By boat")
    tab.get_by_role("button", name="Continue").click()
    expect(tab.get_by_role("heading", name="Visit to an office")).to_be_focused()
    expect(tab.get_by_label("Which desk")).to_be_visible()
    tab.get_by_role("button", name="Back").click()
    expect(tab.get_by_role("heading", name="Your visit")).to_be_focused()
    expect(tab.get_by_label("No", exact=True)).to_be_checked()
    expect(tab.get_by_label("What else?")).to_have_value("By boat")
    tab.get_by_label("By bus").check()
    expect(tab.get_by_label("What else?")).to_be_hidden()
    told(tab, "ready", "page", "page")


def test_all_below_one_another(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "phone").tab
    change_delivery(tab)
    tab.goto(host.put("/whole", PLACE + tag("every-there")))
    expect(tab.get_by_role("heading", name="Your visit")).to_be_visible()
    tab.get_by_role("button", name="Send").click()
    expect(tab.get_by_role("group", name="Did you get")).to_have_accessible_description(
        "Answer this question."
    )
    expect(tab.get_by_label("Which desk")).to_have_accessible_description("Answer this question.")
    expect(tab.get_by_role("radio", name="Yes")).to_be_focused()
    expect(tab.get_by_role("button", name="Continue")).to_have_count(0)
    photograph(tab, "embed-whole-phone")


def test_hidden_context_comes_from_the_address_of_the_page(host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    sent: list[dict[str, Any]] = []
    context = {"code": "step", "type": "hidden", "from_address": "s"}
    later = {"code": "late", "type": "text", "words": {"en": "Why so late?"}}
    waits = {"show_when": {"question": "step", "is_any_of": ["end"]}}

    def with_context(route: Route) -> None:
        if route.request.method == "GET":
            answer = route.fetch()
            body = answer.json()
            body["instrument"]["pages"][0]["questions"] += [context, {**later, **waits}]
            return route.fulfill(response=answer, body=json.dumps(body))
        sent.append(route.request.post_data_json)
        made = {"form": "thumbs-there", "key": "k", "version": 1, "masked": {}}
        return route.fulfill(status=201, headers={"access-control-allow-origin": "*"}, json=made)

    tab.route("**/intake/thumbs-there", with_context)
    address = host.put("/context", PLACE + tag("thumbs-there"))
    for query in ("?s=end&trust=0", "?s=begin"):
        tab.goto(address + query)
        tab.get_by_label("Thumbs up").check()
        expect(tab.get_by_label("Why so late?")).to_be_visible(visible=query.startswith("?s=end"))
        tab.get_by_role("button", name="Send").click()
        expect(tab.get_by_role("status")).to_be_visible()
    assert [one["answers"] for one in sent] == [
        {"trust": "1", "step": "end"},
        {"trust": "1", "step": "begin"},
    ]
