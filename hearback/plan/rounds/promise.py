"""What a success measure promises, in words, beside which its figures are given."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hearback.measure.rules import MEASURES
from hearback.plan.rounds.asked import Promise
from hearback.plan.rules import KEEP, figure_words

AIMS = {"up": _("To rise"), "down": _("To fall"), "keep": _("To be kept")}


def promised(promise: Promise) -> list[tuple[Any, Any]]:
    """List what a success measure promises; None is what is not known."""
    aim = promise.aim
    start = _figure(promise, aim.baseline_value)
    return [
        (_("Unit"), _("percent, from 0 to 100") if promise.percent else None),
        (_("Direction"), AIMS.get(aim.direction or "")),
        (
            _("Baseline"),
            _with_words(start, aim.baseline_as_of, promise.baseline),
        ),
        (_("Target"), _with_words(_target(promise), promise.target)),
        (_("Due"), aim.due),
    ]


def _with_words(*parts: Any) -> str | None:
    return " · ".join(str(part) for part in parts if part) or None


def _figure(promise: Promise, value: float | None) -> str | None:
    if value is None:
        return None
    measure = MEASURES.get(promise.measure_key or "")
    return figure_words(value, measure.kind if measure else None)


def _target(promise: Promise) -> Any:
    """Say the number to reach, or the bounds to keep."""
    aim = promise.aim
    if aim.direction != KEEP:
        return _figure(promise, aim.target_value)
    low, high = _figure(promise, aim.target_low), _figure(promise, aim.target_high)
    if low and high:
        return _("from %(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("at least %s") % low
    return _("at most %s") % high if high else None
