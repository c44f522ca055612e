"""The picture of a journey as a browser draws it, in the fonts of this machine: nothing lies on anything."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from hearback.learn.queries import JourneyFact
from hearback.publish.maps.picture import picture
from tests.publish.journeys import journeys, long_journey
from tests.publish.told import told_of
from tests.walks.browser import SCREENSHOTS

pytestmark = pytest.mark.browser
LONG = long_journey()
ALL_STEPS = tuple(step for stage in LONG.stages for step in stage.steps)
EMPTY = tuple(replace(stage, steps=()) for stage in LONG.stages[1:4])
CROWDED = replace(LONG, key="crowded", stages=(replace(LONG.stages[0], steps=ALL_STEPS), *EMPTY))
"""A journey with 64 steps in one of four stages."""

LINES = """() => [...document.querySelectorAll('text')].flatMap(
  text => (text.children.length ? [...text.children] : [text]).map(line => {
    const box = line.getBoundingClientRect();
    return {words: line.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom};
  })).filter(line => line.words.trim())"""
UPRIGHTS = """() => [...document.querySelectorAll('polyline')].map(line => line.getBoundingClientRect())
  .filter(box => box.width < 2 && box.height > 2)
  .map(box => ({x: box.left + box.width / 2, top: box.top, bottom: box.bottom}))"""
CIRCLES = """() => [...document.querySelectorAll('circle')].map(
  c => ({x: +c.getAttribute('cx'), y: +c.getAttribute('cy'), r: +c.getAttribute('r')}))"""


@pytest.mark.parametrize("found", [*journeys(), LONG, CROWDED], ids=lambda found: found.key)
def test_nothing_lies_on_anything(browser: Browser, found: JourneyFact) -> None:
    tab = browser.new_page(viewport={"width": 1160, "height": 800})
    svg = picture(told_of(found)).decode()
    tab.set_content(f"<body style='margin: 0'>{svg.partition('?>')[2]}</body>")
    lines, uprights, circles = tab.evaluate(LINES), tab.evaluate(UPRIGHTS), tab.evaluate(CIRCLES)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    tab.screenshot(path=str(SCREENSHOTS / f"map-{found.key}.png"), full_page=True)
    tab.close()
    assert lines
    for n, line in enumerate(lines):
        assert 0 <= line["left"] < line["right"] <= 1160, line
        for other in lines[n + 1 :]:
            across = min(line["right"], other["right"]) - max(line["left"], other["left"])
            down = min(line["bottom"], other["bottom"]) - max(line["top"], other["top"])
            assert not (across > 1 and down > 3), (line, other)
        for upright in uprights:
            if upright["top"] < line["top"] < upright["bottom"]:
                assert not line["left"] < upright["x"] < line["right"], (line, upright)
    for n, one in enumerate(circles):
        for other in circles[n + 1 :]:
            apart = ((one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2) ** 0.5
            assert apart >= one["r"] + other["r"], (one, other)
