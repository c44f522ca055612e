"""How every kind of public page looks: widths, light and dark, paper, right to left, forced colours.

What axe says of each, in light and in dark, is in test_every_page_in_a_browser.py.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, FloatRect

from tests.walks.browser import SCREENSHOTS, TOO_WIDE, Watched, watched
from tests.walks.running import Site, fetch

pytestmark = pytest.mark.browser

WIDTHS = {"320": (320, 800), "1100": (1100, 800), "1920": (1920, 1080)}
PAPER = (718, 1016)
"""A4 at 96 dots an inch, without margins."""
MOST_OF_A_PAGE = 5_000
"""Pixels of height: what comes further down a long list looks like what stands before it."""
TRIED = 5
"""Pages of a kind of which the one with most on it is looked at."""

# Text that is cut: by a box that hides what is too long, by the edge of a drawing, or by that of the screen.
CUT = """() => {
  const cut = [], root = document.documentElement, wide = root.clientWidth;
  const name = e => `${e.tagName}.${e.getAttribute('class') || ''} ${e.textContent.trim().slice(0, 40)}`;
  const scrolls = e => { for (; e && e !== document.body; e = e.parentElement)
    if (/auto|scroll/.test(getComputedStyle(e).overflowX) || e.matches('.sr-only')) return true; };
  for (const e of document.querySelectorAll('body *:not(svg *)')) {
    const style = getComputedStyle(e);
    if (!e.textContent.trim() || e.matches('.sr-only, .sr-only *, thead, thead *, .usa-skipnav')) continue;
    if (!e.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})) continue;
    const hides = /hidden|clip/.test(style.overflowX);
    const shown = parseFloat(style.overflowClipMargin) || 0;  // beyond its edge, all the same
    if (hides && e.scrollWidth > e.clientWidth + shown + 1) cut.push(`hidden: ${name(e)}`);
    const box = e.getBoundingClientRect();
    const off = box.width && (box.left < -1 || box.right > wide + 1);
    if (off && !scrolls(e)) cut.push(`off screen: ${name(e)}`);
  }
  for (const svg of document.querySelectorAll('main svg')) {
    const paper = svg.getBoundingClientRect();
    if (!paper.width) continue;
    for (const text of svg.querySelectorAll('text')) {
      const box = text.getBoundingClientRect();
      if (box.left < paper.left - 2 || box.right > paper.right + 2 || box.bottom > paper.bottom + 2)
        cut.push(`off the drawing: ${name(text)}`);
    }
  }
  return cut.slice(0, 5);
}"""
# Rows of tables that a phone does not show well: their name or first number (or first cell) lies beyond the
# edge, or they are mostly air.
BEYOND = """() => [...document.querySelectorAll('.table-frame table')].flatMap(table => {
  const edge = table.closest('.table-frame').getBoundingClientRect().right + 1;
  const row = table.tBodies[0].rows[0], name = row && row.querySelector('th');
  const main = row && (row.querySelector('td.number') || row.querySelector('td'));
  if (!name || !main || !name.checkVisibility({contentVisibilityAuto: true})) return [];
  const text = cell => {
    const found = document.createRange();
    found.selectNodeContents(cell);
    return found;
  };
  const high = Math.max(...[...row.cells].map(cell => text(cell).getBoundingClientRect().height));
  const off = [name, main].filter(cell => (text(cell).getClientRects()[0] || {}).right > edge);
  const air = main.getBoundingClientRect().height - high > 60 ? ['a row is stretched'] : [];
  const caption = table.caption.textContent.trim().slice(0, 60);
  return [...off.map(cell => cell.textContent.trim()), ...air].map(what => `${caption}: ${what}`);
})"""
TABLES = (
    "charts/services", "charts/commitments", "charts/trust-government", "charts/funding",
    "services/usda-fsa-3",
)  # fmt: skip
WAYS = "header nav, .trail, .usa-skipnav, footer nav"
"""What leads through the site, and is of no use on paper."""
INK_OF_MARKS = """() => [
  ...[...document.querySelectorAll('.step')].map(e => getComputedStyle(e).printColorAdjust),
  ...[...document.querySelectorAll('.status')].map(e => getComputedStyle(e, '::before').printColorAdjust),
]"""
# How high each part of a drawing is on paper, and how large its usual letters of 13 pixels are there.
PRINTED = """() => [...document.querySelectorAll('.chart svg')].flatMap(e => {
  const box = e.getBoundingClientRect();
  if (!box.width) return [];
  return {height: box.height, letters: 13 * box.width / e.viewBox.baseVal.width};
})"""
LEAST_LETTERS = 9.3
"""Pixels of a letter on paper: 7 points."""
TURN = "way => { document.documentElement.dir = way; }"
# Middles of the first lines of what is found, and how many lines each takes.
LINES = """found => [...document.querySelectorAll(found)].map(e => {
  e.scrollIntoView();
  const range = document.createRange();
  range.selectNodeContents(e);
  const first = range.getClientRects()[0];
  const lines = Math.round(range.getBoundingClientRect().height / first.height);
  return [first.top + first.height / 2 + scrollY, lines];
})"""


@pytest.fixture(scope="module")
def kinds(site: Site) -> dict[str, str]:
    """One page of every kind the site map names, the fullest of those tried."""
    with urlopen(site.address + "/sitemap.xml") as answer:
        addresses = re.findall(r"<loc>([^<]+)</loc>", answer.read().decode())
    paths = defaultdict(list)
    for path in dict.fromkeys(urlsplit(address).path for address in [site.address + "/", *addresses]):
        if not re.match(r"/[a-z]{2}/", path):  # the same page in another language
            paths[resolve(path).view_name or "page"].append(path)
    return {
        kind: max(some[:TRIED], key=lambda path: len(fetch(site.address + path).text))
        for kind, some in paths.items()
    }


@pytest.fixture(scope="module")
def view(browser: Browser) -> Iterator[Watched]:
    """One tab, in which all of them are looked at."""
    opened = watched(browser, "desktop")
    yield opened
    opened.tab.context.close()


def look(view: Watched, name: str, size: tuple[int, int], **media: Any) -> list[str]:
    """Show the open page so, keep a picture, and tell what is cut or too wide."""
    view.tab.emulate_media(**media)
    view.tab.set_viewport_size({"width": size[0], "height": size[1]})
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    down = min(view.tab.evaluate("document.scrollingElement.scrollHeight"), MOST_OF_A_PAGE)
    clip: FloatRect = {"x": 0, "y": 0, "width": size[0], "height": down}
    view.tab.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, clip=clip)
    over = view.tab.evaluate(TOO_WIDE)
    wide = [f"{over} px too wide"] if over > 0 else []
    return [f"{name}: {what}" for what in [*wide, *view.tab.evaluate(CUT)]]


def test_every_kind_of_page_in_every_light(site: Site, kinds: dict[str, str], view: Watched) -> None:
    assert len(kinds) > 20
    problems: list[str] = []
    for kind, path in kinds.items():
        view.go(site.address + path)
        for width, size in WIDTHS.items():
            for scheme in ("light", "dark"):
                problems += look(view, f"{kind}-{width}-{scheme}", size, color_scheme=scheme, media="screen")
        problems += [f"{kind}: {found}" for found in view.complaints]
    assert problems == []


def test_a_phone_shows_the_name_and_the_number_of_a_row_at_once(
    site: Site, kinds: dict[str, str], view: Watched
) -> None:
    width, height = WIDTHS["320"]
    view.tab.set_viewport_size({"width": width, "height": height})
    view.tab.emulate_media(media="screen")
    problems: list[str] = []
    for path in dict.fromkeys([*kinds.values(), *(f"/{table}/" for table in TABLES)]):
        view.go(site.address + path)
        problems += [f"{path}: {found}" for found in view.tab.evaluate(BEYOND)]
    assert problems == []


def test_every_kind_of_page_right_to_left_and_on_paper(
    site: Site, kinds: dict[str, str], view: Watched
) -> None:
    problems: list[str] = []
    for kind, path in kinds.items():
        view.go(site.address + path)
        problems += look(view, f"{kind}-print", PAPER, color_scheme="dark", media="print")
        if any(way.is_visible() for way in view.tab.locator(WAYS).all()):
            problems.append(f"{kind}: the way through the site is printed")
        if view.tab.locator(".on-paper").is_visible() != bool(view.tab.locator("table a.source").count()):
            problems.append(f"{kind}: it is not said where the addresses of sources in tables stand")
        view.tab.evaluate(TURN, "rtl")
        for width in ("320", "1100"):
            problems += look(view, f"{kind}-{width}-rtl", WIDTHS[width], color_scheme="light", media="screen")
    assert problems == []


def test_marks_are_printed_and_a_drawing_fits_on_its_page(
    site: Site, kinds: dict[str, str], view: Watched
) -> None:
    view.tab.set_viewport_size({"width": PAPER[0], "height": PAPER[1]})
    view.tab.emulate_media(media="print")
    view.go(site.address + kinds["home"])
    seen = view.tab.evaluate(INK_OF_MARKS)
    assert seen
    assert set(seen) == {"exact"}
    for path in ("/charts/services/", "/charts/commitments/"):
        view.go(site.address + path)
        drawn = view.tab.evaluate(PRINTED)
        assert drawn
        assert max(one["height"] for one in drawn) < PAPER[1], path
        assert min(one["letters"] for one in drawn) >= LEAST_LETTERS, path


def test_a_frame_on_another_site_is_as_high_as_its_chart(site: Site, view: Watched) -> None:
    view.tab.emulate_media(media="screen", color_scheme="light")
    view.tab.set_viewport_size({"width": 700, "height": 300})
    for language in ("", "/es"):
        for name in ("trust-government", "services", "commitments", "funding"):
            page = f"{site.address}{language}/charts/{name}/"
            found = re.search(r'height=(?:&quot;|")(\d+)', fetch(page).text.partition("iframe")[2])
            assert found, page
            view.go(f"{page}frame/")
            needed = view.tab.evaluate("document.body.getBoundingClientRect().height")
            assert needed <= int(found[1]) <= needed * 1.3, (page, needed)


def test_longer_words_of_another_language_are_not_cut(
    site: Site, kinds: dict[str, str], view: Watched
) -> None:
    problems: list[str] = []
    for kind, path in kinds.items():
        view.go(f"{site.address}/es{path}")
        problems += look(view, f"{kind}-320-es", WIDTHS["320"], color_scheme="light", media="screen")
        problems += [f"{kind}: {found}" for found in view.complaints]
    assert problems == []


def test_charts_keep_their_lines_in_forced_colours(site: Site, kinds: dict[str, str], view: Watched) -> None:
    view.go(site.address + kinds["home"])
    media = {"forced_colors": "active", "color_scheme": "dark", "media": "screen"}
    assert look(view, "home-forced-colours", WIDTHS["1100"], **media) == []
    # A number has a halo in the colour of the paper, which is to be seen through.
    inks = """() => [...document.querySelectorAll('main svg text:not([fill="#ffffff"])')]
        .filter(e => e.checkVisibility())
        .map(e => [getComputedStyle(e).fill, getComputedStyle(e.closest('svg')).backgroundColor])"""
    seen = view.tab.evaluate(inks)
    assert seen
    assert [pair for pair in seen if pair[0] == pair[1]] == []
    view.tab.emulate_media(forced_colors="none")


def test_letters_stand_on_the_line_of_their_heading_and_names_in_tables_on_one_line(
    site: Site, view: Watched
) -> None:
    view.tab.set_viewport_size({"width": 1100, "height": 900})
    view.go(f"{site.address}/search/")
    (heading, _), (letter, _) = view.tab.evaluate(LINES, "#by-letter, .letters li:first-child a")
    assert abs(heading - letter) < 4
    view.go(f"{site.address}/data/dictionary/")
    lines = [n for _, n in view.tab.evaluate(LINES, ".column-name")]
    assert len(lines) > 100
    assert set(lines) == {1}
    view.go(f"{site.address}/measures/")
    assert {n for _, n in view.tab.evaluate(LINES, ".pairs--keys dt code")} == {1}
