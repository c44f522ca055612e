"""Reading scores."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ScoreFact:
    """One published number: what it is about, its value and interval, and how it was made.

    `value`, `low` and `high` are null together with a `reason` when there is no number to show.
    `n` is the answers (or people) behind it. Shares and rates are in [0, 1], means in [1, 5].
    """

    measure: str  # key of measure.rules.MEASURES: trust_mean, trust_agree_share, ...
    level: str  # survey, service, provider, agency, government
    subject: str  # key of the survey, service, provider or agency; "all" for the government
    quarter: str
    pool: str  # comparability pool, key of measure.rules.POOLS
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    numerator: int | None
    numerator_name: str | None
    denominator: int | None
    denominator_name: str | None
    n_surveys: int
    method: str
    method_version: str
    flags: tuple[str, ...]
    reason: str | None
    inputs_sha256: str


@dataclass(frozen=True)
class ExclusionFact:
    """One survey left out of every pool, or out of the roll-ups, and why."""

    survey: str
    service: str
    provider: str
    quarter: str
    scope: str  # pools: compared with nothing; rollups: shown by itself, not added up
    reason: str  # key of measure.rules.EXCLUSION_REASONS
    explanation: str
