"""Noise on a count: probabilities, spread and half widths."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from hearback.stats.privacy.noise import GeometricNoise, LaplaceNoise
from hearback.stats.reference.case import Case

QUESTION = ("epsilon", "sensitivity")
_LEVEL = re.compile(r"(laplace_)?halfwidth_(\d+)")
_PROBABILITY = re.compile(r"p(\d+)")


def compute(case: Case) -> list[dict[str, Any]]:
    """Describe the noise of every pair of epsilon and sensitivity that the case lists."""
    rows = case.parameters.get("rows") or case.parameters.get("table") or case.expected
    return [row_of(row, names) for row, names in zip(rows, _names(case, rows), strict=True)]


def row_of(row: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Describe the noise of one pair, as far as names ask for it."""
    epsilon, sensitivity = float(row["epsilon"]), float(row.get("sensitivity") or 1)
    geometric, laplace = GeometricNoise(epsilon, sensitivity), LaplaceNoise(epsilon, sensitivity)
    found: dict[str, Any] = {
        "epsilon": row["epsilon"],
        "sensitivity": sensitivity,
        "alpha": geometric.alpha,
        "sd": geometric.sd,
        "mean_abs": geometric.mean_absolute,
        "laplace_scale": laplace.scale,
        "laplace_sd": laplace.sd,
    }
    for name in names:
        if asked := _LEVEL.fullmatch(name):
            level = float(f"0.{asked[2]}")
            found[name] = laplace.half_width(level) if asked[1] else geometric.half_width(level)
        elif asked := _PROBABILITY.fullmatch(name):
            found[name] = geometric.probability(int(asked[1]))
    return found


def _names(case: Case, rows: Any) -> Iterable[Iterable[str]]:
    """Give for every row the names of what is asked."""
    return [list(one) for one in case.expected] if len(case.expected) == len(rows) else [[] for _ in rows]
