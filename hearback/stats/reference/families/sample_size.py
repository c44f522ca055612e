"""Sample sizes for a change and for a margin, and the smallest change a sample finds."""

from collections.abc import Iterable, Mapping
from typing import Any

from hearback.stats.experiments.sample_size import (
    Sides,
    minimum_detectable_change,
    size_for_change,
    size_for_margin,
)
from hearback.stats.reference.case import Case

RESULTS = ("n_per_group", "n_design", "mde_up", "mde_down", "n_srs", "n_fpc", "invitations")
"""What is computed; the other fields of a row are what it is computed from."""


def compute(case: Case) -> dict[str, Any]:
    """Answer every question of the case: its rows, without their results, are the questions."""
    sides: Sides = 1 if "one" in str(case.parameters.get("level", "two-sided")) else 2
    return {
        "two_proportions": [for_change(row, sides) for row in questions(case, "two_proportions")],
        "minimum_detectable": [detectable(row, sides) for row in questions(case, "minimum_detectable")],
        "margin": [for_margin(row) for row in questions(case, "margin")],
    }


def questions(case: Case, name: str) -> Iterable[Mapping[str, Any]]:
    """Give the rows of one kind, from the parameters or from what is expected, without results."""
    rows = case.parameters.get(name) or case.expected.get(name) or []
    return [{key: value for key, value in row.items() if key not in RESULTS} for row in rows]


def for_change(row: Mapping[str, Any], sides: Sides) -> dict[str, Any]:
    """Compute one row of sizes for a change."""
    if not all(0 <= share <= 1 for share in (row["p1"], row["p2"])):
        return {**row, "n_per_group": None, "n_design": None, "invitations": None}  # an impossible change
    found = size_for_change(
        row["p1"],
        row["p2"],
        alpha=_of(row, "alpha", 0.05),
        power=_of(row, "power", 0.8),
        deff=_of(row, "deff", 1.0),
        response_rate=_of(row, "response_rate", 1.0),
        sides=sides,
    )
    return {
        **row,
        "n_per_group": found.n_per_group,
        "n_design": found.n_design,
        "invitations": found.invitations,
    }


def detectable(row: Mapping[str, Any], sides: Sides) -> dict[str, Any]:
    """Compute one row of smallest changes."""
    found = minimum_detectable_change(
        row["p1"],
        row["n"],
        alpha=_of(row, "alpha", 0.05),
        power=_of(row, "power", 0.8),
        deff=_of(row, "deff", 1.0),
        sides=sides,
    )
    return {**row, "mde_up": found.up, "mde_down": found.down}


def for_margin(row: Mapping[str, Any]) -> dict[str, Any]:
    """Compute one row of sizes for a margin."""
    found = size_for_margin(
        row["margin"],
        _of(row, "p", 0.5),
        level=_of(row, "level", 0.95),
        population=row.get("population"),
        deff=_of(row, "deff", 1.0),
        response_rate=_of(row, "response_rate", 1.0),
    )
    return {
        **row,
        "n_srs": found.n_srs,
        "n_fpc": found.n_fpc,
        "n_design": found.n_design,
        "invitations": found.invitations,
    }


def _of(row: Mapping[str, Any], name: str, default: float) -> float:
    """Give a number of a row; left out or null means the default."""
    value = row.get(name)
    return default if value is None else float(value)
