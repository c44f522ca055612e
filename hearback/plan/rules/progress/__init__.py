"""How far a success measure is on its way: one status by one rule, see docs/methods/progress.md.

The rate so far is held against the rate that is needed, with the intervals of the figures taken into account.
`binding` and `checks` say what a success measure may aim at, `new_figure` what a figure may be, `case` finds
the figures, `judging` judges, `reasons` and `words` say it.
"""

from hearback.plan.rules.progress.binding import WHOLE, Binding, check_binding
from hearback.plan.rules.progress.case import has_other_surveys, readings_after
from hearback.plan.rules.progress.checks import MeasureNotValid, check_aim, check_readings
from hearback.plan.rules.progress.facts import (
    DOWN,
    KEEP,
    METHOD,
    METHOD_VERSION,
    UP,
    Aim,
    ProgressFact,
    ReadingFact,
    aim_of,
)
from hearback.plan.rules.progress.judging import judge
from hearback.plan.rules.progress.new_figure import (
    LARGEST_FIGURE,
    check_new_figure,
    is_before_baseline,
    is_percent,
)
from hearback.plan.rules.progress.reasons import (
    CANNOT_TELL,
    GATHERED,
    MET,
    MISSED,
    NOT_PUBLISHED,
    OFF_TRACK,
    ON_TRACK,
    PROGRESS_STATUSES,
    REASONS,
    REPORTED,
    REPORTING,
    STALE_QUARTERS,
    WRONG_WAY,
    reporting_status,
)
from hearback.plan.rules.progress.words import (
    actual_words,
    figure_words,
    needed_words,
    rate_words,
    reading_words,
    status_words,
)

__all__ = [
    "CANNOT_TELL",
    "DOWN",
    "GATHERED",
    "KEEP",
    "LARGEST_FIGURE",
    "MET",
    "METHOD",
    "METHOD_VERSION",
    "MISSED",
    "NOT_PUBLISHED",
    "OFF_TRACK",
    "ON_TRACK",
    "PROGRESS_STATUSES",
    "REASONS",
    "REPORTED",
    "REPORTING",
    "STALE_QUARTERS",
    "UP",
    "WHOLE",
    "WRONG_WAY",
    "Aim",
    "Binding",
    "MeasureNotValid",
    "ProgressFact",
    "ReadingFact",
    "actual_words",
    "aim_of",
    "check_aim",
    "check_binding",
    "check_new_figure",
    "check_readings",
    "figure_words",
    "has_other_surveys",
    "is_before_baseline",
    "is_percent",
    "judge",
    "needed_words",
    "rate_words",
    "reading_words",
    "readings_after",
    "reporting_status",
    "status_words",
]
