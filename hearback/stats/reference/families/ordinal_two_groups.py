"""Answers of two groups of people on an ordered scale."""

from typing import Any

from hearback.stats.comparison import compare_two_groups
from hearback.stats.reference.case import Case, CaseNotValid, numbers
from hearback.stats.reference.sample import filtered


def compute(case: Case) -> dict[str, Any]:
    """Compare group y with group x. R corrects a table of two by two for continuity unless told not to."""
    rows, item = filtered(case), str(case.parameter("item"))
    x, y = str(case.parameter("x")), str(case.parameter("y"))
    column = group_column(case, x, y)
    found = compare_two_groups(
        numbers([row for row in rows if row[column] == x], item),
        numbers([row for row in rows if row[column] == y], item),
        continuity=corrects(case),
    )
    return {
        "n_x": found.n_x,
        "n_y": found.n_y,
        "W": found.u,
        "p": found.p_value,
        "prob_superiority": found.superiority,
        "cliffs_delta": found.cliffs_delta,
        "chisq": found.chi_square,
        "chisq_df": found.chi_square_df,
        "chisq_p": found.chi_square_p_value,
        "cramers_v": found.cramers_v,
    }


def corrects(case: Case) -> bool:
    """Say whether the case's call of `chisq.test` leaves Yates' correction on."""
    calls = [part for line in case.r for part in line.split(";") if "chisq.test" in part]
    return any("correct=F" not in call.replace(" ", "") for call in calls)


def group_column(case: Case, x: str, y: str) -> str:
    """Find the column that tells the groups apart: the one named, or the first that holds both labels."""
    named = next((case.parameters[key] for key in ("group", "by", "column") if key in case.parameters), None)
    if named is not None:
        return str(named)
    columns = list(case.rows[0]) if case.rows else []
    for wanted in ({x, y}, {x}, {y}):
        for column in columns:
            if wanted <= {row[column] for row in case.rows}:
                return column
    raise CaseNotValid(f"{case.id}: no column holds {x!r} and {y!r}")
