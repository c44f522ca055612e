"""Changes between two quarters."""

import re
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, labels
from hearback.stats.reference.figures import stacked_design, values_of
from hearback.stats.reference.sample import filtered
from hearback.stats.survey.change import change_of_mean, independent_change
from hearback.stats.survey.domains import Difference
from hearback.stats.survey.means import SampleEstimate


def compute(case: Case) -> dict[str, Any]:
    """Estimate the change as of one stacked sample, and as of two independent ones."""
    column, earlier, later = _periods(case)
    level = case.parameter("level", 0.95)
    rows = [row for row in case.rows if row[column] in (earlier, later)]
    kept = {id(row) for row in filtered(case)}
    found = change_of_mean(
        stacked_design(case, rows),
        values_of(rows, f"{case.parameter('item')} {_statistic(case)}"),
        labels(rows, column),
        earlier=earlier,
        later=later,
        domain=np.array([id(row) in kept for row in rows], dtype=bool),
        level=level,
    )
    return {
        "quarter1": _period(found.earlier),
        "quarter2": _period(found.later),
        "difference": found.difference.value,
        "covariance": found.difference.covariance,
        "same_offices": _test(found.difference),
        "independent_samples": _test(independent_change(found.earlier, found.later, level).difference),
    }


def _periods(case: Case) -> tuple[str, str, str]:
    """Find the two periods among the parameters, and the column that holds them."""
    pairs = [value for value in case.parameters.values() if isinstance(value, list) and len(value) == 2]
    for pair in pairs:
        earlier, later = (str(label) for label in pair)
        for column in case.rows[0] if case.rows else ():
            if {earlier, later} & set(labels(case.rows, column)):
                return column, earlier, later
    raise CaseNotValid(f"{case.id} names no two periods that a column of the input holds")


def _statistic(case: Case) -> str:
    """Say in one form what the case says in several: `mean score`, `proportion 4 or 5`, `top2`."""
    stated = str(case.parameter("statistic", "mean score"))
    answers = re.findall(r"\d+", stated)
    if "top2" in stated or "bottom2" in stated or "net" in stated:
        return next(word for word in ("top2", "bottom2", "net") if word in stated)
    if "mean" in stated or not answers:
        return "mean"
    return f"in ({', '.join(answers)})"


def _period(found: SampleEstimate) -> dict[str, Any]:
    return {"n": found.n, "mean": found.value, "se": found.se, "df": found.df}


def _test(found: Difference) -> dict[str, Any]:
    return {
        "se": found.se,
        "df": found.df,
        "t": found.t,
        "p": found.p,
        "ci_low": found.low,
        "ci_high": found.high,
    }
