"""What a statistic gives back: a number that knows its interval, or the reason why there is none."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a number, or its interval, is not there. The code goes into files, the sentence onto pages."""

    NO_ANSWERS = "no_answers"
    ONE_ANSWER = "one_answer"
    NO_VARIANCE = "no_variance"
    COUNTED = "counted"
    SUPPRESSED_SMALL = "suppressed_small"
    NOT_COMPARABLE = "not_comparable"
    NOT_REPORTED = "not_reported"
    IMPOSSIBLE_VOLUMES = "impossible_volumes"

    @property
    def sentence(self) -> str:
        """Say the reason to a reader of a public page."""
        return SENTENCES[self]


SENTENCES: dict[Reason, str] = {
    Reason.NO_ANSWERS: "No answers were reported.",
    Reason.ONE_ANSWER: "There is one answer only, so its sampling error cannot be computed.",
    Reason.NO_VARIANCE: "All answers are the same, so an interval of their mean cannot be computed.",
    Reason.COUNTED: "This is a count, not an estimate: it has no sampling error.",
    Reason.SUPPRESSED_SMALL: "Too few people answered to publish the figure without risk to their privacy.",
    Reason.NOT_COMPARABLE: "The question asked is not one whose answers mean what this figure says.",
    Reason.NOT_REPORTED: "The agency did not report a count that this figure needs.",
    Reason.IMPOSSIBLE_VOLUMES: "The reported counts cannot be right: more people answered than were asked.",
}


class NotAnEstimate(ValueError):
    """The parts of an estimate contradict one another."""


@dataclass(frozen=True)
class Estimate:
    """A number with its interval, the answers behind it, and the method and version that made it.

    `low` and `high` are null together, and then `reason` says why; the value still holds. A number is never
    nan or infinite: where there is none, the statistic gives `NoEstimate` or `Suppressed` in its place.

    Raises:
        NotAnEstimate: if the interval does not hold the value, or is missing without a reason.
    """

    value: float
    low: float | None
    high: float | None
    n: int
    method: str
    version: str
    reason: Reason | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise NotAnEstimate(f"{self.value} is no value; give NoEstimate with its reason")
        if self.low is None or self.high is None:
            if self.low is not self.high or self.reason is None:
                raise NotAnEstimate("an interval has two ends, or none and a reason")
        elif self.reason is not None or not self.low <= self.value <= self.high:
            raise NotAnEstimate(f"the interval {self.low} to {self.high} does not fit the value {self.value}")


@dataclass(frozen=True)
class NoEstimate:
    """No number, and why. `n` is what was counted, null where that too is unknown."""

    reason: Reason
    n: int | None
    method: str
    version: str


@dataclass(frozen=True)
class Suppressed:
    """A number that exists and is not told, nor anything from which it could be found."""

    method: str
    version: str
    reason: Reason = Reason.SUPPRESSED_SMALL
