"""Krippendorff's alpha against R's `irr`."""

import re
from typing import Any, get_args

from hearback.stats.reference.case import Case, Row
from hearback.stats.reference.sample import filtered
from hearback.stats.reliability import Level, RatingsNotValid, krippendorff_alpha

UNIT = re.compile(r"(.*_)?(id|unit|item|comment|text|document|segment|case|subject)s?", re.IGNORECASE)
"""Names of the column that says what was rated; every other column is a rater."""


def compute(case: Case) -> Any:
    """Compute alpha at every level of measurement; only `nominal` where the ratings are words."""
    rows = filtered(case)
    columns = list(rows[0]) if rows else []
    raters = case.parameters.get("raters") or [name for name in columns if not UNIT.fullmatch(name)]
    ratings = [[_value(row, rater) for rater in raters] for row in rows]
    nominal = krippendorff_alpha(ratings, "nominal")
    return {level: _alpha(ratings, level) for level in get_args(Level)} | {
        "pairable_values": nominal.n_pairable
    }


def _alpha(ratings: list[list[Any]], level: Level) -> float | None:
    try:
        return krippendorff_alpha(ratings, level).alpha
    except RatingsNotValid:
        return None


def _value(row: Row, rater: str) -> float | str:
    """Read a rating as a number where it is one, so that 4 and 4.0 are the same."""
    try:
        return float(row[rater])
    except ValueError:
        return row[rater]
