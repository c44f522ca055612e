"""Groups within a sample: the mean of each, how they vary together, and differences between them.

The whole sample stays in: units without anybody of a group count with a total of zero. Filtering the file
first gives a wrong standard error.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtr

from hearback.stats.estimate import Reason, check_level
from hearback.stats.survey.design import Design, Floats, degrees_of_freedom
from hearback.stats.survey.means import (
    AnswersNotValid,
    Flags,
    Linearised,
    SampleEstimate,
    covariance_of,
    estimate_mean,
    linearise_mean,
    standard_error,
    t_interval,
)


class DomainUnknown(KeyError):
    """There is no group of that name."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Difference:
    """One figure less another of the same sample. Where something is undefined, `reason` says why.

    `se_if_independent` leaves out the covariance: it shows what that is worth and is not for use. `p` is
    two-sided.
    """

    value: float | None
    se: float | None
    df: int
    t: float | None
    p: float | None
    low: float | None
    high: float | None
    covariance: float | None
    se_if_independent: float | None
    level: float
    reason: Reason | None


@dataclass(frozen=True)
class DomainMeans:
    """The means of groups of one sample, by group."""

    design: Design
    level: float
    estimates: dict[Hashable, SampleEstimate]
    figures: dict[Hashable, Linearised]

    @cached_property
    def covariance(self) -> Floats:
        """Give the covariance matrix of the groups that have a mean, in the order of `figures`."""
        return covariance_of(self.design, list(self.figures.values()))

    def difference(self, minus: Hashable, plus: Hashable) -> Difference:
        """Give the mean of group `plus` less that of group `minus`.

        Raises:
            DomainUnknown: if there is no such group.
        """
        for label in (minus, plus):
            if label not in self.estimates:
                raise DomainUnknown(f"there is no group {label!r}; there are {list(self.estimates)}")
        return difference_of(self.design, self.figures.get(minus), self.figures.get(plus), self.level)


def domain_means(
    design: Design,
    answers: ArrayLike,
    groups: Sequence[Hashable],
    *,
    labels: Sequence[Hashable] | None = None,
    domain: ArrayLike | None = None,
    level: float = 0.95,
) -> DomainMeans:
    """Estimate the mean of every group.

    A group nobody of which answered is there with n = 0. Unknown membership is a group of its own if it has a
    label; rows with the label None are in no group.

    Args:
        groups: label of the group of each row.
        labels: the groups to estimate, in order; None for those found, sorted.
        domain: true for the rows the figures are about; None for all.

    Raises:
        AnswersNotValid: if there is not one answer and one label per row.
        ValueError: if the level is not between 0 and 1.

    Source: Särndal, Swensson and Wretman (1992), Model Assisted Survey Sampling, section 5.8.

    >>> from hearback.stats.survey.design import make_design
    >>> design = make_design(6, units=[["u1", "u1", "u2", "u2", "u3", "u3"]])
    >>> found = domain_means(design, [5, 4, 2, 4, 3, 1], ["web", "phone"] * 3)
    >>> web = found.estimates["web"]
    >>> round(web.value, 3), round(web.se, 3), web.df
    (3.333, 0.882, 2)
    >>> round(found.difference("web", "phone").value, 3)
    -0.333
    """
    if len(groups) != len(design):
        raise AnswersNotValid(
            f"there are {len(design)} rows and {len(groups)} labels of groups; give one each"
        )
    wanted = _sorted({label for label in groups if label is not None}) if labels is None else labels
    inside = np.ones(len(design), dtype=bool) if domain is None else np.asarray(domain, dtype=bool)
    estimates: dict[Hashable, SampleEstimate] = {}
    figures: dict[Hashable, Linearised] = {}
    for label in wanted:
        member = inside & labelled(groups, label)
        estimates[label] = estimate_mean(design, answers, domain=member, level=level)
        figure = linearise_mean(design, answers, member)
        if figure is not None:
            figures[label] = figure
    return DomainMeans(design, level, estimates, figures)


def gap_to_rest(
    design: Design,
    answers: ArrayLike,
    in_group: ArrayLike,
    *,
    known: ArrayLike | None = None,
    level: float = 0.95,
) -> Difference:
    """Estimate the mean of a group less that of everybody else; not less that of all, which holds the group.

    Args:
        in_group: true for the rows of the group.
        known: true for rows of which it is known whether they are of the group; others are left out.

    Raises:
        AnswersNotValid: if there is not one answer and one flag per row.
        ValueError: if the level is not between 0 and 1.

    Source: see `domain_means`.
    """
    member = np.asarray(in_group, dtype=bool)
    told = np.ones(len(design), dtype=bool) if known is None else np.asarray(known, dtype=bool)
    group, rest = (
        linearise_mean(design, answers, member & told),
        linearise_mean(design, answers, told & ~member),
    )
    return difference_of(design, rest, group, level)


def difference_of(
    design: Design, minus: Linearised | None, plus: Linearised | None, level: float = 0.95
) -> Difference:
    """Give the difference of two figures of one sample, covariance included; t has the df of their rows.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: see `hearback.stats.survey.means.covariance_of`.
    """
    if minus is None or plus is None:
        return no_difference(level)
    both = covariance_of(design, [minus, plus])
    value = plus.value - minus.value
    df = degrees_of_freedom(design, minus.enters | plus.enters)
    joint = Linearised(value, plus.influence - minus.influence, minus.weighed + plus.weighed)
    tested = tested_difference(value, standard_error(design, joint), df, level)
    apart = float(np.sqrt(both[0, 0] + both[1, 1]))
    return replace(tested, covariance=float(both[0, 1]), se_if_independent=apart)


def no_difference(level: float) -> Difference:
    """Give the difference where one of the two figures has no answers.

    Raises:
        ValueError: if the level is not between 0 and 1.
    """
    check_level(level)
    return Difference(None, None, 0, None, None, None, None, None, None, level, Reason.NO_ANSWERS)


def tested_difference(value: float, se: float | None, df: int, level: float) -> Difference:
    """Give a difference with its t test and interval, as one of figures that do not vary together.

    Raises:
        ValueError: if the level is not between 0 and 1.
    """
    t, p = t_test(value, se, df)
    low, high = t_interval(value, se, df, level)
    return Difference(value, se, df, t, p, low, high, 0.0, se, level, _reason(se, df))


def t_test(value: float, se: float | None, df: int) -> tuple[float, float] | tuple[None, None]:
    """Give t and its two-sided p; nothing without an error to hold the value against.

    >>> [round(number, 4) for number in t_test(0.2, 0.1, 26)]
    [2.0, 0.056]
    """
    if not se or df < 1:
        return None, None
    t = value / se
    return t, float(2 * stdtr(df, -abs(t)))


def _reason(se: float | None, df: int) -> Reason | None:
    if se is None or df < 1:
        return Reason.ONE_PSU
    return None if se else Reason.NO_VARIANCE


def _sorted(labels: set[Hashable]) -> list[Hashable]:
    return sorted(labels, key=lambda label: (isinstance(label, str), label))


def labelled(groups: Sequence[Hashable], label: Hashable) -> Flags:
    """Say which rows are of a group."""
    return np.array([group == label for group in groups], dtype=bool)
