"""Many pairs of shares at once: the difference, its interval and p-value, and what would have been found.

The numbers are those of `hearback.stats.experiments.change_of_shares`, pair by pair.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import ndtr, ndtri

from hearback.measure.changes.solving import Floats, Places, crossing
from hearback.measure.rules import POWER
from hearback.stats.experiments.score import Counts, score

LEVEL = 0.95
METHOD = "miettinen_nurminen"
CHUNK = 20_000


@dataclass(frozen=True)
class Differences:
    """Differences, later less earlier, with the ends of their 95 % intervals and their p-values."""

    difference: Floats
    low: Floats
    high: Floats
    p: Floats


@dataclass(frozen=True)
class Pairs:
    """Hits and answers before and after, one pair per place; every number of answers is above zero."""

    hits_before: Floats
    n_before: Floats
    hits_after: Floats
    n_after: Floats

    def __getitem__(self, at: Places) -> "Pairs":
        return Pairs(self.hits_before[at], self.n_before[at], self.hits_after[at], self.n_after[at])

    def __len__(self) -> int:
        return len(self.n_before)

    @property
    def counts(self) -> Counts:
        """Give the four as the score of pairs takes them."""
        return self.hits_before, self.n_before, self.hits_after, self.n_after

    @property
    def before(self) -> Floats:
        """Give the shares before."""
        shares: Floats = self.hits_before / self.n_before
        return shares

    @property
    def after(self) -> Floats:
        """Give the shares after."""
        shares: Floats = self.hits_after / self.n_after
        return shares


def compare_shares(pairs: Pairs) -> Differences:
    """Compare every pair of shares of independent samples by the score test and its interval.

    Source: Miettinen and Nurminen (1985), Comparative analysis of two rates, Statistics in Medicine 4, with
    appendix I for the likeliest shares.

    >>> found = compare_shares(Pairs(*(np.array([float(n)]) for n in (48, 80, 56, 70))))
    >>> [round(float(numbers[0]), 4) for numbers in (found.difference, found.low, found.high, found.p)]
    [0.2, 0.0528, 0.3382, 0.0083]
    """
    parts = [_compared(pairs[at]) for at in _chunks(len(pairs))]
    columns = [np.concatenate([part[column] for part in parts]) for column in range(4)]
    return Differences(*columns)


def _chunks(n: int) -> list[Places]:
    """Give the places in stretches short enough to stay in the fast memory of a processor."""
    return [np.arange(start, min(start + CHUNK, n)) for start in range(0, max(n, 1), CHUNK)]


def _compared(pairs: Pairs) -> tuple[Floats, Floats, Floats, Floats]:
    difference = pairs.after - pairs.before
    limit = float(ndtri((1 + LEVEL) / 2))
    z = score(pairs.counts, np.zeros_like(difference))
    n = pairs.n_before, pairs.n_after
    spread = [share * (1 - share) / of for share, of in zip((pairs.before, pairs.after), n, strict=True)]
    step = limit * np.sqrt(spread[0] + spread[1]) + 1 / (n[0] + n[1])
    ends = []
    for sign in (-1.0, 1.0):
        guess = np.clip(difference + sign * step, (difference - 1) / 2, (difference + 1) / 2)
        outermost = np.full_like(difference, sign)
        found = crossing(partial(_beyond, pairs, sign * limit), outermost, difference, guess)
        ends.append(np.where(difference == sign, sign, found))
    return difference, ends[0], ends[1], 2 * ndtr(-np.abs(z))


def _beyond(pairs: Pairs, limit: float, candidate: Floats, at: Places) -> Floats:
    return score(pairs[at].counts, candidate) + limit


def smallest_shares(pairs: Pairs, alpha: float) -> Floats:
    """Give the smallest change, up or down, that samples of these sizes find 4 times in 5; nan where none is.

    Where rises and falls take changes of different sizes it is the larger; where the share is so near an end
    of the scale that only the other way is left, it is that.

    Source: Fleiss, Levin and Paik (2003), Statistical methods for rates and proportions, chapter 4, without
    correction for continuity.

    >>> pairs = Pairs(*(np.array([n]) for n in (280.0, 400.0, 280.0, 400.0)))
    >>> smallest_shares(pairs, 0.05).round(4).tolist()
    [0.0942]
    """
    quantiles = float(ndtri(1 - alpha / 2)), float(ndtri(POWER))
    up = _smallest_rise(pairs.before, pairs, quantiles)
    down = _smallest_rise(1 - pairs.before, pairs, quantiles)
    larger: Floats = np.fmax(up, down)
    return larger


def _smallest_rise(share: Floats, pairs: Pairs, quantiles: tuple[float, float]) -> Floats:
    largest = 1 - share

    def missing(change: Floats, at: Places) -> Floats:
        one, n_before, n_after = share[at], pairs.n_before[at], pairs.n_after[at]
        after = np.minimum(1.0, one + change)
        pooled = (n_before * one + n_after * after) / (n_before + n_after)
        under_none = np.maximum(pooled * (1 - pooled), 0) * (1 / n_before + 1 / n_after)
        under_change = one * (1 - one) / n_before + after * (1 - after) / n_after
        reach = quantiles[0] * np.sqrt(under_none) + quantiles[1] * np.sqrt(np.maximum(under_change, 0))
        short: Floats = reach - change
        return short

    everywhere = np.arange(len(share))
    none = (missing(largest, everywhere) > 0) | (largest <= 0)
    guess = np.clip(missing(np.zeros_like(share), everywhere), largest * 1e-6, largest * 0.9)
    found: Floats = np.where(none, np.nan, crossing(missing, largest * 1e-12, largest, guess))
    return found
