"""What became of what a provider promised for a year, and where a level stands on its scale."""

from collections.abc import Sequence
from enum import StrEnum

from hearback.fiscal import first_day_of_fiscal_year, parse_period

ACTION_STATUSES = ("planned", "under_way", "delivered", "delivered_in_part", "dropped")
"""How far an action can be, from its start to its end."""


class Outcome(StrEnum):
    """What became of an action by the end of its year."""

    KEPT = "kept"
    KEPT_IN_PART = "kept_in_part"
    NOT_KEPT = "not_kept"
    NOT_SAID = "not_said"


OUTCOMES = {
    "delivered": Outcome.KEPT,
    "delivered_in_part": Outcome.KEPT_IN_PART,
    "dropped": Outcome.NOT_KEPT,
}


def outcome_of(status: str | None, *, is_carried_over: bool) -> Outcome:
    """Say what became of an action of a year gone by.

    What was last told as planned or under way is not said, unless the plan of the year after carries it over:
    then it was not kept in its year.

    >>> outcome_of("delivered", is_carried_over=True), outcome_of("under_way", is_carried_over=False)
    (<Outcome.KEPT: 'kept'>, <Outcome.NOT_SAID: 'not_said'>)
    """
    return OUTCOMES.get(status or "", Outcome.NOT_KEPT if is_carried_over else Outcome.NOT_SAID)


def is_before_year(due: str, fiscal_year: int, fiscal_year_starts: int) -> bool:
    """Say whether a due date, with all its days, lies before a fiscal year begins.

    Raises:
        PeriodNotValid: if it is no date.
    """
    begins = first_day_of_fiscal_year(fiscal_year, fiscal_year_starts)
    return parse_period(due, fiscal_year_starts).ends_before <= begins


def level_number(level: str | None, levels: Sequence[str]) -> int | None:
    """Give the place of a level on its scale, 1 for the lowest; None without a level or a scale."""
    return levels.index(level) + 1 if level in levels else None
