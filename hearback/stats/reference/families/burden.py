"""Burden of collections, or measured times by group: whichever the input holds."""

from dataclasses import asdict
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Row, number, numbers
from hearback.stats.reference.sample import filtered
from hearback.stats.response import Collection, burden, summarise_durations


def compute(case: Case) -> dict[str, Any]:
    """Give hours and cost of a table of collections; of a table of answers, the times by group."""
    return _table(case) if "responses" in case.rows[0] else _durations(case)


def _table(case: Case) -> dict[str, Any]:
    found = burden([_collection(row) for row in case.rows])
    return {
        "rows": [
            {"collection": row.get("collection"), "hours": one.hours, "cost": one.cost}
            for row, one in zip(case.rows, found.collections, strict=True)
        ],
        "total_responses": found.total_responses,
        "total_hours": found.total_hours,
        "total_cost": found.total_cost,
        "total_hours_reported": found.total_hours_reported,
        "mean_minutes": found.mean_minutes,
    }


def _collection(row: Row) -> Collection:
    minutes, wage = (None if row.get(name, "") == "" else number(row[name]) for name in ("minutes", "wage"))
    return Collection(responses=int(number(row["responses"])), minutes=minutes, wage=wage)


def _durations(case: Case) -> dict[str, Any]:
    rows = filtered(case)
    times = numbers(rows, _column(case, "duration", "duration_s", "seconds"))
    by = [row[_grouping(case)] for row in rows]
    return {
        group: asdict(summarise_durations(times[np.array([one == group for one in by])]))
        for group in sorted(set(by))
    }


def _column(case: Case, parameter: str, *usual: str) -> str:
    named: list[str | None] = [
        case.parameters.get(parameter),
        *usual,
        *(name for name in case.rows[0] if "duration" in name),
    ]
    found = next((name for name in named if name in case.rows[0]), None)
    if found is None:
        raise CaseNotValid(
            f"{case.id}: the input has no column of durations; it has {', '.join(case.rows[0])}"
        )
    return str(found)


def _grouping(case: Case) -> str:
    """Find the column whose groups the case lists; the channel, unless others are."""
    if named := case.parameters.get("by"):
        return str(named)
    columns = sorted(case.rows[0], key=lambda name: name != "channel")
    listed = set(case.expected or ())
    found: str = next(
        (name for name in columns if listed and {row[name] for row in case.rows} >= listed), "channel"
    )
    return found
