"""An action plan from its files to its page, at three widths, with and without script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import write as write_directory
from tests.plan.small import write as write_plan
from tests.walks.browser import follow, photograph, watched
from tests.walks.running import publish, run, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a provider with two plans, in a release of a home that holds little else."""
    folder: Path = tmp_path_factory.mktemp("plan")
    files = str(write_directory(folder / "directory"))
    with served(folder / "home", "directory", "load", files) as site:
        done = run(site.environ, "plan", "load", str(write_plan(folder / "plan")))
        assert done["created"]["action_plan_action"] == 5
        assert publish(site.environ)["made"] is True
        yield f"{site.address}/providers/docks/"


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("script", [True, False])
def test_a_plan_is_found_and_read_at_every_width(
    page: str, browser: Browser, width: int, script: bool
) -> None:
    view = watched(browser, "phone", java_script_enabled=script)
    view.tab.set_viewport_size({"width": width, "height": 800})
    view.go(page)
    follow(view.tab.get_by_role("link", name="Action plan for FY2024"))
    past = view.tab.get_by_role("table", name="Actions promised for FY2023")
    expect(past.get_by_role("row")).to_have_count(5)
    expect(past.get_by_role("row").nth(2)).to_contain_text("Not kept")
    expect(view.tab.get_by_text("4 promised: 1 kept, 2 not kept, 1 not said")).to_be_visible()
    able = view.tab.get_by_role("table", name="Self-assessment in the plan for FY2024")
    expect(able.get_by_role("rowheader")).to_have_text(["Listening", "Leading"])
    if script:
        photograph(view.tab, f"action_plan-{width}")
        assert view.problems() == []
    follow(able.get_by_role("link", name="Leading"))
    expect(view.tab.get_by_role("heading", level=1)).to_have_text("Capacity areas")
    if script:
        photograph(view.tab, f"capacity_areas-{width}")
        assert view.problems() == []
    view.tab.context.close()
