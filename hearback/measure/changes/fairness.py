"""Providers, or services, beside one another: who lies further out than chance explains, and never a ranking.

Pure functions on scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from hearback.measure.facts import ScoreFact
from hearback.stats.comparison import Limits, funnel, shrink_rates

FEWEST = 5
"""With fewer, what they are like at large cannot be seen: a rule of this house."""

COMPARED_LEVELS = ("provider", "service")
SEED, DRAWS = 20_220_630, 10_000
VERSION = "1"

PLACES: dict[str, str] = {
    "high_99.8": "far higher than chance and the usual differences explain",
    "high_95": "higher than chance and the usual differences explain",
    "within": "within what chance and the usual differences explain",
    "low_95": "lower than chance and the usual differences explain",
    "low_99.8": "far lower than chance and the usual differences explain",
}
"""Where a subject lies in the funnel, in words."""


class TooFewToCompare(Exception):
    """So few subjects have a figure that nothing fair can be said about any; the message says how many."""


@dataclass(frozen=True)
class Standing:
    """One subject beside the others.

    `value` with `low` and `high` is its share, drawn towards that of all as far as its own answers are few;
    `raw` is the published share. Its rank is known only as lying between `rank_low` and `rank_high`, 1 being
    the highest. `limits` are what chance alone allows for its number of answers; `place` allows for the usual
    differences too.
    """

    subject: str
    n: int
    raw: float
    value: float
    low: float | None
    high: float | None
    rank_low: int
    rank_high: int
    limits: Limits | None
    z: float | None
    place: str | None
    n_surveys: int


@dataclass(frozen=True)
class FairComparison:
    """Subjects of one level, quarter and pool, in the order of their keys.

    `spread` above 1 says that they differ by more than chance. `left_out` have no figure, by reason.
    """

    level: str
    quarter: str
    pool: str
    measure: str
    target: float
    spread: float | None
    standings: tuple[Standing, ...]
    left_out: tuple[tuple[str, str], ...]
    seed: int
    draws: int
    method_version: str = VERSION


def compared_fairly(scores: Sequence[ScoreFact], *, seed: int = SEED, draws: int = DRAWS) -> FairComparison:
    """Compare the shares of all subjects of one level, quarter and pool.

    Args:
        scores: one share of each subject.
        seed: starts the draws for the ranks.
        draws: how many.

    Raises:
        TooFewToCompare: if fewer than five have a figure.

    Source: see `hearback.stats.comparison.funnel` and `hearback.stats.comparison.shrink_rates`.
    """
    shown = sorted((one for one in scores if one.value is not None), key=lambda one: one.subject)
    hits, n = [one.numerator or 0 for one in shown], [one.denominator or 0 for one in shown]
    if len(shown) < FEWEST:
        raise TooFewToCompare(
            f"{len(shown)} have a figure there; it takes {FEWEST} at least to compare them fairly. Look at "
            "each by itself with `hearback measure show`."
        )
    placed, drawn = funnel(hits, n), shrink_rates(hits, n, fewest=FEWEST)
    ranks = drawn.rank_intervals(seed=seed, n_draws=draws) or ((1, len(shown)),) * len(shown)
    standings = tuple(
        Standing(
            subject=one.subject,
            n=n[i],
            raw=hits[i] / n[i],
            value=drawn.providers[i].mean,
            low=drawn.providers[i].low,
            high=drawn.providers[i].high,
            rank_low=ranks[i][0],
            rank_high=ranks[i][1],
            limits=placed.points[i].exact,
            z=placed.points[i].z_adjusted,
            place=placed.points[i].place_adjusted,
            n_surveys=one.n_surveys,
        )
        for i, one in enumerate(shown)
    )
    hidden = sorted((one.subject, one.reason or "no_answers") for one in scores if one.value is None)
    first = shown[0]
    return FairComparison(
        first.level, first.quarter, first.pool, first.measure, sum(hits) / sum(n), placed.phi, standings,
        tuple(hidden), seed, draws,
    )  # fmt: skip
