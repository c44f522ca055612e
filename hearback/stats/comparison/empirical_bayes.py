"""Rates of providers, drawn together as far as their answers are few."""

from dataclasses import dataclass

from scipy.special import betaincc, betaincinv

from hearback.stats.comparison.beta_binomial import BetaBinomialFit, anova_correlation, fit_beta_binomial
from hearback.stats.comparison.counts import Numbers, ProviderNotValid, check_rates
from hearback.stats.comparison.ranks import expected_ranks_of_betas, rank_intervals_of_betas
from hearback.stats.estimate import Reason
from hearback.stats.survey.design import Floats


@dataclass(frozen=True)
class ShrunkenRate:
    """What is known of one provider's rate.

    `raw` is None where it has no answers; it is then given what providers are like at large. The posterior is
    Beta(alpha, beta), `low` and `high` its central interval. Where it has no density, what rests on it is
    None, and `reason` says why.
    """

    raw: float | None
    mean: float
    weight_on_own_data: float
    alpha: float | None = None
    beta: float | None = None
    low: float | None = None
    high: float | None = None
    prob_above_target: float | None = None
    expected_rank: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True)
class ShrunkenRates:
    """The providers in the order given, the distribution of their rates, and rho by moments beside it."""

    pooled: float
    fit: BetaBinomialFit
    rho_by_moments: float | None
    providers: tuple[ShrunkenRate, ...]

    @property
    def concentration_by_moments(self) -> float | None:
        """Give the concentration by moments; None where it is infinite or unknown."""
        return 1 / self.rho_by_moments - 1 if self.rho_by_moments else None

    def rank_intervals(
        self, *, seed: int, level: float = 0.95, n_draws: int = 10_000
    ) -> tuple[tuple[int, int], ...] | None:
        """Give the ranks between which each provider lies; None where nothing tells providers apart.

        By seeded draws from the posteriors; see `rank_intervals_of_betas`.

        Raises:
            ValueError: if the level is not between 0 and 1, or there is no draw.
        """
        alphas, betas = [p.alpha for p in self.providers], [p.beta for p in self.providers]
        if None in alphas:
            return None
        return rank_intervals_of_betas(alphas, betas, seed=seed, level=level, n_draws=n_draws)


def shrink_rates(
    hits: Numbers, n: Numbers, *, target: float | None = None, level: float = 0.95, fewest: int = 5
) -> ShrunkenRates:
    """Estimate the rate of every provider, borrowing from all of them what its own answers do not say.

    Compare providers of one kind only: rates are drawn towards their mean. The intervals take the fitted
    distribution as known, so with few providers they are a little too narrow.

    Args:
        hits: hits of each provider; None where unknown. For weighted answers give effective hits and answers.
        n: answers of each provider; 0 gives what providers are like at large.
        target: give the probability that a rate lies above it; None for no target.
        level: probability of the interval.
        fewest: providers with answers below which it is refused.

    Raises:
        TooFewProviders: if fewer than `fewest` providers have answers.
        ProviderNotValid: if hits are no part of the answers, or level or target are not between 0 and 1.
        FitDidNotConverge: if the maximum of the likelihood was not found.

    Source: Casella (1985), An introduction to empirical Bayes data analysis, American Statistician 39;
    Carlin and Louis (2008), Bayesian Methods for Data Analysis, section 5.3.

    >>> found = shrink_rates([51, 102, 20, 63, 81, 3], [56, 147, 38, 101, 113, 3], target=0.7)
    >>> last = found.providers[-1]
    >>> last.raw, round(last.mean, 2), round(last.weight_on_own_data, 2)
    (1.0, 0.76, 0.17)
    >>> found.rank_intervals(seed=1)[0]
    (1, 2)
    """
    if not 0 < level < 1 or (target is not None and not 0 <= target <= 1):
        raise ProviderNotValid(f"a level of {level} or a target of {target} is not between 0 and 1")
    x, of = check_rates(hits, n)
    fit = fit_beta_binomial(x, of, fewest=fewest)
    if fit.alpha is None or fit.beta is None:
        providers = _without_density(fit, x, of)
    else:
        providers = _posteriors(fit.alpha, fit.beta, x, of, target, level)
    return ShrunkenRates(float(x.sum() / of.sum()), fit, anova_correlation(x, of), providers)


def _posteriors(
    alpha: float, beta: float, x: Floats, n: Floats, target: float | None, level: float
) -> tuple[ShrunkenRate, ...]:
    a, b = alpha + x, beta + n - x
    low, high = betaincinv(a, b, (1 - level) / 2), 1 - betaincinv(b, a, (1 - level) / 2)
    above = None if target is None else betaincc(a, b, target)
    ranks = expected_ranks_of_betas(a, b)
    return tuple(
        ShrunkenRate(
            raw=_raw(x[i], n[i]),
            mean=float(a[i] / (a[i] + b[i])),
            weight_on_own_data=float(n[i] / (n[i] + alpha + beta)),
            alpha=float(a[i]),
            beta=float(b[i]),
            low=float(low[i]),
            high=float(high[i]),
            prob_above_target=None if above is None else float(above[i]),
            expected_rank=ranks[i],
        )
        for i in range(len(x))
    )


def _without_density(fit: BetaBinomialFit, x: Floats, n: Floats) -> tuple[ShrunkenRate, ...]:
    """Give everybody the one rate there is, or, where each got only hits or none, its own."""
    own = fit.concentration is not None
    reason = Reason.NO_VARIANCE if own else Reason.NO_SPREAD
    return tuple(
        ShrunkenRate(
            raw=(raw := _raw(hits, of)),
            mean=raw if own and raw is not None else fit.mean,
            weight_on_own_data=1.0 if own and raw is not None else 0.0,
            reason=reason,
        )
        for hits, of in zip(x, n, strict=True)
    )


def _raw(hits: float, n: float) -> float | None:
    return float(hits / n) if n > 0 else None
