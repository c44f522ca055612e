"""Counts of groups with noise, made up; a test names what it is about."""

from datetime import date
from typing import Any

from hearback.measure.facts import NoisyGroup, NoisyGroupsFact
from hearback.measure.rules.noise import METHOD, VERSION


def noisy(dimension: str = "age_band", *groups: tuple[str, int, int], **given: Any) -> NoisyGroupsFact:
    """Make one table of the survey of FY2021 Q4, half of a budget of 1 spent on it."""
    made: dict[str, Any] = {
        "survey": "va-vha-2-fy2021-q4-email", "budget_key": "email-fy2021-q4",
        "service": "va-vha-2", "provider": "va-vha",
        "quarter": "FY2021-Q4", "question": "trust", "dimension": dimension,
        "groups": tuple(NoisyGroup(*one) for one in groups or (("18-34", 212, 41), ("65+", -3, 5))),
        "epsilon": "1/2", "budget": "1", "half_width": 12, "noise_sd": 5.642149668143987,
        "drawn_on": date(2021, 11, 2), "method": METHOD, "method_version": VERSION,
    }  # fmt: skip
    return NoisyGroupsFact(**(made | given))
