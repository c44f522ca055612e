"""Intervals for shares of answers that are independent draws."""

from typing import Any

from hearback.stats.estimate import Estimate
from hearback.stats.proportion import (
    agresti_coull_interval,
    clopper_pearson_interval,
    jeffreys_interval,
    wilson_interval,
)
from hearback.stats.reference.case import Case, number

METHODS = {
    "wilson": wilson_interval,
    "clopper_pearson": clopper_pearson_interval,
    "jeffreys": jeffreys_interval,
    "agresti_coull": agresti_coull_interval,
}


def compute(case: Case) -> list[dict[str, Any]]:
    """Give the four intervals of every row."""
    rows = []
    for row in case.rows:
        n_hits, n = int(number(row["x"])), int(number(row["n"]))
        level = number(row["level"]) if row.get("level") else float(case.parameter("level", 0.95))
        found: dict[str, Any] = {"x": n_hits, "n": n, "level": level, "p": n_hits / n if n else None}
        for name, method in METHODS.items():
            interval = method(n_hits, n, level)
            known = interval if isinstance(interval, Estimate) else None
            found[f"{name}_low"] = known and known.low
            found[f"{name}_high"] = known and known.high
        rows.append(found)
    return rows
