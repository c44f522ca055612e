"""One quarterly round, played by a reviewer and three owners; the next release shows just what came of it.

One owner is late, one answer is returned and given again, a due date moves with its reason, and a goal gets
other words. The release before stays as it was, byte for byte.
"""

import re
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from hearback.plan.days import today
from hearback.plan.rules import quarters_to_ask
from tests.walks.browser import Watched, follow, photograph, watched
from tests.walks.running import Site, publish, run, served

pytestmark = pytest.mark.browser
QUARTER = str(quarters_to_ask(today())[1].previous())  # the one it is
GUIDE, REPORTS = "Guide on recruiting customer experience talent", "All providers reporting trust data"
KIT, PASSPORT = "Newborn Supply Kit", "Online passport renewal with nothing sent by mail."
GSA = "pma-cx-gsa"
EARLIER = "Build modular common components for digital services"
LATER = "Common components, and the skills to use them, so that a need is met sooner."
REASON = "The guide waits for a review."


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The bundled data in a home of its own, released once; three owners beside the reviewer."""
    with served(tmp_path_factory.mktemp("round") / "home") as site:
        for name in ("second-owner", "third-owner"):
            run(site.environ, "accounts", "add", name, "--name", name.title(), "--role", "member")
        yield site


def signed_in(site: Site, browser: Browser, who: str, width: str = "desktop") -> Watched:
    view = watched(browser, width)
    view.go(run(site.environ, "accounts", "link", who)["link"])
    follow(view.tab.get_by_role("main").get_by_role("button"))
    return view


def card(view: Watched, title: str) -> Locator:
    return view.tab.get_by_role("article", name=title, exact=True)


def looked_at(view: Watched, name: str) -> None:
    """Hold a page against axe, the policy and the width, wide and narrow, and keep pictures."""
    for across in (1100, 320):
        view.tab.set_viewport_size({"width": across, "height": 800})
        photograph(view.tab, f"round-{name}-{across}")
        assert [one for one in view.problems() if "status of 422" not in one] == []
    view.tab.set_viewport_size({"width": 1100, "height": 800})


def opened(view: Watched, page: str) -> None:
    follow(view.tab.get_by_role("main").get_by_role("link", name=page, exact=True))


def files_of(site: Site, number: int) -> dict[str, bytes]:
    folder: Path = site.home / "releases" / f"{number:04d}"
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def test_a_round_from_its_opening_to_the_next_release(home: Site, browser: Browser) -> None:
    first_release = files_of(home, 1)
    assert first_release
    reviewer = signed_in(home, browser, "reviewer")
    give_out(reviewer)
    open_the_round(reviewer)
    the_first_owner_moves_a_date(signed_in(home, browser, "service-owner", "phone"))
    the_second_owner_confirms(signed_in(home, browser, "second-owner"))
    returned_to_the_first(reviewer)
    answers_again(signed_in(home, browser, "service-owner"))
    a_goal_gets_other_words(reviewer)
    the_due_date_passes(home)
    the_third_owner_is_late(signed_in(home, browser, "third-owner"))
    decide_and_close(reviewer)
    assert publish(home.environ)["made"] is True
    what_was_answered_stays_to_be_read(signed_in(home, browser, "service-owner"))
    the_public_sees_just_that(home, browser)
    assert files_of(home, 1) == first_release
    verdicts = run(home.environ, "publish", "verify")["releases"]
    assert [(one["number"], one["problems"]) for one in verdicts] == [(1, []), (2, [])]


def give_out(reviewer: Watched) -> None:
    """Say who answers for what: two milestones, two projects, a commitment."""
    tab = reviewer.tab
    opened(reviewer, "Quarterly rounds")
    opened(reviewer, "Who answers for what")
    looked_at(reviewer, "owners")
    for owner, things in (
        ("service-owner", [GUIDE, REPORTS]),
        ("second-owner", [KIT]),
        ("third-owner", [PASSPORT]),
    ):
        for thing in things:
            tab.get_by_role("checkbox", name=re.compile(f"^{re.escape(thing)}")).first.check()
        tab.get_by_label("Who is asked").select_option(owner)
        tab.get_by_label("Seat that stands behind it").select_option(GSA)
        follow(tab.get_by_role("button", name="Give what is marked to them"))
        expect(tab.get_by_role("status")).to_contain_text("somebody else to answer for")


def open_the_round(reviewer: Watched) -> None:
    tab = reviewer.tab
    opened(reviewer, "Quarterly rounds")
    tab.get_by_label("Quarter").fill(QUARTER)
    tab.get_by_label("Answers are due on").fill((today() + timedelta(days=14)).isoformat())
    tab.get_by_label("What owners are told").fill("Say what changed since the last quarter.")
    follow(tab.get_by_role("button", name="Open the round"))
    expect(tab.get_by_role("status")).to_have_text("The round is open: 4 things are asked.")
    looked_at(reviewer, "board")


def the_first_owner_moves_a_date(owner: Watched) -> None:
    """Just two things are theirs; a date moves with its reason, after it was asked for."""
    tab = owner.tab
    opened(owner, "What you answer for")
    expect(tab.get_by_role("article")).to_have_count(2)
    looked_at(owner, "mine")
    guide = card(owner, GUIDE)
    expect(guide.get_by_label("Due date")).to_be_hidden()
    guide.get_by_label("Something has changed").check()
    guide.get_by_label("Due date").fill("FY2027-Q3")
    card(owner, REPORTS).get_by_label("It is as it stands here").check()
    follow(tab.get_by_role("button", name="Send what I have answered"))
    expect(tab.get_by_role("alert")).to_contain_text("Say why. The public sees the reason.")
    expect(tab.get_by_role("status")).to_contain_text("1 answer is kept.")
    looked_at(owner, "mine-wrong")
    card(owner, GUIDE).get_by_label("Reason").fill("Waits.")
    follow(tab.get_by_role("button", name="Send what I have answered"))
    expect(tab.get_by_role("main")).to_contain_text("You have answered all.")
    looked_at(owner, "mine-answered")
    tab.context.close()


def the_second_owner_confirms(owner: Watched) -> None:
    """By keyboard alone: one thing, nothing has changed."""
    tab = owner.tab
    opened(owner, "What you answer for")
    card(owner, KIT).get_by_label("I say it later").focus()
    tab.keyboard.press("ArrowDown")
    expect(card(owner, KIT).get_by_label("It is as it stands here")).to_be_checked()
    tab.get_by_role("button", name="Send what I have answered").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.get_by_role("main")).to_contain_text("You have answered all.")
    tab.context.close()


def returned_to_the_first(reviewer: Watched) -> None:
    tab = reviewer.tab
    tab.reload()
    missing = tab.get_by_role("table", name="Who is asked").get_by_role("row")
    expect(missing.nth(1)).to_contain_text("third-owner")
    opened(reviewer, GUIDE)
    looked_at(reviewer, "entry")
    tab.get_by_label("Comment").fill("Say what it waits for.")
    follow(tab.get_by_role("button", name="Return with a comment"))
    expect(tab.get_by_role("status")).to_contain_text("returned to its owner")


def answers_again(owner: Watched) -> None:
    tab = owner.tab
    opened(owner, "What you answer for")
    guide = card(owner, GUIDE)
    expect(guide).to_contain_text("Say what it waits for.")
    expect(guide.get_by_label("Due date")).to_have_value("FY2027-Q3")  # as it was typed the first time
    guide.get_by_label("Reason").fill(REASON)
    guide.get_by_label("Something has changed").check()
    follow(tab.get_by_role("button", name="Send what I have answered"))
    tab.context.close()


def a_goal_gets_other_words(reviewer: Watched) -> None:
    tab = reviewer.tab
    follow(tab.get_by_role("link", name="Dashboard").first)
    opened(reviewer, "Goals")
    goal = tab.get_by_role("listitem").filter(has_text=EARLIER)
    follow(goal.get_by_role("link", name="Replace the wording"))
    tab.get_by_label("New wording").fill(LATER)
    tab.get_by_label("Reason").fill("Needs are met by more than components.")
    tab.get_by_label("Who decided").fill("Leader of the priority area")
    looked_at(reviewer, "goal")
    follow(tab.get_by_role("button", name="Replace the wording"))
    expect(tab.get_by_role("status")).to_be_visible()


def the_due_date_passes(site: Site) -> None:
    """Two weeks and a day go by: the round, and what was answered, is as old as it would be then."""
    opened_on, answered_on, due_on = ((today() - timedelta(days=n)).isoformat() for n in (15, 14, 1))
    with sqlite3.connect(site.home / "hearback.sqlite3", timeout=60) as base:
        base.execute("UPDATE plan_round SET opened_on = ?, due = ?", (opened_on, due_on))
        older = "UPDATE plan_roundentry SET first_answered_on = ? WHERE first_answered_on IS NOT NULL"
        assert base.execute(older, (answered_on,)).rowcount == 3
    due = run(site.environ, "plan", "round", "remind", "--dry-run")["reminders"]
    assert [one["account"] for one in due] == ["third-owner"]


def the_third_owner_is_late(owner: Watched) -> None:
    tab = owner.tab
    opened(owner, "What you answer for")
    expect(tab.get_by_role("main")).to_contain_text("That day has passed")
    passport = card(owner, PASSPORT)
    passport.get_by_label("Something has changed").check()
    passport.get_by_label("How far it is").fill("Open to everybody since September.")
    follow(tab.get_by_role("button", name="Send what I have answered"))
    tab.context.close()


def decide_and_close(reviewer: Watched) -> None:
    tab = reviewer.tab
    follow(tab.get_by_role("link", name="Dashboard").first)
    opened(reviewer, "Quarterly rounds")
    opened(reviewer, QUARTER)
    follow(tab.get_by_role("button", name="Approve these 2"))
    for thing in (GUIDE, PASSPORT):
        opened(reviewer, thing)
        follow(tab.get_by_role("button", name="Approve"))
        expect(tab.get_by_role("status")).to_contain_text("It is approved.")
    follow(tab.get_by_role("link", name="Close the round"))
    expect(tab.get_by_role("main")).to_contain_text("No answer waits for a decision.")
    looked_at(reviewer, "close")
    follow(tab.get_by_role("button", name="Close the round"))
    expect(tab.get_by_role("status")).to_contain_text("The round is closed.")
    looked_at(reviewer, "closed")


def what_was_answered_stays_to_be_read(owner: Watched) -> None:
    tab = owner.tab
    opened(owner, "What you answer for")
    opened(owner, QUARTER)
    expect(card(owner, GUIDE)).to_contain_text("What was changed")
    expect(card(owner, GUIDE)).to_contain_text("Say what it waits for.")
    looked_at(owner, "earlier")
    tab.context.close()


def the_public_sees_just_that(site: Site, browser: Browser) -> None:
    view = watched(browser, "desktop")
    tab = view.tab
    view.go(f"{site.address}/rounds/")
    body = tab.get_by_role("main")
    for words in ("Asked about", "Confirmed", "Answered late"):
        expect(body).to_contain_text(words)
    numbers = body.locator("dd").all_text_contents()
    assert numbers == ["4", "4", "1"]
    looked_at(view, "public")
    view.go(f"{site.address}/strategies/pma-cx-s1/")
    row = tab.get_by_role("row").filter(has_text=GUIDE)
    expect(row).to_contain_text("FY2027 Q3")
    expect(row).to_contain_text("moved once")
    expect(row).to_contain_text("the day of this release")
    row.get_by_text("Changed once").click()
    expect(row).to_contain_text(REASON)
    view.go(f"{site.address}/strategies/pma-cx-s3/")
    goal = tab.get_by_role("listitem").filter(has_text=LATER)
    expect(goal).to_contain_text("Needs are met by more than components.")
    expect(goal).to_contain_text(EARLIER)
    view.go(f"{site.address}/commitments/")
    promise = tab.get_by_role("row").filter(has_text=PASSPORT)
    expect(promise).to_contain_text("Open to everybody since September.")
    page = tab.content()
    for account in ("service-owner", "second-owner", "third-owner"):
        assert account not in page
    tab.context.close()
