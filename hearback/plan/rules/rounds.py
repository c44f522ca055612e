"""The quarterly round: what owners are asked, who decides on it, when they are reminded, how fresh it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hearback.fiscal import FEDERAL_START_MONTH, Quarter, quarter_of_day
from hearback.plan.rules.statuses import Kind, kind_of


class About(StrEnum):
    """What somebody answers for."""

    MILESTONE = "milestone"
    PROJECT = "project"
    COMMITMENT = "commitment"
    MEASURE = "success_measure"


FIELDS_ASKED: Mapping[About, tuple[str, ...]] = {
    About.MILESTONE: ("status", "due", "done"),
    About.PROJECT: ("phase", "next_steps"),
    About.COMMITMENT: ("status", "progress", "progress_source"),
    About.MEASURE: ("value", "low", "high", "as_of"),
}
"""What an owner can say anew. Of a success measure it is a new figure beside the earlier ones."""


class EntryState(StrEnum):
    """How far one thing that is asked in a round is."""

    AWAITED = "awaited"
    ANSWERED = "answered"
    RETURNED = "returned"
    APPROVED = "approved"


class EntryMove(StrEnum):
    """What can be done with it."""

    ANSWER = "answer"
    RETURN = "return"
    APPROVE = "approve"


QUARTERS_BACK = 4
"""How many quarters before the current one may still get a round."""

WAITING = frozenset({EntryState.AWAITED, EntryState.RETURNED})
"""States in which its owner is to answer."""

MOVES: Mapping[EntryMove, tuple[frozenset[EntryState], EntryState]] = {
    EntryMove.ANSWER: (WAITING | {EntryState.ANSWERED}, EntryState.ANSWERED),
    EntryMove.RETURN: (frozenset({EntryState.ANSWERED}), EntryState.RETURNED),
    EntryMove.APPROVE: (frozenset({EntryState.ANSWERED}), EntryState.APPROVED),
}
"""From which states a move starts, and where it leads."""


class RoundNotGood(ValueError):
    """A round cannot be opened, closed or withdrawn so, or an answer given or decided on; it says why."""


def is_settled(about: About, status: str | None) -> bool:
    """Say whether there is nothing left to ask: it was completed, or dropped."""
    known = about in {About.MILESTONE, About.COMMITMENT}
    return known and kind_of(status) in {Kind.COMPLETE, Kind.DROPPED}


def check_entry_move(
    move: EntryMove, state: EntryState, *, closed: bool, is_theirs: bool, answered_it: bool, comment: str = ""
) -> EntryState:
    """Check a move of one thing that is asked; gives the state that it leads to.

    Args:
        closed: whether the round is closed.
        is_theirs: whether whoever moves it answers for it.
        answered_it: whether they gave the answer that is decided on.
        comment: what a reviewer says about an answer.

    Raises:
        RoundNotGood: if it does not start there, is not for this person, or lacks a comment.
    """
    starts, end = MOVES[move]
    if closed:
        raise RoundNotGood("The round is closed. Say it in the next one.")
    if state not in starts:
        words = " or ".join(sorted(starts))
        raise RoundNotGood(f"It is {state}. To {move} it, it must be {words}.")
    if move is EntryMove.ANSWER and not is_theirs:
        raise RoundNotGood("Only who answers for it can say how it stands.")
    if move is not EntryMove.ANSWER and answered_it:
        raise RoundNotGood("Somebody other than who answered must decide on it.")
    if move is EntryMove.RETURN and not comment.strip():
        raise RoundNotGood("Say what should be changed, so that its owner knows.")
    return end


def quarters_to_ask(on: date, start_month: int = FEDERAL_START_MONTH) -> tuple[Quarter, Quarter]:
    """Give the earliest and the latest quarter whose round may be opened on a day.

    >>> [str(one) for one in quarters_to_ask(date(2026, 11, 27))]
    ['FY2026-Q1', 'FY2027-Q2']
    """
    now = quarter_of_day((on - date(1970, 1, 1)).days, start_month)
    earliest = now
    for _step in range(QUARTERS_BACK):
        earliest = earliest.previous()
    return earliest, now.next()


def check_new_round(
    quarter: Quarter, opened_on: date, due: date, start_month: int = FEDERAL_START_MONTH
) -> None:
    """Check the quarter and the days of a round.

    Raises:
        RoundNotGood: if its quarter is far from the day on which it opens, or it is due before it opens.
    """
    earliest, latest = quarters_to_ask(opened_on, start_month)
    if not earliest <= quarter <= latest:
        raise RoundNotGood(
            f"A round of {quarter} cannot be opened on {opened_on}: that is too far from it. "
            f"Give a quarter from {earliest} to {latest}."
        )
    if due < opened_on:
        raise RoundNotGood(
            f"It opens on {opened_on} and cannot be due on {due}, before that. Give a later day."
        )


@dataclass(frozen=True)
class Step:
    """A reminder: how many days after the due date (before, where negative) it goes out, and to whom.

    `days` None is the day on which the round opens.
    """

    name: str
    days: int | None
    escalates: bool = False


STEPS = (
    Step("opened", None),
    Step("a_week_before", -7),
    Step("the_day_before", -1),
    Step("three_days_late", 3),
    Step("escalated", 10, escalates=True),
)
"""In the order of time. What escalates goes to the holder of the seat as well."""


def step_on(opened_on: date, due: date, on: date) -> Step | None:
    """Give the reminder that is to go out on a day: the last one whose day has come. None before all.

    Whoever missed earlier ones gets one, not all of them.
    """
    reached = [
        step
        for step in STEPS
        if on >= opened_on
        and (step.days is None or (on > opened_on and on >= due + timedelta(days=step.days)))
    ]
    return reached[-1] if reached else None


def is_late(answered_on: date, due: date) -> bool:
    """Say whether an answer came after the due date."""
    return answered_on > due


def age(then: date, on: date) -> str | None:
    """Say in English how long before a day another was: in days up to two weeks, in weeks up to two months.

    None where it was the same day, or later.

    >>> age(date(2026, 11, 6), date(2026, 11, 27))
    '3 weeks'
    """
    days = (on - then).days
    if days <= 0:
        return None
    for unit, length, least in (("month", 30.4375, 61), ("week", 7, 14)):
        if days >= least:
            return f"{int(days // length)} {unit}s"
    return "1 day" if days == 1 else f"{days} days"


class Word(StrEnum):
    """What the public reads about one thing that was asked in a round."""

    CONFIRMED = "confirmed"
    BEING_READ = "being read"
    AWAITED = "awaited"
    NOT_CONFIRMED = "not confirmed"


def word_of(state: EntryState, *, closed: bool, overdue: bool) -> Word:
    """Say what the public reads: only what was approved is confirmed; what is late is not confirmed."""
    if state is EntryState.APPROVED:
        return Word.CONFIRMED
    if closed:
        return Word.NOT_CONFIRMED
    if state is EntryState.AWAITED:
        return Word.NOT_CONFIRMED if overdue else Word.AWAITED
    return Word.BEING_READ
