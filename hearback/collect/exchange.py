"""The exchange format: one row per survey and quarter, counts and volumes, no prose.

It is what `hearback collect export` writes, what `examples/federal/reported_surveys.csv` is, and what any
government can write by hand. Codes are those of the directory (schemes `us-cx-provider`, `us-cx-service`), or
its own keys. A blank volume is not reported; a 0 is a reported zero.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hearback.collect.rules import QUESTIONS

SURVEY_COLUMNS = (
    "fiscal_quarter", "provider_code", "service_code", "survey_name", "channel", "timing",
    "customers", "offered", "respondents", "rating",
)  # fmt: skip
QUESTION_PARTS = ("wording_class", "scale", "1", "2", "3", "4", "5", "mean")
HEADER = (*SURVEY_COLUMNS, *(f"{question}_{part}" for question in QUESTIONS for part in QUESTION_PARTS))


@dataclass(frozen=True)
class ExchangeQuestion:
    """Answers 1-5 to one question. `mean` is as published, or None."""

    wording_class: str
    scale: str
    counts: tuple[int, int, int, int, int]
    mean: str | None = None


@dataclass(frozen=True)
class ExchangeSurvey:
    """One row: one survey of one service in one fiscal quarter ('FY2021-Q2'). None is written blank."""

    fiscal_quarter: str
    provider_code: str
    service_code: str
    survey_name: str
    channel: str | None
    timing: str
    customers: int | None
    offered: int | None
    respondents: int | None
    rating: str | None
    questions: dict[str, ExchangeQuestion]


def write_exchange_file(surveys: Iterable[ExchangeSurvey], path: Path) -> int:
    """Write surveys in the order given; returns how many. Lines end in a single line feed."""
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for survey in surveys:
            writer.writerow(_cells(survey))
            written += 1
    return written


def _cells(survey: ExchangeSurvey) -> list[object]:
    cells: list[object] = [getattr(survey, column) for column in SURVEY_COLUMNS]
    for question in QUESTIONS:
        asked = survey.questions.get(question)
        cells += [""] * len(QUESTION_PARTS) if asked is None else [
            asked.wording_class, asked.scale, *asked.counts, asked.mean
        ]  # fmt: skip
    return ["" if cell is None else cell for cell in cells]
