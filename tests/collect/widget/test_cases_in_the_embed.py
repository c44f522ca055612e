"""What the embed says of each case, in a real browser: the same as the server."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from tests.collect.widget.cases import cases
from tests.conftest import ROOT
from tests.walks.browser import open_browser
from tests.walks.embed.host import hosted

pytestmark = pytest.mark.browser
WIDGET = ROOT / "hearback" / "collect" / "widget"

CONDITIONS = """async (cases) => {
  const { holds } = await import("/conditions.js");
  return cases.map(({ condition, answers }) => holds(condition, answers));
}"""
ANSWERS = """async (cases) => {
  const { accept } = await import("/answering.js");
  return cases.map(({ questions, given }) => accept(questions, given));
}"""


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    """A page that can load the parts of the embed as they are written."""
    with hosted() as host, open_browser() as browser:
        for file in WIDGET.glob("*.js"):
            host.pages[f"/{file.name}"] = (file.read_text(encoding="utf-8"), "")
        opened = browser.new_page()
        opened.goto(host.put("/empty", ""))
        yield opened


def test_conditions(tab: Tab) -> None:
    table = cases("conditions")
    said = tab.evaluate(CONDITIONS, table)
    assert [case for case, shown in zip(table, said, strict=True) if case["shown"] is not shown] == []


def test_answers(tab: Tab) -> None:
    table = cases("answers")
    said = tab.evaluate(ANSWERS, table)
    wrong = [case["name"] for case, one in zip(table, said, strict=True) if not _agrees(case, one)]
    assert wrong == [], json.dumps(
        [one for case, one in zip(table, said, strict=True) if case["name"] in wrong]
    )


def _agrees(case: dict[str, Any], said: dict[str, Any]) -> bool:
    problems = [{"values": None, **one} for one in said["problems"]]
    codes = [one["code"] for one in case["questions"]]
    not_shown = [code for code in codes if code not in said["shown"]]
    return (problems, said["answers"], not_shown) == (case["problems"], case["answers"], case["not_shown"])
