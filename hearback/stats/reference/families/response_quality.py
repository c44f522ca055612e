"""Straight-lining, speeding and outlying answers."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, numbers
from hearback.stats.reference.sample import filtered
from hearback.stats.response import Speeders, answer_patterns, outlying_answers, speeders
from hearback.stats.survey.design import Floats

_SPEEDER = re.compile(
    r"(\w+)\s*<\s*([\d.]+)\s*(?:x|\*|times)\s*(?:the\s+)?median(?:.*?\bof\s+(?:its|the|their)\s+(\w+))?"
)


def compute(case: Case) -> dict[str, Any]:
    """Look at the rows the filter keeps; list as many as the case does."""
    rows, items = filtered(case), list(case.parameter("items"))
    answers = np.column_stack([numbers(rows, item) for item in items])
    patterns = answer_patterns(answers, straight_from=_fewest(case))
    fast = _speeders(case, rows)
    distances = outlying_answers(answers).distances
    name = _name_of_rows(rows)
    found = [
        {
            name: row.get(name),
            "answered": patterns.answered[i],
            "longest_run": patterns.longest_run[i],
            "irv": patterns.irv[i],
            "straightliner": patterns.straightliner[i],
            "speeder": fast.flags[i],
            "mahalanobis": distances[i],
        }
        for i, row in enumerate(rows)
    ]
    return {
        "n": len(rows),
        "median_duration": fast.medians,
        "n_straightliners": int(patterns.straightliner.sum()),
        "n_speeders": int(fast.flags.sum()),
        "n_both": int((patterns.straightliner & fast.flags).sum()),
        "rows": _listed(case, found, name),
    }


def _listed(case: Case, found: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Give the people the case lists, who are not all."""
    asked = (case.expected or {}).get("rows")
    if asked is None:
        return list(found)
    names = {row.get(name) for row in asked}
    if names - {None}:
        return [row for row in found if row[name] in names]
    return list(found[: len(asked)])


def _name_of_rows(rows: Sequence[Row]) -> str:
    """Find the column that names the people: response_id, or else the first."""
    columns = list(rows[0]) if rows else []
    return "response_id" if "response_id" in columns or not columns else columns[0]


def _fewest(case: Case) -> int:
    number = re.search(r"\d+", str(case.parameter("straightliner", "at least 4 answered items, all equal")))
    if number is None:
        raise CaseNotValid(f"{case.id}: the parameter straightliner names no number of answers")
    return int(number[0])


def _speeders(case: Case, rows: Sequence[Row]) -> Speeders:
    rule = _SPEEDER.search(case.parameter("speeder"))
    if rule is None:
        raise CaseNotValid(f"{case.id}: the rule {case.parameter('speeder')!r} for speeders cannot be read")
    times: Floats = numbers(rows, rule[1])
    groups = labels(rows, rule[3]) if rule[3] else ["all"] * len(rows)
    return speeders(times, groups, factor=float(rule[2]))
