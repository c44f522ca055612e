"""When the wording of a goal may be replaced: by another, with a reason that everybody can read."""

from collections.abc import Collection, Mapping
from datetime import date

from hearback.fiscal import FEDERAL_START_MONTH, parse_period
from hearback.plan.rules.dates import check_date

PROMISED = ("number", "gist", "target_date")
"""What a goal promises; another status alone is no other wording."""


class ReplacementNotGood(ValueError):
    """A wording cannot be replaced so; the message says why and what to do."""


def check_replacement(
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
    reason: str | None,
    on: date,
    taken: Collection[str] = (),
    start_month: int = FEDERAL_START_MONTH,
) -> None:
    """Check that a wording may take the place of another. A number or target date that is kept is let be.

    Args:
        before: what the goal promises so far, by the names in `PROMISED`.
        after: what it is to say, with `as_of` beside.
        reason: why.
        on: the day on which it is replaced.
        taken: the numbers of the other goals of the strategy that stand.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        ReplacementNotGood: if a goal would have no wording, no number or that of another goal, nothing would
            be different, no reason is given, the new wording is of a time that has not begun, or a new target
            date is over before that time begins.
        PeriodNotValid: if a date is none.
    """
    check_date(after["target_date"])
    check_date(after["as_of"])
    if not after["gist"] or not after["number"]:
        raise ReplacementNotGood("A goal has a wording and a number; give both.")
    if all(before[name] == after[name] for name in PROMISED):
        raise ReplacementNotGood(
            "Wording, number and target date would be as they were; change one of them, or leave the goal."
        )
    if not reason:
        raise ReplacementNotGood("A wording is replaced with a reason, which the public sees; give one.")
    number = after["number"]
    if number != before["number"] and number.casefold() in {one.casefold() for one in taken}:
        raise ReplacementNotGood(f"Another goal of this strategy has the number {number}; give a free one.")
    _check_dates(before["target_date"], after["target_date"], after["as_of"], on, start_month)


def _check_dates(
    promised: str | None, target: str | None, as_of: str | None, on: date, start_month: int
) -> None:
    if as_of is None:
        return
    begins = parse_period(as_of, start_month).starts_on
    if begins > on:
        raise ReplacementNotGood(
            f"Nothing can be so as of {as_of}, which has not begun; give an earlier date."
        )
    if target is not None and target != promised and parse_period(target, start_month).ends_before <= begins:
        raise ReplacementNotGood(
            f"The target date {target} is over before {as_of}, since when the new wording stands; "
            "give a later target date, or an earlier one as of which it stands."
        )
