"""What the public sees of goals that were reworded: both wordings, when and why; and of older releases."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec
import pytest
from django.test import Client
from pytest_django import Settings

from hearback.plan import queries as plan
from hearback.plan.wordings import wordings
from hearback.publish.formats import data_files
from hearback.publish.frozen import FACT_TYPES, Content, fact_files
from tests.publish.content import content
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db
WHY = ("2026-02-28", "Many do <not> read English.", "Leader")
GOALS = (
    plan.GoalFact("g1-2022", "1.1", "Hear many.", "2024", None, "2022-02", None, "g1-2024", None),
    plan.GoalFact("g2", "1.2", "Answer.", None, None, None, None, None, None),
    plan.GoalFact("g1-2024", "1.1", "Hear all.", None, None, None, None, "g1-2026", None, None, *WHY),
    plan.GoalFact("g1-2026", "1.1", "Hear each.", "FY2027", None, "2026-02", None, None, None),
)


@pytest.fixture
def frozen(tmp_path: Path, settings: Settings, at: datetime) -> Content:
    """A release with a strategy of two goals, one of them reworded twice."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    strategy = plan.StrategyFact("s1", 1, "Listen", None, None, GOALS, (), (), None)
    area = plan.PriorityAreaFact("area", 1, "Area", None, None, None, (), (), (strategy,), None)
    made = content(priority_areas=(area,))
    make_release(made, data_files(made), by="reviewer", at=at)
    return made


def words(page: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.decode()).split())


@pytest.mark.usefixtures("frozen")
def test_a_strategy_shows_each_goal_with_what_it_said_before(client: Client) -> None:
    page = client.get("/strategies/s1/").content
    read = words(page).split(" Goals ", 1)[1]
    assert read.index("Hear each.") < read.index("Hear all.") < read.index("Hear many.")
    assert read.index("Hear many.") < read.index("Answer."), "goals stand where their first wordings stood"
    assert (
        "What it said before Hear all. Replaced: 28 February 2026 · "
        "Reason: Many do &lt;not&gt; read English. · Decided by: Leader" in read
    )
    assert "Hear many. Replaced – when, why and by whom is not said To be reached: 2024" in read
    assert "Status: none was published (last read: February 2022)" in read
    assert all(f'id="goal-{goal.key}"'.encode() in page for goal in GOALS)


@pytest.mark.usefixtures("frozen")
def test_the_area_shows_the_goals_of_now_and_where_the_earlier_ones_are(client: Client) -> None:
    page = client.get("/").content
    read = words(page)
    assert "Goal 1.1 Hear each. What goal 1.1 said before · Replaced: 28 February 2026 · Reason: " in read
    assert "Goal 1.2 Answer." in read
    assert ("Hear all." in read, "Hear many." in read) == (False, False)
    assert b'href="/strategies/s1/#goal-g1-2024"' in page


def test_open_data_has_every_wording(frozen: Content) -> None:
    rows = list(csv.DictReader(io.StringIO(data_files(frozen)["data/goals.csv"].decode())))
    assert [(row["goal"], row["strategy"], row["replaced_by"], row["replaced_on"]) for row in rows] == [
        ("g1-2022", "s1", "g1-2024", ""), ("g2", "s1", "", ""),
        ("g1-2024", "s1", "g1-2026", "2026-02-28"), ("g1-2026", "s1", "", ""),
    ]  # fmt: skip
    assert (rows[2]["replaced_reason"], rows[2]["replaced_decided_by"]) == WHY[1:]


def test_a_release_from_before_is_read_and_says_that_nothing_was_said(
    frozen: Content, client: Client, at: datetime
) -> None:
    raw = json.loads(fact_files(frozen)["facts/priority_areas.json"])
    for goal in raw[0]["strategies"][0]["goals"]:
        for name in ("replaced_on", "replaced_reason", "replaced_decided_by"):
            del goal[name]
    old = replace(frozen, priority_areas=msgspec.convert(raw, FACT_TYPES["priority_areas"]))
    make_release(old, data_files(old), by="reviewer", at=at)
    read = words(client.get("/strategies/s1/").content)
    assert read.count("Replaced – when, why and by whom is not said") == 2


def test_what_was_replaced_by_something_elsewhere_stands_for_itself() -> None:
    (line,) = wordings(GOALS[:1])
    assert (line.now.key, line.before) == ("g1-2022", ())
    circle = [replace(GOALS[1], replaced_by_key="g1-2022"), replace(GOALS[0], replaced_by_key="g2")]
    assert len(wordings(circle)) == 2, "a damaged file ends too"
