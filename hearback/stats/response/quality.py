"""Signs that answers were not given with care, or not by people.

A sign is reported next to the estimate, with and without those it marks. Nobody is deleted by it: eight
fives about one visit are mostly sincere.
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2

from hearback.stats.estimate import Reason
from hearback.stats.response.nonresponse import weighted_mean
from hearback.stats.survey.design import DesignNotValid, Floats, check_weights

Flags = NDArray[np.bool_]

SPEEDER_FACTOR = 0.3
"""A speeder needs less than this part of the median time of the channel.

Source: Greszki, Meyer and Schoen (2015), Exploring the effects of removing "too fast" responses, Public
Opinion Quarterly 79, who try 0.5 to 0.7; 0.3 is a stricter house rule that few sincere people meet.
"""
STRAIGHT_FROM = 4
OUTLYING_P = 0.001


@dataclass(frozen=True)
class AnswerPatterns:
    """What each person's answers look like. `irv` is None with fewer than two answers.

    `longest_run` is over the answered items in order; `straightliner` marks equal answers to all of them.
    """

    answered: NDArray[np.int64]
    longest_run: NDArray[np.int64]
    irv: tuple[float | None, ...]
    straightliner: Flags


@dataclass(frozen=True)
class Speeders:
    """Who was too fast, and the median time of every group; None where no time of a group is known."""

    flags: Flags
    medians: Mapping[Hashable, float | None]


@dataclass(frozen=True)
class OutlyingAnswers:
    """Squared Mahalanobis distances; None for people with a missing answer, or where none can be had."""

    distances: tuple[float | None, ...]
    flags: Flags
    threshold: float | None
    reason: Reason | None = None


@dataclass(frozen=True)
class WithAndWithout:
    """The weighted mean of all, and of those not marked; None where nobody is left."""

    n: int
    n_flagged: int
    flagged_share: float | None
    mean_of_all: float | None
    mean_without: float | None


def answer_patterns(answers: ArrayLike, *, straight_from: int = STRAIGHT_FROM) -> AnswerPatterns:
    """Look at each person's answers across the items: longest run of one answer, and their spread.

    Args:
        answers: shape (people, items), items as asked; nan where there is no answer.
        straight_from: fewest answers with which equal ones are called a straight line.

    Raises:
        DesignNotValid: if the answers are not a table.

    Source: Meade and Craig (2012), Identifying careless responses in survey data, Psychological Methods 17
    (long string); Dunn et al. (2018), Intra-individual response variability, Journal of Business and
    Psychology 33.

    >>> found = answer_patterns([[5, 5, np.nan, 5, 5], [1, 2, 2, 3, 4]])
    >>> found.longest_run.tolist(), found.straightliner.tolist()
    ([4, 2], [True, False])
    """
    given = _table(answers)
    there = ~np.isnan(given)
    n = there.sum(axis=1)
    longest, run, last = np.zeros(len(given), int), np.zeros(len(given), int), np.full(len(given), np.nan)
    for item, has in zip(given.T, there.T, strict=True):
        run = np.where(has, np.where(item == last, run + 1, 1), run)
        last = np.where(has, item, last)
        longest = np.maximum(longest, run)
    straight = (n >= max(straight_from, 1)) & (longest == n)
    spread = [
        None if count < 2 else 0.0 if long == count else float(row[has].std(ddof=1))
        for row, has, count, long in zip(given, there, n, longest, strict=True)
    ]
    return AnswerPatterns(n.astype(np.int64), longest.astype(np.int64), tuple(spread), straight)


def speeders(durations: ArrayLike, groups: Sequence[Hashable], *, factor: float = SPEEDER_FACTOR) -> Speeders:
    """Mark people much faster than the median of their group, which is their channel, as a rule.

    Args:
        durations: any unit; nan where not measured, and such a person is not marked.
        factor: part of the median below which somebody is too fast.

    Raises:
        DesignNotValid: if lengths differ or a duration is negative or infinite.

    >>> speeders([100, 100, 29], ["web"] * 3).flags.tolist()
    [False, False, True]
    """
    times = np.asarray(durations, dtype=float)
    if len(groups) != len(times):
        raise DesignNotValid(f"there are {len(times)} durations and {len(groups)} groups; give one each")
    if (times < 0).any() or np.isinf(times).any():
        raise DesignNotValid("a duration is negative or infinite; leave it blank if it was not measured")
    known: dict[Hashable, list[float]] = {group: [] for group in groups}
    for group, time in zip(groups, times.tolist(), strict=True):
        if not math.isnan(time):
            known[group].append(time)
    medians = {group: float(np.median(found)) if found else None for group, found in known.items()}
    limits = np.array([0.0 if (median := medians[group]) is None else factor * median for group in groups])
    return Speeders(times < limits, medians)  # nan is below nothing


def outlying_answers(answers: ArrayLike, *, p_below: float = OUTLYING_P) -> OutlyingAnswers:
    """Measure how unusual each person's combination of answers is, among people who answered everything.

    Args:
        answers: shape (people, items); nan where there is no answer.
        p_below: mark distances that fewer than this share of people would pass, were answers normal.

    Raises:
        DesignNotValid: if the answers are not a table.

    Source: Mahalanobis (1936), On the generalised distance in statistics; Meade and Craig (2012) for its use.
    """
    given = _table(answers)
    complete = ~np.isnan(given).any(axis=1)
    nothing = OutlyingAnswers((None,) * len(given), np.zeros(len(given), bool), None, Reason.NO_ANSWERS)
    whole = given[complete]
    n_items = given.shape[1]
    if len(whole) < 2 or n_items == 0:
        return nothing
    spread = np.atleast_2d(np.cov(whole, rowvar=False))
    if len(whole) <= n_items or np.linalg.matrix_rank(spread, hermitian=True) < n_items:
        return OutlyingAnswers(nothing.distances, nothing.flags, None, Reason.NO_VARIANCE)
    centred = whole - whole.mean(axis=0)
    squared = (centred * np.linalg.solve(spread, centred.T).T).sum(axis=1)
    all_squared = np.full(len(given), np.nan)
    all_squared[complete] = squared
    threshold = float(chi2.isf(p_below, n_items))
    distances = tuple(None if math.isnan(d) else d for d in all_squared.tolist())
    return OutlyingAnswers(distances, all_squared > threshold, threshold)


def with_and_without(
    answers: ArrayLike, flagged: Sequence[bool] | Flags, weights: ArrayLike | None = None
) -> WithAndWithout:
    """Give the mean of everybody and of those not marked, so that a reader sees whether the marks matter.

    Args:
        answers: nan where there is none.
        flagged: who is marked.

    Raises:
        DesignNotValid: if lengths differ or the weights cannot be used.

    >>> with_and_without([5, 1, 3], [True, False, False]).mean_without
    2.0
    """
    given, marked = np.asarray(answers, dtype=float), np.asarray(flagged, dtype=bool)
    if given.shape != marked.shape:
        raise DesignNotValid(f"there are {given.size} answers and {marked.size} marks; give one each")
    weight = np.ones(len(given)) if weights is None else check_weights(weights, len(given))
    there = ~np.isnan(given)
    kept = there & ~marked
    n, n_flagged = int(there.sum()), int((there & marked).sum())
    return WithAndWithout(
        n=n,
        n_flagged=n_flagged,
        flagged_share=n_flagged / n if n else None,
        mean_of_all=weighted_mean(given[there], weight[there]),
        mean_without=weighted_mean(given[kept], weight[kept]),
    )


def _table(answers: ArrayLike) -> Floats:
    given = np.asarray(answers, dtype=float)
    if given.ndim != 2:
        raise DesignNotValid("answers are a table with one row per person and one column per item")
    return given
