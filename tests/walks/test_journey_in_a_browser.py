"""A journey with all there can be on it, from its file to its page, on a screen and on two phones."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import write as write_directory
from tests.learn.small import write as write_journeys
from tests.walks.accessibility import Tree
from tests.walks.browser import photograph, watched
from tests.walks.running import Site, publish, run, served

pytestmark = pytest.mark.browser
STAGES = ["Asking", "Waiting", "Sailing"]
LANES = ["What the person does", "Agency", "Channel", "Time", "Documents, visits, cost", "Feeling", "Measure"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page of the journey, in a release of a home that holds little else."""
    folder: Path = tmp_path_factory.mktemp("journey")
    files = str(write_directory(folder / "directory"))
    with served(folder / "home", "directory", "load", files) as site:
        load(site, folder)
        yield f"{site.address}/journeys/boat-licence/"


def load(site: Site, folder: Path) -> None:
    done = run(site.environ, "learn", "load", str(write_journeys(folder / "learn")))
    assert (done["created"]["step"], done["created"]["insight"]) == (3, 2)
    assert publish(site.environ)["made"] is True


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("script", [True, False])
def test_the_map_is_read_at_every_width_without_script(
    page: str, browser: Browser, width: int, script: bool
) -> None:
    view = watched(browser, "phone", java_script_enabled=script)
    view.tab.set_viewport_size({"width": width, "height": 800})
    view.go(page)
    table = view.tab.get_by_role("table", name="Map of the journey")
    expect(table.get_by_role("columnheader")).to_have_text(["Stage", *STAGES])
    expect(table.get_by_role("rowheader")).to_have_text([*LANES, "Pain points"])
    expect(table.get_by_role("row").nth(1)).to_contain_text("Fills it in.")
    if script:
        photograph(view.tab, f"journey-{width}")
        assert view.problems() == []
    view.tab.context.close()


def test_on_a_phone_the_name_of_the_stage_stands_above_each_cell(page: str, browser: Browser) -> None:
    view = watched(browser, "phone")
    view.tab.set_viewport_size({"width": 320, "height": 800})
    view.go(page)
    cell = view.tab.get_by_role("cell").filter(has_text="Fills it in.").first
    shown = cell.evaluate("c => [getComputedStyle(c, '::before').content, c.getBoundingClientRect().width]")
    assert str(shown[0]).startswith('"Asking"')
    assert 200 < shown[1] <= 320
    assert Tree(view.tab).await_node("columnheader", "Sailing")
    view.tab.context.close()


def test_the_map_is_reached_and_moved_with_the_keyboard(page: str, browser: Browser) -> None:
    view = watched(browser, "desktop")
    view.tab.set_viewport_size({"width": 700, "height": 800})
    view.go(page)
    frame = view.tab.get_by_role("region", name="Map of the journey")
    frame.focus()
    assert frame.evaluate("f => f === document.activeElement && f.scrollWidth > f.clientWidth")
    view.tab.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)
    view.tab.context.close()
