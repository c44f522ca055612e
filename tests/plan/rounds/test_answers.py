"""An answer changes nothing that is promised until somebody else approves it; then just what was said."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from hearback.history.queries import latest_entries
from hearback.plan import actions, queries
from hearback.plan.actions import Answerer, Told, Why
from hearback.plan.commands import load
from hearback.plan.models import Commitment, MeasureReading, Project, RoundEntry
from hearback.plan.rounds.asked import everything_asked
from hearback.plan.rounds.reading import by_owner, charges, round_of, waiting_for
from hearback.plan.rules import About, DueNotGood, EntryMove, EntryState, MeasureNotValid, RoundNotGood
from tests.plan.rounds.conftest import DUE, MINE, OPENED, QUARTER, SEAT, entry_of
from tests.plan.small import write

pytestmark = pytest.mark.usefixtures("asked")
ANSWER = About.MILESTONE, "rivers-s1-m2"
PROJECT = About.PROJECT, "one-form"
DUTY = About.COMMITMENT, "order-a"
INDEX = About.MEASURE, "rivers-m1"
NEW_DUE = {"status": "In progress", "due": "FY2026-Q4", "done": None}


def say(thing: tuple[About, str], by: str, at: datetime, on: date = DUE, **told: Any) -> int:
    one = entry_of(*thing)
    return actions.answer(one.number, Told(**told), seen=one.version, by=by, at=at, on=on)


def approve(thing: tuple[About, str], at: datetime, by: str = "reviewer") -> EntryState:
    one = entry_of(*thing)
    return actions.decide(one.number, EntryMove.APPROVE, seen=one.version, by=by, at=at)


def test_all_that_is_open_and_somebody_answers_for_is_asked() -> None:
    one = round_of(QUARTER)
    assert one is not None
    assert {(e.about, e.record) for e in one.entries} == {
        thing for things in MINE.values() for thing in things
    }
    assert [waiting_for(name) for name in ("first", "holder", "reviewer")] == [2, 6, 0]


def test_an_answer_changes_the_milestone_only_once_it_is_approved(at: datetime) -> None:
    say(ANSWER, "first", at, changes=NEW_DUE, source="https://example.org/plan")
    before = queries.milestone("rivers-s1-m2")
    assert before is not None
    assert (before.fact.status, before.fact.due, before.fact.changes) == (None, None, ())
    assert approve(ANSWER, at) is EntryState.APPROVED
    after = queries.milestone("rivers-s1-m2")
    assert after is not None
    assert (after.fact.status, after.fact.due) == ("In progress", "FY2026-Q4")
    assert [(c.field, c.after, c.source) for c in after.fact.changes] == [
        ("due", "FY2026-Q4", "https://example.org/plan"),
        ("status", "In progress", "https://example.org/plan"),
    ]


def test_what_cannot_be_so_is_said_to_the_owner_at_once(at: datetime) -> None:
    with pytest.raises(DueNotGood, match="reason"):
        say(
            (About.MILESTONE, "one-form-m1"),
            "first",
            at,
            changes={"status": None, "due": "2027", "done": None},
        )
    with pytest.raises(MeasureNotValid, match="not between low 63 and high 64"):
        say(INDEX, "third", at, changes={"value": 65.0, "low": 63.0, "high": 64.0, "as_of": "2025"})
    with pytest.raises(MeasureNotValid, match="give both"):
        say(INDEX, "third", at, changes={"value": 65.0, "low": None, "high": None, "as_of": None})
    with pytest.raises(MeasureNotValid, match="has not begun"):
        say(INDEX, "third", at, changes={"value": 65.0, "low": None, "high": None, "as_of": "2026-04"})
    assert RoundEntry.objects.exclude(state="awaited").count() == 0
    assert MeasureReading.objects.count() == 1


def test_a_project_a_commitment_and_a_figure_are_brought_up_to_date(at: datetime) -> None:
    say(PROJECT, "second", at, changes={"phase": "pilot", "next_steps": None})
    say(
        DUTY,
        "second",
        at,
        changes={"status": "In progress", "progress": "Asked in May.", "progress_source": None},
    )
    say(INDEX, "third", at, changes={"value": 66.0, "low": 63.0, "high": 68.5, "as_of": "2025"})
    for thing in (PROJECT, DUTY, INDEX):
        approve(thing, at)
    assert Project.objects.get(key="one-form").phase == "pilot"
    duty = Commitment.objects.get(key="order-a")
    assert (duty.status, duty.progress, duty.progress_date) == ("In progress", "Asked in May.", "2026-03-02")
    readings = MeasureReading.objects.order_by("as_of").values_list("as_of", "value", "low", "high")
    assert list(readings) == [
        ("2023", 64.0, 63.0, 65.4),
        ("2025", 66.0, 63.0, 68.5),
    ]  # low as before, and whole


def test_a_figure_that_is_computed_here_is_only_confirmed(at: datetime) -> None:
    computed = About.MEASURE, "rivers-m2"
    with pytest.raises(MeasureNotValid, match="computed here"):
        say(computed, "third", at, changes={"value": 0.5, "low": None, "high": None, "as_of": "2025"})
    say(computed, "third", at)
    assert approve(computed, at) is EntryState.APPROVED


def test_what_changed_since_the_answer_is_not_undone_by_approving_it(at: datetime) -> None:
    say(ANSWER, "first", at)
    actions.move_due("rivers-s1-m2", "FY2027-Q1", Why(reason="Found."), seen=None, by="chief", at=at)
    with pytest.raises(actions.EntryChanged, match="due was not known and is FY2027-Q1"):
        approve(ANSWER, at)
    assert entry_of(*ANSWER).state is EntryState.ANSWERED


def test_the_second_of_two_people_is_told(at: datetime) -> None:
    one = entry_of(*ANSWER)
    actions.answer(one.number, Told(), seen=one.version, by="first", at=at, on=DUE)
    with pytest.raises(actions.EntryChanged, match="You saw version 1; it is version 2 now, and answered"):
        actions.answer(one.number, Told(), seen=one.version, by="holder", at=at, on=DUE)


def test_the_holder_of_the_seat_may_answer_and_nobody_else(at: datetime) -> None:
    with pytest.raises(RoundNotGood, match="Only who answers for it"):
        say(ANSWER, "second", at)
    say(ANSWER, "holder", at)
    assert entry_of(*ANSWER).answered_by == "holder"


def test_an_answer_that_was_returned_is_late_by_its_first_day(at: datetime) -> None:
    say(ANSWER, "first", at, on=DUE)
    one = entry_of(*ANSWER)
    move = EntryMove.RETURN
    actions.decide(one.number, move, comment="Which quarter?", seen=one.version, by="reviewer", at=at)
    say(ANSWER, "first", at, on=DUE + timedelta(days=5), changes=NEW_DUE)
    one = entry_of(*ANSWER)
    assert (one.is_late, one.state, [c.text for c in one.comments]) == (
        False, EntryState.ANSWERED, ["Which quarter?"],
    )  # fmt: skip
    say(PROJECT, "second", at, on=DUE + timedelta(days=1))
    assert entry_of(*PROJECT).is_late


def test_a_round_that_is_closed_takes_no_answer(at: datetime) -> None:
    say(ANSWER, "first", at)
    assert actions.close_round(QUARTER, by="reviewer", at=at) == {
        "awaited": 5, "answered": 1, "returned": 0, "approved": 0,
    }  # fmt: skip
    for thing in (ANSWER, PROJECT):
        with pytest.raises(RoundNotGood, match="closed"):
            say(thing, "holder", at)
    with pytest.raises(RoundNotGood, match="closed already"):
        actions.close_round(QUARTER, by="reviewer", at=at)


def test_a_round_that_cannot_be_opened_says_why(at: datetime) -> None:
    def again(quarter: str, due: date) -> None:
        actions.open_round(quarter, due, None, by="reviewer", at=at, on=OPENED)

    with pytest.raises(RoundNotGood, match="There is a round of FY2026-Q2 already"):
        again(QUARTER, DUE)
    with pytest.raises(RoundNotGood, match="cannot be due on 2026-03-01"):
        again("FY2026-Q3", date(2026, 3, 1))
    things = [t for ts in MINE.values() for t in ts]
    actions.set_charges(things, Answerer(None, None), by="reviewer", at=at)
    with pytest.raises(RoundNotGood, match="Nobody answers for anything"):
        again("FY2026-Q3", DUE)
    actions.set_charges(things, Answerer(None, SEAT), by="reviewer", at=at)
    again("FY2026-Q3", DUE)
    one = round_of("FY2026-Q3")
    assert one is not None
    assert [(row.account, row.n_waiting) for row in by_owner(one.entries)] == [(None, 6)]


def test_who_is_missing_most_comes_first(at: datetime) -> None:
    say(ANSWER, "first", at)
    one = round_of(QUARTER)
    assert one is not None
    assert [(row.account, row.n_waiting) for row in by_owner(one.entries)] == [
        ("second", 2), ("third", 2), ("first", 1),
    ]  # fmt: skip


def test_every_step_leaves_history(at: datetime) -> None:
    say(ANSWER, "first", at, changes=NEW_DUE, remark="Between us.")
    approve(ANSWER, at)
    verbs = [one.verb for one in latest_entries(6)]
    assert verbs[:4] == ["round.approved", "milestone.moved", "milestone.due_moved", "round.answered"]


def test_a_file_with_the_words_from_before_does_not_undo_what_owners_said(
    plan_folder: Path, at: datetime
) -> None:
    say(PROJECT, "second", at, changes={"phase": "pilot", "next_steps": "Ask more."})
    say(DUTY, "second", at, changes={"status": "Complete", "progress": "Done.", "progress_source": None})
    approve(PROJECT, at)
    approve(DUTY, at)
    load(write(plan_folder), by="operator", at=at)
    assert Project.objects.get(key="one-form").phase == "pilot"
    duty = Commitment.objects.get(key="order-a")
    assert (duty.status, duty.progress, duty.progress_date) == ("Complete", "Done.", "2026-03-02")
    assert duty.status_is_official is True


def test_newer_words_of_a_file_are_taken(plan_folder: Path, at: datetime) -> None:
    say(DUTY, "second", at, changes={"status": "Complete", "progress": "Done.", "progress_source": None})
    approve(DUTY, at)
    newer = [
        {"key": "order-a", "kind": "provider_duty", "gist": "Ask every year.", "bound_group": "all providers",
         "due": "yearly, March", "status": "Dropped", "progress": "Not done after all."},
    ]  # fmt: skip
    load(write(plan_folder, commitments=newer), by="operator", at=at)
    duty = Commitment.objects.get(key="order-a")
    assert (duty.status, duty.progress, duty.progress_date) == ("Dropped", "Not done after all.", None)


def test_nobody_is_made_to_answer_who_is_not_there(at: datetime) -> None:
    for things, answerer, problem in (
        ([ANSWER], Answerer("ghost", None), "there is nobody active named 'ghost'"),
        ([ANSWER], Answerer("first", "throne"), "there is no seat 'throne'; use one of: rivers-department"),
        ([(About.PROJECT, "moon")], Answerer("first", SEAT), "there is no project 'moon'"),
    ):
        with pytest.raises(actions.ChargeNotGood, match=problem):
            actions.set_charges(things, answerer, by="reviewer", at=at)


def test_what_is_settled_is_not_listed_to_answer_for(at: datetime) -> None:
    actions.move_status("rivers-s1-m2", "Complete", Why(), seen=None, by="reviewer", at=at)
    listed = {(row.asked.about, row.asked.key) for row in charges()}
    assert ANSWER in everything_asked()
    assert ANSWER not in listed
    assert PROJECT in listed
