"""A small survey for tests: its layout, and files of answers to it."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hearback.collect.answers.layout import ReadFile

HEADER = ("when", "how", "tongue", "age", "q1", "q2", "w")
ROW = ("2021-01-05", "1", "E", "1", "5", "2", "1.5")
LAYOUT: dict[str, Any] = {
    "format": "hearback-layout-1",
    "survey": "counter",
    "period": "2021-01",
    "name": "At the counter",
    "service": "service-2",
    "provider": "21",
    "timing": "post_transaction",
    "day": {"kind": "date", "column": "when"},
    "channel": {"column": "how", "codes": {"1": "in_person", "2": "paper"}, "not_known": [""]},
    "language": {"column": "tongue", "codes": {"E": "english", "S": "spanish"}},
    "groups": {
        "age_band": {"column": "age", "codes": {"1": "18-34", "2": "35 and over"}, "not_known": ["9", ""]},
    },
    "questions": [
        {"column": "q1", "question": "trust", "wording": "I trust the counter.",
         "wording_class": "stated_trust", "codes": {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5},
         "no_answer": ["", "0"], "not_asked": ["6"]},
        {"column": "q2", "question": "solved", "scale": "yes_no", "codes": {"1": 1, "2": 2},
         "no_answer": [""]},
    ],
    "weight": "w",
}  # fmt: skip


def layout(**changed: Any) -> ReadFile:
    """Give the layout with some fields changed; None takes a field away."""
    fields = {name: value for name, value in {**LAYOUT, **changed}.items() if value is not None}
    return as_file("layout.json", fields)


def question(**changed: Any) -> list[dict[str, Any]]:
    """Give the questions with fields of the first changed."""
    first, *rest = LAYOUT["questions"]
    return [{**first, **changed}, *rest]


def as_file(name: str, value: Any) -> ReadFile:
    """Give a value as a small file of JSON."""
    return ReadFile(name, json.dumps(value).encode())


def row(**cells: str) -> tuple[str, ...]:
    """Give a row with some cells changed."""
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, ROW, strict=True))


def write(path: Path, *rows: Sequence[str], header: Sequence[str] = HEADER) -> Path:
    """Write a file of answers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])
    return path
