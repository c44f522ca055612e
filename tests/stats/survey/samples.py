"""Samples to compute from: drawn by Hypothesis, or fixed and looked at by another program."""

from dataclasses import dataclass

import numpy as np
import polars as pl
import svy
from hypothesis import strategies as st

from hearback.stats.survey import Design, make_design
from hearback.stats.survey.design import Floats


@dataclass(frozen=True)
class Drawn:
    """Rows of a clustered, stratified sample and what its design is made from."""

    answers: Floats
    weights: Floats
    strata: list[str]
    units: list[str]
    populations: Floats

    @property
    def design(self) -> Design:
        return make_design(
            len(self.answers),
            weights=self.weights,
            strata=self.strata,
            units=[self.units],
            populations=[self.populations],
        )

    def picked(self, places: list[int]) -> "Drawn":
        return Drawn(
            self.answers[places],
            self.weights[places],
            [self.strata[i] for i in places],
            [self.units[i] for i in places],
            self.populations[places],
        )


def drawn_from(seed: int, n_strata: int = 3, per_unit: int = 4, *, missing: float = 0.1) -> Drawn:
    """Give a sample with three units or more in every stratum, of unequal sizes, some answers missing."""
    random = np.random.default_rng(seed)
    answers, weights, strata, units, sizes = [], [], [], [], []
    for stratum in range(n_strata):
        n_units = 3 + int(random.integers(0, 3))
        for unit in range(n_units):
            for _ in range(1 + int(random.integers(0, per_unit))):
                answers.append(float(random.integers(1, 6)) if random.random() > missing else np.nan)
                weights.append(0.5 + 3 * random.random())
                strata.append(f"s{stratum}")
                units.append(f"s{stratum}-{unit}")
                sizes.append(10.0 + 5 * stratum)
    return Drawn(np.array(answers), np.array(weights), strata, units, np.array(sizes))


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    return drawn_from(draw(st.integers(0, 10**6)), draw(st.integers(1, 3)), draw(st.integers(1, 4)))


def other_program(sample: Drawn, **columns: list[str]) -> svy.Sample:
    """Give the same sample to the package svy."""
    table = pl.DataFrame(
        {
            "y": [None if np.isnan(y) else y for y in sample.answers],
            "w": sample.weights,
            "stratum": sample.strata,
            "unit": sample.units,
            "size": sample.populations,
            **columns,
        }
    )
    return svy.Sample(table, svy.Design(stratum="stratum", psu="unit", wgt="w", pop_size="size"))
