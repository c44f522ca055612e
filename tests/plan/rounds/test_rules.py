"""When who is reminded, what the public reads, how old a word is."""

from datetime import date, timedelta

import pytest

from hearback.plan.rules import (
    About,
    EntryMove,
    EntryState,
    RoundNotGood,
    Word,
    age,
    check_entry_move,
    is_late,
    is_settled,
    step_on,
    word_of,
)

OPENED, DUE = date(2026, 3, 2), date(2026, 3, 20)


@pytest.mark.parametrize(
    ("day", "step"),
    [
        ("2026-03-01", None), ("2026-03-02", "opened"), ("2026-03-12", "opened"),
        ("2026-03-13", "a_week_before"), ("2026-03-18", "a_week_before"), ("2026-03-19", "the_day_before"),
        ("2026-03-22", "the_day_before"), ("2026-03-23", "three_days_late"),
        ("2026-03-29", "three_days_late"),
        ("2026-03-30", "escalated"), ("2026-06-01", "escalated"),
    ],
)  # fmt: skip
def test_the_last_reminder_whose_day_has_come_goes_out(day: str, step: str | None) -> None:
    found = step_on(OPENED, DUE, date.fromisoformat(day))
    assert (found and found.name) == step


def test_who_is_asked_within_a_week_hears_first_that_the_round_is_open() -> None:
    due = OPENED + timedelta(days=3)
    steps = [step_on(OPENED, due, OPENED + timedelta(days=n)) for n in (0, 1, 2)]
    assert [one and one.name for one in steps] == ["opened", "a_week_before", "the_day_before"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, None), (0, None), (1, "1 day"), (13, "13 days"), (14, "2 weeks"), (21, "3 weeks"), (60, "8 weeks"),
     (61, "2 months"), (365, "11 months"), (366, "12 months")],
)  # fmt: skip
def test_how_long_before_a_day(days: int, words: str | None) -> None:
    assert age(OPENED, OPENED + timedelta(days=days)) == words


def test_an_answer_on_the_due_date_is_in_time() -> None:
    assert [is_late(DUE, DUE), is_late(DUE + timedelta(days=1), DUE)] == [False, True]


def test_only_what_was_approved_is_confirmed_in_public() -> None:
    said = {
        (state, closed, overdue): word_of(state, closed=closed, overdue=overdue)
        for state in EntryState
        for closed in (False, True)
        for overdue in (False, True)
    }
    assert {state for (state, _c, _o), word in said.items() if word is Word.CONFIRMED} == {
        EntryState.APPROVED
    }
    assert said[EntryState.AWAITED, False, False] is Word.AWAITED
    assert said[EntryState.AWAITED, False, True] is Word.NOT_CONFIRMED
    assert said[EntryState.RETURNED, False, True] is Word.BEING_READ
    assert said[EntryState.ANSWERED, True, False] is Word.NOT_CONFIRMED


@pytest.mark.parametrize(
    ("move", "state", "who", "problem"),
    [
        (EntryMove.ANSWER, EntryState.AWAITED, {"closed": True}, "The round is closed"),
        (EntryMove.ANSWER, EntryState.APPROVED, {}, "it must be answered or awaited or returned"),
        (EntryMove.ANSWER, EntryState.AWAITED, {"is_theirs": False}, "Only who answers for it"),
        (EntryMove.APPROVE, EntryState.AWAITED, {}, "it must be answered"),
        (EntryMove.APPROVE, EntryState.ANSWERED, {"answered_it": True}, "Somebody other than who answered"),
        (EntryMove.RETURN, EntryState.ANSWERED, {"comment": " "}, "Say what should be changed"),
    ],
)
def test_what_cannot_be_done_is_said(
    move: EntryMove, state: EntryState, who: dict[str, object], problem: str
) -> None:
    given = {"closed": False, "is_theirs": True, "answered_it": False, "comment": "", **who}
    with pytest.raises(RoundNotGood, match=problem):
        check_entry_move(move, state, **given)  # type: ignore[arg-type]


def test_what_is_done_or_dropped_is_not_asked() -> None:
    assert is_settled(About.MILESTONE, "Complete")
    assert is_settled(About.COMMITMENT, "Dropped")
    assert not is_settled(About.MILESTONE, None)
    assert not is_settled(About.PROJECT, "Complete")
