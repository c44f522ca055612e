"""Small files of each kind, made cell by cell: a good row, and what a test changes in it."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hearback.collect.exchange import HEADER
from hearback.collect.importers import IMPORTERS
from hearback.collect.importers.importer import Importer

Cells = dict[str, Any]

QUARTERLY: Cells = {
    "id": 1,
    "attributes_organization_name": "Department of Example",
    "attributes_organization_abbreviation": "DOE",
    "attributes_service_provider_id": 21,
    "attributes_collection_year": 2021,
    "attributes_collection_quarter": 2,
    "attributes_service_provided": "Outpatient Services",
    "attributes_transaction_point": "Follow-up after the visit",
    "attributes_channel": "email",
    "attributes_volume_of_customers": "90000.0",
    "attributes_volume_of_customers_provided_survey_opportunity": "1000.0",
    "attributes_volume_of_respondents": 300,
    "attributes_omb_control_number": "0000-0000",
    "attributes_updated_at": "2021-08-04T19:44:05.084Z",
    "attributes_service_id": 2,
}
WORDS = {
    1: "I am satisfied with the service I received.",
    2: "This interaction increased my trust in the agency.",
    3: "My need was addressed.",
    4: "It was easy to complete what I needed to do.",
    5: "It took a reasonable amount of time.",
    6: "I was treated fairly.",
    7: "Employees I interacted with were helpful.",
}
COUNTS = {n: (n, 10, 20, 30, 40) for n in WORDS}


def question(
    number: int, counts: Iterable[int], *, text: str = "", mean: str = "", prefix: str = ""
) -> Cells:
    """Give the cells of one question of a v1 file."""
    cells = {f"{prefix}q{number}_{box}": n for box, n in enumerate(counts, start=1)}
    return cells | {f"{prefix}q{number}_text": text, f"{prefix}q{number}_point_scale": mean}


def quarterly_row(**changes: Any) -> Cells:
    """Give a good row of the merged quarterly file; changes are named without `attributes_`."""
    row = dict(QUARTERLY)
    for number, text in WORDS.items():
        row |= question(number, COUNTS[number], text=text, mean=mean_of(COUNTS[number]), prefix="attributes_")
    for number in range(8, 12):
        row |= question(number, (0,) * 5, prefix="attributes_")
    return row | {f"attributes_{name}": value for name, value in changes.items()}


def admin_row(**changes: Any) -> Cells:
    """Give a good row of the administrative export, name and abbreviation in their right columns."""
    row = {name.removeprefix("attributes_"): value for name, value in quarterly_row().items()}
    row["collection_organization_name"] = row["service_provider_organization_name"] = "Department of Example"
    row["collection_organization_abbreviation"] = row["service_provider_organization_abbreviation"] = "DOE"
    return row | changes


def trust_row(**changes: Any) -> Cells:
    """Give a good row of the trust-count file: the same survey as `quarterly_row`."""
    return {
        "fiscal_year": 2021,
        "quarter": 2,
        "service_provider_id": 21,
        "service_id": 2,
        "service_provided": "Outpatient  Services ",
        "transaction_point": "Follow-up after the visit",
        "channel": "email",
        "rating": "TRUE",
        "population_size": 90000,
        "volume_of_customers_provided_survey_opportunity": 1000,
        "volume_of_respondents": 300,
        "sample_size": 102,
        "question_id": 2,
        "question_text": WORDS[2],
        "strongly_disagree_num": 2,
        "disagree_num": 10,
        "neutral_num": 20,
        "agree_num": 30,
        "strongly_agree_num": 40,
        "strongly_agree_or_agree_num": 70,
        "point_scale": mean_of((2, 10, 20, 30, 40)),
        "metric_category": "trust",
    } | changes


def exchange_row(**changes: Any) -> Cells:
    """Give a good row of the exchange format: the same survey as `quarterly_row`, trust only."""
    trust = {f"trust_{box}": n for box, n in enumerate(COUNTS[2], start=1)}
    return {
        "fiscal_quarter": "FY2021-Q2",
        "provider_code": "21",
        "service_code": "2",
        "survey_name": "Outpatient Services",
        "channel": "email",
        "timing": "post_transaction",
        "customers": 90000,
        "offered": 1000,
        "respondents": 300,
        "rating": "TRUE",
        "trust_wording_class": "increased_trust",
        "trust_scale": "five_point",
        "trust_mean": mean_of(COUNTS[2]),
        **trust,
        **changes,
    }


def mean_of(counts: Iterable[int]) -> str:
    """Give the mean to two decimals, half up, by way of fractions: not the way the program does it."""
    boxes = list(counts)
    hundredths = sum(box * n for box, n in enumerate(boxes, start=1)) * 100
    whole, left = divmod(hundredths, sum(boxes))
    whole += 2 * left >= sum(boxes)
    return f"{whole // 100}.{whole % 100:02}"


def columns_of(kind: str) -> tuple[str, ...]:
    """Give all columns of a kind of file."""
    importer = importer_of(kind)
    return (*importer.columns, *importer.unread)


def importer_of(kind: str) -> Importer:
    """Find an importer by its kind."""
    return next(importer for importer in IMPORTERS if importer.kind == kind)


def write(path: Path, kind: str, rows: Iterable[Cells], *, more: Iterable[str] = ()) -> Path:
    """Write a file of a kind. Cells that a row does not name are blank; `more` adds columns."""
    columns = HEADER if kind == "hearback_quarterly" else columns_of(kind)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*columns, *more], restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path
