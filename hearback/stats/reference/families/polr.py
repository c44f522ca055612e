"""The proportional-odds model against R's `polr` and `clm`."""

import operator
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from hearback.stats.models import OrdinalModel, proportional_odds
from hearback.stats.models.answers import complete_rows
from hearback.stats.models.terms import taken
from hearback.stats.reference.case import Case, CaseNotValid, Row, labels
from hearback.stats.reference.sample import filtered

INFORMATION = frozenset({"polr_coefficients", "polr_se"})
EXCLUDED = re.compile(r"(?:rows\s+(?:with|where)\s+)?(\w+)\s*(==|!=|<=|>=|<|>|=|\bin\b)\s*(.+)")
MISSING = re.compile(r"\b(missing|blank|empty|unanswered|not answered|NA)\b")
"""Rows with missing values are left out of a model anyway."""
COMPARISONS = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}


def compute(case: Case) -> Any:
    """Fit the model to the rows that are not excluded."""
    rows = without(filtered(case), case.parameters.get("exclude"))
    predictors = {name: column(rows, name) for name in case.parameter("predictors")}
    answers = column(rows, case.parameter("response"))
    model = proportional_odds(answers, predictors, order=order_of(answers), counts=counts_of(case, rows))
    complete = complete_rows(answers, predictors)
    first = {name: taken(values, complete)[:3] for name, values in predictors.items()}
    return as_expected(model) | {"probabilities_first_3_rows": model.probabilities(first)}


def as_expected(model: OrdinalModel) -> dict[str, Any]:
    """Name the parts of a model as the cases do."""
    if model.log_likelihood is None:
        undefined = (
            "coefficients",
            "se",
            "thresholds",
            "thresholds_se",
            "log_likelihood",
            "aic",
            "odds_ratios",
        )
        return {"n": model.n, "levels": list(model.levels.labels)} | dict.fromkeys(undefined)
    return {
        "n": model.n,
        "levels": list(model.levels.labels),
        "coefficients": {term.name: term.coefficient for term in model.terms},
        "se": {term.name: term.se for term in model.terms},
        "thresholds": {cut.name: cut.value for cut in model.cuts},
        "thresholds_se": {cut.name: cut.se for cut in model.cuts},
        "log_likelihood": model.log_likelihood,
        "aic": model.aic,
        "odds_ratios": {term.name: term.odds_ratio for term in model.terms},
    }


def column(rows: Sequence[Row], name: str) -> list[Any]:
    """Read a column as R would: numbers if all its values are, else words; blank is missing."""
    texts = labels(rows, name)
    try:
        return [float(text) if text != "" else np.nan for text in texts]
    except ValueError:
        return texts


def order_of(answers: Sequence[Any]) -> list[str] | None:
    """Order answers that are words alphabetically, as R's `factor` does; None for numbers."""
    words = {answer for answer in answers if isinstance(answer, str) and answer}
    return sorted(words, key=lambda word: (word.casefold(), word)) if words else None


def counts_of(case: Case, rows: Sequence[Row]) -> Any:
    """Give how many people each row stands for, where the case names a column of counts; None if not."""
    name = case.parameters.get("weights") or case.parameters.get("counts")
    return None if name is None else np.nan_to_num(np.array(column(rows, name)))


def without(rows: Sequence[Row], excluded: str | None) -> list[Row]:
    """Leave out rows, as in `rows with satisfaction == 2`; several conditions are joined by `or`.

    Raises:
        CaseNotValid: if the words cannot be read.
    """
    kept = list(rows)
    for part in re.split(r"\s+or\s+|\s*;\s*", excluded or ""):
        if part.strip() and not MISSING.search(part):
            kept = [row for row in kept if not _holds(row, part.strip())]
    return kept


def _holds(row: Row, part: str) -> bool:
    found = EXCLUDED.fullmatch(part)
    if found is None or found[1] not in row:
        raise CaseNotValid(f"the rows to exclude, {part!r}, cannot be read")
    value, sign, wanted = row[found[1]], found[2], found[3].strip()
    if sign in COMPARISONS:
        return value != "" and bool(COMPARISONS[sign](float(value), float(wanted)))
    listed = re.split(r"\s*,\s*", wanted.strip("()[]c ")) if sign == "in" else [wanted]
    return (value in [one.strip("'\" ") for one in listed]) != (sign == "!=")
