"""What is found, and in which order: on the server, and by the script in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.matching import found, prepared
from tests.conftest import ROOT
from tests.walks.browser import open_browser
from tests.walks.embed.host import hosted

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
"""A question, signposts as in the index, and the addresses found in their order."""
SCRIPTS = ROOT / "hearback" / "publish" / "static" / "publish"
FIND = """async (cases) => {
  const { found, prepared } = await import("/finding.js");
  return cases.map(({ signposts, asked }) => found(prepared({ signposts }), asked).map((one) => one.address));
}"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_on_the_server(case: dict[str, Any]) -> None:
    names = list(KINDS)
    signposts = [Signpost(names[kind], *rest) for kind, *rest in case["signposts"]]
    assert [one.address for one in found(prepared(signposts), case["asked"])] == case["found"]


@pytest.mark.browser
def test_by_the_script() -> None:
    with hosted() as host, open_browser() as browser:
        host.pages["/finding.js"] = ((SCRIPTS / "finding.js").read_text(encoding="utf-8"), "")
        tab = browser.new_page()
        tab.goto(host.put("/empty", ""))
        said = tab.evaluate(FIND, CASES)
    wrong = [(case["name"], one) for case, one in zip(CASES, said, strict=True) if one != case["found"]]
    assert wrong == []
