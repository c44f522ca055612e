"""What is found, and in which order: on the server, and by the script in a real browser."""

import json
from pathlib import Path
from typing import Any

import pytest

from hearback.publish.search.kinds import KINDS, Signpost
from hearback.publish.search.matching import found, prepared
from hearback.publish.search.near import meant
from tests.conftest import ROOT
from tests.walks.browser import open_browser
from tests.walks.embed.host import hosted

CASES: list[dict[str, Any]] = json.loads(Path(__file__).with_name("cases.json").read_text(encoding="utf-8"))
"""A question, signposts as in the index, and the addresses found in their order."""
SCRIPTS = ROOT / "hearback" / "publish" / "static" / "publish"
NAMED = (
    [0, "Applying for a passport", "services/a/", "State", "Photos and forms"],
    [0, "Passport renewal", "services/b/", "State", ""],
    [0, "Farm loans", "services/c/", "Farm Service Agency · FSA", "A passport is not asked for"],
)
MEANT = {
    "pasport": "passport", "passprot": "passport", "pasxxort": None, "passpart renewall": "passport renewal",
    "farm laons": "farm loans", "fsb": None, "phptos": None, "passport": None, "zzzz": None,
    "renewal loanz": None,
}  # fmt: skip
"""What somebody asked for, and what they are asked whether they meant it: nothing finds less than nothing."""
GUESS = """async ([signposts, asked]) => {
  const { meant, prepared } = await import("/finding.js");
  const things = prepared({ signposts });
  return asked.map((question) => meant(things, question) ?? null);
}"""
FIND = """async (cases) => {
  const { found, prepared } = await import("/finding.js");
  return cases.map(({ signposts, asked }) => found(prepared({ signposts }), asked).map((one) => one.address));
}"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_on_the_server(case: dict[str, Any]) -> None:
    names = list(KINDS)
    signposts = [Signpost(names[kind], *rest) for kind, *rest in case["signposts"]]
    assert [one.address for one in found(prepared(signposts), case["asked"])] == case["found"]


def test_near_spellings_on_the_server() -> None:
    names = list(KINDS)
    things = prepared([Signpost(names[kind], *rest) for kind, *rest in NAMED])
    assert {asked: meant(things, asked) for asked in MEANT} == MEANT


@pytest.mark.browser
def test_near_spellings_by_the_script() -> None:
    with hosted() as host, open_browser() as browser:
        host.pages["/finding.js"] = ((SCRIPTS / "finding.js").read_text(encoding="utf-8"), "")
        tab = browser.new_page()
        tab.goto(host.put("/empty", ""))
        assert dict(zip(MEANT, tab.evaluate(GUESS, [NAMED, list(MEANT)]), strict=True)) == MEANT


@pytest.mark.browser
def test_by_the_script() -> None:
    with hosted() as host, open_browser() as browser:
        host.pages["/finding.js"] = ((SCRIPTS / "finding.js").read_text(encoding="utf-8"), "")
        tab = browser.new_page()
        tab.goto(host.put("/empty", ""))
        said = tab.evaluate(FIND, CASES)
    wrong = [(case["name"], one) for case, one in zip(CASES, said, strict=True) if one != case["found"]]
    assert wrong == []
