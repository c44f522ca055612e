"""When the wording of a goal may be replaced: by another, with a reason that everybody can read."""

from collections.abc import Mapping
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
    start_month: int = FEDERAL_START_MONTH,
) -> None:
    """Check that a wording may take the place of another.

    Args:
        before: what the goal promises so far, by the names in `PROMISED`.
        after: what it is to say, with `as_of` beside.
        reason: why.
        on: the day on which it is replaced.
        start_month: the month in which the fiscal year starts (1-12).

    Raises:
        ReplacementNotGood: if a goal would have no wording or no number, nothing would be different, no
            reason is given, or the new wording is of a time that has not begun.
        PeriodNotValid: if a date is none.
    """
    check_date(after["target_date"])
    check_date(after["as_of"])
    if not after["gist"] or not after["number"]:
        raise ReplacementNotGood("a goal has a wording and a number; give both")
    if all(before[name] == after[name] for name in PROMISED):
        raise ReplacementNotGood(
            "wording, number and target date would be as they were; change one of them, or leave the goal"
        )
    if not reason:
        raise ReplacementNotGood("a wording is replaced with a reason, which the public sees; give one")
    as_of = after["as_of"]
    if as_of is not None and parse_period(as_of, start_month).starts_on > on:
        raise ReplacementNotGood(
            f"nothing can be so as of {as_of}, which has not begun; give an earlier date"
        )
