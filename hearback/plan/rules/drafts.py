"""Who may do what with the draft of an update, and when: written by its owner, decided by somebody else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hearback.fiscal import FEDERAL_START_MONTH, parse_period


class State(StrEnum):
    """How far a draft is."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """What can be done with a draft."""

    EDIT = "edit"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Allowed:
    """From which states a move starts, where it leads (None: nowhere else), and who makes it."""

    start: frozenset[State]
    end: State | None
    by_owner: bool
    needs_comment: bool = False


WRITTEN = frozenset({State.DRAFT, State.RETURNED})
MOVES: dict[Move, Allowed] = {
    Move.EDIT: Allowed(WRITTEN, None, by_owner=True),
    Move.SUBMIT: Allowed(WRITTEN, State.IN_REVIEW, by_owner=True),
    Move.RETURN: Allowed(frozenset({State.IN_REVIEW}), State.RETURNED, by_owner=False, needs_comment=True),
    Move.APPROVE: Allowed(frozenset({State.IN_REVIEW}), State.APPROVED, by_owner=False),
    Move.WITHDRAW: Allowed(WRITTEN | {State.IN_REVIEW}, State.WITHDRAWN, by_owner=True),
}


class DraftMoveNotAllowed(Exception):
    """A draft cannot be moved so; the message says why."""


def check_draft_move(move: Move, state: State, *, is_owner: bool, comment: str = "") -> State:
    """Check a move; gives the state that it leads to.

    Raises:
        DraftMoveNotAllowed: if it does not start there, is not for this person, or lacks a comment.
    """
    allowed = MOVES[move]
    if state not in allowed.start:
        words = " or ".join(sorted(one.replace("_", " ") for one in allowed.start))
        raise DraftMoveNotAllowed(f"it is {state.replace('_', ' ')}; to {move} it, it must be {words}")
    if allowed.by_owner and not is_owner:
        raise DraftMoveNotAllowed(f"only its owner can {move} it")
    if not allowed.by_owner and is_owner:
        raise DraftMoveNotAllowed(f"somebody other than its owner must {move} it")
    if allowed.needs_comment and not comment.strip():
        raise DraftMoveNotAllowed("say what should be changed, so that its owner knows")
    return allowed.end or state


def check_happened(when: str, on: date, start_month: int = FEDERAL_START_MONTH) -> None:
    """Check that what an update tells can have happened by the day on which somebody else is to read it.

    Args:
        when: the date of the update, as precise as it is known.
        on: that day.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        DraftMoveNotAllowed: if the date has not begun.
    """
    if parse_period(when, start_month).starts_on > on:
        raise DraftMoveNotAllowed(
            f"an update says what happened, and {when} has not begun; give the date it happened, or wait "
            "until then"
        )


def open_draft_moves(state: State, *, is_owner: bool) -> list[Move]:
    """List what somebody can do with a draft now, its owner or another."""
    return [move for move, one in MOVES.items() if state in one.start and one.by_owner == is_owner]
