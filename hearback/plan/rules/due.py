"""When a due date may be moved: with a reason that everybody can read, and not before what it depends on."""

from collections.abc import Iterable, Mapping
from datetime import date

from hearback.fiscal import FEDERAL_START_MONTH, parse_period
from hearback.plan.rules.dates import check_date
from hearback.plan.rules.statuses import ends_with_reason


class DueNotGood(ValueError):
    """A due date cannot be moved so; the message says why and what to do."""


class DueBeforeItsTurn(DueNotGood):
    """A milestone, `key`, would be due before another that it depends on."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


def check_due_move(before: str | None, after: str | None, reason: str | None) -> None:
    """Check that a due date may be moved. The first date of a milestone without one needs no reason.

    Raises:
        DueNotGood: if nothing changes, or a date that was given is moved or taken away without a reason.
        PeriodNotValid: if the new one is no date.
    """
    check_date(after)
    if before == after:
        raise DueNotGood(f"it is due {after or 'at no known date'} already; give another date")
    if before is not None and not reason:
        raise DueNotGood(f"a due date is moved with a reason, which the public sees; {before} was promised")


def check_order_of_due(
    due: Mapping[str, str | None],
    depends_on: Mapping[str, Iterable[str]],
    start_month: int = FEDERAL_START_MONTH,
) -> None:
    """Check that no milestone is due before one that it depends on.

    A due date is met until its last day, so the last days are compared. Dates that are not known say nothing.

    Args:
        due: the due date of every milestone by key.
        depends_on: the keys of those that each depends on.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        DueBeforeItsTurn: naming both milestones and both dates.
    """
    for key, needed in depends_on.items():
        mine = due.get(key)
        for other in needed:
            theirs = due.get(other)
            if (
                mine is not None
                and theirs is not None
                and _ends(mine, start_month) < _ends(theirs, start_month)
            ):
                raise DueBeforeItsTurn(
                    key,
                    f"{key} would be due {mine}, before {other}, which it depends on and which is due "
                    f"{theirs}; move that one first, or give a later date",
                )


def check_log_tells_of_due(
    key: str,
    before: str | None,
    after: str | None,
    log: Iterable[tuple[str, str | None, str | None]],
) -> None:
    """Check that a due date which is moved by a file is moved in its log too, with a reason.

    Args:
        key: the milestone.
        before: what was promised so far; null where nothing was.
        after: what the file says.
        log: field, after and reason of each line of the log in the file.

    Raises:
        DueNotGood: if the date moved and the last line of the log about it does not say so, and why.
    """
    if before is None or before == after:
        return
    if not ends_with_reason("due", after, log):
        raise DueNotGood(
            f"{key} was due {before} and is due {after or 'at no known date'} here, and its log does not say "
            f"why; add a change of 'due' from {before} to {after or 'null'} with a reason"
        )


def check_move_of_due(before: str | None, after: str | None, reason: str | None, source: str | None) -> None:
    """Check one line of a log about a due date, as a file tells it.

    Raises:
        DueNotGood: if nothing moved, or neither a reason is given nor who else tells of it.
        PeriodNotValid: if one of the two is no date; a year that is not likely may have been promised.
    """
    for one in (before, after):
        if one is not None:
            parse_period(one)
    if before == after:
        raise DueNotGood(f"a due date did not move from {before or 'no date'} to the same; correct the line")
    if before is not None and reason is None and source is None:
        raise DueNotGood(
            f"a due date moved from {before} to {after or 'no date'} without a reason; write the reason, or "
            "the source that tells of it without one"
        )


def _ends(text: str, start_month: int) -> date:
    return parse_period(text, start_month).ends_before
