"""Two arms compared, raw and adjusted by the score before."""

from collections.abc import Sequence
from typing import Any

from hearback.stats.experiments.cuped import Welch
from hearback.stats.experiments.cuped import cuped as compare
from hearback.stats.reference.arms import in_treatment
from hearback.stats.reference.case import Case, numbers


def compute(case: Case) -> dict[str, Any]:
    """Compare the arms with and without the adjustment."""
    level = float(case.parameters.get("level") or 1 - float(case.parameters.get("alpha") or 0.05))
    columns: Sequence[str] = list(case.rows[0]) if case.rows else []
    before = case.parameters.get("before") or _named(columns, ("before", "pre", "x"))
    after = case.parameters.get("after") or _named(columns, ("after", "post", "y"))
    found = compare(
        in_treatment(case, case.rows), numbers(case.rows, before), numbers(case.rows, after), level=level
    )
    return {
        "theta": found.theta,
        "correlation": found.correlation,
        "variance_ratio": found.variance_ratio,
        "raw": as_expected(found.raw),
        "adjusted": None if found.adjusted is None else as_expected(found.adjusted),
    }


def as_expected(test: Welch) -> dict[str, Any]:
    """Write a comparison with the names the cases use."""
    return {
        "difference": test.difference,
        "se": test.se,
        "df": test.df,
        "p": test.p,
        "ci": None if test.low is None else [test.low, test.high],
    }


def _named(columns: Sequence[str], names: Sequence[str]) -> str:
    return next((name for name in names if name in columns), names[0])
