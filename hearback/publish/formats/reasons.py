"""Why a cell is empty: the codes that stand in a column of their own, and what each means."""

from collections.abc import Mapping

from hearback.publish.formats.tables import Cell
from hearback.stats import Reason

HELD_BACK, NOT_TOLD_HERE, UNTOLD = "held_back", "not_told_here", "untold"

REASONS: Mapping[str, str] = {one.value: one.sentence for one in Reason} | {
    HELD_BACK: "It is held back, as it would give a suppressed figure away.",
    NOT_TOLD_HERE: "It is not told here; the source has it.",
    UNTOLD: "It is not known, or held back: this release does not tell which.",
    "not_asked": "The question was not asked.",
    "not_counted": "Nobody counted.",
    "not_known": "It is not known.",
    "volume_not_known": "Nobody said how many people go through it in a year.",
    "minutes_not_known": "It is not known how long any step takes.",
}
"""Code → what it means. Codes are added, never renamed."""


def why_empty(value: Cell, reason: str | None) -> str | None:
    """Give the code for a cell that may be held back; none where it holds a value.

    Releases that were made before reasons were kept do not tell.
    """
    return None if value is not None else reason or UNTOLD
