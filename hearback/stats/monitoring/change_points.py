"""When did a share change? Bayesian on-line change points for counts, with a probability for each answer."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln

from hearback.stats.monitoring.charts import SeriesNotValid, SettingNotValid
from hearback.stats.survey.design import Floats

Counts = Sequence[float | None]


@dataclass(frozen=True)
class RunLengths:
    """How many periods the present share has held, after each period, as probabilities.

    `distributions[t][r]` is the probability that, after period t (from 0), it has held for r periods; r = 0
    says that a new one starts with the next period, so it is the hazard.
    """

    distributions: tuple[tuple[float, ...], ...]

    @property
    def most_likely(self) -> tuple[int, ...]:
        """Give the most probable run length after each period, the shortest of equally probable ones."""
        return tuple(int(np.argmax(one)) for one in self.distributions)

    @property
    def mean(self) -> tuple[float, ...]:
        """Give the mean run length after each period."""
        return tuple(float(np.arange(len(one)) @ np.array(one)) for one in self.distributions)

    def at_most(self, periods: int) -> tuple[float, ...]:
        """Give, after each period, the probability that the share has held for so many periods at most."""
        return tuple(math.fsum(one[: periods + 1]) for one in self.distributions)

    def began_with(self) -> tuple[float, ...]:
        """Give for every period the probability that the share of the last one began with it.

        The first is the probability that nothing has changed since the start. They add up to 1: a change that
        comes only after the last period is left out.
        """
        last = np.array(self.distributions[-1][1:]) if self.distributions else np.array([])
        total = float(last.sum())
        return tuple((last[::-1] / total).tolist()) if total > 0 else ()


def run_lengths(hits: Counts, n: Counts, *, alpha: float, beta: float, hazard: float) -> RunLengths:
    """Follow how long the present share has held, when each new share is drawn from Beta(alpha, beta).

    A period without answers says nothing about the share, but time passes.

    Args:
        hits: hits of each period; None where unknown.
        n: answers of each period.
        alpha: first shape of the distribution of shares, as fitted to past periods.
        beta: second shape.
        hazard: probability that a new share starts with the next period; 1/24 says once in 24 periods.

    Raises:
        SeriesNotValid: if lengths differ, or hits are no part of the answers.
        SettingNotValid: if a shape is not above zero, or the hazard not inside 0 and 1.

    Source: Adams and MacKay (2007), Bayesian online changepoint detection, arXiv 0710.3742, algorithm 1.

    >>> found = run_lengths([70, 72, 69, 50, 48], [100] * 5, alpha=7, beta=3, hazard=1 / 24)
    >>> found.most_likely
    (1, 2, 3, 1, 2)
    >>> [round(probability, 2) for probability in found.began_with()]
    [0.0, 0.0, 0.01, 0.98, 0.01]
    """
    if not (0 < alpha < math.inf and 0 < beta < math.inf and 0 < hazard < 1):
        raise SettingNotValid(
            f"Beta({alpha}, {beta}) and hazard {hazard}: shapes are above 0, the hazard inside 0 and 1"
        )
    x, of = _checked(hits, n)
    now = np.array([1.0])
    a, b = np.array([float(alpha)]), np.array([float(beta)])
    distributions = []
    for hits_now, n_now in zip(x, of, strict=True):
        chance = _log_chance(float(hits_now), float(n_now), a, b)
        weighed = now * np.exp(chance - chance.max())
        now = np.concatenate([[hazard * weighed.sum()], (1 - hazard) * weighed])
        now = now / now.sum()
        a = np.concatenate([[alpha], a + hits_now])
        b = np.concatenate([[beta], b + n_now - hits_now])
        distributions.append(tuple(now.tolist()))
    return RunLengths(tuple(distributions))


def _log_chance(hits: float, n: float, a: Floats, b: Floats) -> Floats:
    """Give the log probability of the period's hits under what is known after each run length."""
    ways = gammaln(n + 1) - gammaln(hits + 1) - gammaln(n - hits + 1)
    chance: Floats = ways + betaln(a + hits, b + n - hits) - betaln(a, b)
    return chance


def _checked(hits: Counts, n: Counts) -> tuple[Floats, Floats]:
    """Give hits and answers as arrays, 0 of 0 where one is missing."""
    x, of = np.array(hits, dtype=float), np.array(n, dtype=float)
    if x.shape != of.shape or x.ndim != 1:
        raise SeriesNotValid(f"there are {x.size} hits and {of.size} n; give both for every period")
    missing = np.isnan(x) | np.isnan(of)
    x, of = np.where(missing, 0.0, x), np.where(missing, 0.0, of)
    wrong = np.flatnonzero((x < 0) | (x > of) | np.isinf(of))
    if wrong.size:
        i = int(wrong[0])
        raise SeriesNotValid(f"period {i + 1} has {x[i]:g} hits of {of[i]:g}, which is no part of a whole")
    return x, of
