"""Means, totals and shares of a sample, each as a value and the influence every row has on it.

`linearise_mean` gives the two; whatever is smooth in means (a difference, a standardised mean, a mean under
calibrated weights) is built from them, and `covariance_of` says how far such figures vary together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hearback.stats.estimate import Reason, check_level
from hearback.stats.likert import two_sided_t
from hearback.stats.survey.design import Design, Floats, covariance_of_totals, degrees_of_freedom

Flags = NDArray[np.bool_]


class AnswersNotValid(ValueError):
    """Answers do not fit the sample, or one is not a number; the message says which and what to do."""


@dataclass(frozen=True)
class Linearised:
    """A figure, the influence of every row on it, and the rows that enter it with a weight above zero.

    The influence has the weights in it and is zero for rows that do not enter. `weighed` are the weights of
    the entering rows, zero elsewhere.
    """

    value: float
    influence: Floats
    weighed: Floats

    @property
    def enters(self) -> Flags:
        """Say of every row whether it enters the figure."""
        return self.weighed > 0


@dataclass(frozen=True)
class SampleEstimate:
    """A figure of a sample, and what its precision rests on. Where something is undefined, `reason` says why.

    `n` are the rows that entered, `sum_w` their weights added up, `df` the primary units less the strata
    among them, `kish_n_eff` how many rows of equal weight would be as precise. `deff` compares the variance
    with that of a simple random sample of n rows without replacement, `deff_replace` with replacement.

    With nothing but equal answers the formula gives a standard error of 0 and an interval of no width; they
    stand, and the reason `no_variance` says not to print them: an interval of a share is honest there.
    """

    value: float | None
    se: float | None
    df: int
    low: float | None
    high: float | None
    level: float
    n: int
    sum_w: float
    kish_deff: float | None
    kish_n_eff: float | None
    deff: float | None
    deff_replace: float | None
    reason: Reason | None

    @property
    def cv(self) -> float | None:
        """Give the coefficient of variation, the standard error over the size of the value; None at 0."""
        return None if self.se is None or not self.value else self.se / abs(self.value)

    @property
    def n_eff(self) -> float | None:
        """Give how many rows of a simple random sample are as precise; None without variance or se."""
        return self.n / self.deff_replace if self.deff_replace else None


def linearise_mean(design: Design, answers: ArrayLike, domain: ArrayLike | None = None) -> Linearised | None:
    """Give the weighted mean and the influence of every row; None where no row with a weight has an answer.

    The influence of a row is its weight times how far its answer lies from the mean, over the sum of weights.

    Args:
        answers: one number per row; nan where there is no answer. 0 and 1 give a share.
        domain: true for the rows the mean is about; None for all. Keep the other rows in the design.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row, or an answer is infinite.

    Source: Woodruff (1971), A simple method for approximating the variance of a complicated estimate, JASA
    66; Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.7.

    >>> from hearback.stats.survey.design import make_design
    >>> found = linearise_mean(make_design(3, weights=[1, 1, 2]), [5, 1, float("nan")])
    >>> found.value, found.influence.tolist()
    (3.0, [1.0, -1.0, 0.0])
    """
    values, weighed = entering(design, answers, domain)
    inside = weighed > 0
    if not inside.any():
        return None
    total = weighed.sum()
    first = values[inside][0]
    # measured from one of the answers, equal answers give exactly that answer and no variance
    mean = float(first + (weighed * (values - first)).sum() / total)
    return Linearised(mean, weighed * np.where(inside, values - mean, 0.0) / total, weighed)


def linearise_total(design: Design, answers: ArrayLike, domain: ArrayLike | None = None) -> Linearised | None:
    """Give the weighted total and the influence of every row; None where no row with a weight has an answer.

    Rows without an answer add nothing: the total is of those who answered.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row, or an answer is infinite.

    Source: Horvitz and Thompson (1952), A generalization of sampling without replacement, JASA 47.
    """
    values, weighed = entering(design, answers, domain)
    if not (weighed > 0).any():
        return None
    return Linearised(float((weighed * values).sum()), weighed * values, weighed)


def entering(design: Design, answers: ArrayLike, domain: ArrayLike | None = None) -> tuple[Floats, Floats]:
    """Give the answers, and the weights of the rows that enter; rows that do not enter have zero for both.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row, or an answer is infinite.
    """
    values = np.asarray(answers, dtype=float)
    inside = np.ones(len(design), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    for given, what in ((values, "answers"), (inside, "flags of the domain")):
        if given.shape != (len(design),):
            raise AnswersNotValid(f"there are {len(design)} rows and {given.size} {what}; give one per row")
    if np.isinf(values).any():
        row = int(np.flatnonzero(np.isinf(values))[0])
        raise AnswersNotValid(f"the answer of row {row + 1} is infinite; give a number, or nan for no answer")
    enters = inside & ~np.isnan(values) & (design.weights > 0)
    return np.where(enters, values, 0.0), np.where(enters, design.weights, 0.0)


def estimate_mean(
    design: Design, answers: ArrayLike, *, domain: ArrayLike | None = None, level: float = 0.95
) -> SampleEstimate:
    """Estimate a mean, or of zeros and ones a share, with its t interval.

    The interval is not clipped to the scale of the answers; for a share take one of `survey.intervals`.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row, or an answer is infinite.
        ValueError: if the level is not between 0 and 1.

    Source: see `linearise_mean`; design effects as R's `svymean(deff=TRUE)` and `deff="replace"`; Kish
    (1965), Survey Sampling, section 11.7.

    >>> from hearback.stats.survey.design import make_design
    >>> design = make_design(5, strata=list("aabbb"), populations=[[8, 8, 20, 20, 20]])
    >>> e = estimate_mean(design, [5, 4, 3, 3, 1])
    >>> round(e.value, 3), round(e.se, 3), e.df, e.n
    (2.952, 0.456, 3, 5)
    """
    figure = linearise_mean(design, answers, domain)
    values, weighed = entering(design, answers, domain)
    return _estimate(design, figure, level, spread_of(values, weighed))


def estimate_total(
    design: Design, answers: ArrayLike, *, domain: ArrayLike | None = None, level: float = 0.95
) -> SampleEstimate:
    """Estimate a total with its t interval; of zeros and ones it is a number of people.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row, or an answer is infinite.
        ValueError: if the level is not between 0 and 1.

    Source: see `linearise_total`; design effects as R's `svytotal(deff=TRUE)`.
    """
    figure = linearise_total(design, answers, domain)
    values, weighed = entering(design, answers, domain)
    spread = spread_of(values, weighed)
    scaled = None if spread is None else spread * float(weighed.sum()) ** 2
    return _estimate(design, figure, level, scaled, is_total=True)


def covariance_of(design: Design, figures: Sequence[Linearised]) -> Floats:
    """Give the covariance matrix of figures of one sample; no figures give an empty matrix."""
    if not figures:
        return np.zeros((0, 0))
    return covariance_of_totals(design, np.column_stack([figure.influence for figure in figures]))


def standard_error(design: Design, figure: Linearised) -> float | None:
    """Give the standard error of a mean; None where its rows lie in one primary unit of several there are.

    The formula gives 0 there, as if the figure were certain; a single unit shows nothing of the kind.
    """
    if _in_one_unit(design, figure.enters):
        return None
    return float(np.sqrt(covariance_of(design, [figure])[0, 0]))


def spread_of(values: Floats, weighed: Floats) -> float | None:
    """Give the variance of the answers with divisor n - 1, weighted; None below two rows.

    Source: R's `survey::svyvar`: n/(n-1) times the weighted mean of squared deviations.
    """
    inside = weighed > 0
    n = int(inside.sum())
    if n < 2:
        return None
    kept, weights = values[inside], weighed[inside]
    centred = kept - kept[0]
    centred -= (weights * centred).sum() / weights.sum()
    return float(n / (n - 1) * (weights * centred**2).sum() / weights.sum())


def _estimate(
    design: Design, figure: Linearised | None, level: float, spread: float | None, *, is_total: bool = False
) -> SampleEstimate:
    if figure is None:
        check_level(level)
        return no_estimate(level)
    n, sum_w = int(figure.enters.sum()), float(figure.weighed.sum())
    squared = float((figure.weighed**2).sum())
    df = degrees_of_freedom(design, figure.enters)
    known = not _in_one_unit(design, np.ones(len(design), dtype=bool) if is_total else figure.enters)
    se = float(np.sqrt(covariance_of(design, [figure])[0, 0])) if known else None
    low, high = t_interval(figure.value, se, df, level)
    return SampleEstimate(
        value=figure.value,
        se=se,
        df=df,
        low=low,
        high=high,
        level=level,
        n=n,
        sum_w=sum_w,
        kish_deff=n * squared / sum_w**2,
        kish_n_eff=sum_w**2 / squared,
        deff=_effect(se, spread, max(1 - n / sum_w, 0.0) / n),
        deff_replace=_effect(se, spread, 1 / n),
        reason=_reason(n, se, df, bool(spread) or is_total),
    )


def no_estimate(level: float) -> SampleEstimate:
    """Give the estimate of nobody's answers."""
    none = None
    return SampleEstimate(none, none, 0, none, none, level, 0, 0.0, none, none, none, none, Reason.NO_ANSWERS)


def _effect(se: float | None, spread: float | None, factor: float) -> float | None:
    """Give the variance over that of a simple random sample; None where that one is zero or unknown."""
    return None if se is None or not spread or not factor else se**2 / (spread * factor)


def t_interval(
    value: float, se: float | None, df: int, level: float = 0.95
) -> tuple[float, float] | tuple[None, None]:
    """Give the interval of a figure whose error has Student's t distribution; nothing without se or df.

    Raises:
        ValueError: if the level is not between 0 and 1.

    >>> [round(end, 3) for end in t_interval(4.0, 0.1, 26)]
    [3.794, 4.206]
    """
    check_level(level)
    if se is None or df < 1:
        return None, None
    half_width = two_sided_t(level, df) * se
    return value - half_width, value + half_width


def _in_one_unit(design: Design, enters: Flags) -> bool:
    """Say whether the rows lie in one primary unit that is not the only one in its stratum there is."""
    inside = enters & (design.weights > 0)
    found = np.unique(design.units[inside])
    return found.size == 1 and bool(design.stages[0].populations[inside][0] > 1)


def _reason(n: int, se: float | None, df: int, varies: bool) -> Reason | None:
    if se is None or df < 1:
        return Reason.ONE_ANSWER if n == 1 else Reason.ONE_PSU
    return None if varies else Reason.NO_VARIANCE
