"""Rows inserted at once: in the database they are those that an instance for each would give."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.db.models import Model

from hearback.measure.actions import _insert
from hearback.measure.changes.facts import ComparisonFact
from hearback.measure.facts import DriverFact, ExclusionFact, ScoreFact
from hearback.measure.models import Comparison, DriverImportance, Exclusion, Score

ODD = 'Käse\'s "%s" %% {0} \\n \u2028 ✓'
THIRD, LARGE = 1 / 3, 2**63 - 1

SCORE = ScoreFact(
    "trust_mean", "service", ODD, "FY2021-Q2", "stated", 0.1 + 0.2, 5e-324, 1e300, LARGE, 7, ODD, 0, None,
    3, "t", "1", ("nonresponse_item", ODD), None, "0" * 64, se=THIRD, df=68, n_effective=68.0,
    excluded=(("second_value", 1), (ODD, 2)),
)  # fmt: skip
DRIVER = DriverFact(
    "provider", ODD, "FY2021-Q2", "stated", "trust", "ease", THIRD, -0.0, 1.0, 1, 2, 4.5, 4.0, 5.0, 0.5,
    THIRD, 0.75, LARGE, 2, (ODD,), None, 2**32 - 1, 500, "lmg", "1", "f" * 64,
)  # fmt: skip
COMPARISON = ComparisonFact(
    kind="quarter", measure="trust_mean", against="FY2021-Q1", verdict="up", level="service", subject=ODD,
    quarter="FY2021-Q2", pool="stated", subject_before=ODD, value_before=4.0, value_after=THIRD,
    n_before=1, n_after=LARGE, difference=-0.0, low=-THIRD, high=5e-324, p=1e-300, q_value=0.1 + 0.2,
    mix=-0.0, method="t", inputs_sha256="a" * 64,
)  # fmt: skip
EXCLUSION = ExclusionFact("a", ODD, ODD, "FY2021-Q2", "pools", "wording", f"{ODD}\n{ODD}", "ease")
NOTHING = {"value": None, "low": None, "high": None, "se": None, "df": None, "n_effective": None}
OF_NUMPY = {"value": np.float64(THIRD), "low": np.float64(0), "n": np.int64(9), "n_surveys": np.int64(1)}
CASES: dict[type[Model], Sequence[Any]] = {
    Score: [
        SCORE,
        replace(SCORE, subject="b", flags=(), excluded=(), reason="counted", n=None, numerator=1, **NOTHING),
        replace(SCORE, subject="c", value=-0.0, low=-0.0, high=0.0, se=0.0, n=0, df=1),
        replace(SCORE, subject="d", value=0, low=0, high=1, n_surveys=True),
        replace(SCORE, subject="e", **OF_NUMPY),
    ],
    DriverImportance: [DRIVER, replace(DRIVER, driver="equity", low=0.0, flags=())],
    Comparison: [COMPARISON, replace(COMPARISON, subject="b", difference=0.0, mix=None)],
    Exclusion: [EXCLUSION, replace(EXCLUSION, survey="b", explanation="")],
}  # fmt: skip


@pytest.mark.parametrize("model", CASES)
def test_rows_inserted_at_once_are_those_of_instances(db: None, model: type[Model]) -> None:
    facts = CASES[model]
    _insert(model, facts)
    at_once = held(model)
    model._default_manager.all().delete()
    model._default_manager.bulk_create([model(**values_of(fact)) for fact in facts])
    assert at_once == held(model)
    assert len(at_once) == len(facts)


def test_nothing_to_insert_inserts_nothing(db: None) -> None:
    _insert(Score, ())
    assert held(Score) == []


def values_of(fact: Any) -> dict[str, Any]:
    values = {name: value for name, value in asdict(fact).items() if name not in {"dimension", "group"}}
    as_json = {"flags": list, "excluded": dict}
    return {name: as_json[name](value) if name in as_json else value for name, value in values.items()}


def held(model: type[Model]) -> list[str]:
    """Give what the driver of the database reads, every type and digit of it, but the sign of zero."""
    named = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {named} FROM {model._meta.db_table} ORDER BY id")
        rows = cursor.fetchall()
    return [repr([value + 0.0 if isinstance(value, float) else value for value in row]) for row in rows]
