"""Krippendorff's alpha: how far several coders of the same comments agree, beyond chance."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hearback.stats.estimate import Reason, check_level

Floats = NDArray[np.float64]
Level = Literal["nominal", "ordinal", "interval", "ratio"]
PUBLISH_ABOVE, RELY_ABOVE = 2 / 3, 0.8
"""Source: Krippendorff (2019), Content Analysis, 4th edition, chapter 12: no conclusion below .667, tentative
ones up to .800."""
NUMBERS_AT_A_TIME = 4_000_000


class RatingsNotValid(ValueError):
    """Ratings cannot be used at the level of measurement asked for."""


@dataclass(frozen=True)
class Agreement:
    """Alpha over the units with two ratings or more. `reason` says why alpha is None.

    `n_pairable` counts the ratings of those units. 1 is perfect agreement, 0 what chance would give, below 0
    worse. `low` and `high` are there from `agreement_interval` only.
    """

    level: Level
    n_units: int
    n_pairable: int
    alpha: float | None
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None

    @property
    def may_publish(self) -> bool:
        """Say whether codes may be published, if only as tentative: alpha, or its lower end, is above 2/3."""
        return self._lowest > PUBLISH_ABOVE

    @property
    def may_rely(self) -> bool:
        """Say whether conclusions may rest on the codes: alpha, or its lower end, is above .8."""
        return self._lowest > RELY_ABOVE

    @property
    def _lowest(self) -> float:
        if self.alpha is None:
            return -1.0
        return self.alpha if self.low is None else self.low


def krippendorff_alpha(ratings: Sequence[Sequence[Any]], level: Level) -> Agreement:
    """Compute alpha from ratings of any number of raters, with gaps.

    Args:
        ratings: one row per unit, one place per rater; None, blank or nan where a rater gave none. Words are
            for `nominal` only.
        level: what differences mean: `nominal` none but unequal, `ordinal` ranks, `interval` distances,
            `ratio` distances against the size.

    Raises:
        RatingsNotValid: if the level needs numbers and words come, an infinite number comes, or `ratio` and
            a negative number.

    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability, University of Pennsylvania.

    >>> ratings = [[1, 1, None], [2, 2, 3], [3, 3, 3], [2, 2, 2], [1, 2, 1]]
    >>> found = krippendorff_alpha(ratings, "ordinal")
    >>> round(found.alpha, 3), found.n_pairable
    (0.768, 14)
    """
    counts, values = _counts(ratings, level)
    return _agreement(counts, _distances(values, counts.sum(axis=0), level), level)


def agreement_interval(
    ratings: Sequence[Sequence[Any]], level: Level, *, seed: int, draws: int = 2000, confidence: float = 0.95
) -> Agreement:
    """Compute alpha with an interval: units are drawn again, and percentiles of the draws taken.

    The expected disagreement is held at that of the sample, as it describes the coding scheme. Without two
    units that can be paired there is no interval.

    Raises:
        RatingsNotValid: see `krippendorff_alpha`.
        ValueError: if the confidence is not between 0 and 1, or there is no draw.

    Source: Hayes and Krippendorff (2007), Answering the call for a standard reliability measure for coding
    data, Communication Methods and Measures 1, who draw pairs; units are drawn here, since the pairs of one
    unit are not independent.

    >>> ratings = [[1, 1], [2, 2], [3, 3], [2, 2], [1, 2], [3, 3], [1, 1], [2, 2]] * 5
    >>> found = agreement_interval(ratings, "nominal", seed=1)
    >>> round(found.alpha, 2), found.low < 2 / 3, found.may_publish
    (0.81, True, False)
    """
    check_level(confidence)
    if draws < 1:
        raise ValueError(f"{draws} draws give no interval; ask for 1,000 or more")
    counts, values = _counts(ratings, level)
    distances = _distances(values, counts.sum(axis=0), level)
    found = _agreement(counts, distances, level)
    if found.alpha is None or found.n_units < 2:
        return found
    apart, n_ratings = _observed(counts, distances), counts.sum(axis=1)
    expected = _expected(counts.sum(axis=0), distances)
    rng = np.random.default_rng(seed)
    drawn = [
        1 - times @ apart / (times @ n_ratings) / expected
        for size in _chunks(draws, len(counts))
        for times in [rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=size)]
    ]
    low, high = np.quantile(np.concatenate(drawn), [(1 - confidence) / 2, (1 + confidence) / 2]).tolist()
    return Agreement(level, found.n_units, found.n_pairable, found.alpha, low=low, high=high)


def _agreement(counts: Floats, distances: Floats, level: Level) -> Agreement:
    n = int(counts.sum())
    if n == 0:
        return Agreement(level, 0, 0, None, Reason.NO_PAIRS)
    expected = _expected(counts.sum(axis=0), distances)
    if expected == 0:
        return Agreement(level, len(counts), n, None, Reason.NO_VARIANCE)
    observed = float(_observed(counts, distances).sum()) / n
    return Agreement(level, len(counts), n, 1 - observed / expected)


def _observed(counts: Floats, distances: Floats) -> Floats:
    """Give the disagreement within each unit, per rater it could have been paired with."""
    found: Floats = ((counts @ distances) * counts).sum(axis=1) / (counts.sum(axis=1) - 1)
    return found


def _expected(totals: Floats, distances: Floats) -> float:
    n = float(totals.sum())
    return float(totals @ distances @ totals) / (n * (n - 1))


def _counts(ratings: Sequence[Sequence[Any]], level: Level) -> tuple[Floats, list[Any]]:
    """Count how often each value was given to each unit, units with one rating or none left out."""
    paired = [given for unit in ratings if len(given := [r for r in unit if not _is_missing(r)]) > 1]
    if level != "nominal":
        paired = [[_number(rating, level) for rating in given] for given in paired]
    values = sorted({rating for given in paired for rating in given}, key=_rank)
    places = {value: place for place, value in enumerate(values)}
    counts = np.zeros((len(paired), len(values)))
    for unit, given in enumerate(paired):
        for rating in given:
            counts[unit, places[rating]] += 1
    return counts, values


def _distances(values: list[Any], totals: Floats, level: Level) -> Floats:
    """Give the squared difference of every two values."""
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return np.square(middle[:, None] - middle)
    numbers = np.array(values, dtype=float)
    apart = np.abs(numbers[:, None] - numbers)
    if level == "ratio":
        size = numbers[:, None] + numbers
        apart = apart / np.where(size > 0, size, 1.0)
    found: Floats = np.square(apart)
    return found


def _number(rating: Any, level: Level) -> float:
    try:
        found = float(rating)
    except (TypeError, ValueError) as problem:
        raise RatingsNotValid(f"the rating {rating!r} is no number; {level} needs numbers") from problem
    if not np.isfinite(found) or (level == "ratio" and found < 0):
        raise RatingsNotValid(f"the rating {rating!r} cannot be used at the level {level}; mend it")
    return found


def _is_missing(rating: Any) -> bool:
    return rating is None or rating == "" or (isinstance(rating, float) and bool(np.isnan(rating)))


def _rank(value: Any) -> tuple[bool, Any]:
    return isinstance(value, str), value


def _chunks(draws: int, n_units: int) -> list[int]:
    size = max(1, min(draws, NUMBERS_AT_A_TIME // n_units))
    return [min(size, draws - start) for start in range(0, draws, size)]
