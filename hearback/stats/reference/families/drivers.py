"""Key drivers against R's `relaimpo`, and Johnson's weights."""

from typing import Any

from hearback.stats.models import KeyDrivers, key_drivers
from hearback.stats.reference.case import Case, numbers
from hearback.stats.reference.sample import filtered

KINDS = ("lmg", "lmg_share", "johnson", "johnson_share", "first", "last", "pratt", "standardised_beta")


def compute(case: Case) -> Any:
    """Share out R-squared, weighted where the case names a column of weights."""
    rows = filtered(case)
    response, weights = case.parameter("response"), case.parameters.get("weights")
    columns = {name: numbers(rows, name) for name in (response, *case.parameter("predictors"))}
    found = key_drivers(response, columns, weights=None if weights is None else numbers(rows, weights))
    return {
        "n": found.n,
        "r_squared": found.r_squared,
        **{kind: _by_name(found, kind) for kind in KINDS},
        "rank_lmg": list(found.ranked) or None,
    }


def _by_name(found: KeyDrivers, kind: str) -> dict[str, float | None] | None:
    """Give one kind of importance by driver; None where no driver has any."""
    values = {driver.name: getattr(driver, kind) for driver in found.drivers}
    return values if any(value is not None for value in values.values()) else None
