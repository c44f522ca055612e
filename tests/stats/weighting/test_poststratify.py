"""Post-stratified weights add up to every cell, and no cell is dropped in silence."""

import numpy as np
import polars as pl
import pytest
import svy

from hearback.stats.survey import make_design
from hearback.stats.weighting import (
    LevelNotInMargin,
    LevelWithoutRespondents,
    ZeroTarget,
    merge_levels,
    poststratify_weights,
)
from tests.stats.weighting.samples import AGE, CHANNEL, MARGINS, WEIGHTS, design, sums

CELLS = list(zip(CHANNEL, AGE, strict=True))
TARGETS = {cell: 10.0 + 5 * place for place, cell in enumerate(sorted(set(CELLS)))}


def test_every_cell_is_met_and_ratios_within_it_stay() -> None:
    weighted = poststratify_weights(design(), CELLS, TARGETS)
    for cell, target in TARGETS.items():
        inside = [one == cell for one in CELLS]
        assert weighted.weights[inside].sum() == pytest.approx(target, rel=1e-12)
        assert np.ptp(weighted.ratios[inside]) == pytest.approx(0, abs=1e-12)


def test_agrees_with_another_program() -> None:
    sample = svy.Sample(pl.DataFrame({"channel": CHANNEL, "w": WEIGHTS}), svy.Design(wgt="w"))
    other = sample.weighting.poststratify(MARGINS["channel"], cells="channel", wgt_name="new")
    weighted = poststratify_weights(design(), CHANNEL, MARGINS["channel"])
    assert weighted.weights == pytest.approx(other.data["new"].to_numpy(), rel=1e-12)


def test_a_cell_without_respondents_is_refused_by_name() -> None:
    with pytest.raises(LevelWithoutRespondents, match=r"fax / old, fax / young.*merge_levels"):
        poststratify_weights(design(), CELLS, TARGETS | {("fax", "old"): 3, ("fax", "young"): 1})


def test_respondents_of_a_cell_the_population_lacks_are_refused() -> None:
    fewer = {cell: count for cell, count in TARGETS.items() if cell != CELLS[0]}
    with pytest.raises(LevelNotInMargin, match=" / ".join(CELLS[0])):
        poststratify_weights(design(), CELLS, fewer)


def test_respondents_of_a_cell_that_is_empty_in_the_population_are_refused() -> None:
    with pytest.raises(ZeroTarget):
        poststratify_weights(design(), CELLS, TARGETS | {CELLS[0]: 0})


def test_merged_cells_keep_everybody() -> None:
    population = MARGINS["channel"] | {"fax": 50.0}
    labels, targets = merge_levels(CHANNEL, population, {"fax": "mail"})
    weighted = poststratify_weights(design(), labels, targets)
    assert sums(CHANNEL, weighted.weights)["mail"] == pytest.approx(MARGINS["channel"]["mail"] + 50)
    assert weighted.weights.sum() == pytest.approx(sum(population.values()))


def test_only_a_level_of_the_population_can_be_merged() -> None:
    with pytest.raises(LevelNotInMargin, match="'fox' is no level"):
        merge_levels(CHANNEL, MARGINS["channel"], {"fox": "mail"})


def test_one_cell_scales_all_weights_alike() -> None:
    weighted = poststratify_weights(make_design(2, weights=[1, 3]), ["all", "all"], {"all": 100})
    assert weighted.weights.tolist() == [25.0, 75.0]
