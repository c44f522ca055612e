"""How rates of providers differ: a Beta distribution of rates, fitted to hits and answers."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, digamma, gammaln, polygamma, xlog1py, xlogy

from hearback.stats.comparison.counts import Numbers, check_enough, check_rates
from hearback.stats.survey.design import Floats

LARGEST_CONCENTRATION = 1e7
"""Above this a Beta distribution of rates is one rate: it spreads less than any count of answers can show."""


class FitDidNotConverge(ValueError):
    """The likelihood was not brought to its maximum."""


@dataclass(frozen=True)
class BetaBinomialFit:
    """Rates of providers as a Beta(alpha, beta) distribution, with alpha + beta the concentration.

    `rho` = 1 / (concentration + 1) is the correlation of two answers about one provider. Where providers
    differ by no more than chance, rho is 0 and the concentration infinite, written as None. Where each
    provider got only hits or none, rho is 1 and the concentration 0. In both cases there is no density, so
    `alpha` and `beta` are None.
    """

    mean: float
    concentration: float | None
    rho: float
    log_likelihood: float

    @property
    def alpha(self) -> float | None:
        """Give the first shape; None where there is no density."""
        return self.mean * self.concentration if self.concentration else None

    @property
    def beta(self) -> float | None:
        """Give the second shape; None where there is no density."""
        return (1 - self.mean) * self.concentration if self.concentration else None


def fit_beta_binomial(hits: Numbers, n: Numbers, *, fewest: int = 5) -> BetaBinomialFit:
    """Fit by maximum likelihood, over mean and concentration. Providers without answers say nothing here.

    Args:
        hits: hits of each provider; None where unknown. Effective counts of weighted answers may be given.
        n: answers of each provider.
        fewest: providers with answers below which it is refused.

    Raises:
        TooFewProviders: if fewer than `fewest` providers have answers.
        ProviderNotValid: if hits are no part of the answers.
        FitDidNotConverge: if the maximum was not found.

    Source: Griffiths (1973), Maximum likelihood estimation for the beta-binomial distribution, Biometrics 29;
    fewer than five providers are refused by a rule of this house.

    >>> fit = fit_beta_binomial([51, 102, 20, 63, 81, 30], [56, 147, 38, 101, 113, 60])
    >>> round(fit.mean, 3), round(fit.concentration, 1)
    (0.667, 12.9)
    """
    x, of = check_rates(hits, n)
    check_enough(int((of > 0).sum()), fewest)
    x, of = x[of > 0], of[of > 0]
    constant = float((gammaln(of + 1) - gammaln(x + 1) - gammaln(of - x + 1)).sum())
    pooled = float(x.sum() / of.sum())
    one_rate = float((xlogy(x, pooled) + xlog1py(of - x, -pooled)).sum())
    at_ends = (x == 0) | (x == of)
    if 0 < pooled < 1 and at_ends.all() and (of > 1).any():
        share = float((x > 0).mean())
        return BetaBinomialFit(share, 0.0, 1.0, len(x) * (_xlogx(share) + _xlogx(1 - share)))
    best = _highest(x, of) if 0 < pooled < 1 and (of > 1).any() else None
    if best is None or best[2] <= one_rate + 1e-9 + 1e-13 * abs(one_rate):
        return BetaBinomialFit(pooled, None, 0.0, one_rate + constant)
    mean, concentration, log_likelihood = best
    return BetaBinomialFit(mean, concentration, 1 / (concentration + 1), log_likelihood + constant)


def anova_correlation(hits: Numbers, n: Numbers) -> float | None:
    """Give rho by moments: the intraclass correlation of a one-way analysis of variance, 0 at least.

    A second opinion on the fit that needs no iterations. None where there are not two providers with answers,
    or none of them has two.

    Raises:
        ProviderNotValid: if hits are no part of the answers.

    Source: Ridout, Demétrio and Firth (1999), Estimating intraclass correlation for binary data, Biometrics
    55, section 2.1.

    >>> round(anova_correlation([51, 102, 20, 63, 81, 30], [56, 147, 38, 101, 113, 60]), 4)
    0.0572
    """
    x, of = check_rates(hits, n)
    x, of = x[of > 0], of[of > 0]
    k, total = len(x), float(of.sum())
    if k < 2 or total <= k:
        return None
    rates, pooled = x / of, float(x.sum()) / total
    between = float((of * (rates - pooled) ** 2).sum()) / (k - 1)
    within = float((of * rates * (1 - rates)).sum()) / (total - k)
    typical = (total - float((of**2).sum()) / total) / (k - 1)
    denominator = between + (typical - 1) * within
    return max(0.0, (between - within) / denominator) if denominator > 0 else 0.0


def _highest(x: Floats, n: Floats) -> tuple[float, float, float] | None:
    """Find mean, concentration and log-likelihood at the maximum; None where it lies at infinity."""
    start = _best_of_grid(x, n)
    gtol = 1e-9 * max(1.0, float(len(x)))
    found = minimize(
        lambda at: -_log_likelihood(at, x, n),
        start,
        jac=lambda at: -_slopes(at, x, n)[0],
        hess=lambda at: -_slopes(at, x, n)[1],
        method="trust-exact",
        options={"gtol": gtol, "initial_trust_radius": 0.5, "max_trust_radius": 4.0, "maxiter": 200},
    )
    at = _polished(found.x, x, n)
    a, b = _shapes(at)
    if a + b > LARGEST_CONCENTRATION:
        return None
    if float(np.abs(_slopes(at, x, n)[0]).max()) > 1e-5 * max(1.0, float(len(x))):
        raise FitDidNotConverge(
            f"the spread of rates of {len(x)} providers was not found; check their counts for errors"
        )
    return a / (a + b), a + b, _log_likelihood(at, x, n)


def _polished(at: Floats, x: Floats, n: Floats) -> Floats:
    """Take plain Newton steps: near the top slopes are still exact where likelihoods are only rounding."""
    for _ in range(8):
        slope, bend = _slopes(at, x, n)
        if bend[0, 0] >= 0 or np.linalg.det(bend) <= 0:
            break
        step = np.linalg.solve(bend, slope)
        if float(np.abs(step).max()) > 0.1:
            break
        at = at - step
    return at


def _best_of_grid(x: Floats, n: Floats) -> Floats:
    concentrations = np.linspace(math.log(1e-3), math.log(LARGEST_CONCENTRATION), 47)
    pooled = float(x.sum() / n.sum())
    plain = float((x / n).mean())
    starts = [np.array([math.log(m / (1 - m)), c]) for m in {pooled, plain} for c in concentrations]
    return max(starts, key=lambda at: _log_likelihood(at, x, n))


def _shapes(at: Floats) -> tuple[float, float]:
    concentration = math.exp(min(float(at[1]), 500.0))
    mean = 1 / (1 + math.exp(-min(max(float(at[0]), -700.0), 700.0)))
    return mean * concentration, (1 - mean) * concentration


def _log_likelihood(at: Floats, x: Floats, n: Floats) -> float:
    a, b = _shapes(at)
    return float((betaln(x + a, n - x + b) - betaln(a, b)).sum())


def _slopes(at: Floats, x: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Give gradient and Hessian of the log-likelihood over (logit of the mean, log of the concentration)."""
    a, b = _shapes(at)
    s = a + b
    shared = float((digamma(n + s) - digamma(s)).sum())
    by_shape = np.array(
        [(digamma(x + a) - digamma(a)).sum() - shared, (digamma(n - x + b) - digamma(b)).sum() - shared]
    )
    bent = -float((polygamma(1, n + s) - polygamma(1, s)).sum())
    bends = np.full((2, 2), bent)
    bends[0, 0] += float((polygamma(1, x + a) - polygamma(1, a)).sum())
    bends[1, 1] += float((polygamma(1, n - x + b) - polygamma(1, b)).sum())
    turn = a * b / s
    jacobian = np.array([[turn, a], [-turn, b]])
    second_mean = turn * (b - a) / s * (by_shape[0] - by_shape[1])
    second_both = turn * (by_shape[0] - by_shape[1])
    second_concentration = a * by_shape[0] + b * by_shape[1]
    curved = np.array([[second_mean, second_both], [second_both, second_concentration]])
    return jacobian.T @ by_shape, jacobian.T @ bends @ jacobian + curved


def _xlogx(value: float) -> float:
    return float(xlogy(value, value))
