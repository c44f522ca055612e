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
    NO_DIFFERENCE = "no_difference"
    BEYOND_SAMPLE = "beyond_sample"
    NOT_PROTECTED = "not_protected"
    ONE_PSU = "one_psu"
    ALL_RESPONDED = "all_responded"
    NO_SPREAD = "no_spread"
    NO_LIKE_FOR_LIKE = "no_like_for_like"
    SEPARATION = "separation"
    NO_FIT = "no_fit"
    TOO_FEW_ANSWERS = "too_few_answers"
    TOO_MANY_DRIVERS = "too_many_drivers"
    COLLINEAR = "collinear"
    ONE_ITEM = "one_item"
    NO_PAIRS = "no_pairs"
    EMPTY_CELL = "empty_cell"
    ONE_LEVEL = "one_level"
    LOW_COVERAGE = "low_coverage"
    SUPPRESSED_UNRELIABLE = "suppressed_unreliable"
    NOTHING_SHARED = "nothing_shared"

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
    Reason.NO_DIFFERENCE: "The two shares are the same, and no sample finds a change of nothing.",
    Reason.BEYOND_SAMPLE: "Even the largest change there can be is too small for this sample to find.",
    Reason.NOT_PROTECTED: "Hiding more cells does not protect the small ones: the table cannot be published.",
    Reason.ONE_PSU: "One sampled unit, such as one office, shows no sampling error: it takes two at least.",
    Reason.ALL_RESPONDED: "Everybody who was asked answered: there are no others to compare with.",
    Reason.NO_SPREAD: "The providers differ by no more than chance, so each is given the figure of them all.",
    Reason.NO_LIKE_FOR_LIKE: "No provider reported in both periods, so the change cannot be split.",
    Reason.SEPARATION: "One of the things compared tells answers apart without fail: no finite figure fits.",
    Reason.NO_FIT: "The model could not be fitted to these answers.",
    Reason.TOO_FEW_ANSWERS: "Too few people answered for a figure of this kind.",
    Reason.TOO_MANY_DRIVERS: "There are too many questions at once to share out what they explain.",
    Reason.COLLINEAR: "Questions were answered alike throughout, so they cannot be told apart.",
    Reason.ONE_ITEM: "One question has no agreement with others: it takes two at least.",
    Reason.NO_PAIRS: "No comment was coded twice, so agreement cannot be seen.",
    Reason.EMPTY_CELL: "No one of some group used this channel, so it cannot be brought to the common mix.",
    Reason.ONE_LEVEL: "All answers fall into one row or one column, so there is nothing to test.",
    Reason.LOW_COVERAGE: "The services with figures serve too few of the customers to speak for them all.",
    Reason.SUPPRESSED_UNRELIABLE: "The figure is too uncertain to be published.",
    Reason.NOTHING_SHARED: "The answers go with none of the differences, so there is nothing to share out.",
}


def check_level(level: float) -> None:
    """Refuse a level of an interval that is not between 0 and 1.

    Raises:
        ValueError: if it is not.
    """
    if not 0 < level < 1:
        raise ValueError(f"a level of {level} is not between 0 and 1")


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
