"""P-values adjusted for the number of comparisons."""

from typing import Any

from hearback.stats.comparison import adjust_p_values, discoveries
from hearback.stats.comparison.multiplicity import Adjustment
from hearback.stats.reference.case import Case, labels, numbers

METHODS: dict[str, Adjustment] = {
    "BH": "benjamini_hochberg",
    "BY": "benjamini_yekutieli",
    "holm": "holm",
    "bonferroni": "bonferroni",
}


def compute(case: Case) -> dict[str, Any]:
    """Adjust by every method, and name the comparisons that may be claimed."""
    p_values = numbers(case.rows, "p").tolist()
    found: dict[str, Any] = {name: adjust_p_values(p_values, method) for name, method in METHODS.items()}
    ids = [int(name) if name.isdecimal() else name for name in labels(case.rows, "id")]
    claims = discoveries(p_values, false_discovery_rate=0.10)
    found["significant_BH_10pct"] = [name for name, claim in zip(ids, claims, strict=True) if claim]
    return found
