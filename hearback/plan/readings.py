"""The figures of success measures, wherever they come from, and how far they are on their way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from hearback.fiscal import parse_period
from hearback.measure import queries as scores
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import POOLS
from hearback.plan.models import MeasureReading, SuccessMeasure
from hearback.plan.rules import (
    Binding,
    EffectFact,
    ProgressFact,
    ReadingFact,
    aim_of,
    effect_of,
    judge,
    readings_after,
    reporting_status,
)
from hearback.stats import Reason


@dataclass(frozen=True)
class Measured:
    """Where a success measure is on a day. `pool` is the one of figures that are computed here."""

    pool: str | None
    readings: tuple[ReadingFact, ...]
    latest_reading: ReadingFact | None
    reporting: str
    progress: ProgressFact


def measured(measure: SuccessMeasure, on: date) -> Measured:
    """Find the figures of a success measure, and say how far it is on a day."""
    pool, readings = None, own_readings(measure.readings.all())
    if measure.measure_key is not None:
        pool, readings = computed_readings(binding_of(measure))
    starts = settings.FISCAL_YEAR_STARTS
    aim = aim_of(measure)
    progress = judge(aim, readings, on, starts)
    is_first = aim.baseline_as_of is None
    return Measured(
        pool=pool,
        readings=readings,
        latest_reading=max(readings, key=lambda r: parse_period(r.as_of, starts).ends_before, default=None),
        reporting=reporting_status(
            has_figure=bool(readings) if is_first else progress.years_passed is not None,
            is_computed=measure.measure_key is not None,
        ),
        progress=progress,
    )


def effect_in(result: Mapping[str, Any]) -> EffectFact | None:
    """Compare the figures of a result of a project; None where it has none, or not of both dates.

    Where it names a success measure, they are the figures of that, of just these dates.
    """
    unit = result.get("unit")
    if result.get("measure"):
        measure = SuccessMeasure.objects.filter(key=result["measure"]).first()
        if measure is None:
            return None
        bound = measure.measure_key is not None
        found = computed_readings(binding_of(measure))[1] if bound else own_readings(measure.readings.all())
        by_date = {one.as_of: one for one in found}
        before, after = by_date.get(result["before_as_of"]), by_date.get(result["after_as_of"])
        if before is None or after is None:
            return None
        since = readings_after(found, settings.FISCAL_YEAR_STARTS, before, after)
        return effect_of(before, after, unit, since)
    before, after = (_own(result, when) for when in ("before", "after"))
    return None if before is None or after is None else effect_of(before, after, unit)


def _own(result: Mapping[str, Any], when: str) -> ReadingFact | None:
    if result.get(when) is None:
        return None
    low, high, as_of = (result[f"{when}_{name}"] for name in ("low", "high", "as_of"))
    return ReadingFact(as_of, result[when], low, high, source=result["source"])


def binding_of(measure: SuccessMeasure) -> Binding:
    """Say to which number computed here a success measure is bound."""
    return Binding(measure.measure_key, measure.measure_level, measure.measure_subject, measure.measure_pool)


def own_readings(rows: Iterable[MeasureReading]) -> tuple[ReadingFact, ...]:
    """Give the figures that others published, by the text of their dates."""
    return tuple(
        ReadingFact(r.as_of, r.value, r.low, r.high, r.definition, r.source, r.confidence, r.note, key=r.key)
        for r in rows
    )


def computed_readings(binding: Binding) -> tuple[str | None, tuple[ReadingFact, ...]]:
    """Give the figures of a measure computed here, by quarter, and the pool they are of.

    Where the success measure names no pool, it is the first, in the order of `measure.rules.POOLS`, that has
    a figure. Quarters without one are left out.
    """
    by_pool: dict[str, list[ReadingFact]] = {}
    for score in scores.scores(binding.level, binding.subject, measure=binding.measure_key):
        if score.value is not None:
            by_pool.setdefault(score.pool, []).append(_reading(score, score.value))
    pool = binding.measure_pool or next((key for key in POOLS if key in by_pool), None)
    return pool, tuple(by_pool.get(pool or "", ()))


def _reading(score: ScoreFact, value: float) -> ReadingFact:
    """Take a score as a reading; a count is exact."""
    is_count = score.reason == Reason.COUNTED
    return ReadingFact(
        as_of=score.quarter,
        value=value,
        low=value if is_count else score.low,
        high=value if is_count else score.high,
        definition=f"{score.method}, version {score.method_version}",
        n=score.n,
        n_surveys=score.n_surveys,
        flags=score.flags,
    )
