"""One chain from an answer to the release that shows what came of it, and back, by links alone.

Somebody answers a form in a browser, the service owner reads it there, and what was learnt, promised, done
and measured is loaded and released. Nothing yet takes an answer over as a case: the `respond` stage does not
exist. So the pain point and the insight cite the answer by its address on the signed-in side.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.directory.small import write as write_directory
from tests.plan.small import write as write_plan
from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import Site, publish, run, served

pytestmark = pytest.mark.browser
FORM, SAID = "mooring", "Nobody tells me which form it is."
PAIN, PROJECT, STEP = "Nobody knows which form it is.", "One form", "The form is one page"
RESULT, MEASURE, OTHER = "Half the time at the desk", "Forms filled in right", "A boat for everybody"
CITED = "Somebody wrote that nobody tells them."
FORWARDS = [
    (("project", "one-form"), "answers", ("pain_point", "unclear")),
    (("milestone", "one-page"), "is a step of", ("project", "one-form")),
    (("success_measure", "right"), "is to be moved by", ("project", "one-form")),
    (("release", "1"), "publishes", ("success_measure", "right")),
]
BACKWARDS = [
    (("release", "1"), "publishes", ("result", "one-form:1")),
    (("result", "one-form:1"), "came of", ("project", "one-form")),
    (("project", "one-form"), "answers", ("pain_point", "unclear")),
    (("pain_point", "unclear"), "cites", ("evidence", "pain_point:unclear:1")),
    (("insight", "hidden"), "cites", ("comment", "insight:hidden:1")),
]
NO_FIGURE = "trust_agree_share/service/mooring/FY2021-Q2"
BROKEN = [
    (("insight", "hidden"), "cites", ("pain_point", "gone")),
    (("insight", "hidden"), "cites", ("figure", NO_FIGURE)),
]
FOCUSED = "() => document.activeElement.textContent.trim()"


@dataclass(frozen=True)
class Chained:
    """A released chain, and the address of the answer that it begins with."""

    site: Site
    answer: str


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Chained]:
    """An answer that was given and read in a browser, and what was made of it, released."""
    folder: Path = tmp_path_factory.mktemp("chain")
    files = str(write_directory(folder / "directory"))
    with served(folder / "home", "directory", "load", files) as site:
        run(site.environ, "collect", "form", "new", FORM, "--service", "mooring", "--provider", "docks")
        for move in ("submit", "publish"):
            run(site.environ, "collect", "form", "move", FORM, move)
        answer(site, browser)
        address = read_by_the_owner(site, browser)
        files = write_plan(folder / "plan", action_plans=[], **learnt_and_promised(address))
        run(site.environ, "learn", "load", str(files))
        run(site.environ, "plan", "load", str(folder / "plan"))
        assert publish(site.environ)["made"] is True
        yield Chained(site, address)


def answer(site: Site, browser: Browser) -> None:
    tab = browser.new_context().new_page()
    tab.goto(f"{site.address}/done/{FORM}?lang=en")
    tab.get_by_label("Thumbs down").check()
    follow(tab.get_by_role("button", name="Continue"))
    tab.get_by_label("Anything else you would like to tell us?").fill(SAID)
    follow(tab.get_by_role("button", name="Send"))
    expect(tab.get_by_role("status")).to_contain_text("Thank you")
    tab.context.close()


def read_by_the_owner(site: Site, browser: Browser) -> str:
    """Read the answer as the owner of the service does; returns its address."""
    run(site.environ, "accounts", "add", "owner", "--name", "Owner", "--role", "member", "--agency", "bureau")
    tab = browser.new_context().new_page()
    tab.goto(run(site.environ, "accounts", "link", "owner")["link"])
    follow(tab.get_by_role("main").get_by_role("button"))
    follow(tab.get_by_role("link", name="Forms and responses"))
    follow(tab.get_by_role("link", name="How did we do?", exact=True))
    follow(tab.get_by_role("link", name="Responses", exact=True))
    article = tab.get_by_role("article").filter(has_text=SAID)
    expect(article).to_contain_text("Thumbs down")
    address = f"{tab.url}#{article.get_attribute('aria-labelledby')}"
    tab.context.close()
    return address


def learnt_and_promised(address: str) -> dict[str, Any]:
    """Give the files: a pain point and an insight that cite the answer, and what was promised for it."""
    cited = {"gist": CITED, "source": address}
    journey = {
        "key": "mooring", "name": "Getting a mooring", "about": "mooring", "source": "https://example.org/j",
        "pain_points": [{"key": "unclear", "gist": PAIN, "evidence": [cited]}],
        "insights": [{"key": "hidden", "text": "The form hides its purpose.", "published": True, "evidence": [
            {"kind": "comment", "url": address, "gist": cited["gist"]},
            {"kind": "pain_point", "cited": "unclear", "gist": PAIN},
            {"kind": "pain_point", "cited": "gone", "gist": "Something that is not kept any more."},
            {"kind": "published_figure", "cited": NO_FIGURE, "gist": "Nobody published it."}]}],
    }  # fmt: skip
    step = {"key": "one-page", "title": STEP, "due": "2026", "status": "Complete", "done": "2026-02",
            "evidence": [{"gist": "The page.", "source": "https://example.org/page"}]}  # fmt: skip
    project = {
        "key": "one-form", "name": PROJECT, "name_is_official": True, "pain_points": ["unclear"],
        "success_measures": ["right"], "milestones": [step],
        "results": [{"gist": RESULT, "source": "https://example.org/result"}],
    }  # fmt: skip
    other = {"key": "other", "name": OTHER, "name_is_official": True}
    measure = {
        "key": "right", "name": MEASURE, "kind": "external_index", "direction": "up", "due": "2026-01",
        "baseline_value": 61, "baseline_year": 2023, "target_value": 62, "source": "https://example.org/m",
        "readings": [{"key": "right-2025", "as_of": "2025-12", "value": 64, "low": 63, "high": 65.4}],
    }  # fmt: skip
    life = {"key": "boating", "name": "Boating", "journey": "mooring", "projects": [project, other]}
    area = {"key": "rivers", "number": 1, "title": "Better rivers", "success_measures": [measure]}
    return {"journeys": [journey], "life_experiences": [life], "priority_areas": [area],
            "commitments": [], "funding": [], "updates": []}  # fmt: skip


@pytest.fixture
def visitor(chained: Chained, browser: Browser) -> Iterator[Watched]:
    """Somebody of the public, who begins on the page that lists all of the chain."""
    view = watched(browser, "desktop", java_script_enabled=True)
    view.go(f"{chained.site.address}/")
    follow(view.tab.get_by_role("link", name="Chain of evidence"))
    yield view
    view.tab.context.close()


def clean(view: Watched) -> None:
    """Hold the open page against axe and its width, on a wide screen and on a narrow one."""
    for width in (1100, 320):
        view.tab.set_viewport_size({"width": width, "height": 800})
        assert view.problems() == [], f"{view.tab.url} at {width}"


def go(view: Watched, name: str, kind: str) -> None:
    """Follow a link to a thing of the chain; the page says what it is."""
    follow(view.tab.get_by_role("main").get_by_role("link", name=name, exact=True).first)
    expect(view.tab.get_by_role("heading", level=1)).to_have_text(name)
    expect(view.tab.locator(".kicker")).to_have_text(kind)
    clean(view)


def press(view: Watched, name: str) -> None:
    """Press Tab until these words have the focus, then Enter."""
    for _ in range(200):
        view.tab.keyboard.press("Tab")
        if view.tab.evaluate(FOCUSED) == name:
            with view.tab.expect_navigation():
                view.tab.keyboard.press("Enter")
            expect(view.tab.get_by_role("heading", level=1)).to_have_text(name)
            return
    raise AssertionError(f"{name} cannot be reached by keyboard on {view.tab.url}")


def test_from_the_release_and_its_result_back_to_the_answer(visitor: Watched, chained: Chained) -> None:
    clean(visitor)
    visitor.tab.get_by_text("Releases (1)").click()
    go(visitor, "Release 1", "Release")
    expect(
        visitor.tab.get_by_role("listitem").filter(has_text=f"publishes · Result {RESULT}")
    ).not_to_have_count(0)
    photograph(visitor.tab, "chain-of-a-release-narrow")
    go(visitor, PROJECT, "Project")
    go(visitor, PAIN, "Pain point")
    cited = visitor.tab.get_by_role("listitem").filter(has_text=CITED)
    assert cited.first.get_by_role("link").last.get_attribute("href") == chained.answer
    photograph(visitor.tab, "chain-of-a-pain-point-narrow")
    go(visitor, CITED, "Evidence")
    link = visitor.tab.locator("section[aria-labelledby=back]").get_by_role("link")
    assert link.get_attribute("href") == chained.answer
    follow(link)
    expect(visitor.tab.get_by_role("heading", level=1)).to_have_text("Sign in")  # an answer is not public


def test_from_the_pain_point_up_to_the_release_with_the_keyboard_alone(visitor: Watched) -> None:
    visitor.tab.get_by_text("Pain points (1)").press("Enter")
    press(visitor, PAIN)
    press(visitor, PROJECT)
    step = visitor.tab.get_by_role("listitem").filter(has_text=f"Milestone {STEP} (Complete) is a step of it")
    expect(step).not_to_have_count(0)
    press(visitor, STEP)
    expect(visitor.tab.get_by_text("The page.")).to_be_visible()
    press(visitor, PROJECT)
    press(visitor, MEASURE)
    expect(visitor.tab.get_by_role("main")).to_contain_text("Met: ")
    clean(visitor)
    press(visitor, "Release 1")
    follow(visitor.tab.get_by_role("link", name="Its page"))
    expect(visitor.tab.get_by_role("heading", level=1)).to_contain_text("Release 1")


def test_what_is_missing_is_shown_as_missing(visitor: Watched) -> None:
    broken = visitor.tab.locator("section[aria-labelledby=broken]")
    expect(broken).to_contain_text("The form hides its purpose. cites: Pain point gone – not in this release")
    expect(broken).to_contain_text(f"cites: Figure {NO_FIGURE} – not in this release")
    visitor.tab.get_by_text("it is not named which pain points it answers").first.click()
    go(visitor, OTHER, "Project")
    missing = visitor.tab.locator("section[aria-labelledby=missing]")
    for words in ("it is not named which pain points it answers", "no milestone is named",
                  "no success measure is named that it is to move", "no result was published"):  # fmt: skip
        expect(missing).to_contain_text(words)


def test_the_graph_holds_the_links_that_were_walked(visitor: Watched, chained: Chained) -> None:
    told = json.loads(visitor.tab.request.get(f"{chained.site.address}/chain/graph.json").text())
    links = {(_end(one["start"]), one["says"], _end(one["end"])): one for one in told["links"]}
    assert [link for link in (*FORWARDS, *BACKWARDS, *BROKEN) if link not in links] == []
    assert [link for link, one in links.items() if one["is_broken"]] == BROKEN
    (evidence,) = [one for one in told["nodes"] if one["key"] == "pain_point:unclear:1"]
    assert evidence["url"] == chained.answer


def _end(named: dict[str, str]) -> tuple[str, str]:
    return named["kind"], named["key"]
