"""Pages whose words run from right to left: nothing is wider than the screen, and each thing is on its side.

No language of the program runs so yet. Arabic is spoken here: its words are missing, so that pages are in
English, but their direction is that of Arabic.
"""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from playwright.sync_api import Page as Tab
from playwright.sync_api import Route

from hearback.publish.frozen import ReleaseData
from hearback.publish.site.answers import answer
from hearback.publish.views import translated
from tests.walks.browser import AXE, LAY_OUT_ALL, RUN_AXE, TOO_WIDE, open_browser, photograph

pytestmark = pytest.mark.browser

PLACE = "http://record.test"
PAGES = {
    "": "home", "services/": "services", "services/va-vha-2/": "service", "strategies/pma-cx-s1/": "strategy",
    "agencies/": "agencies", "commitments/": "commitments", "funding/": "funding", "data/": "data",
    "releases/1/": "release", "journeys/outpatient-care/": "journey", "chain/": "chain",
    "quarters/FY2021-Q4/": "quarter", "life-experiences/having-a-child/": "experience",
}  # fmt: skip
SIDE = """(selector) => {
    const box = document.querySelector(selector).getBoundingClientRect();
    return (box.left + box.right) / 2 > window.innerWidth / 2 ? 'right' : 'left';
}"""
BESIDE = """() => {
    const [side, body] = ['.block__side', '.block__body'].map(
        (one) => document.querySelector(one).getBoundingClientRect());
    return side.left >= body.right - 1 ? 'side is right of body' : 'side is left of body';
}"""
DIRECTIONS = (
    "() => [...document.querySelectorAll('.chart svg')].map((one) => getComputedStyle(one).direction)"
)
RUNS = """(which) => [...document.querySelectorAll(which)].map((one) => {
    const style = getComputedStyle(one);
    return `${style.direction} ${style.unicodeBidi}`;
})"""
ROOM = """() => [...document.querySelectorAll('table td.number:not(:last-child)')].map((cell) => {
    const style = getComputedStyle(cell);
    return `${style.paddingLeft} ${style.paddingRight}`;
})"""
# The pieces of the first text that holds all of them, from left to right as they are seen.
SEEN = """([which, pieces]) => {
    const whole = [...document.querySelectorAll(which)].find(
        (one) => pieces.every((piece) => one.textContent.includes(piece)));
    const left = (piece) => {
        const walk = document.createTreeWalker(whole, NodeFilter.SHOW_TEXT), found = document.createRange();
        while (!walk.nextNode().data.includes(piece));
        const at = walk.currentNode.data.indexOf(piece);
        found.setStart(walk.currentNode, at);
        found.setEnd(walk.currentNode, at + piece.length);
        return found.getBoundingClientRect().left;
    };
    return [...pieces].sort((one, other) => left(one) - left(other));
}"""
# How far from the right edge of its cell, but for the room of that, the text of each cell begins.
FROM_RIGHT = """() => [...document.querySelectorAll('table :is(th, td)')].map((cell) => {
    const text = document.createRange(), style = getComputedStyle(cell);
    text.selectNodeContents(cell);
    const edge = cell.getBoundingClientRect().right - parseFloat(style.paddingRight);
    return cell.textContent.trim() ? Math.round(edge - text.getBoundingClientRect().right) : 0;
})"""
# How far from the right edge of all the words after a mark begin.
BEFORE = """(which) => [...document.querySelectorAll(which)].map((one) => {
    const text = document.createRange();
    text.selectNodeContents(one);
    const all = one.closest('details') || one;
    return all.getBoundingClientRect().right - text.getBoundingClientRect().right;
})"""
MARKED = (
    ("services/va-vha-2/", ".trail li + li"),
    ("services/va-vha-2/", ".why > summary"),
    ("chain/", "main summary"),
    ("life-experiences/having-a-child/", ".journey li + li"),
)
PIECES = (
    ("services/va-vha-2/", "thead th", ("95", "%", "interval")),
    ("services/va-vha-2/", "dd", ("10.0", "(9.0", "11.0", "respondents", "4,000", "survey")),
    ("services/va-vha-2/", "dd", ("–", "too few to show")),
    ("services/va-vha-2/", "p", ("1", "survey: Too few people answered", ".")),
    ("funding/", ".reading__value", ("$", "100", "million")),
    ("funding/", "dd", ("1", "award, 1 of unknown amount, not counted")),
    ("funding/", "th", ("–", "not named")),
    ("quarters/FY2021-Q4/", "p", ("–", "no update was published")),
)


def _rendered(path: str) -> str:
    request = RequestFactory().get(f"/ar/{path}", HTTP_HOST="localhost")
    request.user = AnonymousUser()
    found = translated(request, "ar", path)
    assert found.status_code == 200, path
    return found.content.decode()


@pytest.fixture
def pages(site: ReleaseData) -> dict[str, str]:
    """Pages in a language that runs from right to left, by path."""
    return {path: _rendered(path) for path in PAGES}


@pytest.fixture
def tab(pages: dict[str, str], site: ReleaseData) -> Iterator[Tab]:
    """A tab in which these pages stand; the browser starts when all of them are made."""

    def give(route: Route) -> None:
        address = route.request.url.removeprefix(PLACE)
        if address.startswith("/static/"):
            found = answer(address, site)
            kind = found.media_type if found.media_type.startswith("text/") else "application/octet-stream"
            route.fulfill(body=found.body, content_type="image/svg+xml" if ".svg" in address else kind)
        elif (body := pages.get(address.removeprefix("/ar/"))) is not None:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(status=404)

    with open_browser() as browser:
        tab = browser.new_page()
        tab.route("**/*", give)
        yield tab


def test_nothing_is_too_wide_or_on_the_wrong_side(tab: Tab) -> None:
    for path, name in PAGES.items():
        for width in (320, 1100):
            tab.set_viewport_size({"width": width, "height": 800})
            tab.goto(f"{PLACE}/ar/{path}")
            photograph(tab, f"right-to-left-{name}-{width}")
            assert tab.evaluate("() => document.documentElement.dir") == "rtl"
            assert tab.evaluate(TOO_WIDE) <= 0, f"{path} at {width}"
            assert set(tab.evaluate(DIRECTIONS)) <= {"ltr"}, f"{path}: a chart is mirrored"
        assert tab.evaluate(SIDE, ".site-name") == "right", path
        assert tab.evaluate(SIDE, ".site-languages") == "left", path


def test_numbers_run_from_the_left_in_every_table(tab: Tab) -> None:
    tab.set_viewport_size({"width": 1100, "height": 800})
    tab.goto(f"{PLACE}/ar/services/va-vha-2/")
    assert set(tab.evaluate(RUNS, ".figure")) == {"ltr isolate"}
    assert set(tab.evaluate(RUNS, "td.number")) == {"rtl plaintext"}


def test_numbers_leave_room_to_the_next_column(tab: Tab) -> None:
    """The next column is at the left of a number: the room of its cell is there too, as its heading's."""
    tab.set_viewport_size({"width": 1100, "height": 800})
    for path in ("services/va-vha-2/", "quarters/FY2021-Q4/"):
        tab.goto(f"{PLACE}/ar/{path}")
        assert set(tab.evaluate(ROOM)) == {"16px 0px"}, path


def test_english_words_keep_their_order(tab: Tab) -> None:
    """Numbers, dashes and full stops stand where they do on a page in English."""
    tab.set_viewport_size({"width": 1100, "height": 800})
    for path, which, pieces in PIECES:
        tab.goto(f"{PLACE}/ar/{path}")
        tab.evaluate(LAY_OUT_ALL)
        assert tab.evaluate(SEEN, [which, pieces]) == list(pieces), path


def test_arabic_words_run_from_the_right(tab: Tab) -> None:
    tab.goto(f"{PLACE}/ar/funding/")
    for which in ("p", "h1", "caption", "tbody td"):
        tab.locator(which).last.evaluate("(one) => { one.textContent = '– وافق 82.5 من الناس!'; }")
        pieces = ["!", "من", "82.5", "وافق", "–"]
        assert tab.evaluate(SEEN, [which, pieces[::-1]]) == pieces, which
    tab.locator("h1").evaluate("(one) => { one.textContent = '\\u200fHearback يسأل الناس!'; }")
    assert tab.evaluate(SEEN, ["h1", ["Hearback", "يسأل", "!"]]) == ["!", "يسأل", "Hearback"]


def test_the_mark_before_a_name_is_on_its_right(tab: Tab) -> None:
    tab.set_viewport_size({"width": 1100, "height": 800})
    for path, which in MARKED:
        tab.goto(f"{PLACE}/ar/{path}")
        tab.evaluate(LAY_OUT_ALL)
        assert min(tab.evaluate(BEFORE, which)) > 10, which


def test_every_cell_begins_on_the_right_whichever_way_it_runs(tab: Tab) -> None:
    tab.set_viewport_size({"width": 1100, "height": 800})
    for path in ("services/va-vha-2/", "strategies/pma-cx-s1/", "funding/"):
        tab.goto(f"{PLACE}/ar/{path}")
        tab.evaluate(LAY_OUT_ALL)
        assert {gap for gap in tab.evaluate(FROM_RIGHT) if abs(gap) > 1} == set(), path


def test_columns_of_a_page_change_sides(tab: Tab) -> None:
    tab.set_viewport_size({"width": 1100, "height": 800})
    tab.goto(f"{PLACE}/ar/services/va-vha-2/")
    assert tab.evaluate(BESIDE) == "side is right of body"


def test_nothing_to_find_for_axe(tab: Tab) -> None:
    for path in PAGES:
        tab.goto(f"{PLACE}/ar/{path}")
        tab.add_script_tag(content=AXE.read_text(encoding="utf-8"))
        found = tab.evaluate(RUN_AXE)["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], path
