"""How a sample was drawn, and the sampling variance that follows from it.

Everything design-based rests on one function, `covariance_of_totals`: a mean, a difference, a test or a model
is brought to it as the influence each row has on the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Lonely = Literal["adjust", "remove", "certainty", "average"]


class DesignNotValid(ValueError):
    """Weights, labels or population sizes of a sample cannot be used; the message says which and where."""


@dataclass(frozen=True)
class Stage:
    """One stage of drawing: which unit each row belongs to, in which stratum, and how many units there are.

    `units` and `strata` are codes from 0, one per row; `populations` the number of units in the stratum of
    each row, infinite where no correction for a finite population is made.
    """

    units: Codes
    strata: Codes
    populations: Floats


@dataclass(frozen=True)
class Design:
    """A sample: one weight per row, and the stages in which the rows were drawn, first stage first.

    Make one with `make_design`. `lonely` is the rule for a stratum of which one unit was drawn.
    """

    weights: Floats
    stages: tuple[Stage, ...]
    lonely: Lonely = "adjust"

    def __len__(self) -> int:
        return len(self.weights)

    @property
    def units(self) -> Codes:
        """Give the primary sampling unit of every row."""
        return self.stages[0].units

    @property
    def strata(self) -> Codes:
        """Give the first-stage stratum of every row."""
        return self.stages[0].strata


def make_design(
    n: int,
    *,
    weights: ArrayLike | None = None,
    strata: Sequence[Any] | None = None,
    units: Sequence[Sequence[Any]] | None = None,
    populations: Sequence[ArrayLike] | None = None,
    lonely: Lonely = "adjust",
) -> Design:
    """Describe a sample of n rows, drawn in one stage or more.

    A unit label that stands in two strata is two units. Without weights, every row weighs as many units as
    its stages say it stands for; without population sizes either, one.

    Args:
        weights: one finite number of zero or more per row, not all zero.
        strata: first-stage stratum of each row; None for one stratum.
        units: for every stage the unit label of each row; None where every row was drawn by itself.
        populations: for every stage, per row, how many units its stratum (at later stages: its unit of the
            stage before) holds; None for no correction. Fewer stages than `units` may be given.
        lonely: a stratum with one unit counts as far as it lies from the mean over all strata (`adjust`),
            not at all (`remove`, `certainty`), or as the others do on average (`average`).

    Raises:
        DesignNotValid: if lengths differ, a label is missing, a weight is negative or not a number, all are
            zero, a stage drew more units than there are or has two sizes of one stratum, or there is no such
            rule for single units.

    Source: Lumley (2010), Complex Surveys, chapter 2; the rules for single units are those of R's `survey`.
    """
    if lonely not in get_args(Lonely):
        raise DesignNotValid(
            f"there is no rule {lonely!r} for single units; take {', '.join(get_args(Lonely))}"
        )
    labels: list[Sequence[Any]] = [list(range(n))] if units is None else list(units)
    sizes = [] if populations is None else list(populations)
    top = _codes(["all"] * n if strata is None else strata, n, "stratum")
    stages: list[Stage] = []
    for number, of_rows in enumerate(labels, start=1):
        inside = top if not stages else stages[-1].units
        codes = _within(inside, _codes(of_rows, n, f"unit of stage {number}"))
        size = _sizes(sizes[number - 1], n, number) if number <= len(sizes) else np.full(n, np.inf)
        stages.append(Stage(codes, inside, size))
        _check_sizes(stages[-1], number)
    checked = _weights_of(stages) if weights is None else check_weights(weights, n)
    return Design(checked, tuple(stages), lonely)


def check_weights(weights: ArrayLike, n: int) -> Floats:
    """Give the weights as an array, or refuse them.

    Raises:
        DesignNotValid: if there are not n, one is negative or not a finite number, or all are zero.

    >>> check_weights([1, 0, 2.5], 3)
    array([1. , 0. , 2.5])
    """
    found = np.asarray(weights, dtype=float)
    if found.shape != (n,):
        raise DesignNotValid(f"there are {n} rows and {found.size} weights; give one weight per row")
    for wrong, what in ((~np.isfinite(found), "not a number"), (found < 0, "negative")):
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise DesignNotValid(
                f"the weight of row {row + 1} is {what} ({found[row]}); mend it or leave it out"
            )
    if n and not found.any():
        raise DesignNotValid("all weights are zero; a figure needs one row at least that counts")
    return found


def covariance_of_totals(design: Design, influence: Floats) -> Floats:
    """Give the covariance matrix of the totals of one column or more, as the sample was drawn.

    Rows outside a domain, or without an answer, stay in with an influence of zero: their units still count.
    Never filter a file first.

    Args:
        influence: shape (rows,) or (rows, k), weights included.

    Returns:
        shape (k, k); exactly zero where everybody was asked.

    Raises:
        DesignNotValid: if the shape does not fit, or `average` is asked and every stratum has one unit.

    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, sections 3.7 and 4.3;
    linearised with PSU totals as in R's `survey::svyrecvar`.
    """
    columns = np.asarray(influence, dtype=float)
    columns = columns[:, None] if columns.ndim == 1 else columns
    if len(columns) != len(design):
        raise DesignNotValid(f"there are {len(design)} rows and {len(columns)} influences; give one per row")
    return _from_stage(design, 0, columns, np.ones(len(design)))


def variance_of_total(design: Design, influence: Floats) -> float:
    """Give the variance of the total of one column; see `covariance_of_totals`.

    Raises:
        DesignNotValid: see there.
    """
    return float(covariance_of_totals(design, influence)[0, 0])


def degrees_of_freedom(design: Design, enters: NDArray[np.bool_] | None = None) -> int:
    """Give the primary units less the strata, among the rows that enter a figure with a weight above zero."""
    inside = design.weights > 0 if enters is None else enters & (design.weights > 0)
    return int(np.unique(design.units[inside]).size - np.unique(design.strata[inside]).size)


def _from_stage(design: Design, depth: int, columns: Floats, fraction: Floats) -> Floats:
    """Add up the variance of one stage and of those below it, each row's part scaled by `fraction`."""
    stage = design.stages[depth]
    n_units, firsts = _units_per_stratum(stage)
    size = stage.populations[firsts]
    unit_stratum = stage.strata[firsts]
    drawn = np.minimum(n_units[unit_stratum] / size, 1.0)
    found = _stage_covariance(design, stage, columns, np.sqrt(fraction[firsts] * (1 - drawn)), n_units)
    if depth + 1 == len(design.stages):
        return found
    return found + _from_stage(design, depth + 1, columns, fraction * drawn[stage.units])


def _stage_covariance(
    design: Design, stage: Stage, columns: Floats, root_scale: Floats, n_units: Floats
) -> Floats:
    totals = _sums(stage.units, columns)
    _, firsts = np.unique(stage.units, return_index=True)
    unit_stratum = stage.strata[firsts]
    means = _sums(unit_stratum, totals) / n_units[:, None]
    lonely = n_units[unit_stratum] == 1
    centred = totals - means[unit_stratum]
    if design.lonely == "adjust":
        centred[lonely] = totals[lonely]
    growth = np.where(lonely, 1.0, n_units[unit_stratum] / np.maximum(n_units[unit_stratum] - 1, 1))
    scaled = centred * (root_scale * np.sqrt(growth))[:, None]
    found: Floats = scaled.T @ scaled
    return found * _average_factor(design, n_units, unit_stratum, root_scale)


def _average_factor(design: Design, n_units: Floats, unit_stratum: Codes, root_scale: Floats) -> float:
    if design.lonely != "average":
        return 1.0
    all_drawn = np.bincount(unit_stratum, weights=root_scale, minlength=len(n_units)) == 0
    unknown = (n_units == 1) & ~all_drawn
    if unknown.all():
        raise DesignNotValid("every stratum has one unit, so none shows how units differ; join strata")
    return float(len(n_units) / (len(n_units) - unknown.sum()))


def _units_per_stratum(stage: Stage) -> tuple[Floats, Codes]:
    """Count the units of every stratum, and give the first row of every unit."""
    _, firsts = np.unique(stage.units, return_index=True)
    return np.bincount(stage.strata[firsts], minlength=int(stage.strata.max(initial=-1)) + 1).astype(
        float
    ), firsts


def _sums(codes: Codes, columns: Floats) -> Floats:
    n = int(codes.max(initial=-1)) + 1
    return np.column_stack([np.bincount(codes, weights=column, minlength=n) for column in columns.T])


def _codes(labels: Sequence[Any], n: int, what: str) -> Codes:
    """Number the labels in the order of their first appearance."""
    if len(labels) != n:
        raise DesignNotValid(f"there are {n} rows and {len(labels)} labels of the {what}; give one per row")
    numbers: dict[Any, int] = {}
    codes = np.empty(n, dtype=np.int64)
    for row, label in enumerate(labels):
        if label is None or label == "" or (isinstance(label, float) and np.isnan(label)):
            raise DesignNotValid(f"row {row + 1} has no {what}; fill it in or leave the row out")
        codes[row] = numbers.setdefault(label, len(numbers))
    return codes


def _within(outer: Codes, inner: Codes) -> Codes:
    """Number the pairs of an outer and an inner code, so that equal labels in two strata are two units."""
    pairs = outer * (int(inner.max(initial=-1)) + 1) + inner
    codes: Codes = np.unique(pairs, return_inverse=True)[1].astype(np.int64)
    return codes


def _sizes(populations: ArrayLike, n: int, number: int) -> Floats:
    found = np.broadcast_to(np.asarray(populations, dtype=float), (n,)).copy()
    wrong = np.isnan(found) | (found <= 0)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise DesignNotValid(
            f"the population of stage {number} in row {row + 1} is {found[row]}; give a count"
        )
    return found


def _check_sizes(stage: Stage, number: int) -> None:
    n_units, firsts = _units_per_stratum(stage)
    size, drawn = stage.populations[firsts], n_units[stage.strata[firsts]]
    if (drawn > size * (1 + 1e-9)).any():
        row = int(firsts[np.flatnonzero(drawn > size * (1 + 1e-9))[0]])
        raise DesignNotValid(
            f"stage {number} drew {int(n_units[stage.strata[row]])} units in the stratum of row {row + 1}, "
            f"which holds {stage.populations[row]:g}; correct the population"
        )
    _check_constant(stage, number)


def _check_constant(stage: Stage, number: int) -> None:
    _, firsts = np.unique(stage.strata, return_index=True)
    of_stratum = stage.populations[firsts][stage.strata]
    differs = ~np.isclose(stage.populations, of_stratum, rtol=1e-9, atol=0)
    if differs.any():
        row = int(np.flatnonzero(differs)[0])
        raise DesignNotValid(
            f"row {row + 1} says that its stratum of stage {number} holds {stage.populations[row]:g} units, "
            f"and another row says {of_stratum[row]:g}; give one number"
        )


def _weights_of(stages: Sequence[Stage]) -> Floats:
    weights = np.ones(len(stages[0].units))
    for stage in stages:
        n_units, _ = _units_per_stratum(stage)
        if np.isfinite(stage.populations).all():
            weights = weights * stage.populations / n_units[stage.strata]
    return weights
