"""How the answers to an ordered question are spread: mean, share of every answer, top, bottom and net."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hearback.stats.survey.design import Design
from hearback.stats.survey.means import AnswersNotValid, SampleEstimate, estimate_mean

LIKERT = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class AnswerDistribution:
    """The answers to one question. `counts` and `shares` follow the order of the scale.

    `n_answered`, `n_missing` and `counts` are rows with a weight above zero, not weighted. `net` is the share
    of the top answers less that of the bottom ones, from -1 to 1.
    """

    n_answered: int
    n_missing: int
    counts: tuple[int, ...]
    mean: SampleEstimate
    shares: tuple[SampleEstimate, ...]
    top: SampleEstimate
    bottom: SampleEstimate
    net: SampleEstimate


def estimate_answers(
    design: Design,
    answers: ArrayLike,
    *,
    scale: Sequence[float] = LIKERT,
    top: Collection[float] = (4, 5),
    bottom: Collection[float] = (1, 2),
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> AnswerDistribution:
    """Estimate how the answers to an ordered question are spread.

    An answer nobody gave has a share of 0 and not of nothing. The intervals are t intervals; to publish a
    share, take `survey.intervals.korn_graubard`.

    Args:
        answers: one number of the scale per row; nan where there is none.
        scale: every answer there is, in order.
        top: the answers that count as agreeing; `bottom` those that count as disagreeing.

    Raises:
        AnswersNotValid: if there is not one answer per row, or one is not on the scale.
        ValueError: if the level is not between 0 and 1.

    Source: see `hearback.stats.survey.means`.

    >>> from hearback.stats.survey.design import make_design
    >>> found = estimate_answers(make_design(5, weights=[1, 1, 2, 1, 1]), [5, 4, 1, 3, float("nan")])
    >>> found.counts, found.n_missing, round(found.mean.value, 2), found.top.value, found.net.value
    ((1, 0, 1, 1, 1), 1, 2.8, 0.4, 0.0)
    """
    values = np.asarray(answers, dtype=float)
    _check_scale(values, scale)
    inside = design.weights > 0
    if domain is not None:
        inside = inside & np.asarray(domain, dtype=bool)
    missing = np.isnan(values)

    def mean_of(scores: ArrayLike) -> SampleEstimate:
        kept = np.where(missing, np.nan, np.asarray(scores, dtype=float))
        return estimate_mean(design, kept, domain=domain, level=level)

    mean = mean_of(values)
    in_top, in_bottom = np.isin(values, list(top)), np.isin(values, list(bottom))
    return AnswerDistribution(
        n_answered=mean.n,
        n_missing=int((inside & missing).sum()),
        counts=tuple(int((inside & (values == answer)).sum()) for answer in scale),
        mean=mean,
        shares=tuple(mean_of(values == answer) for answer in scale),
        top=mean_of(in_top),
        bottom=mean_of(in_bottom),
        net=mean_of(in_top.astype(float) - in_bottom),
    )


def _check_scale(values: np.ndarray, scale: Sequence[float]) -> None:
    off = ~np.isnan(values) & ~np.isin(values, list(scale))
    if off.any():
        row = int(np.flatnonzero(off)[0])
        listed = ", ".join(f"{answer:g}" for answer in scale)
        raise AnswersNotValid(f"the answer of row {row + 1} is {values[row]:g}, and the scale is {listed}")
