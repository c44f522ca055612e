"""Item response rates with valid skips."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, numbers
from hearback.stats.reference.sample import filtered
from hearback.stats.response import item_response_rate

_SKIP = re.compile(r"(.+?)\s+(?:is|are|was|were)\s+(?:not|only)\s+asked\s+(?:on|in|by|for|of)\s+(.+)")


def compute(case: Case) -> dict[str, Any]:
    """Give the rates of every item."""
    rows = filtered(case)
    skips = _skips(case, rows)
    weight = case.parameter("weight", "weight")
    weights = numbers(rows, weight) if rows and weight in rows[0] else None
    return {
        item: _rates(rows, item, skips.get(item), weights)
        for item in case.parameters.get("items") or list(case.expected or ())
    }


def _rates(rows: Sequence[Row], item: str, skip: Any, weights: Any) -> dict[str, Any]:
    answered = [text != "" for text in labels(rows, item)]
    found = item_response_rate(answered, valid_skip=skip, weights=weights)
    return {
        "respondents": found.respondents,
        "answered": found.answered,
        "valid_skips": found.valid_skips,
        "rate": found.rate,
        "weighted_rate": found.weighted_rate,
        "below_70": found.needs_bias_analysis,
    }


def _skips(case: Case, rows: Sequence[Row]) -> dict[str, Any]:
    """Read who was not asked what: `employee is not asked on web and mail; ease is not asked on phone`."""
    stated = case.parameters.get("valid_skip")
    if isinstance(stated, Mapping):
        return {item: _member(case, rows, _listed(groups)) for item, groups in stated.items()}
    found: dict[str, Any] = {}
    for part in re.split(r"\s*;\s*", stated or ""):
        if part.strip().rstrip(".") in ("", "none"):
            continue
        words = _SKIP.fullmatch(part.strip().rstrip("."))
        if words is None:
            raise CaseNotValid(f"{case.id}: the valid skip {part!r} cannot be read")
        inside = _member(case, rows, _listed(words[2]))
        for item in _listed(words[1]):
            found[item] = ~inside if " only " in part else inside
    return found


def _listed(text: Any) -> list[str]:
    if not isinstance(text, str):
        return [str(one) for one in text]
    return [
        one.strip("() ") for one in re.split(r"\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+", text) if one.strip("() ")
    ]


def _member(case: Case, rows: Sequence[Row], groups: Sequence[str]) -> Any:
    """Mark the rows of the groups, in the column that holds most of them."""
    columns = list(case.rows[0]) if case.rows else []
    held = {column: len({row[column] for row in case.rows} & set(groups)) for column in columns}
    if any(held.values()):
        column = max(columns, key=lambda name: held[name])
        return np.array([row[column] in groups for row in rows], dtype=bool)
    raise CaseNotValid(f"{case.id}: no column of the input holds the values {', '.join(groups)}")
