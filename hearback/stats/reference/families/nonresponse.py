"""Nonresponse analysis on frame variables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, numbers
from hearback.stats.reference.sample import filtered
from hearback.stats.response import (
    PropensityModel,
    WeightingClasses,
    fit_propensity,
    frame_bias,
    propensity_weights,
    representativeness,
    response_by_group_test,
    response_rate,
    response_rates_by_group,
    weighting_classes,
)
from hearback.stats.survey.design import Floats

_FORMULA = re.compile(r"([\w.]+)\s*~\s*([\w.]+(?:\s*\+\s*[\w.]+)*)")
_REFERENCE = re.compile(r"([\w.]+)\s*(?:==?|:)\s*([^,;]+)")


@dataclass(frozen=True)
class _Frame:
    """The list of all asked, as the case's model names its columns."""

    rows: Sequence[Row]
    responded: Floats
    weights: Floats | None
    groups: dict[str, list[str]]
    values: dict[str, Floats]
    order: list[str]

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Mark the rows with every number; as in R, the others take no part in the model."""
        known = [~np.isnan(values) for values in self.values.values()]
        inside: NDArray[np.bool_] = np.logical_and.reduce([np.ones(len(self.rows), dtype=bool), *known])
        return inside

    def part(self, inside: NDArray[np.bool_]) -> Floats | None:
        """Give the weights of some rows; None where there are none."""
        return None if self.weights is None else self.weights[inside]


def compute(case: Case) -> dict[str, Any]:
    """Analyse the frame as the parameter `model` says."""
    frame = _read(case)
    model = _fit(case, frame)
    rho = model.propensities
    classes = weighting_classes(_cells(frame), frame.responded > 0, frame.weights)
    overall = response_rate(frame.responded > 0, frame.weights)
    even = None if rho is None else representativeness(rho, frame.part(frame.complete))
    return {
        "response_rate": overall.rate,
        "weighted_response_rate": overall.weighted_rate,
        "needs_bias_analysis": overall.needs_bias_analysis,
        **_by_group(frame),
        **_coefficients(model),
        **{
            key: _first(rho, key)
            for key in {"propensity_first_5", *(case.expected or ())}
            if key.startswith("propens")
        },
        "R_indicator": None if even is None else even.r_indicator,
        "max_abs_bias_standardised": None if even is None else even.max_bias,
        **{name: _bias(frame, values, rho, classes) for name, values in frame.values.items()},
        "class_factors": None if classes.factors is None else _named(classes.factors),
        "merged_classes": _named(classes.merged),
    }


def _read(case: Case) -> _Frame:
    rows, model = filtered(case), str(case.parameter("model"))
    formula = _FORMULA.search(model)
    if formula is None:
        raise CaseNotValid(f"{case.id}: the model {model!r} cannot be read")
    rows = [row for row in rows if row[formula[1]] != ""]
    names = [name.strip() for name in formula[2].split("+")]
    weight = case.parameter("weight", "weight")
    weights = numbers(rows, weight) if weight in rows[0] else None
    numeric = {name for name in names if _is_numeric(rows, name)}
    return _Frame(
        rows,
        numbers(rows, formula[1]),
        weights,
        {name: labels(rows, name) for name in names if name not in numeric},
        {name: numbers(rows, name) for name in names if name in numeric},
        names,
    )


def _is_numeric(rows: Sequence[Row], name: str) -> bool:
    try:
        return bool(len(numbers(rows, name)))
    except ValueError as problem:
        if isinstance(problem, CaseNotValid):
            raise
        return False


def _fit(case: Case, frame: _Frame) -> PropensityModel:
    text = case.parameter("model")
    weighted = "unweighted" not in text and re.search(r"\bweighted", text) is not None
    said = re.search(r"references?:?\s*(.*)", text)
    references = dict(_REFERENCE.findall(said[1])) if said and "alphabetical" not in said[1] else {}
    inside = frame.complete
    predictors: dict[str, Any] = {
        name: list(compress(frame.groups[name], inside))
        if name in frame.groups
        else frame.values[name][inside]
        for name in frame.order
    }
    return fit_propensity(
        frame.responded[inside] > 0,
        predictors,
        weights=frame.part(inside) if weighted else None,
        references={name: level.strip() for name, level in references.items() if name in frame.groups},
    )


def _by_group(frame: _Frame) -> dict[str, Any]:
    """Give the rates by every grouping; `by_age` serves for age_group."""
    found: dict[str, Any] = {}
    for name, groups in frame.groups.items():
        rates = response_rates_by_group(groups, frame.responded > 0, frame.weights)
        rows = [
            {"level": level, "n": r.n, "rate": r.rate, "weighted_rate": r.weighted_rate}
            for level, r in rates.items()
        ]
        test = response_by_group_test(groups, frame.responded > 0)
        for called in (name, name.removesuffix("_group")):
            found |= {
                f"by_{called}": rows,
                f"{called}_chisq": test.statistic,
                f"{called}_p": test.p,
                f"{called}_df": test.df,
            }
    return found


def _coefficients(model: PropensityModel) -> dict[str, Any]:
    if model.coefficients is None:
        return {"coefficients": None, "se": None}
    named = {f"{c.predictor}{'' if c.level is None else c.level}": c for c in model.coefficients}
    return {
        "coefficients": {name: c.value for name, c in named.items()},
        "se": {name: c.se for name, c in named.items()},
    }


def _first(rho: Floats | None, key: str) -> Any:
    count = re.search(r"\d+$", key)
    return None if rho is None else rho[: int(count[0])] if count else rho


def _bias(frame: _Frame, values: Floats, rho: Floats | None, classes: WeightingClasses) -> dict[str, Any]:
    gave = frame.responded > 0
    adjusted: dict[str, Floats] = {}
    if rho is not None:
        inside = frame.complete
        adjusted["propensity"] = np.zeros(len(gave))
        adjusted["propensity"][inside] = propensity_weights(rho, gave[inside], frame.part(inside))
    if classes.weights is not None:
        adjusted["classes"] = classes.weights
    found = frame_bias(values, gave, frame.weights, adjusted=adjusted)
    return {
        "all": found.all,
        "respondents": found.respondents,
        "nonrespondents": found.nonrespondents,
        "bias": found.bias,
        "relative_bias": found.relative,
        "standardised_difference": found.standardised,
        "after_propensity_weighting": found.after.get("propensity"),
        "after_weighting_classes": found.after.get("classes"),
    }


def _cells(frame: _Frame) -> list[tuple[str, ...]]:
    return list(zip(*frame.groups.values(), strict=True)) or [()] * len(frame.rows)


def _named(by_class: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        " / ".join(cell): " / ".join(value) if isinstance(value, tuple) else value
        for cell, value in by_class.items()
    }
