"""Outcome rates of surveys from their dispositions."""

from typing import Any

from hearback.stats.reference.case import Case, Row
from hearback.stats.response.outcome_rates import CODES, Dispositions, outcome_rates


def compute(case: Case) -> list[dict[str, Any]]:
    """Give the rates of every row; a letter without a column does not occur in the survey."""
    return [_rates(row, case.parameters.get("e")) for row in case.rows]


def _rates(row: Row, e: float | None) -> dict[str, Any]:
    counts = {name: _count(row.get(code, "0")) for code, name in CODES.items()}
    rates = vars(outcome_rates(Dispositions(**counts), e=e))
    names = {column: row[column] for column in row if column not in CODES}
    return names | {name if name == "e" else name.upper(): rate for name, rate in rates.items()}


def _count(text: str) -> float | None:
    return None if text == "" else float(text)
