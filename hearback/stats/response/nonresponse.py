"""Do those who answered resemble those who were asked?

Everything here needs a frame: a list of all who were asked, with what is known of each. It shows bias in
what is known; no method shows it in what only the silent could have said.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from hearback.stats.estimate import Reason
from hearback.stats.survey.design import DesignNotValid, Floats, check_weights

Flags = NDArray[np.bool_]

ANALYSE_BELOW = 0.80
"""Below this unit response rate an analysis of nonresponse bias is due.

Source: OMB (2006), Standards and Guidelines for Statistical Surveys, guideline 3.2.9.
"""


@dataclass(frozen=True)
class ResponseRate:
    """Response of those asked, counted and weighted; None where nobody was asked."""

    n: int
    n_responded: int
    rate: float | None
    weighted_rate: float | None
    needs_bias_analysis: bool | None
    reason: Reason | None = None


@dataclass(frozen=True)
class ChiSquare:
    """Pearson's statistic, its degrees of freedom and p-value; None where there is nothing to compare."""

    statistic: float | None
    df: int
    p: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Representativeness:
    """How even response is. `r_indicator` 1 is perfectly even; `max_bias` is in standard deviations of any
    variable: the mean of respondents cannot be further from that of all, as far as the frame tells.
    """

    r_indicator: float | None
    max_bias: float | None
    mean_propensity: float | None
    sd_propensity: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class FrameBias:
    """Weighted means of a frame variable, and by how much respondents differ from all who were asked.

    `bias` is that of the respondents' mean, `relative` is bias / mean of all, `standardised` is bias /
    standard deviation of all; `after` holds the respondents' mean under each adjusted set of weights.
    """

    all: float | None
    respondents: float | None
    nonrespondents: float | None
    bias: float | None
    relative: float | None
    standardised: float | None
    after: Mapping[str, float | None] = field(default_factory=dict)
    reason: Reason | None = None


def response_rate(responded: Sequence[bool] | Flags, weights: ArrayLike | None = None) -> ResponseRate:
    """Give the share of those asked who answered.

    Raises:
        DesignNotValid: if the weights cannot be used.

    Source: AAPOR (2023), Standard Definitions, RR5/RR6: everybody on the frame is taken to be eligible; OMB
    (2006), guideline 3.2.9, for the threshold.

    >>> response_rate([True, False, False, True], weights=[1, 1, 1, 5]).weighted_rate
    0.75
    """
    return _rate_of(*_checked(responded, weights))


def response_rates_by_group(
    groups: Sequence[Hashable], responded: Sequence[bool] | Flags, weights: ArrayLike | None = None
) -> dict[Hashable, ResponseRate]:
    """Give the response rate of every group, groups sorted. People of an unknown group are a group.

    Raises:
        DesignNotValid: if lengths differ or the weights cannot be used.

    >>> rates = response_rates_by_group(["a", "b", "a"], [True, False, False])
    >>> {group: rate.rate for group, rate in rates.items()}
    {'a': 0.5, 'b': 0.0}
    """
    gave, weight = _checked(responded, weights)
    _same_length(groups, gave, "groups")
    members: dict[Hashable, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    return {
        group: _rate_of(gave[members[group]], weight[members[group]]) for group in sorted(members, key=str)
    }


def response_by_group_test(groups: Sequence[Hashable], responded: Sequence[bool] | Flags) -> ChiSquare:
    """Test whether response differs by group, people counted once each, without continuity correction.

    Raises:
        DesignNotValid: if lengths differ.

    Source: Pearson (1900), as in R's `chisq.test(correct=FALSE)`.
    """
    gave, _ = _checked(responded, None)
    _same_length(groups, gave, "groups")
    numbers: dict[Hashable, int] = {}
    codes = np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.int64)
    df = len(numbers) - 1
    if df < 1 or gave.all() or not gave.any():
        return ChiSquare(None, max(df, 0), None, Reason.NO_VARIANCE if len(gave) else Reason.NO_ANSWERS)
    table = np.array([np.bincount(codes[gave == value], minlength=df + 1) for value in (False, True)])
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / len(gave)
    statistic = float((np.square(table - expected) / expected).sum())
    return ChiSquare(statistic, df, float(chi2.sf(statistic, df)))


def representativeness(propensities: ArrayLike, weights: ArrayLike | None = None) -> Representativeness:
    """Give the R-indicator and the largest bias that uneven response can cause.

    Not corrected for the spread that estimated propensities have by chance: with a small frame it reads
    low. The scale of the weights matters a little: they are to add up to the population.

    Args:
        propensities: probability of answering of everybody on the frame.

    Raises:
        DesignNotValid: if lengths differ, or a propensity is not between 0 and 1.

    Source: Schouten, Cobben and Bethlehem (2009), Indicators for the representativeness of survey response,
    Survey Methodology 35, sections 3.1 and 3.2.

    >>> round(representativeness([0.2, 0.4], weights=[50, 50]).max_bias, 4)
    0.335
    """
    rho = np.atleast_1d(np.asarray(propensities, dtype=float))
    weight = np.ones(len(rho)) if weights is None else check_weights(weights, len(rho))
    if not ((rho >= 0) & (rho <= 1)).all():
        raise DesignNotValid("a propensity is not between 0 and 1; give the probability of answering")
    mean, sd = weighted_mean(rho, weight), _spread(rho, weight)
    if mean is None or sd is None or mean == 0:
        return Representativeness(None, None, mean, sd, Reason.NO_ANSWERS)
    return Representativeness(1 - 2 * sd, sd / mean, mean, sd)


def frame_bias(
    values: ArrayLike,
    responded: Sequence[bool] | Flags,
    weights: ArrayLike | None = None,
    *,
    adjusted: Mapping[str, ArrayLike] | None = None,
) -> FrameBias:
    """Compare respondents with everybody asked in a variable known of all; zeros and ones give a share.

    Args:
        values: nan where unknown; such people are left out on both sides.
        adjusted: name → weights of the respondents after an adjustment, zero for the others.

    Raises:
        DesignNotValid: if lengths differ or the weights cannot be used.

    Source: Cochran (1977), Sampling Techniques, section 13.2: bias = share that did not answer x difference
    of respondents and nonrespondents; OMB (2006), guideline 3.2.9.

    >>> found = frame_bias([1, 2, 3, 6], [True, True, False, False])
    >>> found.all, found.respondents, found.bias
    (3.0, 1.5, -1.5)
    """
    gave, weight = _checked(responded, weights)
    known = np.asarray(values, dtype=float)
    _same_length(known, gave, "values")
    there = ~np.isnan(known)
    known = np.where(there, known, 0.0)
    overall = weighted_mean(known, weight * there)
    yes, no = (weighted_mean(known, weight * (there & side)) for side in (gave, ~gave))
    after = {
        name: weighted_mean(known, check_weights(new, len(gave)) * (there & gave))
        for name, new in (adjusted or {}).items()
    }
    if overall is None or yes is None or no is None:
        reason = Reason.ALL_RESPONDED if yes is not None else Reason.NO_ANSWERS
        return FrameBias(overall, yes, no, None, None, None, after, reason)
    bias, spread = yes - overall, _spread(known, weight * there)
    return FrameBias(
        all=overall,
        respondents=yes,
        nonrespondents=no,
        bias=bias,
        relative=bias / overall if overall else None,
        standardised=bias / spread if spread else None,
        after=after,
        reason=None if spread else Reason.NO_VARIANCE,
    )


def weighted_mean(values: Floats, weights: Floats) -> float | None:
    """Give the weighted mean; None where no weight is above zero.

    >>> weighted_mean(np.array([1.0, 4.0]), np.array([2.0, 1.0]))
    2.0
    """
    total = math.fsum(weights)
    return math.fsum(weights * values) / total if total > 0 else None


def _spread(values: Floats, weights: Floats) -> float | None:
    """Give the standard deviation with sum(w) - 1, the population counted by its weights."""
    mean, total = weighted_mean(values, weights), math.fsum(weights)
    if mean is None or total <= 1:
        return None
    return math.sqrt(math.fsum(weights * np.square(values - mean)) / (total - 1))


def _rate_of(gave: Flags, weight: Floats) -> ResponseRate:
    rate = float(gave.mean()) if len(gave) else None
    weighted = weighted_mean(gave.astype(float), weight)
    needs = None if weighted is None else weighted < ANALYSE_BELOW
    reason = Reason.NO_ANSWERS if rate is None else None
    return ResponseRate(len(gave), int(gave.sum()), rate, weighted, needs, reason)


def _checked(responded: Sequence[bool] | Flags, weights: ArrayLike | None) -> tuple[Flags, Floats]:
    gave = np.asarray(responded)
    if not np.isin(gave, (0, 1)).all():
        raise DesignNotValid("whether somebody answered is neither yes nor no; give 0 or 1 for everybody")
    weight = np.ones(len(gave)) if weights is None else check_weights(weights, len(gave))
    return gave.astype(bool), weight


def _same_length(found: Sequence[Hashable] | Floats, gave: Flags, what: str) -> None:
    if len(found) != len(gave):
        raise DesignNotValid(f"{len(gave)} people were asked and {len(found)} {what} given; give one each")
