"""Raking: weights that meet the margins of several variables at once, where their crossing is not known."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from hearback.stats.survey.design import Design, Floats
from hearback.stats.weighting.calibrated import CalibratedWeights
from hearback.stats.weighting.errors import (
    MarginsDiffer,
    RakingDoesNotConverge,
    WeightingNotPossible,
)
from hearback.stats.weighting.margins import Margin, make_margin

SAME_TOTAL = 1e-9
MARGIN_MET = 1e-9


def rake_weights(
    design: Design,
    variables: Mapping[str, Sequence[Hashable]],
    margins: Mapping[str, Mapping[Any, float]],
    *,
    tolerance: float = 1e-12,
    max_sweeps: int = 5000,
) -> CalibratedWeights:
    """Scale the design weights to one margin after the other until all are met.

    Weights stay above zero, and the order of the margins does not matter. Without convergence there are no
    weights: half-raked ones would meet the last margin only.

    Args:
        variables: name → the level of every row.
        margins: name → level → population count. Every margin adds up to the same population.
        tolerance: largest relative change of a weight in the last sweep.
        max_sweeps: how often to go round the margins before giving up.

    Raises:
        MarginsDiffer: if the margins add up to different totals; they are not rescaled in silence.
        RakingDoesNotConverge: if the margins cannot all be met.
        LabelMissing: if a row that counts lacks a level.
        LevelNotInMargin: if a row's level has no population count.
        ZeroTarget: if a population count is not above zero.
        LevelWithoutRespondents: if a level of the population has no row that counts.
        WeightingNotPossible: if there is no margin, or one of a variable that is not given.

    Source: Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table, Annals of
    Mathematical Statistics 11; Deville, Särndal and Sautory (1993), Generalized raking procedures in survey
    sampling, Journal of the American Statistical Association 88.

    >>> from hearback.stats.survey import make_design
    >>> raked = rake_weights(
    ...     make_design(4),
    ...     {"channel": ["web", "web", "phone", "phone"], "age": ["young", "old", "young", "old"]},
    ...     {"channel": {"web": 60, "phone": 40}, "age": {"young": 30, "old": 70}},
    ... )
    >>> raked.weights.round(6)
    array([18., 42., 12., 28.])
    """
    known = [_margin(design, name, variables, targets) for name, targets in margins.items()]
    if not known:
        raise WeightingNotPossible("there is no margin to rake to; give one at least")
    _check_totals(known)
    combination, first_rows = _combinations(known)
    cells = [Margin(m.name, m.levels, m.codes[first_rows], m.targets) for m in known]
    start = np.bincount(combination, weights=design.weights).astype(np.float64)
    factors, sweeps = _sweep_until_settled(start, cells, tolerance, max_sweeps)
    auxiliary = np.column_stack([margin.indicators() for margin in known])
    return CalibratedWeights(design, design.weights * factors[combination], auxiliary, "rake", sweeps)


def _margin(
    design: Design, name: str, variables: Mapping[str, Sequence[Hashable]], targets: Mapping[Any, float]
) -> Margin:
    if name not in variables:
        raise WeightingNotPossible(
            f"there is a margin of {name}, and no row says its {name}; give the variable"
        )
    return make_margin(name, variables[name], targets, design.weights)


def _check_totals(margins: Sequence[Margin]) -> None:
    first = margins[0]
    for margin in margins[1:]:
        if abs(margin.total - first.total) > SAME_TOTAL * first.total:
            raise MarginsDiffer(
                f"the margin of {first.name} adds up to {first.total:.12g} and that of {margin.name} to "
                f"{margin.total:.12g}; find out which is right, and give margins of one population"
            )


def _combinations(margins: Sequence[Margin]) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Any]:
    """Number the combinations of levels that occur, and give the first row of each."""
    table = np.column_stack([margin.codes for margin in margins])
    _, firsts, numbers = np.unique(table, axis=0, return_index=True, return_inverse=True)
    return numbers.ravel().astype(np.int64), firsts


def _sweep_until_settled(
    start: Floats, margins: Sequence[Margin], tolerance: float, max_sweeps: int
) -> tuple[Floats, int]:
    """Give the factor of every cell, and the number of sweeps it took."""
    factors, there = np.ones(len(start)), start > 0
    for sweep in range(1, max_sweeps + 1):
        before = factors
        for margin in margins:
            sums = margin.sums(start * factors)
            if not (sums > 0).all():  # weights that shrink towards zero have left the range of a float
                raise _not_converging(margins, start * before, sweep)
            factors = factors * (margin.targets / sums)[margin.codes]
        settled = np.abs(factors[there] / before[there] - 1).max() <= tolerance
        if settled and max(_miss(margin, start * factors) for margin in margins) <= MARGIN_MET:
            return factors, sweep
    raise _not_converging(margins, start * factors, max_sweeps)


def _miss(margin: Margin, weights: Floats) -> float:
    """Give the largest relative distance of a margin from its target."""
    return float(np.abs(margin.sums(weights) / margin.targets - 1).max())


def _not_converging(margins: Sequence[Margin], weights: Floats, sweeps: int) -> RakingDoesNotConverge:
    worst = max(margins, key=lambda margin: _miss(margin, weights))
    return RakingDoesNotConverge(
        f"after {sweeps} sweeps a level of {worst.name} is still {_miss(worst, weights):.2g} off; "
        "combinations that exist in the population have no respondents: merge levels or drop a variable"
    )
