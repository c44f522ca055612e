"""Bayesian on-line change points of a share."""

from typing import Any

from hearback.stats.monitoring import run_lengths
from hearback.stats.reference.case import Case, numbers


def compute(case: Case) -> dict[str, Any]:
    """Follow the run length through the series."""
    found = run_lengths(
        numbers(case.rows, "x").tolist(),
        numbers(case.rows, "n").tolist(),
        alpha=float(case.parameter("alpha")),
        beta=float(case.parameter("beta")),
        hazard=float(case.parameter("hazard")),
    )
    return {
        "map_run_length": found.most_likely,
        "prob_run_le_3": found.at_most(3),
        "mean_run_length": found.mean,
        "final_run_length_distribution": found.distributions[-1] if found.distributions else (),
    }
