"""Calibration to totals with bounds on the ratio of weights."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, number
from hearback.stats.reference.figures import values_of
from hearback.stats.reference.sample import design_of, filtered
from hearback.stats.survey.design import Floats
from hearback.stats.weighting import WeightingNotPossible, calibrate_weights, calibrated_mean


def compute(case: Case) -> dict[str, Any]:
    """Calibrate to the totals; everything is undefined where the bounds cannot be kept."""
    rows, totals = filtered(case), case.parameter("totals")
    stated = case.parameter("bounds")
    low, high = stated.values() if isinstance(stated, Mapping) else stated
    names = [name.removeprefix("mean_") for name in case.expected or () if name.startswith("mean_")]
    columns = np.column_stack([_column(rows, name) for name in totals])
    try:
        found = calibrate_weights(
            design_of(case, rows), columns, list(totals.values()), bounds=(low, high), names=list(totals)
        )
    except WeightingNotPossible as problem:
        nothing = {"g": None, "weights": None, "reason": str(problem)}
        return nothing | {f"{what}_{name}": None for name in names for what in ("mean", "se")}
    means = {name: calibrated_mean(found, values_of(rows, name)) for name in names}
    return {
        "g": found.ratios,
        "weights": found.weights,
        "deff_kish": found.effects.deff_kish,
        "min_ratio": found.effects.min_ratio,
        "max_ratio": found.effects.max_ratio,
        **{f"mean_{name}": mean.value for name, mean in means.items()},
        **{f"se_{name}": mean.se for name, mean in means.items()},
    }


def _column(rows: Sequence[Row], name: str) -> Floats:
    """Build a column of R's model matrix from its name: the intercept, a number, a level, or a product."""
    if name == "(Intercept)":
        return np.ones(len(rows))
    product = np.ones(len(rows))
    for part in name.split(":"):
        product = product * _factor(rows, part)
    return product


def _factor(rows: Sequence[Row], name: str) -> Floats:
    if name in rows[0]:
        return np.array([number(text) for text in labels(rows, name)])
    for column in sorted(rows[0], key=len, reverse=True):
        if name.startswith(column) and name[len(column) :] in labels(rows, column):
            return np.array([float(text == name[len(column) :]) for text in labels(rows, column)])
    raise CaseNotValid(f"the total {name!r} fits no column of the input and no level of one")
