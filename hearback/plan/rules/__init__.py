"""Decisions about what is promised, in plain Python.

`dates` says which dates may be written, `statuses` which moves there are between statuses, `due` when a due
date may be moved, `lateness` how a promise was kept.
"""

from hearback.plan.rules.dates import check_date, check_due
from hearback.plan.rules.due import (
    DueBeforeItsTurn,
    DueNotGood,
    check_due_move,
    check_log_tells_of_due,
    check_order_of_due,
)
from hearback.plan.rules.lateness import CannotTell, Late, Lateness, Promise, lateness
from hearback.plan.rules.statuses import (
    MOVES,
    STATUSES,
    Kind,
    MoveNotAllowed,
    check_done,
    check_move,
    kind_of,
    needs_reason,
    open_moves,
)

__all__ = [
    "MOVES",
    "STATUSES",
    "CannotTell",
    "DueBeforeItsTurn",
    "DueNotGood",
    "Kind",
    "Late",
    "Lateness",
    "MoveNotAllowed",
    "Promise",
    "check_date",
    "check_done",
    "check_due",
    "check_due_move",
    "check_log_tells_of_due",
    "check_move",
    "check_order_of_due",
    "kind_of",
    "lateness",
    "needs_reason",
    "open_moves",
]
