"""How far a figure depends on those who did not answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason, check_level
from hearback.stats.survey.design import (
    Design,
    DesignNotValid,
    degrees_of_freedom,
    variance_of_total,
)
from hearback.stats.survey.domains import t_test
from hearback.stats.survey.means import linearise_mean, t_interval


@dataclass(frozen=True)
class FlipDifference:
    """How much lower (or, below zero, higher) the silent would have to score to put everybody at the target.

    `nonrespondent_mean` is the mean they would have; `possible` says whether the scale has room for it, None
    where no scale was given.
    """

    difference: float | None
    nonrespondent_mean: float | None
    possible: bool | None
    reason: Reason | None = None


@dataclass(frozen=True)
class EarlyLate:
    """Means of early and late respondents, late less early, and its interval and p-value by t with `df`."""

    early: float | None
    late: float | None
    difference: float | None
    se: float | None
    low: float | None
    high: float | None
    p: float | None
    df: int
    reason: Reason | None = None


def difference_to_flip(
    mean_respondents: float | None,
    *,
    target: float,
    response_rate: float,
    scale: tuple[float, float] | None = None,
) -> FlipDifference:
    """Give the difference of respondents and nonrespondents at which everybody's mean is the target.

    A small one says that the verdict hangs on who answered.

    Args:
        mean_respondents: None where nobody answered.
        target: what the mean is held against, such as last quarter's.
        response_rate: 0 to 1.
        scale: lowest and highest mean there can be.

    Raises:
        ValueError: if the response rate is not between 0 and 1.

    Source: the identity mean = respondents' mean - (1 - response rate) x difference, Cochran (1977), Sampling
    Techniques, section 13.2, solved for the difference.

    >>> difference_to_flip(4.25, target=4.0, response_rate=0.5, scale=(1, 5)).difference
    0.5
    """
    if not 0 <= response_rate <= 1:
        raise ValueError(f"a response rate of {response_rate} is not between 0 and 1")
    if mean_respondents is None or response_rate == 0:
        return FlipDifference(None, None, None, Reason.NO_ANSWERS)
    if response_rate == 1:
        return FlipDifference(None, None, None, Reason.ALL_RESPONDED)
    difference = (mean_respondents - target) / (1 - response_rate)
    theirs = mean_respondents - difference
    possible = None if scale is None else scale[0] <= theirs <= scale[1]
    return FlipDifference(difference, theirs, possible)


def early_versus_late(
    design: Design, answers: ArrayLike, late: Sequence[bool] | NDArray[np.bool_], *, level: float = 0.95
) -> EarlyLate:
    """Compare those who answered at once with those who had to be reminded, who resemble the silent most.

    Args:
        design: of the respondents.
        answers: nan where there is none.
        late: who answered late.

    Raises:
        DesignNotValid: if lengths differ.
        AnswersNotValid: if an answer is infinite.
        ValueError: if the level is not between 0 and 1.

    Source: Armstrong and Overton (1977), Estimating nonresponse bias in mail surveys, Journal of Marketing
    Research 14; variance of a difference of domains by linearisation, Särndal, Swensson and Wretman (1992),
    section 5.6.
    """
    check_level(level)
    given, is_late = np.asarray(answers, dtype=float), np.asarray(late, dtype=bool)
    for found, what in ((given, "answers"), (is_late, "marks of being late")):
        if found.shape != (len(design),):
            raise DesignNotValid(f"there are {len(design)} rows and {found.size} {what}; give one per row")
    there = ~np.isnan(given) & (design.weights > 0)
    early, later = (linearise_mean(design, given, side) for side in (~is_late, is_late))
    mean_early, mean_late = (None if one is None else one.value for one in (early, later))
    df = degrees_of_freedom(design, there)
    if early is None or later is None:
        return EarlyLate(mean_early, mean_late, None, None, None, None, None, df, Reason.NO_ANSWERS)
    difference = later.value - early.value
    if df < 1:
        return EarlyLate(mean_early, mean_late, difference, None, None, None, None, df, Reason.ONE_PSU)
    se = math.sqrt(max(variance_of_total(design, later.influence - early.influence), 0.0))
    low, high = t_interval(difference, se, df, level)
    _, p = t_test(difference, se, df)
    reason = None if se else Reason.NO_VARIANCE
    return EarlyLate(mean_early, mean_late, difference, se, low, high, p, df, reason)
