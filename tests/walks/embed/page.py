"""A page with a form in it: what the host page was told, what has the focus, what was stored."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Route, expect
from playwright.sync_api import Page as Tab

from tests.walks.running import Site, run

PLACE = '<main><h1>A page</h1><div id="feedback"></div></main>'
Tag = Callable[..., str]


def policy(site: Site) -> str:
    """Write the strictest policy under which a form works: one origin, for two directives."""
    origin = f"script-src {site.address}; connect-src {site.address}"
    return f"default-src 'none'; {origin}; style-src 'none'; require-trusted-types-for 'script'"


def told(tab: Tab, *names: str) -> None:
    """Wait until the host page was told these events, and no others."""
    expect(tab.locator("html")).to_have_attribute("data-told", " ".join(names))


def press(tab: Tab, *keys: str) -> None:
    """Press keys, one after the other."""
    for key in keys:
        tab.keyboard.press(key)


def focused(tab: Tab) -> str:
    """Say what has the focus, inside a form too: its words or its label."""
    said: str = tab.evaluate("""() => {
      let at = document.activeElement;
      while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent.slice(0, 40);
    }""")
    return said


def responses(site: Site, form: str) -> list[dict[str, Any]]:
    """Read what is stored of a form."""
    return list(run(site.environ, "collect", "form", "responses", form)["responses"])


def change_delivery(tab: Tab, **delivery: object) -> None:
    """Let the intake describe another delivery of the form than it has."""

    def described(route: Route) -> None:
        if route.request.method != "GET":
            return route.continue_()
        answer = route.fetch()
        body = answer.json()
        body["instrument"]["delivery"] = delivery
        return route.fulfill(response=answer, body=json.dumps(body))

    tab.route("**/intake/*", described)


def thumbs_up(tab: Tab) -> Locator:
    """Find the answer that most tests give."""
    return tab.get_by_role("radio", name="Thumbs up")
