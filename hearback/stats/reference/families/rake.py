"""Raking to margins: weights, what they cost, and estimates with their errors."""

from typing import Any

from hearback.stats.reference.case import Case, CaseNotValid, labels, number
from hearback.stats.reference.figures import values_of
from hearback.stats.reference.sample import design_of, filtered
from hearback.stats.survey.design import make_design
from hearback.stats.weighting import CalibratedEstimate, WeightingNotPossible, calibrated_mean, rake_weights

INFORMATION = frozenset({"se_rake"})


def compute(case: Case) -> dict[str, Any]:
    """Rake the rows to the margins; everything is undefined where that cannot be done."""
    rows, asked = filtered(case), (case.expected or {}).get("estimates") or {}
    design = design_of(case, rows)
    if not str(case.parameter("start", "design weights")).startswith("design"):
        design = make_design(len(rows))
    margins = _margins(case)
    try:
        raked = rake_weights(design, {name: labels(rows, name) for name in margins}, margins)
    except WeightingNotPossible as problem:
        nothing: dict[str, Any] = dict.fromkeys(("weights", "deff_kish", "min_ratio", "max_ratio"))
        nothing["estimates"] = {name: _estimate(None) for name in asked} or None
        return nothing | {"converged": False, "error": type(problem).__name__, "reason": str(problem)}
    return {
        "converged": True,
        "weights": raked.weights,
        "deff_kish": raked.effects.deff_kish,
        "min_ratio": raked.effects.min_ratio,
        "max_ratio": raked.effects.max_ratio,
        "estimates": {name: _estimate(calibrated_mean(raked, values_of(rows, name))) for name in asked},
    }


def _estimate(found: CalibratedEstimate | None) -> dict[str, Any]:
    value, se = (None, None) if found is None else (found.value, found.se)
    return {"mean": value, "se_calibration": se, "se": se}


def _margins(case: Case) -> dict[str, dict[str, float]]:
    """Read the margins from the parameters, or from the table of variable, level and population."""
    stated = case.parameter("margins", {})
    if not stated and len(case.inputs) < 2:
        raise CaseNotValid(f"{case.id} states no margins, neither as a parameter nor as a second table")
    if not stated:
        for row in case.table(1):
            variable, level, count = list(row.values())[:3]
            stated.setdefault(variable, {})[level] = number(count)
    order = case.parameters.get("order") or list(stated)
    return {name: stated[name] for name in order}
