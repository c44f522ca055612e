"""Cronbach's alpha against R's `psych`."""

from typing import Any

from hearback.stats.reference.case import Case, numbers
from hearback.stats.reference.sample import filtered
from hearback.stats.reliability import cronbach_alpha

NO_ITEMS = {"response_id", "id", "respondent", "person", "weight", "quarter"}


def compute(case: Case) -> Any:
    """Compute alpha of the items the case names, or of all columns that are items."""
    rows = filtered(case)
    named = case.parameters.get("items")
    items = named if named is not None else [name for name in (case.rows or [{}])[0] if name not in NO_ITEMS]
    found = cronbach_alpha({item: numbers(rows, item) for item in items})
    undefined = found.alpha is None
    return {
        "n": found.n,
        "k": len(items),
        "alpha": found.alpha,
        "standardised": found.standardised,
        "mean_r": found.mean_correlation,
        "feldt_ci_95": None if found.low is None else [found.low, found.high],
        "alpha_if_dropped": None if undefined else {i.name: i.alpha_if_dropped for i in found.items},
        "item_rest_correlation": None
        if undefined
        else {i.name: i.item_rest_correlation for i in found.items},
    }
