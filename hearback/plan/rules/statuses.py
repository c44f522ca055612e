"""The statuses of milestones, in the words of their sources, and the allowed moves between them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from hearback.plan.rules.dates import check_date


class Kind(StrEnum):
    """What a status means, whichever word its source has for it."""

    UNKNOWN = "unknown"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    BLOCKED = "blocked"
    DELAYED = "delayed"
    COMPLETE = "complete"
    DROPPED = "dropped"
    OTHER = "other"


STATUSES: Mapping[str, Kind] = {
    "Planned": Kind.PLANNED,
    "Pending": Kind.PLANNED,
    "Not started": Kind.PLANNED,
    "In progress": Kind.IN_PROGRESS,
    "Started": Kind.IN_PROGRESS,
    "Ongoing": Kind.IN_PROGRESS,
    "Blocked": Kind.BLOCKED,
    "Delayed": Kind.DELAYED,
    "Complete": Kind.COMPLETE,
    "Completed": Kind.COMPLETE,
    "Dropped": Kind.DROPPED,
}
"""Words of a status → what it means. Words of sources stay as they are; null means that nothing was found.

Source: the milestone tables of performance.gov, 2022 to 2023 (Planned, Pending, In progress, Started,
Complete); Blocked, Delayed and Dropped are our own.
"""

MOVES: Mapping[Kind, Mapping[Kind, bool]] = {
    Kind.UNKNOWN: {
        Kind.PLANNED: False, Kind.IN_PROGRESS: False, Kind.BLOCKED: True, Kind.DELAYED: True,
        Kind.COMPLETE: False, Kind.DROPPED: True,
    },
    Kind.PLANNED: {
        Kind.PLANNED: False, Kind.IN_PROGRESS: False, Kind.BLOCKED: True, Kind.DELAYED: True,
        Kind.COMPLETE: False, Kind.DROPPED: True,
    },
    Kind.IN_PROGRESS: {
        Kind.PLANNED: True, Kind.IN_PROGRESS: False, Kind.BLOCKED: True, Kind.DELAYED: True,
        Kind.COMPLETE: False, Kind.DROPPED: True,
    },
    Kind.BLOCKED: {Kind.IN_PROGRESS: False, Kind.DELAYED: True, Kind.DROPPED: True},
    Kind.DELAYED: {Kind.IN_PROGRESS: False, Kind.BLOCKED: True, Kind.COMPLETE: False, Kind.DROPPED: True},
    Kind.COMPLETE: {Kind.IN_PROGRESS: True, Kind.COMPLETE: False},
    Kind.DROPPED: {Kind.PLANNED: True, Kind.IN_PROGRESS: True},
}  # fmt: skip
"""From what a status means to what it may mean next, and whether that needs a reason.

What is complete goes back to in progress only, as a correction. A source's word of no known meaning may be
moved like one that is not known.
"""


class MoveNotAllowed(ValueError):
    """A status cannot be moved this way; the message says which ways there are."""


def kind_of(status: str | None) -> Kind:
    """Say what the words of a status mean, in capitals or not; `other` for words nobody has sorted."""
    if status is None:
        return Kind.UNKNOWN
    known = {words.casefold(): kind for words, kind in STATUSES.items()}
    return known.get(status.strip().casefold(), Kind.OTHER)


def open_moves(status: str | None) -> Mapping[str, bool]:
    """Give the words a status may be moved to, and whether that needs a reason."""
    kind = kind_of(status)
    allowed = MOVES[Kind.UNKNOWN if kind is Kind.OTHER else kind]
    return {words: allowed[to] for words, to in STATUSES.items() if to in allowed and words != status}


def needs_reason(before: str | None, after: str) -> bool:
    """Say whether a move needs a reason.

    Raises:
        MoveNotAllowed: if there is no such move.
    """
    allowed = open_moves(before)
    if after not in allowed:
        raise MoveNotAllowed(
            f"a milestone whose status is {before or 'not known'} cannot become {after!r}; "
            f"it can become {', '.join(allowed)}"
        )
    return allowed[after]


def check_move(before: str | None, after: str, reason: str | None) -> None:
    """Check that a status may be moved from one word to another.

    Raises:
        MoveNotAllowed: if there is no such move, or it needs a reason and none is given.
    """
    if needs_reason(before, after) and not reason:
        raise MoveNotAllowed(f"from {before or 'not known'} to {after} needs a reason, which the public sees")


def ends_with_reason(
    field: str, after: str | None, log: Iterable[tuple[str, str | None, str | None]]
) -> bool:
    """Say whether the last line of a log about a field leads to where it is now, and says why."""
    lines = [(new, reason) for name, new, reason in log if name == field]
    return bool(lines) and lines[-1][0] == after and bool(lines[-1][1])


def check_log_tells_of_status(
    key: str, before: str | None, after: str | None, log: Iterable[tuple[str, str | None, str | None]]
) -> None:
    """Check that a file which takes back what was complete or dropped says so in its log, with a reason.

    All other moves of a file are taken as they are: the words of sources are theirs.

    Args:
        key: the milestone.
        before: its status so far.
        after: what the file says.
        log: field, after and reason of each line of the log in the file.

    Raises:
        MoveNotAllowed: if the last line of the log about it does not say so, and why.
    """
    kind = kind_of(before)
    if kind not in {Kind.COMPLETE, Kind.DROPPED} or kind_of(after) is kind:
        return
    if not ends_with_reason("status", after, log):
        raise MoveNotAllowed(
            f"{key} was {before} and is {after or 'of no known status'} here, and its log does not say why; "
            f"add a change of 'status' from {before} to {after or 'null'} with a reason"
        )


def check_done(done: str | None, status: str | None) -> None:
    """Check when a milestone was done: only what is complete, or of a status that tells nothing, can be done.

    Raises:
        MoveNotAllowed: if the status says that it is not done.
        PeriodNotValid: if `done` is no date.
    """
    check_date(done)
    if done is not None and kind_of(status) not in {Kind.COMPLETE, Kind.UNKNOWN, Kind.OTHER}:
        raise MoveNotAllowed(
            f"it cannot have been done in {done} while its status is {status}; correct one of the two"
        )
