"""What a success measure may aim at, and what its figures may be: checked before anything is stored."""

from collections.abc import Sequence

from hearback.fiscal import FEDERAL_START_MONTH, parse_period
from hearback.plan.rules.progress.facts import DOWN, KEEP, UP, Aim, ReadingFact

DIRECTIONS = (UP, DOWN, KEEP)
RANGES: dict[str, tuple[float, float, str]] = {
    "share": (0, 1, "a share is from 0 to 1, so 75 % is 0.75"),
    "rate": (0, 1, "a rate is from 0 to 1, so 75 % is 0.75"),
    "mean": (1, 5, "a mean of answers is from 1 to 5"),
}
"""From where to where a measure that is computed here may lie, by what kind of number it is."""


class MeasureNotValid(ValueError):
    """What a success measure promises contradicts itself: in which field, what is wrong, what to do."""

    def __init__(self, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{field}: {problem}; {remedy}")
        self.field, self.problem, self.remedy = field, problem, remedy


def check_aim(aim: Aim, kind: str | None = None, start_month: int = FEDERAL_START_MONTH) -> None:
    """Check that a target, its direction, its due date and the baseline fit each other.

    Args:
        kind: what kind of number a measure computed here is, as share; None for an external index.

    Raises:
        MeasureNotValid: if they do not.
        PeriodNotValid: if a date cannot be read.
    """
    if aim.direction not in {None, *DIRECTIONS}:
        raise MeasureNotValid("direction", f"'{aim.direction}' is no direction", "write up, down or keep")
    _check_target(aim)
    _check_range(aim, kind)
    _check_baseline(aim, start_month)


def _check_target(aim: Aim) -> None:
    if aim.direction is None:
        if aim.has_target:
            raise MeasureNotValid("direction", "there is a target and no direction", "write up, down or keep")
        return
    low, high = aim.target_low, aim.target_high
    if aim.direction == KEEP:
        if aim.target_value is not None:
            raise MeasureNotValid(
                "target_value", "a figure that is to keep has bounds", "write target_low, target_high or both"
            )
        if low is not None and high is not None and low > high:
            raise MeasureNotValid("target_low", f"{low:g} is above target_high {high:g}", "exchange the two")
    elif low is not None or high is not None:
        raise MeasureNotValid(
            "target_low" if low is not None else "target_high",
            f"bounds are for a figure that is to keep, and the direction is {aim.direction}",
            "write target_value, or keep as the direction",
        )


def _check_range(aim: Aim, kind: str | None) -> None:
    if kind not in RANGES:
        return
    least, most, words = RANGES[kind]
    for field in ("target_value", "target_low", "target_high", "baseline_value"):
        value = getattr(aim, field)
        if value is not None and not least <= value <= most:
            raise MeasureNotValid(field, f"{value:g} cannot be: {words}", "write it in that unit, or null")


def _check_baseline(aim: Aim, start_month: int) -> None:
    baseline, target = aim.baseline_value, aim.target_value
    if aim.due and aim.baseline_as_of:
        due = parse_period(aim.due, start_month)
        start = parse_period(aim.baseline_as_of, start_month)
        if due.ends_before <= start.ends_before:
            raise MeasureNotValid(
                "due", f"{due.text} is not after the baseline of {start.text}",
                "correct one of the two dates, or write null where it is not known",
            )  # fmt: skip
    if baseline is None or target is None:
        return
    if (aim.direction == UP and target < baseline) or (aim.direction == DOWN and target > baseline):
        side = "below" if target < baseline else "above"
        raise MeasureNotValid(
            "target_value",
            f"{target:g} is {side} the baseline {baseline:g}, and the direction is {aim.direction}",
            "correct one of the three, or write keep and a bound",
        )


def check_readings(readings: Sequence[ReadingFact], start_month: int = FEDERAL_START_MONTH) -> None:
    """Check that every figure lies within its interval, and that no date has two.

    Raises:
        MeasureNotValid: if not; the field names the reading by its key.
        PeriodNotValid: if a date cannot be read.
    """
    seen = set()
    for one in readings:
        period = parse_period(one.as_of, start_month)
        days = (period.starts_on, period.ends_before)
        if days in seen:
            raise MeasureNotValid(
                f"readings[{one.key}].as_of",
                "another reading is of these days",
                "keep one of the two",
            )
        seen.add(days)
        _check_interval(one)


def _check_interval(reading: ReadingFact) -> None:
    low, high = reading.low, reading.high
    if low is None and high is None:
        return
    if low is None or high is None:
        missing = "low" if low is None else "high"
        raise MeasureNotValid(
            f"readings[{reading.key}].{missing}", "one end of the interval is missing",
            "give both ends, or null for both where no interval is known",
        )  # fmt: skip
    if low > high:
        raise MeasureNotValid(
            f"readings[{reading.key}].low", f"{low:g} is above high {high:g}", "exchange the two"
        )
    if not low <= reading.value <= high:
        raise MeasureNotValid(
            f"readings[{reading.key}].value",
            f"{reading.value:g} is not between low {low:g} and high {high:g}",
            "correct one of the three",
        )  # fmt: skip
