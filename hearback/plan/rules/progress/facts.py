"""What a judgement of progress is made of, and what comes out."""

from dataclasses import dataclass
from typing import Protocol

from hearback.plan.rules.progress.band import Band

METHOD, METHOD_VERSION = "progress", "2"
UP, DOWN, KEEP = "up", "down", "keep"


@dataclass(frozen=True)
class ReadingFact:
    """One figure of a success measure. `low` and `high` are null together: no interval is known.

    Ends equal to the value say that it is exact. Figures of two definitions are not compared.
    """

    as_of: str
    value: float
    low: float | None
    high: float | None
    definition: str | None = None
    source: str | None = None
    confidence: str | None = None
    note: str | None = None
    n: int | None = None  # answers behind a figure that was computed here
    n_surveys: int | None = None  # surveys added up in such a figure
    flags: tuple[str, ...] = ()  # cautions of such a figure, keys of measure.rules.FLAGS
    key: str | None = None  # of a figure that others published


@dataclass(frozen=True)
class Aim:
    """What a success measure is to reach, as it was published; null is what nobody published."""

    direction: str | None = None
    due: str | None = None
    target_value: float | None = None
    target_low: float | None = None
    target_high: float | None = None
    baseline_value: float | None = None
    baseline_as_of: str | None = None

    @property
    def band(self) -> Band:
        """Give where the figure is to be: from the target up, up to the target, or between two bounds."""
        if self.direction == KEEP:
            return Band(self.target_low, self.target_high)
        return Band(
            self.target_value if self.direction == UP else None,
            self.target_value if self.direction == DOWN else None,
        )

    @property
    def has_target(self) -> bool:
        """Say whether any number to reach or to keep was published."""
        return any(bound is not None for bound in (self.target_value, self.target_low, self.target_high))


@dataclass(frozen=True)
class ProgressFact:
    """A status, why, and every number it was made of. Rates are in units of the measure per year.

    The rate so far must be at least `needed_low` and at most `needed_high`; null is no bound. `projected` is
    the figure at the due date, if the rate so far went on. What does not exist is null.
    """

    status: str
    reason: str  # key of plan.rules.REASONS
    start: ReadingFact | None = None  # baseline, or without one the first reading
    judged: ReadingFact | None = None  # the first reading of the due date, or before that the newest
    years_passed: float | None = None
    years_left: float | None = None
    needed_low: float | None = None
    needed_high: float | None = None
    actual_rate: float | None = None
    actual_low: float | None = None
    actual_high: float | None = None
    projected: float | None = None
    projected_low: float | None = None
    projected_high: float | None = None
    cautions: tuple[str, ...] = ()
    method: str = METHOD
    method_version: str = METHOD_VERSION


class Aiming(Protocol):
    """A record, a row or a fact of a success measure."""

    @property
    def direction(self) -> str | None: ...
    @property
    def due(self) -> str | None: ...
    @property
    def target_value(self) -> float | None: ...
    @property
    def target_low(self) -> float | None: ...
    @property
    def target_high(self) -> float | None: ...
    @property
    def baseline_value(self) -> float | None: ...
    @property
    def baseline_year(self) -> int | None: ...
    @property
    def baseline_as_of(self) -> str | None: ...


def aim_of(measure: Aiming) -> Aim:
    """Take what a success measure promises; its baseline is of the date given, or else of the year."""
    year = measure.baseline_year
    return Aim(
        measure.direction, measure.due, measure.target_value, measure.target_low, measure.target_high,
        measure.baseline_value, measure.baseline_as_of or (None if year is None else str(year)),
    )  # fmt: skip
