"""People for tests of drivers: made up by rule, or read from the cases computed elsewhere."""

import csv
import json
from typing import Any

import numpy as np

from hearback.collect.archive import Form, Item
from hearback.measure.drivers.reading import COLUMNS
from tests.conftest import ROOT
from tests.measure.answers.people import Person, form

GOLDEN = ROOT / "tests" / "golden" / "statistics"
QUESTIONS = ("effectiveness", "ease", "efficiency", "transparency", "equity")


def asking(survey: str = "a", *questions: str, **given: object) -> Form:
    """Make a form that asks about trust and the questions, all in the standard words."""
    items = (
        Item("trust", wording_class="increased_trust"),
        *(Item(question, wording_class="standard") for question in questions or QUESTIONS),
    )
    return form(survey, **{"items": items, "groups": (), **given})  # type: ignore[arg-type]


def crowd(asked: Form, n: int, seed: int = 1, **fixed: int) -> list[Person]:
    """Make n people whose answers hang together: trust most with the first question, less with each later.

    `fixed` gives one answer to a question in place of theirs.
    """
    rng = np.random.default_rng(seed)
    mood = rng.normal(size=n)
    columns: dict[str, Any] = {}
    names = [item.question for item in asked.items if item.question in COLUMNS[1:]]
    for name in names:
        columns[name] = np.clip(np.round(3.6 + 0.6 * mood + 0.9 * rng.normal(size=n)), 1, 5)
    pull = sum(columns[name] * 0.6 / (place + 1) for place, name in enumerate(names))
    columns["trust"] = np.clip(np.round(pull - 1 + 0.6 * rng.normal(size=n)), 1, 5)
    return [
        Person(asked, {**{name: int(columns[name][row]) for name in columns}, **fixed}) for row in range(n)
    ]


def golden(case: str) -> tuple[list[Person], dict[str, Any]]:
    """Give the people of a case, and what the case expects; its response is asked as the trust question."""
    written = json.loads((GOLDEN / "expected" / f"drivers__{case}.json").read_text(encoding="utf-8"))
    response, weights = written["parameters"]["response"], written["parameters"]["weights"]
    predictors = written["parameters"]["predictors"]
    asked = asking(f"{case}-survey", *predictors, weighted=weights is not None)
    with (GOLDEN / written["inputs"][0]).open(encoding="utf-8", newline="") as file:
        people = [
            Person(
                asked,
                {"trust": int(row[response]), **{name: int(row[name]) for name in predictors}},
                weight=float(row[weights]) if weights else 1.0,
            )
            for row in csv.DictReader(file)
        ]
    return people, written["expected"]
