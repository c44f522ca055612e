"""Moving milestones: what is kept, logged, noted in history, and refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from hearback.fiscal import PeriodNotValid
from hearback.history.queries import latest_entries
from hearback.plan import actions, queries
from hearback.plan.actions import ChangedMeanwhile, MilestoneUnknown, Why
from hearback.plan.commands import load
from hearback.plan.rules import DueBeforeItsTurn, DueNotGood, MoveNotAllowed
from tests.plan.small import write
from tests.plan.test_milestones_in_files import ANSWER, ASK, areas, found

pytestmark = pytest.mark.django_db
DAY = "2026-03-02"


@pytest.fixture(autouse=True)
def _loaded(plan_folder: Path, at: datetime) -> None:
    load(write(plan_folder), by="operator", at=at)


def log(key: str) -> list[tuple[str | None, str, str | None, str | None, str | None]]:
    return [(c.date, c.field, c.before, c.after, c.reason) for c in found(key).fact.changes]


def test_a_status_that_moves_on_leaves_a_line_and_says_when_it_was_told(at: datetime) -> None:
    assert actions.move_status(ANSWER, "Started", Why(decided_by="Board"), seen=1, by="reviewer", at=at) == 2
    fact = found(ANSWER).fact
    assert (fact.status, fact.as_of, found(ANSWER).version) == ("Started", DAY, 2)
    assert log(ANSWER) == [(DAY, "status", None, "Started", None)]
    assert fact.changes[0].decided_by == "Board"
    entry = latest_entries(1, "milestone", ANSWER)[0]
    assert (entry.by, entry.verb, entry.before and entry.before["status"]) == (
        "reviewer",
        "milestone.moved",
        None,
    )
    assert entry.after is not None
    assert (entry.after["status"], entry.after["version"]) == ("Started", "2")


def test_what_is_complete_may_say_when_and_taken_back_was_not_done(at: datetime) -> None:
    actions.move_status(ANSWER, "Complete", Why(), done="FY2026-Q2", seen=1, by="x", at=at)
    assert (found(ANSWER).fact.status, found(ANSWER).fact.done) == ("Complete", "FY2026-Q2")
    with pytest.raises(MoveNotAllowed, match="needs a reason"):
        actions.move_status(ANSWER, "In progress", Why(), seen=2, by="x", at=at)
    actions.move_status(ANSWER, "In progress", Why("One answer is missing."), seen=2, by="x", at=at)
    assert found(ANSWER).fact.done is None
    assert log(ANSWER)[2:] == [
        (DAY, "status", "Complete", "In progress", "One answer is missing."),
        (DAY, "done", "FY2026-Q2", None, "One answer is missing."),
    ]


def test_when_it_was_done_is_noted_and_put_right_with_a_reason(at: datetime) -> None:
    actions.note_done(ASK, "2022-05", Why(source="https://example.org"), seen=1, by="x", at=at)
    assert log(ASK) == [(DAY, "done", None, "2022-05", None)]
    with pytest.raises(MoveNotAllowed, match="said to be done in 2022-05; another date needs a reason"):
        actions.note_done(ASK, "2022-06", Why(), seen=2, by="x", at=at)
    with pytest.raises(
        MoveNotAllowed, match="it was said to be done in 2022-05; another date needs a reason"
    ):
        actions.move_status(ASK, "Completed", Why(), done="2022-06", seen=2, by="x", at=at)
    actions.note_done(ASK, "2022-06", Why("Read wrongly."), seen=2, by="x", at=at)
    actions.note_done(ANSWER, DAY, Why(), seen=1, by="x", at=at)
    assert [line[1:4] for line in log(ANSWER)] == [("status", None, "Complete"), ("done", None, DAY)]


def test_what_lies_ahead_was_not_done(at: datetime) -> None:
    for done in ("2026-03-03", "2026-04", "FY2026-Q3"):
        with pytest.raises(MoveNotAllowed, match="has not begun"):
            actions.note_done(ANSWER, done, Why(), seen=1, by="x", at=at)
    with pytest.raises(PeriodNotValid):
        actions.note_done(ANSWER, "soon", Why(), seen=1, by="x", at=at)
    assert (found(ANSWER).version, log(ANSWER)) == (1, [])


def test_a_due_date_moves_with_its_reason(at: datetime) -> None:
    with pytest.raises(DueNotGood, match="moved with a reason"):
        actions.move_due(ASK, "FY2026-Q4", Why(), seen=1, by="x", at=at)
    assert (found(ASK).version, log(ASK)) == (1, [])
    actions.move_due(ASK, "FY2026-Q4", Why("More people to ask."), seen=1, by="x", at=at)
    assert found(ASK).fact.due == "FY2026-Q4"
    assert found(ASK).fact.as_of is None, "a new date says nothing of the status"
    assert log(ASK) == [(DAY, "due", "FY2022-Q3", "FY2026-Q4", "More people to ask.")]


def test_dates_keep_the_order_in_which_milestones_depend(plan_folder: Path, at: datetime) -> None:
    load(
        write(plan_folder, priority_areas=areas(m2={"depends_on": [ASK], "due": "FY2023-Q1"})), by="x", at=at
    )
    late = Why("Late.")
    with pytest.raises(DueBeforeItsTurn, match=f"{ANSWER} would be due FY2022-Q2, before {ASK}"):
        actions.move_due(ANSWER, "FY2022-Q2", late, seen=None, by="x", at=at)
    with pytest.raises(DueBeforeItsTurn, match=f"{ANSWER} would be due FY2023-Q1, before {ASK}"):
        actions.move_due(ASK, "FY2023-Q2", late, seen=None, by="x", at=at)
    actions.move_due(ANSWER, "FY2023-Q2", late, seen=None, by="x", at=at)
    actions.move_due(ASK, "FY2023-Q2", late, seen=None, by="x", at=at)


def test_title_and_owner_are_put_right_with_a_reason(at: datetime) -> None:
    with pytest.raises(MoveNotAllowed, match="with a reason"):
        actions.correct_milestone(ASK, "Ask all", None, Why(), seen=1, by="x", at=at)
    with pytest.raises(MoveNotAllowed, match="has a title"):
        actions.correct_milestone(ASK, "", None, Why("x"), seen=1, by="x", at=at)
    with pytest.raises(MoveNotAllowed, match="nothing would be different"):
        actions.correct_milestone(ASK, "Ask", None, Why("x"), seen=1, by="x", at=at)
    actions.correct_milestone(ASK, "Ask all", "Board", Why("As decided."), seen=1, by="x", at=at)
    assert [line[1:] for line in log(ASK)] == [
        ("title", "Ask", "Ask all", "As decided."), ("owner", None, "Board", "As decided."),
    ]  # fmt: skip


Action = Callable[[int | None, str, datetime], int]
ACTIONS: dict[str, Action] = {
    "status": lambda seen, by, at: actions.move_status(ASK, "Started", Why("x"), seen=seen, by=by, at=at),
    "due": lambda seen, by, at: actions.move_due(ASK, "FY2027-Q1", Why("x"), seen=seen, by=by, at=at),
    "done": lambda seen, by, at: actions.note_done(ASK, "2022-01", Why("x"), seen=seen, by=by, at=at),
    "title": lambda seen, by, at: actions.correct_milestone(
        ASK, "B", None, Why("x"), seen=seen, by=by, at=at
    ),
}


@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_the_second_of_two_is_refused_and_told_both_versions(action: Action, at: datetime) -> None:
    actions.move_due(ASK, "FY2026-Q4", Why("First."), seen=1, by="first", at=at)
    told = "you saw version 1; it was changed by first at 2026-03-02 15:00 UTC and is version 2 now"
    with pytest.raises(ChangedMeanwhile, match=told):
        action(1, "second", at + timedelta(minutes=1))
    assert len(log(ASK)) == 1
    assert action(2, "second", at) == 3


def test_a_milestone_that_is_not_there_is_said_so(at: datetime) -> None:
    with pytest.raises(MilestoneUnknown, match="there is no milestone 'none'"):
        actions.move_due("none", "2026", Why("x"), seen=None, by="x", at=at)
    assert queries.milestone("none") is None


def test_a_line_made_here_has_a_key_that_no_file_gives(plan_folder: Path, at: datetime) -> None:
    actions.move_due(ASK, "FY2026-Q4", Why("x"), seen=None, by="x", at=at)
    actions.move_due(ASK, "FY2027-Q1", Why("y"), seen=None, by="x", at=at)
    stem = f"{ASK}-{at:%Y%m%dt%H%M%S}-due"
    assert [c.key for c in found(ASK).fact.changes] == [stem, f"{stem}-2"]


@pytest.mark.parametrize(
    ("value", "shown"), [(0, "0"), (0.0, "0.0"), (4.5, "4.5"), (None, "not known"), ("", "not known")]
)
def test_a_figure_of_zero_is_known(value: object, shown: str) -> None:
    assert shown in render_to_string("plan/desk/value.html", {"value": value})
