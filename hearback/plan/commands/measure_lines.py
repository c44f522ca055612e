"""A success measure on the command line: for people, and with every number for scripts."""

from dataclasses import asdict
from typing import Any

from hearback.measure.rules import MEASURES
from hearback.plan.facts import SuccessMeasureFact
from hearback.plan.rules import (
    METHOD,
    METHOD_VERSION,
    Binding,
    ReadingFact,
    actual_words,
    aim_of,
    needed_words,
    reading_words,
    status_words,
)


def measure_payload(measure: SuccessMeasureFact) -> dict[str, Any]:
    """Give what was promised, the figures it is held against, and what comes out, each with its parts."""
    binding = Binding(
        measure.measure_key, measure.measure_level, measure.measure_subject, measure.measure_pool
    )
    bound = None if measure.measure_key is None else {
        "measure": measure.measure_key, "level": binding.level, "subject": binding.subject,
        "pool": measure.pool,
    }  # fmt: skip
    return {
        "key": measure.key,
        "name": measure.name,
        "bound_to": bound,
        "aim": asdict(aim_of(measure)),
        "reporting": measure.reporting,
        "latest_reading": asdict(measure.latest_reading) if measure.latest_reading else None,
        "progress": asdict(measure.progress) if measure.progress else None,
        "method": {"name": METHOD, "version": METHOD_VERSION, "page": "docs/methods/progress.md"},
    }


def measure_lines(measure: SuccessMeasureFact) -> list[str]:
    """Say how far a success measure is in a few lines."""
    progress, kind = measure.progress, kind_of(measure)
    if progress is None:
        return []
    lines = [f"{measure.name} ({measure.key}): {measure.reporting}", f"  {status_words(progress)}"]
    lines += _line("from", progress.start, kind) + _line("judged", progress.judged, kind)
    parts = (("so far", actual_words(progress, kind)), ("needed", needed_words(progress, kind)))
    return lines + [f"  {name}: {words}" for name, words in parts if words]


def kind_of(measure: SuccessMeasureFact) -> str | None:
    """Say what kind of number a measure computed here is, as share; None for an index of others."""
    found = MEASURES.get(measure.measure_key or "")
    return found.kind if found else None


def _line(name: str, reading: ReadingFact | None, kind: str | None) -> list[str]:
    return [] if reading is None else [f"  {name}: {reading_words(reading, kind)}, {reading.as_of}"]
