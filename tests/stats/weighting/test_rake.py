"""Raked weights meet every margin, or there are none."""

from typing import Any

import numpy as np
import polars as pl
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.stats.survey import make_design
from hearback.stats.weighting import (
    LabelMissing,
    LevelNotInMargin,
    LevelWithoutRespondents,
    MarginsDiffer,
    RakingDoesNotConverge,
    WeightingNotPossible,
    ZeroTarget,
    poststratify_weights,
    rake_weights,
)
from tests.stats.weighting.samples import AGE, CHANNEL, MARGINS, VARIABLES, WEIGHTS, N, design, sums

TWO = make_design(4)
BY = {"channel": ["web", "web", "phone", "phone"], "age": ["young", "old", "young", "old"]}


def test_every_margin_is_met() -> None:
    raked = rake_weights(design(), VARIABLES, MARGINS)
    assert sums(CHANNEL, raked.weights) == pytest.approx(MARGINS["channel"], rel=1e-11)
    assert sums(AGE, raked.weights) == pytest.approx(MARGINS["age"], rel=1e-11)
    assert (raked.weights > 0).all()


def test_agrees_with_another_program() -> None:
    table = pl.DataFrame({"channel": CHANNEL, "age": AGE, "w": WEIGHTS})
    sample = svy.Sample(table, svy.Design(wgt="w"))
    other = sample.weighting.rake(controls=MARGINS, tol=1e-13, max_iter=1000, wgt_name="raked")
    raked = rake_weights(design(), VARIABLES, MARGINS)
    assert raked.weights == pytest.approx(other.data["raked"].to_numpy(), rel=1e-10)


def test_keeps_the_odds_ratios_of_the_design_weights() -> None:
    """Raking is the change that keeps interactions: log(ratio) is a sum of one term per margin."""
    raked = rake_weights(design(), VARIABLES, MARGINS)
    parts = [pl.Series(values).to_dummies().to_numpy().astype(float) for values in VARIABLES.values()]
    columns = np.column_stack(parts)
    logs = np.log(raked.ratios)
    fitted = columns @ np.linalg.lstsq(columns, logs, rcond=None)[0]
    assert fitted == pytest.approx(logs, abs=1e-10)


def test_one_margin_is_post_stratification() -> None:
    raked = rake_weights(design(), VARIABLES, {"channel": MARGINS["channel"]})
    cells = poststratify_weights(design(), CHANNEL, MARGINS["channel"])
    assert raked.weights == pytest.approx(cells.weights, rel=1e-12)


def test_the_order_of_the_margins_does_not_matter() -> None:
    one = rake_weights(design(), VARIABLES, MARGINS)
    other = rake_weights(design(), VARIABLES, dict(reversed(MARGINS.items())))
    assert one.weights == pytest.approx(other.weights, rel=1e-10)


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(N)), st.sampled_from([1e-6, 1.0, 1e6]))
def test_neither_row_order_nor_the_scale_of_the_weights_matters(order: list[int], scale: float) -> None:
    rows = np.array(order)
    usual = rake_weights(design(), VARIABLES, MARGINS).weights
    shuffled = {name: [values[row] for row in rows] for name, values in VARIABLES.items()}
    assert rake_weights(design(scale, rows), shuffled, MARGINS).weights == pytest.approx(
        usual[rows], rel=1e-9
    )


def test_a_row_of_weight_zero_keeps_it_and_needs_no_level() -> None:
    sample = make_design(5, weights=[1, 1, 1, 1, 0])
    labels = {name: [*values, None] for name, values in BY.items()}
    margins = {"channel": {"web": 60, "phone": 40}, "age": {"young": 30, "old": 70}}
    assert rake_weights(sample, labels, margins).weights == pytest.approx([18, 42, 12, 28, 0])


def test_a_level_of_nobody_in_neither_sample_nor_population_is_left_out() -> None:
    margins = {"channel": {"web": 60, "phone": 40, "fax": 0}}
    assert rake_weights(TWO, BY, margins).weights == pytest.approx([30, 30, 20, 20])


CHANNELS = {"web": 60.0, "phone": 40.0}


@pytest.mark.parametrize(
    ("margins", "problem", "says"),
    [
        ({"channel": CHANNELS, "age": {"young": 30, "old": 71}}, MarginsDiffer, "100 and that of age to 101"),
        ({"channel": CHANNELS | {"mail": 5}}, LevelWithoutRespondents, "channel = 'mail'.*merge_levels"),
        ({"channel": {"web": 100}}, LevelNotInMargin, "row 3 has channel = 'phone'"),
        ({"channel": {"web": 100, "phone": 0}}, ZeroTarget, "channel = 'phone' is 0"),
        ({"channel": {"web": 100, "phone": -5}}, ZeroTarget, "-5"),
        ({"channel": {"web": 100, "phone": float("nan")}}, ZeroTarget, "nan"),
        ({"language": {"en": 1}}, WeightingNotPossible, "no row says its language"),
        ({}, WeightingNotPossible, "no margin"),
    ],
)
def test_refuses_margins_that_cannot_be_right(
    margins: dict[str, Any], problem: type[Exception], says: str
) -> None:
    with pytest.raises(problem, match=says):
        rake_weights(TWO, BY, margins)


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_refuses_a_row_without_a_level(missing: Any) -> None:
    with pytest.raises(LabelMissing, match="row 2 has no channel"):
        rake_weights(TWO, {"channel": ["web", missing, "phone", "phone"]}, {"channel": CHANNELS})


def test_refuses_variables_of_another_length() -> None:
    with pytest.raises(LabelMissing, match="4 rows and 1 values of channel"):
        rake_weights(TWO, {"channel": ["web"]}, {"channel": CHANNELS})


def test_margins_that_contradict_the_sample_give_no_weights() -> None:
    """Web is young and phone is old: their margins would have to be the same."""
    labels = {"channel": ["web", "phone"], "age": ["young", "old"]}
    with pytest.raises(RakingDoesNotConverge, match="merge levels or drop a variable"):
        rake_weights(make_design(2), labels, {"channel": CHANNELS, "age": {"young": 50, "old": 50}})


def test_margins_met_only_where_weights_vanish_give_no_weights() -> None:
    """Nobody is on the phone and old, and all the young would be needed for it."""
    labels = {"channel": ["web", "web", "phone"], "age": ["young", "old", "young"]}
    with pytest.raises(RakingDoesNotConverge):
        rake_weights(
            make_design(3), labels, {"channel": CHANNELS, "age": {"young": 40, "old": 60}}, max_sweeps=200
        )
