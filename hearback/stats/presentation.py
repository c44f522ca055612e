"""May this figure be shown? Rules of reliability; those that protect people's privacy come before them."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from hearback.stats.estimate import Reason, check_level
from hearback.stats.proportion import clopper_pearson_limits
from hearback.stats.survey.design import Floats
from hearback.stats.survey.intervals import SampleShare, korn_graubard
from hearback.stats.survey.means import SampleEstimate

FEWEST_ANSWERS = 30
NARROW, WIDE, RELATIVELY_WIDE = 0.05, 0.30, 1.30
FEWEST_DF = 8
FEWEST_COUNTED, COUNT_RELATIVELY_WIDE = 10, 1.60
MEAN_WIDE = 0.6
"""Widest interval of a published mean on a scale of 1 to 5: a house rule."""


class Decision(StrEnum):
    """Whether a figure is shown."""

    PRESENT = "present"
    SUPPRESS = "suppress"


class Review(StrEnum):
    """What a statistician looks at before a figure that may be shown is shown."""

    ZERO_OR_ONE = "zero_or_one"
    FEW_DF = "df_below_8"
    COMPLEMENT = "complement"


@dataclass(frozen=True)
class Presentation:
    """The decision for one figure and the numbers it rests on. `reason` says why it is suppressed."""

    decision: Decision
    n_eff: float | None = None
    low: float | None = None
    high: float | None = None
    width: float | None = None
    relative_width: float | None = None
    review: tuple[Review, ...] = ()
    reason: Reason | None = None


def present_share(
    share: float | None, se: float | None, n: int, df: int, *, level: float = 0.95
) -> Presentation:
    """Decide whether a share may be shown, by the width of its truncated Korn-Graubard interval.

    Fewer than 30 answers, real or effective, suppress; a width of at most 0.05 shows; one of 0.30 or more
    suppresses, and so does one above 1.30 times the share. Without a standard error or degrees of freedom the
    share is suppressed.

    Raises:
        ShareNotValid: if the share is not from 0 to 1, or its standard error is negative.
        ValueError: if the level is not between 0 and 1.

    Source: Parker et al. (2017), National Center for Health Statistics data presentation standards for
    proportions, Vital and Health Statistics 2(175).

    >>> found = present_share(0.62, 0.06, n=120, df=40)
    >>> found.decision.value, round(found.n_eff, 1), round(found.width, 3)
    ('present', 62.8, 0.251)
    """
    check_level(level)
    if share is None or se is None or n < 1:
        reason = Reason.NO_ANSWERS if n < 1 else Reason.SUPPRESSED_UNRELIABLE
        return Presentation(Decision.SUPPRESS, reason=reason)
    sampled = SampleShare(share, se, n, df)
    interval, n_eff = korn_graubard(sampled, level), sampled.truncated(level)
    if interval is None or n_eff is None:
        return Presentation(Decision.SUPPRESS, reason=Reason.ONE_PSU)
    relative = interval.width / share if share > 0 else None
    shown = _share_may_be_shown(n, n_eff, interval.width, relative)
    return Presentation(
        Decision.PRESENT if shown else Decision.SUPPRESS,
        n_eff,
        interval.low,
        interval.high,
        interval.width,
        relative,
        _reviews(share, df, interval.width) if shown else (),
        None if shown else Reason.SUPPRESSED_UNRELIABLE,
    )


def shares_may_be_shown(n_hits: Floats, n: Floats, *, level: float = 0.95) -> NDArray[np.bool_]:
    """Decide for many shares of plain counts at once which may be shown, by the rule of `present_share`.

    Answers are independent draws of equal weight, so that the effective sample size is n.

    Args:
        n_hits: people counted, 0 to n.
        n: people who answered; none, or fewer than 30, may not be shown.

    Source: see `present_share`.

    >>> shares_may_be_shown(np.array([20, 300, 1]), np.array([29, 400, 60])).tolist()
    [False, True, False]
    """
    safe, tail = np.maximum(n, 1), (1 - level) / 2
    low = np.where(n_hits == 0, 0.0, betaincinv(np.maximum(n_hits, 1), safe - n_hits + 1, tail))
    high = np.where(n_hits == n, 1.0, betaincinv(n_hits + 1, np.maximum(safe - n_hits, 1), 1 - tail))
    width, share = high - low, n_hits / safe
    relative = np.divide(width, share, out=np.full(width.shape, np.inf), where=share > 0)
    sure = (width <= NARROW) | ((width < WIDE) & (relative <= RELATIVELY_WIDE))
    shown: NDArray[np.bool_] = (n >= FEWEST_ANSWERS) & sure
    return shown


def share_may_be_shown(n_hits: int, n: int, *, level: float = 0.95) -> bool:
    """Decide for one share of plain counts, as `shares_may_be_shown` does for many.

    Raises:
        CountNotValid: if n_hits is not from 0 to n.
        ValueError: if the level is not between 0 and 1.

    >>> share_may_be_shown(20, 29), share_may_be_shown(300, 400), share_may_be_shown(1, 60)
    (False, True, False)
    """
    if n < FEWEST_ANSWERS:
        return False
    low, high = clopper_pearson_limits(n_hits, n, level)
    relative = (high - low) / (n_hits / n) if n_hits else None
    return _share_may_be_shown(n, n, high - low, relative)


def mean_may_be_shown(n: int, low: float | None, high: float | None) -> bool:
    """Decide whether a mean of plain counts on a scale of 1 to 5 may be shown, by the rule of `present_mean`.

    A mean of equal answers has no interval; from 30 answers on it stands, and says that it has none.

    Source: a house rule, see `present_mean`.

    >>> mean_may_be_shown(69, 3.78, 4.31), mean_may_be_shown(29, 3.9, 4.1), mean_may_be_shown(40, 3.2, 3.9)
    (True, False, False)
    """
    return n >= FEWEST_ANSWERS and (low is None or high is None or high - low <= MEAN_WIDE)


def present_count(value: float, low: float | None, high: float | None, n: int) -> Presentation:
    """Decide whether an estimated number of people, or a rate per so many, may be shown.

    Fewer than 10 answers suppress, and so does an interval wider than 160 % of the value, or none.

    Args:
        value: the estimate; `low` and `high` are the ends of its 95 % interval.
        n: answers it rests on.

    Raises:
        ValueError: if the value does not lie in its interval.

    Source: National Center for Health Statistics data presentation standards for rates and counts, Vital and
    Health Statistics 2(200), 2023.

    >>> present_count(1200, 700, 2100, n=34).decision.value
    'present'
    """
    if low is None or high is None:
        return Presentation(Decision.SUPPRESS, reason=Reason.SUPPRESSED_UNRELIABLE)
    if not low <= value <= high:
        raise ValueError(f"{value} does not lie between {low} and {high}; give the interval of this value")
    width = high - low
    relative = width / value if value > 0 else None
    shown = n >= FEWEST_COUNTED and relative is not None and relative <= COUNT_RELATIVELY_WIDE
    reason = None if shown else Reason.SUPPRESSED_UNRELIABLE
    decision = Decision.PRESENT if shown else Decision.SUPPRESS
    return Presentation(decision, None, low, high, width, relative, (), reason)


def present_mean(estimate: SampleEstimate) -> Presentation:
    """Decide whether a mean on a scale of 1 to 5 may be shown.

    Fewer than 30 answers, real or effective, suppress, and so does an interval wider than 0.6. Where all
    answers are the same its interval has no width and means nothing: the mean is suppressed, and the shares
    have intervals that hold.

    Source: a house rule; NCHS has none for means. Its 30 is that of `present_share`.

    >>> from hearback.stats.survey.cells import AnswerCells, means_of_cells
    >>> estimate = means_of_cells(AnswerCells([[3, 4, 10, 22, 30]]), [1, 2, 3, 4, 5])[0]
    >>> found = present_mean(estimate)
    >>> found.decision.value, round(found.width, 2)
    ('present', 0.53)
    """
    low, high = estimate.low, estimate.high
    if estimate.value is None or low is None or high is None or estimate.reason is not None:
        reason = estimate.reason or Reason.SUPPRESSED_UNRELIABLE
        return Presentation(Decision.SUPPRESS, low=low, high=high, reason=reason)
    # a census has no variance and no effective size: there everybody who answered counts
    n_eff = float(estimate.n) if estimate.n_eff is None else min(float(estimate.n), estimate.n_eff)
    width = high - low
    shown = n_eff >= FEWEST_ANSWERS and width <= MEAN_WIDE
    return Presentation(
        Decision.PRESENT if shown else Decision.SUPPRESS,
        n_eff,
        low,
        high,
        width,
        None,
        (Review.FEW_DF,) if shown and estimate.df < FEWEST_DF else (),
        None if shown else Reason.SUPPRESSED_UNRELIABLE,
    )


def _share_may_be_shown(n: int, n_eff: float, width: float, relative: float | None) -> bool:
    if n < FEWEST_ANSWERS or n_eff < FEWEST_ANSWERS:
        return False
    if width <= NARROW:
        return True
    return width < WIDE and relative is not None and relative <= RELATIVELY_WIDE


def _reviews(share: float, df: int, width: float) -> tuple[Review, ...]:
    """Name what to look at; the complement is held to the relative rule only where that rule decided."""
    found = [Review.ZERO_OR_ONE] if share in (0.0, 1.0) else []
    if df < FEWEST_DF:
        found.append(Review.FEW_DF)
    if width > NARROW and share < 1 and width / (1 - share) > RELATIVELY_WIDE:
        found.append(Review.COMPLEMENT)
    return tuple(found)
