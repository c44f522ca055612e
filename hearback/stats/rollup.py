"""From the answer counts of services to one figure for a provider, an agency or the whole government.

Services are strata, weighted by the customers they serve. Pooling all answers lets a web form with 200 000
answers drown an office with 2 000; a plain average lets the smallest service speak as loud as the largest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hearback.stats.estimate import Estimate, Reason
from hearback.stats.likert import (
    LikertCounts,
    add_counts,
    n_answers,
    n_of,
    standard_deviation,
    sum_of_answers,
    two_sided_t,
)
from hearback.stats.proportion import CountNotValid, wilson_interval

TOP, BOTTOM = frozenset({4, 5}), frozenset({1, 2})
MINIMUM_COVERAGE = 0.7
"""Share of customers that the services with figures must serve for a roll-up to be given: a house rule."""


@dataclass(frozen=True)
class ServiceCounts:
    """What a service reports: counts of answers 1 to 5, its customers and to how many of them it was offered.

    Raises:
        CountNotValid: if a count is negative, or there are not five counts of answers.
    """

    name: str
    counts: LikertCounts
    customers: int | None
    offered: int | None

    def __post_init__(self) -> None:
        n_answers(self.counts)
        for count, what in ((self.customers, "customers"), (self.offered, "people offered the survey")):
            if count is not None and count < 0:
                raise CountNotValid(f"{self.name} reports {count} {what}; a count is 0 or more")

    @property
    def n(self) -> int:
        """Count the answers."""
        return n_answers(self.counts)

    @property
    def share_left(self) -> float:
        """Give the part of the customers who did not answer; 1 where customers are unknown, never below 0."""
        if self.customers is None:
            return 1.0
        return max(1 - self.n / self.customers, 0.0) if self.customers else 0.0


@dataclass(frozen=True)
class ServiceFigures:
    """The figures of one service. `flag` says when its counts contradict one another; None means undefined.

    `response_rate` is answers over people offered the survey (for an intercept: participation), `reach` the
    people offered over customers. The interval of `top2` is Wilson's.
    """

    name: str
    n: int
    mean: float | None
    mean_se: float | None
    top2: float | None
    top2_se: float | None
    top2_low: float | None
    top2_high: float | None
    bottom2: float | None
    response_rate: float | None
    reach: float | None
    reason: Reason | None
    flag: Reason | None


@dataclass(frozen=True)
class WeightedFigure:
    """A mean or share over services, with its t interval."""

    value: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class RollUp:
    """One figure for several services. Print `coverage` with it.

    `left_out` are services without two answers, or without known customers. `pooled_mean` and `average_mean`
    are the usual shortcuts, there to show how far off they are and not to be published.
    """

    mean: WeightedFigure | None
    top2: WeightedFigure | None
    coverage: float | None
    services_used: tuple[str, ...]
    left_out: tuple[str, ...]
    pooled_mean: float | None
    average_mean: float | None
    reason: Reason | None


def service_figures(service: ServiceCounts, level: float = 0.95) -> ServiceFigures:
    """Give the figures of one service; errors shrink with the part of the customers who answered.

    Raises:
        ValueError: if the level is not between 0 and 1.

    Source: Cochran (1977), Sampling Techniques, sections 2.6 and 3.2; for the interval, see
    `hearback.stats.proportion.wilson_interval`.

    >>> found = service_figures(ServiceCounts("claims", (5, 9, 20, 61, 118), customers=21000, offered=2100))
    >>> round(found.mean, 2), round(found.mean_se, 3), round(found.top2, 3), found.reach
    (4.31, 0.066, 0.84, 0.1)
    """
    n, left = service.n, service.share_left
    top = wilson_interval(n_of(service.counts, TOP), n, level)
    deviation = standard_deviation(service.counts)
    share = top.value if isinstance(top, Estimate) else None
    return ServiceFigures(
        name=service.name,
        n=n,
        mean=_mean(service.counts),
        mean_se=None if deviation is None else deviation * math.sqrt(left / n),
        top2=share,
        top2_se=None if share is None or n < 2 else math.sqrt(left * share * (1 - share) / (n - 1)),
        top2_low=top.low if isinstance(top, Estimate) else None,
        top2_high=top.high if isinstance(top, Estimate) else None,
        bottom2=_over(n_of(service.counts, BOTTOM), n),
        response_rate=_over(n, service.offered),
        reach=_over(service.offered, service.customers),
        reason=Reason.NO_ANSWERS if n == 0 else Reason.ONE_ANSWER if n == 1 else None,
        flag=_flag(service),
    )


def roll_up(
    services: Sequence[ServiceCounts], *, minimum_coverage: float = MINIMUM_COVERAGE, level: float = 0.95
) -> RollUp:
    """Give one mean and one share for services, each weighted by its customers.

    Args:
        minimum_coverage: below this part of all known customers no figure is given; 0 gives one always.

    Raises:
        ValueError: if the level is not between 0 and 1, or the minimum not from 0 to 1.

    Source: the stratified estimator, Cochran (1977), Sampling Techniques, sections 5.3 and 5.4; the minimum
    is a house rule.

    >>> found = roll_up([
    ...     ServiceCounts("web", (31, 19, 40, 180, 421), customers=80_000, offered=12_000),
    ...     ServiceCounts("phone", (88, 61, 70, 190, 244), customers=20_000, offered=9_000)])
    >>> round(found.mean.value, 2), round(found.mean.se, 3), found.coverage, round(found.pooled_mean, 2)
    (4.22, 0.033, 1.0, 4.03)
    """
    if not 0 <= minimum_coverage <= 1 or not 0 < level < 1:
        raise ValueError(f"a minimum of {minimum_coverage} or a level of {level} is not between 0 and 1")
    used = [service for service in services if service.n > 1 and service.customers]
    total = sum(service.customers or 0 for service in used)
    known = sum(service.customers or 0 for service in services)
    coverage = _over(total, known)
    reason = _why_none(services, used, coverage, minimum_coverage)
    means = [mean for service in used if (mean := _mean(service.counts)) is not None]
    return RollUp(
        mean=None if reason else _weighted(used, total, "mean", level),
        top2=None if reason else _weighted(used, total, "top2", level),
        coverage=coverage,
        services_used=tuple(service.name for service in used),
        left_out=tuple(service.name for service in services if service not in used),
        pooled_mean=_mean(add_counts([service.counts for service in services])),
        average_mean=math.fsum(means) / len(means) if means else None,
        reason=reason,
    )


def _weighted(used: Sequence[ServiceCounts], total: int, name: str, level: float) -> WeightedFigure:
    """Add up what each service's figure adds; its error rests on the answers less the services."""
    figures = [service_figures(service, level) for service in used]
    parts = [(service.customers or 0) / total for service in used]
    value = math.fsum(part * getattr(figure, name) for part, figure in zip(parts, figures, strict=True))
    se = math.sqrt(
        math.fsum(
            (part * getattr(figure, f"{name}_se")) ** 2 for part, figure in zip(parts, figures, strict=True)
        )
    )
    half_width = two_sided_t(level, sum(figure.n - 1 for figure in figures)) * se
    lowest, highest = (1.0, 5.0) if name == "mean" else (0.0, 1.0)
    return WeightedFigure(value, se, max(value - half_width, lowest), min(value + half_width, highest))


def _why_none(
    services: Sequence[ServiceCounts], used: Sequence[ServiceCounts], coverage: float | None, minimum: float
) -> Reason | None:
    if not any(service.n for service in services):
        return Reason.NO_ANSWERS
    if not any(service.n > 1 for service in services):
        return Reason.ONE_ANSWER
    if not used or coverage is None:
        return Reason.NOT_REPORTED
    return Reason.LOW_COVERAGE if coverage < minimum else None


def _flag(service: ServiceCounts) -> Reason | None:
    """Say when answers, people offered and customers are not each at most the next."""
    chain = [count for count in (service.n, service.offered, service.customers) if count is not None]
    return None if chain == sorted(chain) else Reason.IMPOSSIBLE_VOLUMES


def _mean(counts: LikertCounts) -> float | None:
    return _over(sum_of_answers(counts), n_answers(counts))


def _over(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
