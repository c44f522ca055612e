"""Bounded calibration meets totals inside its bounds, or says that it cannot."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from hearback.stats.survey import DesignNotValid, make_design
from hearback.stats.weighting import (
    BoundsInfeasible,
    BoundsNotValid,
    TotalsContradict,
    WeightingNotPossible,
    calibrate_weights,
)
from tests.stats.weighting.samples import AGE, CHANNEL, SCORES, WEIGHTS, N, design

ONES = np.ones(N)
WEB = np.array([float(channel == "web") for channel in CHANNEL])
COLUMNS = np.column_stack([ONES, WEB, SCORES])
TOTALS = np.array([600.0, 280.0, 2000.0])


def test_totals_are_met_and_bounds_kept() -> None:
    found = calibrate_weights(design(), COLUMNS, TOTALS, bounds=(0.5, 1.8))
    assert found.weights @ COLUMNS == pytest.approx(TOTALS, rel=1e-10)
    assert found.effects.min_ratio > 0.5
    assert found.effects.max_ratio < 1.8


def test_no_other_weights_are_nearer_in_the_logit_distance() -> None:
    """A general optimiser, given the distance and the totals, finds the same ratios."""
    low, high, rows = 0.6, 1.7, slice(0, 12)
    d, x = WEIGHTS[rows], COLUMNS[rows, :2]
    totals = d @ x * np.array([1.05, 1.1])
    found = calibrate_weights(make_design(12, weights=d), x, totals, bounds=(low, high)).ratios

    def distance(g: np.ndarray) -> float:
        below, above = (g - low) / (1 - low), (high - g) / (high - 1)
        return float(d @ ((g - low) * np.log(below) + (high - g) * np.log(above)))

    other = minimize(
        distance,
        np.full(12, 1.05),
        bounds=[(low + 1e-9, high - 1e-9)] * 12,
        constraints={"type": "eq", "fun": lambda g: (d * g) @ x - totals},
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert found == pytest.approx(other.x, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(N)), st.sampled_from([1e-4, 1.0, 1e5]))
def test_neither_row_order_nor_the_units_of_a_variable_matter(order: list[int], unit: float) -> None:
    rows = np.array(order)
    usual = calibrate_weights(design(), COLUMNS, TOTALS, bounds=(0.5, 2)).ratios
    units = np.array([1.0, 1.0, unit])
    found = calibrate_weights(design(order=rows), COLUMNS[rows] * units, TOTALS * units, bounds=(0.5, 2))
    assert found.ratios == pytest.approx(usual[rows], rel=1e-8)


def test_totals_that_hold_already_move_nothing() -> None:
    found = calibrate_weights(design(), COLUMNS, WEIGHTS @ COLUMNS, bounds=(0.9, 1.1))
    assert found.ratios == pytest.approx(ONES)


def test_a_column_that_follows_from_others_changes_nothing() -> None:
    twice = np.column_stack([COLUMNS, ONES - WEB])
    usual = calibrate_weights(design(), COLUMNS, TOTALS, bounds=(0.5, 2))
    found = calibrate_weights(design(), twice, [*TOTALS, 320.0], bounds=(0.5, 2))
    assert found.ratios == pytest.approx(usual.ratios, rel=1e-8)


def test_a_column_that_follows_from_others_with_another_total_is_refused() -> None:
    twice = np.column_stack([COLUMNS, ONES - WEB])
    with pytest.raises(TotalsContradict, match="does not fit"):
        calibrate_weights(design(), twice, [*TOTALS, 400.0], bounds=(0.5, 2))


def test_bounds_that_cannot_be_kept_say_which_could() -> None:
    total = 1.5 * WEIGHTS.sum()
    with pytest.raises(BoundsInfeasible, match=r"must be above 1\.5"):
        calibrate_weights(design(), ONES, [total], bounds=(0.9, 1.2))
    found = calibrate_weights(design(), ONES, [total], bounds=(0.9, 1.6))
    assert found.ratios == pytest.approx(1.5 * ONES)


def test_a_total_no_weights_can_meet_says_so() -> None:
    with pytest.raises(BoundsInfeasible, match="no upper bound would do"):
        calibrate_weights(design(), COLUMNS[:, 1:2], [-5.0], bounds=(0.5, 2))


@pytest.mark.parametrize("bounds", [(1.0, 2.0), (0.5, 1.0), (-0.1, 2.0), (2.0, 0.5), (0.5, float("inf"))])
def test_bounds_must_hold_one_between_them(bounds: tuple[float, float]) -> None:
    with pytest.raises(BoundsNotValid, match="must hold 1"):
        calibrate_weights(design(), COLUMNS, TOTALS, bounds=bounds)


def test_a_missing_value_is_named() -> None:
    gap = COLUMNS.copy()
    gap[4, 2] = np.nan
    with pytest.raises(WeightingNotPossible, match="row 5 has no score"):
        calibrate_weights(design(), gap, TOTALS, bounds=(0.5, 2), names=["ones", "web", "score"])
    with pytest.raises(WeightingNotPossible, match="total of column 1"):
        calibrate_weights(design(), COLUMNS, [np.nan, 1, 1], bounds=(0.5, 2))


def test_shapes_must_fit() -> None:
    with pytest.raises(DesignNotValid, match="3 totals"):
        calibrate_weights(design(), COLUMNS[:, :2], TOTALS, bounds=(0.5, 2))


def test_age_and_channel_margins_are_met_as_raking_would() -> None:
    young = np.array([float(age == "young") for age in AGE])
    x = np.column_stack([ONES, WEB, young])
    found = calibrate_weights(design(), x, [600, 280, 200], bounds=(0.3, 3))
    assert found.weights @ x == pytest.approx([600, 280, 200])
