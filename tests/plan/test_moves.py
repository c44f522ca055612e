"""Which moves of a status and of a due date there are."""

import pytest

from hearback.fiscal import PeriodNotValid
from hearback.plan.rules import (
    MOVES,
    STATUSES,
    DueBeforeItsTurn,
    DueNotGood,
    Kind,
    MoveNotAllowed,
    check_done,
    check_due_move,
    check_move,
    check_order_of_due,
    open_moves,
)


def test_every_meaning_has_moves_and_leads_to_meanings_that_have_words() -> None:
    assert set(MOVES) == set(Kind) - {Kind.OTHER}
    assert {to for moves in MOVES.values() for to in moves} <= set(STATUSES.values())


def test_what_is_complete_is_taken_back_only_with_a_reason() -> None:
    assert open_moves("Complete") == {
        "In progress": True, "Started": True, "Ongoing": True, "Completed": False,
    }  # fmt: skip
    with pytest.raises(MoveNotAllowed, match="needs a reason"):
        check_move("Complete", "In progress", None)
    check_move("Complete", "In progress", "It was said too early.")


def test_a_move_that_there_is_not_says_which_there_are() -> None:
    with pytest.raises(MoveNotAllowed, match="cannot become 'Planned'; it can become In progress, Started"):
        check_move("Complete", "Planned", "because")
    with pytest.raises(MoveNotAllowed, match="whose status is not known cannot become 'Nearly'"):
        check_move(None, "Nearly", None)


@pytest.mark.parametrize(
    ("before", "after"), [(None, "Complete"), ("Pending", "Started"), ("On hold", "Planned")]
)
def test_going_on_needs_no_reason(before: str | None, after: str) -> None:
    check_move(before, after, None)


@pytest.mark.parametrize("after", ["Blocked", "Delayed", "Dropped"])
def test_what_holds_a_promise_up_needs_a_reason(after: str) -> None:
    with pytest.raises(MoveNotAllowed, match="which the public sees"):
        check_move("In progress", after, "")


def test_a_due_date_is_moved_with_a_reason_and_found_without_one() -> None:
    check_due_move(None, "FY2026-Q1", None)
    check_due_move("FY2026-Q1", "FY2026-Q2", "Later.")
    for before, after, reason in (
        ("FY2026-Q1", "FY2026-Q2", None),
        ("2026", None, ""),
        ("2026", "2026", "x"),
    ):
        with pytest.raises(DueNotGood):
            check_due_move(before, after, reason)
    with pytest.raises(PeriodNotValid):
        check_due_move(None, "soon", None)


def test_what_depends_on_another_is_not_due_before_it() -> None:
    needed = {"b": ["a"], "a": []}
    for mine, theirs in (
        ("FY2026-Q1", "FY2026-Q1"),
        ("2025-12-31", "FY2026-Q1"),
        (None, "2026"),
        ("2026", None),
    ):
        check_order_of_due({"b": mine, "a": theirs}, needed)
    with pytest.raises(DueBeforeItsTurn, match="b would be due 2025-12-30, before a") as told:
        check_order_of_due({"b": "2025-12-30", "a": "FY2026-Q1"}, needed)
    assert told.value.key == "b"
    check_order_of_due({"b": "2025-12-30", "a": "FY2026-Q1"}, needed, start_month=9)
    with pytest.raises(DueBeforeItsTurn):
        check_order_of_due({"b": "2025-12-30", "a": "FY2026-Q1"}, needed, start_month=10)


def test_what_is_not_complete_was_not_done() -> None:
    for status in (None, "Complete", "completed", "Reached"):
        check_done("2023-02", status)
    with pytest.raises(MoveNotAllowed, match="cannot have been done in 2023-02 while its status is Planned"):
        check_done("2023-02", "Planned")
