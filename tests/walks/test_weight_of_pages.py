"""What a first visit to a public page costs: bytes over the wire, and nothing that moves while it comes."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.walks.browser import ROOT, watched
from tests.walks.running import Site

pytestmark = pytest.mark.browser

KEPT = ROOT / "ci-output" / "weights.json"
WITH_CHARTS, TEXT = 150_000, 60_000
"""Bytes with everything a first visit asks for, compressed as they are sent."""
LIST_OF_HASHES = 100_000
"""A page of a release names every file with its hash, to check by; hashes cannot be compressed."""
BUDGETS = {
    "/": WITH_CHARTS,
    "/services/": WITH_CHARTS,
    "/data/": WITH_CHARTS,
    "/methods/": TEXT,
    "/methods/trust-agree-share/": TEXT,
    "/about/": TEXT,
    "/accessibility/": TEXT,
    "/releases/": TEXT,
    "/releases/1/": LIST_OF_HASHES,
}
NETWORK_OF_A_PHONE = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
OBSERVE = """
  window.shifted = 0; window.painted = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.shifted += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  new PerformanceObserver(list => { for (const one of list.getEntries()) window.painted = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
"""


def first_visit(browser: Browser, address: str, width: str, **slower: Any) -> dict[str, Any]:
    """Open a page with an empty cache; count what came over the wire, by file, and what moved."""
    view = watched(browser, width)
    wire = view.tab.context.new_cdp_session(view.tab)
    wire.send("Network.enable")
    if slower:
        wire.send("Network.emulateNetworkConditions", slower)
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.responseReceived", lambda e: names.update({e["requestId"]: e["response"]["url"]}))
    wire.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: int(e["encodedDataLength"])}))
    view.tab.add_init_script(OBSERVE)
    view.tab.goto(address, wait_until="networkidle")
    view.tab.evaluate("document.fonts.ready.then(() => true)")
    seen: dict[str, Any] = view.tab.evaluate("({shifted: window.shifted, largest_paint_ms: window.painted})")
    view.tab.context.close()
    files = {names[one].removeprefix(address) or "page": size for one, size in sizes.items() if one in names}
    return {"bytes": sum(files.values()), **seen, "files": files}


@pytest.fixture(scope="module")
def visits(site: Site, browser: Browser) -> dict[str, dict[str, Any]]:
    """First visits at a desk to each page with a budget, also kept as a file."""
    found = {path: first_visit(browser, site.address + path, "desktop") for path in BUDGETS}
    keep({"first visits": found})
    return found


@pytest.fixture(scope="module")
def visits_by_phone(site: Site, browser: Browser) -> dict[str, dict[str, Any]]:
    """First visits with a phone to some of them, over a slow network, also kept as a file."""
    paths = ("/", "/services/", "/data/", "/methods/")
    found = {path: first_visit(browser, site.address + path, "phone", **NETWORK_OF_A_PHONE) for path in paths}
    keep({"on the network of a phone": found})
    return found


def keep(found: dict[str, Any]) -> None:
    """Write the numbers where they outlast the run, beside those that are there."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    there = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    KEPT.write_text(json.dumps(there | found, indent=2) + "\n", encoding="utf-8")


def test_no_page_weighs_more_than_its_budget(visits: dict[str, dict[str, Any]]) -> None:
    over = {path: row for path, row in visits.items() if row["bytes"] > BUDGETS[path]}
    assert over == {}


def test_every_first_visit_was_counted_whole(visits: dict[str, dict[str, Any]]) -> None:
    for path, row in visits.items():
        assert any(name.endswith(".css") for name in row["files"]), path
        assert any(name.endswith(".woff2") for name in row["files"]), path


def test_only_the_letters_of_a_page_are_sent(visits: dict[str, dict[str, Any]]) -> None:
    fonts = {name for row in visits.values() for name in row["files"] if name.endswith(".woff2")}
    assert {name for name in fonts if not name.endswith(".western.woff2")} == set()


def test_nothing_moves_while_a_page_comes_slowly(visits_by_phone: dict[str, dict[str, Any]]) -> None:
    assert {path: row["shifted"] for path, row in visits_by_phone.items() if row["shifted"]} == {}


def test_a_phone_waits_for_the_page_and_its_style_alone(visits_by_phone: dict[str, dict[str, Any]]) -> None:
    """It shows its own letters, and pictures that are not seen yet are asked for when they are."""
    asked = {"page", "hearback.css", "us_flag_small.png", "icon.svg"}
    for path, row in visits_by_phone.items():
        assert {name.rpartition("/")[2] for name in row["files"]} == asked, path


def test_a_link_into_a_long_page_leads_there(site: Site, browser: Browser) -> None:
    view = watched(browser, "phone")
    view.tab.goto(site.address + "/data/")
    last = view.tab.locator("section h2[id]").last
    address = f"{site.address}/data/#{last.get_attribute('id')}"
    away = "() => [...document.querySelectorAll('section h2[id]')].at(-1).getBoundingClientRect().top"
    assert view.tab.evaluate(away) > 3_000
    view.tab.goto("about:blank")
    view.tab.goto(address)
    view.tab.wait_for_function(f"() => Math.abs(({away})()) < 800")
    view.tab.context.close()
