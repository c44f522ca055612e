"""What the public sees of milestones: in time or not, every change and why; in pages and open data."""

import csv
import io
import json
import re
from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test import Client
from django.utils.html import strip_tags
from pytest_django import Settings

from hearback.plan import queries as plan
from hearback.publish.formats import data_files
from hearback.publish.frozen import FACT_TYPES, Content, MethodFact, fact_files
from hearback.publish.pages import progress
from tests.publish.content import content
from tests.publish.publishing import make_release

pytestmark = pytest.mark.django_db
WHERE = "https://example.org/log"
LOG = (
    plan.MilestoneChangeFact(
        "c1", "2025-12-03", "due", "FY2026-Q1", "FY2026-Q2", "A <b> broke.", "Leader", None
    ),
    plan.MilestoneChangeFact("c2", None, "status", "Pending", "In progress", None, None, WHERE),
    plan.MilestoneChangeFact("c3", "2026-02", "due", "FY2026-Q2", "2026-01", None, None, None),
)
FIRST = plan.MilestoneFact(
    "first", "Ask people", "2026-01", "In progress", None, "2025-11", None, None, depends_on=("second",),
    evidence=(plan.EvidenceFact("A list of names.", "https://example.org/names"),), changes=LOG,
)  # fmt: skip
SECOND = plan.MilestoneFact(
    "second", "Write it up", "FY2025-Q1", "Complete", None, None, None, None, done="2025-01-15"
)


@pytest.fixture
def frozen(tmp_path: Path, settings: Settings, at: datetime) -> Content:
    """A release with a strategy of two milestones, made on 2 March 2026."""
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    strategy = plan.StrategyFact("s1", 1, "Listen", None, None, (), (FIRST, SECOND), (), None)
    area = plan.PriorityAreaFact("area", 1, "Area", None, None, None, (), (), (strategy,), None)
    made = content(priority_areas=(area,), methods=(MethodFact("lateness", "Lateness", "…\n"),))
    make_release(made, data_files(made), by="reviewer", at=at)
    return made


def rows_of(page: str) -> list[str]:
    table = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)
    assert table
    rows = re.split(r'<tr role="row" id="[^"]+">', table[0])[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_day_of_the_release_is_that_of_this_government(
    frozen: Content, client: Client, settings: Settings
) -> None:
    settings.ZONE = ZoneInfo("Pacific/Auckland")  # where the release was made on 3 March
    page = client.get("/strategies/s1/").content.decode()
    assert "as it stood on 3 March 2026, the day of this release" in strip_tags(page)
    assert "Due 31 days ago" in rows_of(page)[0]


def test_the_page_says_how_each_stood_on_the_day_of_the_release(frozen: Content, client: Client) -> None:
    page = client.get("/strategies/s1/").content.decode()
    first, second = rows_of(page)
    assert (
        "Due 30 days ago not reported done; its status was last read in November 2025, before it was due"
        in first
    )
    assert "January 2026 moved 2 times" in first
    assert "Complete done 15 January 2025 date of status not known Late by 1 quarter" in second
    assert "as it stood on 2 March 2026, the day of this release" in strip_tags(page)
    assert '<a href="/methods/lateness/">' in page


def test_no_date_is_missed_of_a_status_that_is_not_known(
    frozen: Content, client: Client, at: datetime
) -> None:
    (area,) = frozen.priority_areas
    strategy = replace(area.strategies[0], milestones=(replace(SECOND, status=None),))
    made = replace(frozen, priority_areas=(replace(area, strategies=(strategy,)),))
    make_release(made, data_files(made), by="reviewer", at=at + timedelta(days=1))
    (row,) = rows_of(client.get("/strategies/s1/").content.decode())
    assert "Status not known done 15 January 2025 Late" in row


def test_the_page_shows_the_log_with_reasons_and_what_is_not_known(frozen: Content, client: Client) -> None:
    first, second = rows_of(client.get("/strategies/s1/").content.decode())
    assert "Depends on: Write it up Evidence: A list of names. ( example.org )" in first
    assert "Changed 3 times : Ask people" in first
    assert (
        "Due date: FY2026 Q1 → became FY2026 Q2 3 December 2025 · decided by Leader "
        "Reason: A &lt;b&gt; broke. "
        "Status: Pending → became In progress the date of the change is not known · example.org "
        "Due date: FY2026 Q2 → became January 2026 February 2026 No reason is known."
    ) in first
    assert "Changed" not in second


def test_open_data_has_the_log_and_the_date_that_was_promised_first(frozen: Content) -> None:
    files = data_files(frozen)
    first, second = csv.DictReader(io.StringIO(files["data/milestones.csv"].decode()))
    assert {name: first[name] for name in ("done", "depends_on", "evidence", "first_due")} == {
        "done": "", "depends_on": "second", "first_due": "FY2026-Q1",
        "evidence": "A list of names. (https://example.org/names)",
    }  # fmt: skip
    counted = [(row["change_count"], row["due_moved_count"], row["first_due"]) for row in (first, second)]
    assert counted == [("3", "2", "FY2026-Q1"), ("0", "0", "FY2025-Q1")]
    changes = list(csv.DictReader(io.StringIO(files["data/milestone_changes.csv"].decode())))
    assert [(c["milestone"], c["field"], c["before"], c["reason"]) for c in changes] == [
        ("first", "due", "FY2026-Q1", "A <b> broke."), ("first", "status", "Pending", ""),
        ("first", "due", "FY2026-Q2", ""),
    ]  # fmt: skip


def test_a_date_that_was_found_is_not_one_that_was_moved() -> None:
    dues = [(None, "2026"), ("2026", "2027"), ("2027", None), (None, "2028")]
    log = tuple(
        plan.MilestoneChangeFact(str(n), None, "due", before, after, None, None, None)
        for n, (before, after) in enumerate(dues)
    )
    fact = plan.MilestoneFact("m", "M", "2028", None, None, None, None, None, changes=log)
    assert fact.earlier_due == ("2026", "2027")
    assert replace(fact, changes=log[:1]).earlier_due == ()


def test_a_release_made_before_there_were_logs_is_read_and_shown(
    frozen: Content, client: Client, at: datetime
) -> None:
    raw = json.loads(fact_files(frozen)["facts/priority_areas.json"])
    new = {field.name for field in fields(plan.MilestoneFact)} & {"done", "depends_on", "evidence", "changes"}
    assert len(new) == 4
    for milestone in raw[0]["strategies"][0]["milestones"]:
        for name in new:
            del milestone[name]
    old = replace(frozen, priority_areas=msgspec.convert(raw, FACT_TYPES["priority_areas"]), methods=())
    make_release(old, data_files(old), by="reviewer", at=at)
    page = client.get("/strategies/s1/").content.decode()
    first, second = rows_of(page)
    assert "Due 30 days ago" in first
    assert "Changed" not in first
    assert "Cannot tell: when it was done is not known" in second
    assert "/methods/lateness/" not in page


@pytest.mark.parametrize("status", ["Complete", "Paused", None])
def test_the_legend_of_strategies_has_the_marks_that_are_drawn_and_no_other(
    frozen: Content, client: Client, at: datetime, status: str | None
) -> None:
    strategy = frozen.priority_areas[0].strategies[0]
    found = tuple(replace(one, status=status) for one in strategy.milestones)
    area = replace(frozen.priority_areas[0], strategies=(replace(strategy, milestones=found),))
    made = replace(frozen, priority_areas=(area,))
    make_release(made, data_files(made), by="reviewer", at=at + timedelta(days=1))
    block = client.get("/").content.decode().split('id="strategies"')[1].split("</section>")[0]
    legend, drawn = block.split("</ul>", 1)
    assert '<span class="step step--' in legend
    assert "status--" not in legend
    marks = [set(re.findall(r'class="step step--(\w+)"', part)) for part in (legend, drawn)]
    assert marks[0] == marks[1] == {progress.status(status).shape}
