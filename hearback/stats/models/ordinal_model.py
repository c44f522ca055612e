"""What fitting a proportional-odds model gives back."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.special import expit, stdtr, stdtrit

from hearback.stats.estimate import Reason
from hearback.stats.models.answers import OrderedLevels
from hearback.stats.models.terms import Coding, Column, Floats, column_names, model_matrix
from hearback.stats.proportion import two_sided_z


@dataclass(frozen=True)
class OrdinalTerm:
    """A coefficient: by how much the log odds of a higher answer differ per unit, or from the reference.

    All but the name are None where the model has no estimate, or the term says the same as terms before it.
    The interval is None where the sample leaves no degrees of freedom.
    """

    name: str
    coefficient: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None

    @property
    def odds_ratio(self) -> float | None:
        """Give how many times the odds of a higher answer are multiplied: above 1, answers are better."""
        return _exp(self.coefficient)

    @property
    def odds_ratio_low(self) -> float | None:
        """Give the lower end of the interval of the odds ratio."""
        return _exp(self.low)

    @property
    def odds_ratio_high(self) -> float | None:
        """Give the upper end of the interval of the odds ratio."""
        return _exp(self.high)


@dataclass(frozen=True)
class OrdinalCut:
    """A threshold between two neighbouring answers, named as 3|4, on the scale of log odds."""

    name: str
    value: float | None = None
    se: float | None = None


@dataclass(frozen=True)
class OrdinalModel:
    """A fitted proportional-odds model. Where estimates, or their errors alone, are None, `reason` says why.

    `n` is the number of people, `levels` the answers somebody gave. `separating` names terms that tell some
    answers apart without fail, so that no finite coefficient fits; `aliased` those that add nothing to the
    terms before them and were left out. `df` belongs to the intervals; None where they are normal.
    `covariance` orders the kept terms first, then the thresholds.
    """

    n: int
    levels: OrderedLevels
    terms: tuple[OrdinalTerm, ...]
    cuts: tuple[OrdinalCut, ...]
    log_likelihood: float | None
    reason: Reason | None = None
    aliased: tuple[str, ...] = ()
    separating: tuple[str, ...] = ()
    df: int | None = None
    codings: tuple[Coding, ...] = field(default=(), repr=False)
    covariance: Floats | None = field(default=None, repr=False, compare=False)

    @property
    def aic(self) -> float | None:
        """Give Akaike's criterion; lower is better, for models of the same answers."""
        if self.log_likelihood is None:
            return None
        return -2 * self.log_likelihood + 2 * (len(self.kept) + len(self.cuts))

    @property
    def kept(self) -> tuple[OrdinalTerm, ...]:
        """Give the terms that are estimated, in the order of the covariance matrix."""
        return tuple(term for term in self.terms if term.name not in self.aliased)

    def term(self, name: str) -> OrdinalTerm:
        """Find a term by its name.

        Raises:
            KeyError: if there is none.
        """
        return {term.name: term for term in self.terms}[name]

    def matrix(self, predictors: Mapping[str, Column]) -> Floats:
        """Code predictors as the model does: one column per kept term.

        Raises:
            TermUnknown: if a predictor is missing or has a word the model does not know.
            ColumnNotValid: if a number is missing.
        """
        keep = [name not in self.aliased for name in column_names(self.codings)]
        n = len(next(iter(predictors.values()), ()))
        return model_matrix(self.codings, predictors, n)[:, keep]

    def probabilities(self, predictors: Mapping[str, Column]) -> Floats | None:
        """Give the probability of every level for every row; None where the model has no estimate.

        Raises:
            TermUnknown: see `matrix`.
            ColumnNotValid: see `matrix`.
        """
        if self.log_likelihood is None:
            return None
        line = self.matrix(predictors) @ np.array([term.coefficient for term in self.kept], dtype=float)
        cuts = np.array([cut.value for cut in self.cuts], dtype=float)
        reached = expit(cuts - line[:, None])
        edges = np.zeros((len(line), 1)), np.ones((len(line), 1))
        return np.diff(np.hstack([edges[0], reached, edges[1]]), axis=1)


def estimated_term(name: str, coefficient: float, se: float, level: float, df: int | None) -> OrdinalTerm:
    """Give a term its interval and p-value: normal ones where `df` is None, none where it is below 1."""
    if df is not None and df < 1:
        return OrdinalTerm(name, coefficient, se)
    reach = two_sided_z(level) if df is None else float(stdtrit(df, (1 + level) / 2))
    p_value = None
    if se > 0:
        ratio = abs(coefficient) / se
        p_value = math.erfc(ratio / math.sqrt(2)) if df is None else float(2 * stdtr(df, -ratio))
    return OrdinalTerm(name, coefficient, se, coefficient - reach * se, coefficient + reach * se, p_value)


def _exp(value: float | None) -> float | None:
    """Give e to a power; None where there is none, or it is too large for a number."""
    return None if value is None or value > 700 else math.exp(value)
