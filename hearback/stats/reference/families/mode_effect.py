"""Channels compared at a common mix, and by regression."""

import re
from typing import Any

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, labels
from hearback.stats.reference.figures import CaseSample, sample_of
from hearback.stats.survey.design import Floats
from hearback.stats.survey.modes import mix_of, standardised_means
from hearback.stats.survey.regression import INTERCEPT, linear_regression

_BY = re.compile(r"svyby\(\s*~\s*(.+?)\s*,\s*~\s*([\w.]+)\s*\+\s*([\w.+ ]+)")
_REGRESSION = re.compile(r"svyglm\(\s*(.+?)\s*~\s*([\w.+ ]+?)\s*,")


def compute(case: Case) -> dict[str, Any]:
    """Standardise and regress as the R calls of the case state."""
    sample = sample_of(case)
    outcome, channel, group = _formula(case, _BY).groups()
    columns = [labels(sample.rows, name.strip()) for name in group.split("+")]
    groups = [" / ".join(row) for row in zip(*columns, strict=True)]
    answered = sample.domain & ~np.isnan(sample.values(outcome))
    standard = case.parameter("standard", None) or mix_of(sample.design, groups, answered)
    means = standardised_means(
        sample.design,
        sample.values(outcome),
        labels(sample.rows, channel),
        groups,
        standard,
        domain=sample.domain,
    )
    found: dict[str, Any] = {
        "channels": {
            name: {"crude": one.crude.value, "standardised": one.value, "se": one.se}
            for name, one in means.channels.items()
        },
    }
    for name in case.expected:
        if pair := re.fullmatch(r"(\w+)_minus_(\w+)", name):
            known = set(pair.groups()) <= set(means.channels)
            difference = means.difference(pair[2], pair[1]) if known else None
            found[name] = {
                "difference": difference and difference.value,
                "se": difference and difference.se,
            }
    return found | {"regression": _regression(case, sample)}


def _regression(case: Case, sample: CaseSample) -> list[dict[str, Any]]:
    """Regress on levels as columns; the level that the case has no term for is the reference."""
    outcome, stated = _formula(case, _REGRESSION).groups()
    terms = [one["term"] for one in case.expected["regression"] if one["term"] != INTERCEPT]
    columns = [_column(sample, term) for term in terms]
    missing = np.zeros(len(sample.rows), dtype=bool)
    for name in stated.split("+"):
        missing |= np.array([label == "" for label in labels(sample.rows, name.strip())], dtype=bool)
    found = linear_regression(
        sample.design,
        sample.values(outcome),
        np.column_stack(columns),
        terms,
        domain=sample.domain & ~missing,
        level=case.parameter("level", 0.95),
    )
    return [{"term": one.term, "coef": one.value, "se": one.se} for one in found.coefficients]


def _column(sample: CaseSample, term: str) -> Floats:
    name, _, level = term.partition("=")
    if not level:
        return sample.values(name)
    return np.array([float(label == level) for label in labels(sample.rows, name)])


def _formula(case: Case, pattern: re.Pattern[str]) -> re.Match[str]:
    found = next((match for line in case.r if (match := pattern.search(line))), None)
    if found is None:
        raise CaseNotValid(f"{case.id}: none of its R calls looks like {pattern.pattern}")
    return found
