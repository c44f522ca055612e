"""To which number computed here a success measure is bound, or to none."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from hearback.measure.rules import GOVERNMENT, LEVELS, MEASURES, POOLS
from hearback.plan.rules.progress.checks import MeasureNotValid

WHOLE = "government"
"""The level of a measure that names none."""


@dataclass(frozen=True)
class Binding:
    """A measure of the measure stage, of what, and in which pool; all null for an index of others."""

    measure_key: str | None = None
    measure_level: str | None = None
    measure_subject: str | None = None
    measure_pool: str | None = None

    @property
    def level(self) -> str:
        """Give the level, which is the whole government where none is named."""
        return self.measure_level or WHOLE

    @property
    def subject(self) -> str:
        """Give the subject, which is everything where none is named."""
        return self.measure_subject or GOVERNMENT


def check_binding(binding: Binding, *, has_readings: bool) -> None:
    """Check that what a success measure is bound to is there.

    Raises:
        MeasureNotValid: naming the field, and what could be written.
    """
    if binding.measure_key is None:
        for field in ("measure_level", "measure_subject", "measure_pool"):
            if getattr(binding, field) is not None:
                raise MeasureNotValid(field, "there is no measure_key beside it", "name the measure, or null")
        return
    _check_known("measure_key", binding.measure_key, MEASURES, "measure")
    _check_known("measure_level", binding.level, LEVELS, "level")
    if binding.measure_pool is not None:
        _check_known("measure_pool", binding.measure_pool, POOLS, "pool")
    if (binding.level == WHOLE) != (binding.subject == GOVERNMENT):
        raise MeasureNotValid(
            "measure_subject", f"'{binding.subject}' is no subject of the level {binding.level}",
            "give the key of one, or null for the whole government",
        )  # fmt: skip
    if has_readings:
        raise MeasureNotValid(
            "readings", f"figures of {binding.measure_key} are computed here, not given",
            "leave the readings out, or measure_key",
        )  # fmt: skip


def _check_known(field: str, key: str, known: Mapping[str, object], kind: str) -> None:
    if key not in known:
        near = get_close_matches(key, known, n=3, cutoff=0.4) or list(known)[:5]
        raise MeasureNotValid(
            field,
            f"there is no {kind} '{key}'",
            f"write one that is there, such as {', '.join(near)}, or null",
        )
