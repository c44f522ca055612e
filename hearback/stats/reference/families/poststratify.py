"""Post-stratification: weights, and estimates with their errors."""

from typing import Any

from hearback.stats.reference.case import Case, CaseNotValid, labels, number
from hearback.stats.reference.figures import values_of
from hearback.stats.reference.sample import design_of, filtered
from hearback.stats.weighting import (
    CalibratedWeights,
    WeightingNotPossible,
    calibrated_mean,
    poststratify_weights,
)


def compute(case: Case) -> dict[str, Any]:
    """Weight the rows to the cells of the second table; everything is undefined where that cannot be done."""
    rows, asked = filtered(case), (case.expected or {}).get("estimates") or {}
    by = _cell_columns(case)
    cells = list(zip(*(labels(rows, column) for column in by), strict=True))
    try:
        weighted = poststratify_weights(design_of(case, rows), cells, _targets(case, by))
    except WeightingNotPossible as problem:
        return {
            "weights": None,
            "estimates": {name: {"mean": None, "se": None} for name in asked} or None,
            "error": type(problem).__name__,
            "reason": str(problem),
        }
    return {
        "weights": weighted.weights,
        "deff_kish": weighted.effects.deff_kish,
        "min_ratio": weighted.effects.min_ratio,
        "max_ratio": weighted.effects.max_ratio,
        "estimates": {name: _estimate(weighted, values_of(rows, name)) for name in asked},
    }


def _estimate(weighted: CalibratedWeights, answers: Any) -> dict[str, Any]:
    found = calibrated_mean(weighted, answers)
    return {"mean": found.value, "se": found.se}


def _cell_columns(case: Case) -> list[str]:
    stated = case.parameters.get("cells") or [column for column in case.table(1)[0] if column in case.rows[0]]
    return [stated] if isinstance(stated, str) else list(stated)


def _targets(case: Case, by: list[str]) -> dict[tuple[str, ...], float]:
    targets: dict[tuple[str, ...], float] = {}
    for row in case.table(1):
        counts = [column for column in row if column not in by]
        if len(counts) != 1:
            raise CaseNotValid(f"{case.id}: the table of cells has {len(counts)} columns of counts, not one")
        cell = tuple(row[column] for column in by)
        targets[cell] = targets.get(cell, 0.0) + number(row[counts[0]])
    return targets
