"""Trimming of weights."""

import math
import re
from typing import Any

from hearback.stats.reference.case import Case, numbers
from hearback.stats.weighting import WeightingNotPossible, kish_design_effect, trim_weights

_WEIGHTS = re.compile(r"weights\s*=\s*~\s*([\w.]+)")


def compute(case: Case) -> dict[str, Any]:
    """Trim the column of weights that the R call names."""
    named = next((call[1] for line in case.r if (call := _WEIGHTS.search(line))), "weight")
    before = numbers(case.rows, named)
    try:
        found = trim_weights(before, lower=_limit(case, "lower", 0.0), upper=_limit(case, "upper", math.inf))
    except WeightingNotPossible as problem:
        nothing = {"weights": None, "sum": None, "kish_deff_after": None}
        return nothing | {"kish_deff_before": kish_design_effect(before), "reason": str(problem)}
    return {
        "weights": found.weights,
        "sum": math.fsum(found.weights),
        "kish_deff_before": found.deff_before,
        "kish_deff_after": found.deff_after,
    }


def _limit(case: Case, name: str, without: float) -> float:
    """Read a limit; R's infinities mean that there is none."""
    stated = case.parameters.get(name)
    stated = stated[0] if isinstance(stated, list) else stated
    return without if stated is None or math.isinf(float(stated)) else float(stated)
