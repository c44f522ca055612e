"""Post-stratification: weights that give every cell the size it has in the population."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from hearback.stats.survey.design import Design
from hearback.stats.weighting.calibrated import CalibratedWeights
from hearback.stats.weighting.margins import make_margin


def poststratify_weights(
    design: Design, cells: Sequence[Hashable], targets: Mapping[Any, float]
) -> CalibratedWeights:
    """Scale the design weights within every cell to the cell's population count.

    A cell of the population without respondents is refused, never dropped: merge it with `merge_levels`.

    Args:
        cells: the cell of every row; a tuple where several variables cross.
        targets: population count of every cell, above zero.

    Raises:
        LabelMissing: if a row that counts has no cell.
        LevelNotInMargin: if a row's cell has no population count.
        ZeroTarget: if a population count is not above zero.
        LevelWithoutRespondents: if a cell of the population has no row that counts.

    Source: Holt and Smith (1979), Post stratification, Journal of the Royal Statistical Society A 142.

    >>> from hearback.stats.survey import make_design
    >>> design = make_design(3, weights=[1, 3, 2])
    >>> poststratify_weights(design, ["a", "a", "b"], {"a": 40, "b": 60}).weights
    array([10., 30., 60.])
    """
    margin = make_margin("cell", cells, targets, design.weights)
    factors = margin.targets / margin.sums(design.weights)
    return CalibratedWeights(
        design, design.weights * factors[margin.codes], margin.indicators(), "poststratify", 1
    )
