"""How many answers a comparison or a margin needs, and what a sample of a given size can find."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

from hearback.stats.estimate import Reason

Sides = Literal[1, 2]
SLACK = 1e-12
"""Products such as 100 x 1.1 come out a hair above a whole number; so much of it is not rounded up."""


class PlanNotValid(ValueError):
    """A share, rate or level that a plan rests on cannot be used; the message says which and what to give."""


@dataclass(frozen=True)
class GroupSize:
    """Answers needed in each of two groups.

    `n_per_group` is exact for people drawn one by one, `n_design` whole and for the design, `invitations`
    whole and for the response rate. None where the shares are the same.
    """

    n_per_group: float | None
    n_design: int | None
    invitations: int | None
    reason: Reason | None = None


@dataclass(frozen=True)
class Detectable:
    """The smallest changes up and down that a sample finds with the wanted power.

    None where even the change to 1 (up) or to 0 (down) would too often be missed.
    """

    up: float | None
    down: float | None

    @property
    def reason_up(self) -> Reason | None:
        """Say why there is no change up that would be found."""
        return Reason.BEYOND_SAMPLE if self.up is None else None

    @property
    def reason_down(self) -> Reason | None:
        """Say why there is no change down that would be found."""
        return Reason.BEYOND_SAMPLE if self.down is None else None


@dataclass(frozen=True)
class MarginSize:
    """Answers needed for a margin of error.

    `n_srs` is for people drawn one by one from a very large population, `n_fpc` from one of the given size,
    `n_design` whole and for the design, `invitations` whole and for the response rate. `feasible` is false
    where more people would be needed than there are.
    """

    n_srs: float
    n_fpc: float
    n_design: int
    invitations: int
    feasible: bool


def size_for_change(
    share_before: float,
    share_after: float,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
    deff: float = 1.0,
    response_rate: float = 1.0,
    sides: Sides = 2,
) -> GroupSize:
    """Say how many answers each of two groups of one size needs to find a change of a share.

    Args:
        alpha: share of false alarms, where nothing changed.
        power: share of such changes that are found, above alpha.
        deff: design effect, above zero; 1 for people drawn one by one.
        response_rate: share of those invited who answer, above 0.
        sides: 2 where a change either way counts, 1 where only one way is asked.

    Raises:
        PlanNotValid: if one of them cannot be used.

    Source: Fleiss, Levin and Paik (2003), Statistical methods for rates and proportions, chapter 4, without
    correction for continuity; R's power.prop.test(strict = FALSE) solves the same equation.

    >>> size_for_change(0.70, 0.75).n_design, size_for_change(0.70, 0.75, deff=1.6).n_design
    (1251, 2002)
    """
    _check_shares(share_before=share_before, share_after=share_after)
    z_alpha, z_power = _quantiles(alpha, power, sides)
    _check_design(deff, response_rate)
    if share_before == share_after:
        return GroupSize(None, None, None, Reason.NO_DIFFERENCE)
    change = abs(share_before - share_after)
    reach = _reach(share_before, share_after, (1.0, 1.0), (z_alpha, z_power))
    n = max(reach, 0.0) ** 2 / change**2
    return GroupSize(n, whole_above(n * deff), whole_above(n * deff / response_rate))


def minimum_detectable_change(
    share: float,
    n: float,
    n_after: float | None = None,
    *,
    alpha: float = 0.05,
    power: float = 0.8,
    deff: float = 1.0,
    sides: Sides = 2,
) -> Detectable:
    """Give the smallest change of a share that two samples find with the wanted power.

    Print it next to every "no clear change": smaller changes may well be there.

    Args:
        share: the share before.
        n: answers before.
        n_after: answers after; None for as many as before.
        deff: design effect, above zero; the answers count as n / deff.
        sides: 2 where a change either way counts, 1 where only one way is asked.

    Raises:
        PlanNotValid: if one of them cannot be used.

    Source: the equation of `size_for_change`, solved for the share after; for groups of two sizes Fleiss,
    Levin and Paik (2003), chapter 4, without correction for continuity.

    >>> found = minimum_detectable_change(0.70, 400)
    >>> round(found.up, 4), round(found.down, 4)
    (0.0864, -0.0942)
    >>> minimum_detectable_change(0.9, 60).up is None
    True
    """
    _check_shares(share=share)
    quantiles = _quantiles(alpha, power, sides)
    _check_design(deff, 1.0)
    sizes = n / deff, (n if n_after is None else n_after) / deff
    if not all(math.isfinite(size) and size >= 0 for size in sizes):
        raise PlanNotValid(f"{n} and {n_after} answers; give a number of zero or more for both groups")
    up = _smallest_change(share, sizes, quantiles)
    down = _smallest_change(1 - share, sizes, quantiles)
    return Detectable(up, None if down is None else -down)


def size_for_margin(
    margin: float,
    share: float = 0.5,
    *,
    level: float = 0.95,
    population: float | None = None,
    deff: float = 1.0,
    response_rate: float = 1.0,
) -> MarginSize:
    """Say how many answers, and invitations, the estimate of a share needs for a margin of error.

    Args:
        margin: half the width of the interval, above zero.
        share: the share expected; 0.5 asks for the most answers.
        population: people there are; None for very many.
        deff: design effect, above zero; 1 for people drawn one by one.
        response_rate: share of those invited who answer, above 0.

    Raises:
        PlanNotValid: if one of them cannot be used.

    Source: Cochran (1977), Sampling techniques, section 4.4; design effect: Kish (1965), Survey sampling,
    section 8.2.

    >>> found = size_for_margin(0.05, level=0.9, population=2000, deff=1.3, response_rate=0.25)
    >>> found.n_design, found.invitations, found.feasible
    (310, 1240, True)
    """
    _check_shares(share=share)
    _check_design(deff, response_rate)
    if not (math.isfinite(margin) and margin > 0):
        raise PlanNotValid(f"a margin of {margin}; give one above zero, as 0.03 for three points")
    if population is not None and not (math.isfinite(population) and population >= 1):
        raise PlanNotValid(f"a population of {population}; give 1 or more, or none where it is very large")
    if not 0 < level < 1:
        raise PlanNotValid(f"a level of {level} is not between 0 and 1")
    n = NormalDist().inv_cdf((1 + level) / 2) ** 2 * share * (1 - share) / margin**2
    n_fpc = n if population is None or n == 0 else n * population / ((population - 1) + n)
    n_design, invitations = whole_above(n_fpc * deff), whole_above(n_fpc * deff / response_rate)
    return MarginSize(n, n_fpc, n_design, invitations, population is None or invitations <= population)


def whole_above(number: float) -> int:
    """Round up to a whole number, but not for what a float adds to one.

    >>> whole_above(1250.7), whole_above(100 * 1.1), whole_above(0.0)
    (1251, 110, 0)
    """
    return math.ceil(number * (1 - SLACK))


def invitations_for(n_design: int, response_rate: float) -> int:
    """Say how many people to ask so that the share of them who answer is at least the whole number needed.

    `invitations` of a size is a hair smaller: it starts from the number needed before that is made whole.

    Raises:
        PlanNotValid: if the response rate is not above 0 and up to 1.

    >>> invitations_for(1251, 0.1)
    12510
    """
    _check_design(1.0, response_rate)
    return whole_above(n_design / response_rate)


def _reach(before: float, after: float, sizes: tuple[float, float], quantiles: tuple[float, float]) -> float:
    """Give the change needed with these shares, times the square root of a size where both are 1."""
    pooled = (sizes[0] * before + sizes[1] * after) / sum(sizes)
    under_none = pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1])
    under_change = before * (1 - before) / sizes[0] + after * (1 - after) / sizes[1]
    return quantiles[0] * math.sqrt(max(0.0, under_none)) + quantiles[1] * math.sqrt(max(0.0, under_change))


def _smallest_change(
    share: float, sizes: tuple[float, float], quantiles: tuple[float, float]
) -> float | None:
    """Find the change up at which what is needed is what there is.

    What is needed is a concave function of the change and more than the change at first, so the two meet once
    at most.
    """
    if min(sizes) == 0 or share == 1:
        return None

    def missing(change: float) -> float:
        return _reach(share, min(1.0, share + change), sizes, quantiles) - change

    largest = 1 - share
    if missing(largest) > 0:
        return None
    smallest = largest * 1e-12
    if missing(smallest) <= 0:
        return smallest
    return root_between(missing, smallest, largest)


def root_between(function: Callable[[float], float], low: float, high: float) -> float:
    """Find by halving where a function falls to 0 that is above 0 at low and not at high.

    scipy's root finders take half a second to load, which a command that answers at once has not.

    >>> root_between(lambda x: 2 - x * x, 0.0, 2.0)
    1.4142135623730951
    """
    while low < (middle := (low + high) / 2) < high:
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return high


def _quantiles(alpha: float, power: float, sides: Sides) -> tuple[float, float]:
    if not 0 < alpha < 1:
        raise PlanNotValid(f"alpha is {alpha}; give a share between 0 and 1, as 0.05")
    if not alpha < power < 1:
        raise PlanNotValid(f"a power of {power}; give a share above alpha ({alpha:.3g}) and below 1, as 0.8")
    if sides not in (1, 2):
        raise PlanNotValid(f"{sides} sides; give 1 or 2")
    return -NormalDist().inv_cdf(alpha / sides), NormalDist().inv_cdf(power)


def _check_shares(**shares: float) -> None:
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise PlanNotValid(f"{name} is {share}; give a share from 0 to 1, as 0.75")


def _check_design(deff: float, response_rate: float) -> None:
    if not (math.isfinite(deff) and deff > 0):
        raise PlanNotValid(f"a design effect of {deff}; give one above zero, 1 for people drawn one by one")
    if not 0 < response_rate <= 1:
        raise PlanNotValid(f"a response rate of {response_rate}; give a share above 0 and up to 1")
