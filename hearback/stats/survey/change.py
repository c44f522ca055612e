"""What changed between two periods, and whether that is more than chance."""

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from numpy.typing import ArrayLike

from hearback.stats.survey.design import Design
from hearback.stats.survey.domains import Difference, domain_means, no_difference, tested_difference
from hearback.stats.survey.means import SampleEstimate


class Verdict(StrEnum):
    """What may be said of a change. Arrows and colours follow it, never the sign of the difference."""

    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no clear change"


@dataclass(frozen=True)
class Change:
    """The figure of the later period less that of the earlier one, with both."""

    earlier: SampleEstimate
    later: SampleEstimate
    difference: Difference


def change_of_mean(
    design: Design,
    answers: ArrayLike,
    periods: Sequence[Hashable],
    *,
    earlier: Hashable,
    later: Hashable,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> Change:
    """Estimate the change of a mean between two periods of one design that holds the rows of both.

    Give a unit, such as an office, the same label in both periods: then what it adds to one and to the other
    is taken together, and the standard error is that of a panel. Units of which some report in both periods
    and some in one are handled by the same sum. For samples that share no unit see `independent_change`.

    Args:
        periods: the period of each row.

    Raises:
        AnswersNotValid: if there is not one answer and one period per row.
        ValueError: if the level is not between 0 and 1.

    Source: Kish (1965), Survey Sampling, section 12.4; computed as the difference of two domains of the
    stacked sample.

    >>> from hearback.stats.survey.design import make_design
    >>> design = make_design(6, units=[["a", "b", "c"] * 2])
    >>> found = change_of_mean(design, [3, 4, 2, 4, 5, 3], ["Q1"] * 3 + ["Q2"] * 3, earlier="Q1", later="Q2")
    >>> found.difference.value, found.difference.se
    (1.0, 0.0)
    """
    means = domain_means(design, answers, periods, labels=[earlier, later], domain=domain, level=level)
    return Change(means.estimates[earlier], means.estimates[later], means.difference(earlier, later))


def independent_change(earlier: SampleEstimate, later: SampleEstimate, level: float = 0.95) -> Change:
    """Give the change between two samples that share no unit; degrees of freedom add up.

    Where the same offices report in both periods this is wrong, and mostly too wide: see `change_of_mean`.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Kish (1965), Survey Sampling, section 12.4, without the covariance.
    """
    if earlier.value is None or later.value is None:
        return Change(earlier, later, no_difference(level))
    value, df = later.value - earlier.value, earlier.df + later.df
    se = None if earlier.se is None or later.se is None else math.hypot(earlier.se, later.se)
    return Change(earlier, later, tested_difference(value, se, df, level))


def verdict(difference: Difference, p: float | None, *, at: float = 0.10) -> Verdict:
    """Say what may be said of a change.

    Args:
        p: the p-value, adjusted for all verdicts of the same page; None where there is none.
        at: the largest p at which a change is called one; for false discovery rates, the rate accepted.

    Raises:
        ValueError: if `at` is not between 0 and 1, or p is not from 0 to 1.

    Source: Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B 57, for an adjusted p.
    """
    if not 0 < at < 1:
        raise ValueError(f"a threshold of {at} is not between 0 and 1")
    if p is not None and not 0 <= p <= 1:
        raise ValueError(f"a p-value of {p} is not from 0 to 1")
    if difference.value is None or p is None or p > at or difference.value == 0:
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.UP if difference.value > 0 else Verdict.DOWN
