"""The airport survey of three years by three mappings: what is stored is what a plain reading counts."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hearback.collect.instruments.files import read_valid_yaml
from hearback.collect.intake.store import Received
from hearback.collect.response_files.mapping import read_mapping
from hearback.collect.response_files.opened import opened
from hearback.collect.response_files.reading import Given

AIRPORT = Path(__file__).resolve().parents[3] / "examples" / "airport"
YEARS = {2015: 2_958, 2016: 3_087, 2017: 2_831}
RATED = {
    "satisfaction": "Q7ALL", "signs": "Q7SIGN", "food": "Q7FOOD", "wifi": "Q7WIFI", "cleanliness": "Q9ALL",
    "restrooms": "Q9RESTROOM", "safety": "Q10SAFE",
}  # fmt: skip
AGES = {
    "1": "under_18", "2": "18_24", "3": "25_34", "4": "35_44", "5": "45_54", "6": "55_64", "7": "65_over",
    "Under 18": "under_18", "18-24": "18_24", "25-34": "25_34", "35-44": "35_44", "45-54": "45_54",
    "55-64": "55_64", "65-Over": "65_over",
}  # fmt: skip
LANGUAGES = {"1": "en", "2": "es", "3": "zh", "4": "ja"}
CHANNELS = {"1": "in_person", "2": "postal_mail", "3": "website"}


def stored(file: Path, year: int) -> list[Received]:
    """Give what an import would store; every row is good."""
    forms = {1: read_valid_yaml((AIRPORT / "instrument.yaml").read_text(encoding="utf-8"))}
    mapping = read_mapping((AIRPORT / f"mapping_{year}.yaml").read_text(encoding="utf-8"))
    found = list(opened(file, "sfo", forms, Given(None, "en", 1, sha256="f" * 64), mapping).outcomes)
    assert {type(one) for one in found} == {Received}
    return [one for one in found if isinstance(one, Received)]


def counted(responses: list[Received]) -> dict[str, Counter[Any]]:
    """Count what is stored, by question, and beside it languages and channels."""
    counts: dict[str, Counter[Any]] = {
        "language": Counter(one.language for one in responses),
        "channel": Counter(one.channel for one in responses),
    }
    for code in (*RATED, "first_time", "age_band"):
        counts[code] = Counter(
            "not shown" if code in one.not_shown else msgspec.json.decode(one.answers).get(code, "none")
            for one in responses
        )
    return counts


def by_hand(file: Path, year: int) -> dict[str, Counter[Any]]:
    """Count the same in the cells of the file, in plain Python."""
    with file.open(encoding="utf-8-sig", newline="") as opened_file:
        rows = list(csv.DictReader(opened_file))
    age = "Q18AGE" if year == 2015 else "Q19AGE"
    unasked = {"6": "not shown", "0": "none", "Blank": "none"}
    counts = {
        code: Counter(unasked.get(row[column], row[column]) for row in rows) for code, column in RATED.items()
    }
    counts["language"] = Counter(LANGUAGES[row["LANG"]] for row in rows)
    counts["channel"] = Counter(CHANNELS[row["METHOD"]] for row in rows)
    counts["first_time"] = Counter({"1": "0", "2": "1"}.get(row["Q5FIRSTTIME"], "none") for row in rows)
    counts["age_band"] = Counter(AGES.get(row[age], "none") for row in rows)
    return counts


@pytest.mark.parametrize("year", YEARS)
def test_the_bundled_files_are_stored_as_they_say(year: int) -> None:
    file = AIRPORT / f"answers_{year}.csv"
    found = stored(file, year)
    assert len(found) == len({one.key for one in found}) == YEARS[year]
    assert counted(found) == by_hand(file, year)


@pytest.mark.shared
@pytest.mark.parametrize("year", YEARS)
def test_the_published_files_with_all_their_columns_are_stored_as_they_say(shared: Path, year: int) -> None:
    file = shared / "data" / "surveys" / f"sfo_customer_survey_{year}.csv"
    found = stored(file, year)
    assert len(found) == YEARS[year]
    assert counted(found) == by_hand(file, year)


@pytest.mark.parametrize("year", YEARS)
def test_days_are_those_of_the_place_where_people_were_asked(year: int) -> None:
    """Noon in San Francisco, in May."""
    found = stored(AIRPORT / f"answers_{year}.csv", year)
    assert {one.at // 3_600_000 % 24 for one in found} == {19}
