"""Is what providers in both periods did more than chance, whatever became of their sizes?

The within part of `decomposition` is a sum of the providers' changes, each with a weight. The sizes are taken
as they came: what is asked is whether figures changed, not how many people each provider asked.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from hearback.stats.comparison.counts import Numbers, ProviderNotValid, as_floats, check_rates
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats

MOST_DOUBLINGS = 200


@dataclass(frozen=True)
class WithinChange:
    """The within part of a change with its interval and the two-sided p-value of no such change.

    What does not exist is None, and `reason` says why.
    """

    within: float | None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class ProviderMeans:
    """Answers, mean and standard deviation of every provider in one period; 0 answers where it is absent."""

    n: Numbers
    means: Numbers
    deviations: Numbers


def within_of_shares(
    hits_before: Numbers, n_before: Numbers, hits_after: Numbers, n_after: Numbers, level: float = 0.95
) -> WithinChange:
    """Test the within part of a change of an overall share, over the providers that answered in both periods.

    Errors are those of the likeliest shares under the change supposed, so that providers all of whose answers
    are the same are not taken as certain. With one provider it is the score test of two shares.

    Raises:
        ProviderNotValid: if lengths differ, a count is negative or infinite, or a part is larger than its
            whole.

    Source: the weights are those of Kitagawa (1955), Journal of the American Statistical Association 50; the
    score test of a sum of shares, Martín Andrés, Álvarez Hernández and Herranz Tejedor (2011), Inferences
    about a linear combination of proportions, Statistical Methods in Medical Research 20; n / (n - 1) for
    each provider as in Miettinen and Nurminen (1985), Statistics in Medicine 4.

    >>> found = within_of_shares([720, 100], [800, 200], [270, 350], [300, 700])
    >>> [round(x, 4) for x in (found.within, found.low, found.high, found.p)]
    [0.0, -0.042, 0.041, 1.0]
    """
    (x1, n1), (x2, n2) = check_rates(hits_before, n_before), check_rates(hits_after, n_after)
    if len(n1) != len(n2):
        raise ProviderNotValid(f"there are {len(n1)} providers before and {len(n2)} after; give each twice")
    both = _in_both(n1, n2)
    if not both.size:
        return WithinChange(None, reason=Reason.NO_LIKE_FOR_LIKE)
    x1, n1, x2, n2 = x1[both], n1[both], x2[both], n2[both]
    weights = _weights(n1, n2)
    sides = _Sides(
        np.concatenate([x1 / n1, x2 / n2]),
        np.concatenate([n1, n2]),
        np.concatenate([-weights, weights]),
        np.tile((n1 + n2) / (n1 + n2 - 1), 2),
    )
    within, limit = float(weights @ (x2 / n2 - x1 / n1)), float(ndtri((1 + level) / 2))
    low = -1.0 if within <= -1 else sides.supposed(sides.where_score(limit))
    high = 1.0 if within >= 1 else sides.supposed(sides.where_score(-limit))
    z = sides.score(sides.where_supposed_zero(within)) if within else 0.0
    return WithinChange(within, min(low, within), max(high, within), 2 * float(ndtr(-abs(z))))


def within_of_means(before: ProviderMeans, after: ProviderMeans, level: float = 0.95) -> WithinChange:
    """Test the within part of a change of an overall mean, over the providers that answered in both periods.

    Providers are strata with variances of their own. With one provider it is Welch's test.

    Raises:
        ProviderNotValid: if lengths differ, a number of answers is negative, or a number is infinite.

    Source: the weights are those of Kitagawa (1955), Journal of the American Statistical Association 50; the
    stratified variance, Cochran (1977), Sampling Techniques, section 5.4, with the degrees of freedom of
    Satterthwaite (1946), Biometrics Bulletin 2.

    >>> found = within_of_means(
    ...     ProviderMeans([60, 40], [4.0, 3.0], [0.9, 1.2]), ProviderMeans([40, 60], [4.2, 3.1], [0.8, 1.1]))
    >>> [round(x, 4) for x in (found.within, found.low, found.high, found.p)]
    [0.15, -0.1392, 0.4392, 0.3071]
    """
    columns = [as_floats(one) for side in (before, after) for one in (side.n, side.means, side.deviations)]
    _check(columns)
    n1, y1, s1, n2, y2, s2 = columns
    both = _in_both(*(np.where(np.isnan(y), 0, np.nan_to_num(n)) for n, y in ((n1, y1), (n2, y2))))
    if not both.size:
        return WithinChange(None, reason=Reason.NO_LIKE_FOR_LIKE)
    n1, y1, s1, n2, y2, s2 = (column[both] for column in columns)
    weights = _weights(n1, n2)
    within = float(weights @ (y2 - y1))
    n, deviations = np.concatenate([n1, n2]), np.concatenate([s1, s2])
    if n.min() < 2 or np.isnan(deviations).any():
        return WithinChange(within, reason=Reason.ONE_ANSWER)
    variances = np.tile(weights, 2) ** 2 * deviations**2 / n
    se = math.sqrt(variances.sum())
    if not se:
        return WithinChange(within, reason=Reason.NO_VARIANCE)
    df = float(variances.sum() ** 2 / (variances**2 / (n - 1)).sum())
    half = float(stdtrit(df, (1 + level) / 2)) * se
    return WithinChange(within, within - half, within + half, 2 * float(stdtr(df, -abs(within) / se)))


@dataclass(frozen=True)
class _Sides:
    """Every provider in each period: its share, answers, weight (less than 0 before) and correction.

    The likeliest shares under a supposed change are found from a multiplier: 0 for the change that was seen,
    the larger the further the supposed one lies below it.
    """

    shares: Floats
    n: Floats
    weights: Floats
    correction: Floats

    def likeliest(self, multiplier: float) -> Floats:
        """Solve n (share - p) = multiplier * weight * p (1 - p) for every p from 0 to 1."""
        a = multiplier * self.weights / self.n
        up, toward = a >= 0, np.abs(a)
        share = np.where(up, self.shares, 1 - self.shares)
        root = np.sqrt(np.maximum((1 - toward) ** 2 + 4 * toward * (1 - share), 0))
        solved = 2 * share / (1 + toward + root)
        found: Floats = np.where(up, solved, 1 - solved)
        return found

    def supposed(self, multiplier: float) -> float:
        """Give the change that is supposed."""
        return float(self.weights @ self.likeliest(multiplier))

    def score(self, multiplier: float) -> float:
        """Give how many standard errors the change seen lies above the supposed one."""
        likeliest = self.likeliest(multiplier)
        variances = self.weights**2 * likeliest * (1 - likeliest) / self.n
        away = float(self.weights @ (self.shares - likeliest))
        se = math.sqrt(float(variances @ self.correction))
        return away / se if se else math.copysign(math.inf, away) if away else 0.0

    def where_score(self, limit: float) -> float:
        """Find the multiplier at which the score is the limit."""
        sign = math.copysign(1.0, limit)
        return sign * _rising(lambda size: sign * self.score(sign * size) - abs(limit))

    def where_supposed_zero(self, within: float) -> float:
        """Find the multiplier at which no change is supposed."""
        sign = math.copysign(1.0, within)
        return sign * _rising(lambda size: -sign * self.supposed(sign * size))


def _rising(function: Callable[[float], float]) -> float:
    """Find where a function that is below 0 at 0, and rises, crosses it."""
    high = 1.0
    for _ in range(MOST_DOUBLINGS):
        if function(high) > 0:
            break
        high *= 2
    return float(brentq(function, 0.0, high, xtol=1e-14, rtol=1e-14))


def _in_both(n1: Floats, n2: Floats) -> np.ndarray:
    return np.flatnonzero((n1 > 0) & (n2 > 0))


def _weights(n1: Floats, n2: Floats) -> Floats:
    """Give the part of every provider in all answers, the mean of both periods."""
    weights: Floats = (n1 / n1.sum() + n2 / n2.sum()) / 2
    return weights


def _check(columns: list[Floats]) -> None:
    if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
        raise ProviderNotValid("answers, means and deviations are not of as many providers; give all of each")
    for i, column in enumerate(columns):
        wrong = np.flatnonzero(np.isinf(column) | ((column < 0) if i % 3 != 1 else False))
        if wrong.size:
            raise ProviderNotValid(f"provider {wrong[0] + 1} has the figure {column[wrong[0]]:g}; mend it")
