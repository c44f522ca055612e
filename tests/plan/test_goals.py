"""Replacing the wording of a goal: the old one stays, files do not undo it, and nobody replaces it twice."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.directory.files import FileNotGood
from hearback.fiscal import PeriodNotValid
from hearback.history.queries import latest_entries
from hearback.plan import queries
from hearback.plan.actions import ChangedMeanwhile, GoalReplaced, GoalUnknown, NewWording, Why, replace_goal
from hearback.plan.commands import group, load
from hearback.plan.models import Strategy
from hearback.plan.rules import ReplacementNotGood
from hearback.plan.wordings import wordings
from tests.plan.small import AREAS, write

pytestmark = pytest.mark.django_db
OLD, NOW, MADE = "rivers-1.1-2022", "rivers-1.1-2024", "rivers-s1-goal-1.1-2026-03-02"
NEW = NewWording("Hear all, in their language.", "1.1", "FY2027-Q4", "In progress", "2026-03-01")
WHY = Why("Many do not read English.", "Leader of the priority area", "https://example.org/goal")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def goal(key: str) -> queries.PlacedGoalFact:
    found = queries.goal(key)
    assert found is not None
    return found


def areas(**values: Any) -> list[dict[str, Any]]:
    """Give the areas with fields of the goal that stands now set."""
    made = deepcopy(AREAS)
    made[0]["strategies"][0]["goals"][1] |= values
    return made


@pytest.fixture
def plan(plan_folder: Path, at: datetime) -> Path:
    """The small plan, loaded; its folder."""
    load(write(plan_folder), by="operator", at=at)
    return plan_folder


@pytest.fixture
def replaced(plan: Path, at: datetime) -> Path:
    """The small plan with the goal of now replaced; the folder of files that do not know it."""
    assert replace_goal(NOW, NEW, WHY, seen=1, by="reviewer", at=at) == MADE
    return plan


@pytest.mark.usefixtures("replaced")
def test_the_new_wording_follows_and_the_old_one_says_when_and_why() -> None:
    old, made = goal(NOW), goal(MADE)
    assert (old.fact.gist, old.version) == ("Hear all.", 2)
    assert (old.fact.replaced_by_key, old.fact.replaced_on) == (MADE, "2026-03-02")
    assert (old.fact.replaced_reason, old.fact.replaced_decided_by) == (WHY.reason, WHY.decided_by)
    assert made.fact == queries.GoalFact(
        MADE, "1.1", NEW.gist, "FY2027-Q4", "In progress", "2026-03-01", None, None, WHY.source
    )
    assert (made.strategy_key, made.version) == ("rivers-s1", 1)
    (line,) = wordings(queries.priority_areas()[0].strategies[0].goals)
    assert (line.now.key, [one.key for one in line.before]) == (MADE, [NOW, OLD])


@pytest.mark.usefixtures("replaced")
def test_history_tells_what_was_added_and_what_was_replaced() -> None:
    replaced, added = latest_entries(2)
    assert (replaced.verb, replaced.subject_key, replaced.by) == ("goal.replaced", NOW, "reviewer")
    assert replaced.before is not None
    assert replaced.after is not None
    assert (replaced.before["replaced_by"], replaced.after["replaced_by"]) == (None, MADE)
    assert replaced.after["replaced_reason"] == WHY.reason
    assert (added.verb, added.subject_key, added.before) == ("goal.added", MADE, None)
    assert added.after is not None
    assert added.after["gist"] == NEW.gist


def test_a_wording_is_replaced_once(replaced: Path, at: datetime) -> None:
    for seen in (1, 2, None):
        with pytest.raises(GoalReplaced, match=f"{NOW} was replaced on 2026-03-02 by {MADE}; replace that"):
            replace_goal(NOW, replace(NEW, gist="Other."), WHY, seen=seen, by="x", at=at)
    with pytest.raises(GoalReplaced, match=f"was replaced by {NOW}"):
        replace_goal(OLD, NEW, WHY, seen=1, by="x", at=at)
    assert len(queries.goals()) == 3
    again = replace_goal(MADE, replace(NEW, gist="Hear everybody."), WHY, seen=1, by="x", at=at)
    assert again == f"{MADE}-2"


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    ("new", "why", "problem", "says"),
    [
        (NEW, Why(), ReplacementNotGood, "with a reason, which the public sees"),
        (NewWording("Hear all.", "1.1", status="Complete"), WHY, ReplacementNotGood, "would be as they were"),
        (replace(NEW, gist=""), WHY, ReplacementNotGood, "a wording and a number"),
        (replace(NEW, as_of="2026-04"), WHY, ReplacementNotGood, "2026-04, which has not begun"),
        (replace(NEW, target_date="soon"), WHY, PeriodNotValid, "'soon' is not a date"),
        (replace(NEW, target_date="2026-02"), WHY, ReplacementNotGood, "2026-02 is over before 2026-03-01"),
        (
            replace(NEW, target_date="2026-02", as_of="2026-03"),
            WHY,
            ReplacementNotGood,
            "2026-02 is over before 2026-03,",
        ),
    ],
)
def test_what_is_no_replacement_changes_nothing(
    new: NewWording, why: Why, problem: type[Exception], says: str, at: datetime
) -> None:
    with pytest.raises(problem, match=says):
        replace_goal(NOW, new, why, seen=1, by="x", at=at)
    assert (len(queries.goals()), goal(NOW).version) == (2, 1)


def with_another(**values: Any) -> list[dict[str, Any]]:
    """Give the areas with another goal of the strategy, and fields of the goal that stands now set."""
    made = areas(**values)
    made[0]["strategies"][0]["goals"].append({"key": "rivers-1.2a", "number": "1.2a", "gist": "See."})
    return made


def test_two_goals_of_a_strategy_do_not_get_one_number(plan: Path, at: datetime) -> None:
    load(write(plan, priority_areas=with_another()), by="operator", at=at)
    with pytest.raises(ReplacementNotGood, match=r"Another goal of this strategy has the number 1\.2A; give"):
        replace_goal(NOW, replace(NEW, number="1.2A"), WHY, seen=1, by="x", at=at)
    result = run("goal", "replace", NOW, "Hear.", "--number", " 1.2a", "--reason", "x", "--dry-run")
    assert (result.exit_code, "Another goal of this strategy" in result.stderr) == (1, True)
    assert len(queries.goals()) == 3
    freed = replace_goal("rivers-1.2a", NewWording("See.", "1.3"), WHY, seen=1, by="x", at=at)
    taken = replace_goal(NOW, replace(NEW, number="1.2A"), WHY, seen=1, by="x", at=at)
    assert (goal(freed).fact.number, goal(taken).fact.number) == ("1.3", "1.2A")


def test_what_a_goal_promised_already_is_let_be(plan: Path, at: datetime) -> None:
    """Words are put right without a new promise: a target may have passed, files give a number twice."""
    made = with_another(number="1.2a", target_date="2025")
    load(write(plan, priority_areas=made), by="operator", at=at)
    added = replace_goal(NOW, replace(NEW, number="1.2a", target_date="2025"), WHY, seen=2, by="x", at=at)
    assert (goal(added).fact.number, goal(added).fact.target_date) == ("1.2a", "2025")


@pytest.mark.usefixtures("plan")
def test_a_target_may_be_the_day_on_which_the_wording_begins(at: datetime) -> None:
    added = replace_goal(NOW, replace(NEW, target_date="2026-03-01"), WHY, seen=1, by="x", at=at)
    assert goal(added).fact.target_date == "2026-03-01"


def test_whoever_saw_another_version_is_told_who_changed_it(plan: Path, at: datetime) -> None:
    load(write(plan, priority_areas=areas(status="In progress")), by="operator", at=at)
    with pytest.raises(
        ChangedMeanwhile, match=r"you saw version 1; it was changed by operator .* version 2 now"
    ):
        replace_goal(NOW, NEW, WHY, seen=1, by="x", at=at)
    with pytest.raises(GoalUnknown, match="there is no goal 'none'"):
        replace_goal("none", NEW, WHY, seen=None, by="x", at=at)


def test_a_file_that_does_not_know_the_new_wording_does_not_undo_it(replaced: Path, at: datetime) -> None:
    report = load(write(replaced, priority_areas=areas(note="Read again.")), by="operator", at=at)
    assert (report.changed, report.not_in_file) == ({"goal": 1}, [f"goal {MADE}"])
    assert (goal(NOW).fact.note, goal(NOW).fact.replaced_by_key) == ("Read again.", MADE)
    assert goal(NOW).fact.replaced_reason == WHY.reason
    assert load(replaced, by="operator", at=at).n_changes == 0


def test_a_file_that_says_another_took_its_place_is_refused_whole(replaced: Path, at: datetime) -> None:
    made = areas(replaced_by="rivers-1.1-2025")
    made[0]["strategies"][0]["goals"].append({"key": "rivers-1.1-2025", "number": "1.1", "gist": "Hear."})
    with pytest.raises(FileNotGood, match=f"replaced here by {MADE}, and by rivers-1.1-2025 in the file"):
        load(write(replaced, priority_areas=made), by="operator", at=at)
    assert len(queries.goals()) == 3


@pytest.mark.usefixtures("replaced")
@pytest.mark.parametrize("kind", ["json", "csv", "xlsx"])
def test_what_was_replaced_is_dumped_and_loads_again(kind: str, tmp_path: Path) -> None:
    target = tmp_path / ("out.xlsx" if kind == "xlsx" else "out")
    assert run("dump", target, "--format", kind).exit_code == 0
    again = json.loads(run("load", target, "--json").stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])
    if kind == "json":
        (area,) = json.loads((target / "priority_areas.json").read_text())
        told = area["strategies"][0]["goals"][1]
        assert [told[f"replaced_{name}"] for name in ("by", "on", "reason", "decided_by")] == [
            MADE, "2026-03-02", WHY.reason, WHY.decided_by,
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"replaced_on": "lately", "replaced_by": OLD}, "'lately' is not a date"),
        ({"replaced_reason": "Plainer."}, "not said what took the place of this goal"),
    ],
)
def test_a_file_says_by_what_a_goal_was_replaced_and_when(
    plan_folder: Path, at: datetime, values: dict[str, Any], says: str
) -> None:
    made = areas(**values)
    made[0]["strategies"][0]["goals"][0]["replaced_by"] = None
    with pytest.raises(FileNotGood, match=says):
        load(write(plan_folder, priority_areas=made), by="operator", at=at)


@pytest.mark.usefixtures("plan")
def test_the_command_lists_shows_and_replaces() -> None:
    words = ("goal", "replace", NOW, "Hear us.", "--reason", "Shorter.", "--by", "reviewer")
    told = json.loads(run(*words, "--dry-run", "--json").stdout)
    assert (told["dry_run"], told["replaced"]["replaced_reason"]) == (True, "Shorter.")
    assert (told["added"]["gist"], told["added"]["number"]) == ("Hear us.", "1.1")
    assert goal(NOW).version == 1
    made = run(*words).stdout
    assert made.startswith(f"{NOW} is replaced by rivers-s1-goal-1.1-")
    shown = run("goal", "show", NOW).stdout.splitlines()
    assert shown[0] == f"1.1 Hear all. ({NOW}, version 2)"
    assert shown[-1].endswith("because: Shorter.")
    listed = run("goal", "list").stdout.splitlines()
    assert listed[0] == f"{OLD}: 1.1 Hear many. (replaced by {NOW}, when is not said, why is not said)"
    assert len(json.loads(run("goal", "list", "--json").stdout)["goals"]) == 3
    for refused, says in (
        (words, f"Error: {NOW} was replaced on "),
        (("goal", "replace", OLD, "x", "--reason", "y"), f"Error: {OLD} was replaced by {NOW}"),
        (("goal", "show", "none"), "Error: there is no goal 'none'"),
    ):
        result = run(*refused)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert result.stderr.startswith(says)


def test_the_key_of_a_new_wording_is_never_too_long(plan: Path, at: datetime) -> None:
    Strategy.objects.filter(key="rivers-s1").update(key="rivers-" + "s" * 60)
    made = replace_goal(NOW, replace(NEW, number="1.1 for all services"), WHY, seen=1, by="reviewer", at=at)
    assert len(made) <= 77  # and room for a number more
