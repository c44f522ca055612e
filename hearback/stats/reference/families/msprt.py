"""Two arms looked at several times: always-valid p-values and intervals."""

import math
from collections.abc import Sequence
from typing import Any

from hearback.stats.experiments.sequential import Look, mixture_sprt
from hearback.stats.reference.arms import arm_column, in_treatment
from hearback.stats.reference.case import Case, Row, number, numbers
from hearback.stats.reference.comparing import INFINITY

ORDER = "order"


def compute(case: Case) -> dict[str, Any]:
    """Test the rows, in their order, at every look the case asks for."""
    rows = in_order(case.rows)
    answers = case.parameters.get("y") or case.parameters.get("outcome") or answer_column(rows)
    test = mixture_sprt(
        in_treatment(case, rows),
        numbers(rows, answers),
        [int(look) for look in case.parameter("looks")],
        tau_squared=float(case.parameter("tau2")),
        alpha=float(case.parameter("alpha", 0.05)),
        kind=case.parameter("kind", "mean"),
    )
    return {"looks": [as_expected(look) for look in test.looks], "stop_at": test.stop_at}


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Sort rows by their column of that name, where they have one."""
    has_order = bool(rows) and all(row.get(ORDER) for row in rows)
    return sorted(rows, key=lambda row: number(row[ORDER])) if has_order else list(rows)


def answer_column(rows: Sequence[Row]) -> str:
    """Find the column of the answers: `y`, or else the last that is neither arm nor order."""
    others = [column for column in (rows[0] if rows else ()) if column not in (ORDER, arm_column(rows))]
    return "y" if "y" in others or not others else others[-1]


def as_expected(look: Look) -> dict[str, Any]:
    """Write a look with the names the cases use."""
    return {
        "look": look.n_rows,
        "n_a": look.n_control,
        "n_b": look.n_treatment,
        "difference": look.difference,
        "variance": look.variance,
        "lambda": None if look.log_ratio is None else _exponential(look.log_ratio),
        "p_always_valid": look.p_always_valid,
        "ci_low": look.low,
        "ci_high": look.high,
    }


def _exponential(log: float) -> float | str:
    try:
        return math.exp(log)
    except OverflowError:
        return INFINITY
