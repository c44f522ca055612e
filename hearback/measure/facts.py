"""What measure hands out: numbers, and what was left out of them."""

from dataclasses import dataclass
from datetime import date

from hearback.measure.rules import EVERYBODY


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
    dimension: str = EVERYBODY  # of whom: all, channel, language, or a group that the form asks
    group: str = EVERYBODY
    se: float | None = None  # standard error of the value
    df: int | None = None  # degrees of freedom of its interval, where that is one of Student's t
    n_effective: float | None = None  # answers of equal weight that would tell as much; null where n does
    excluded: tuple[tuple[str, int], ...] = ()  # surveys of the subject left out, by reason

    @property
    def command(self) -> str:
        """Give the command that computes the number again from what is stored, and changes nothing."""
        return f"hearback measure quarter {self.quarter} --dry-run"


@dataclass(frozen=True)
class BandFact:
    """In which band a figure of a quarter lies unless the service changed: by its own first year.

    Where a stretch of quarters has no band, its first quarter says so: `centre`, `low` and `high` are null
    and `reason` says why. `outside` is above or below; null within, and in the quarters that set the band.
    """

    level: str
    subject: str
    pool: str
    measure: str
    quarter: str
    centre: float | None  # the level of the baseline
    low: float | None
    high: float | None
    spread: float | None  # by how much more than chance the baseline moved, 1 at least
    sets_the_band: bool
    outside: str | None
    reason: str | None
    method_version: str


@dataclass(frozen=True)
class ExclusionFact:
    """One question of a survey left out of every pool, or out of the roll-ups, and why."""

    survey: str
    service: str
    provider: str
    quarter: str
    scope: str  # pools: compared with nothing; rollups: shown by itself, not added up
    reason: str  # key of measure.rules.EXCLUSION_REASONS
    explanation: str
    question: str = "trust"


@dataclass(frozen=True)
class NoisyGroup:
    """How many of a group agree and how many do not, each with noise: what noise adds may be below zero."""

    group: str
    agreeing: int
    others: int


@dataclass(frozen=True)
class NoisyGroupsFact:
    """Noisy counts of the groups of one dimension of a survey, drawn once.

    The true count lies within `half_width` of the one shown with a probability of 95 % or more. `epsilon` is
    what this table took of the privacy `budget` of each answer, both exact, as "1/3".
    """

    survey: str
    budget_key: str  # the survey in the quarter, whatever the version: its tables share one budget
    service: str
    provider: str
    quarter: str
    question: str
    dimension: str
    groups: tuple[NoisyGroup, ...]
    epsilon: str
    budget: str
    half_width: int
    noise_sd: float  # standard deviation of the noise of each count
    drawn_on: date  # answers that came later are not in it
    method: str
    method_version: str


@dataclass(frozen=True)
class DriverFact:
    """How much of the differences in trust goes with the answers to one other question.

    `share` is that question's part of `r_squared`, which is the part of the differences in trust that goes
    with all questions together; shares of one subject add to 1. `performance` is the mean answer to the
    question. All are null together with a `reason`; null ends of an interval have one too.
    """

    level: str  # service or provider; survey where its answers are weighted
    subject: str
    quarter: str
    pool: str  # of the trust question, key of measure.rules.POOLS
    outcome: str  # the question whose answers differ: trust
    driver: str  # the question that is held against it
    share: float | None
    low: float | None
    high: float | None
    rank_low: int | None  # best place among the questions that could be chance, from 1
    rank_high: int | None  # worst place
    performance: float | None
    performance_low: float | None
    performance_high: float | None
    r_squared: float | None
    r_squared_low: float | None
    r_squared_high: float | None
    n: int | None  # people who answered all the questions
    n_surveys: int
    flags: tuple[str, ...]  # keys of measure.rules.drivers.DRIVER_FLAGS
    reason: str | None
    seed: int | None  # of the draws behind the intervals
    draws: int | None
    method: str
    method_version: str
    inputs_sha256: str

    @property
    def command(self) -> str:
        """Give the command that computes the figures again from what is stored, and changes nothing."""
        return f"hearback measure drivers --quarter {self.quarter} --dry-run"
