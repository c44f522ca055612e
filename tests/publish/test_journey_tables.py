"""Journeys, and what was learnt of people, as open data: what a release publishes and no more."""

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.directory.commands import load as load_directory
from hearback.learn.commands import load as load_journeys
from hearback.publish.formats import TABLES, data_files
from hearback.publish.snapshot import gather
from tests.directory.small import write as write_directory
from tests.learn.small import JOURNEYS, changed, write
from tests.publish.site import small_site

HEADS = (
    "journeys", "journey_stages", "journey_steps", "pain_points", "stories", "studies", "study_files",
    "personas", "insights",
)  # fmt: skip


def rows(files: dict[str, bytes], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/{table}.csv"].decode(), newline="")))


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """The open data of the small site."""
    return data_files(small_site())


def test_a_journey_says_what_it_takes_and_what_is_not_known(files: dict[str, bytes]) -> None:
    care, child, house = rows(files, "journeys")
    assert (care["about"], care["stage_count"], care["step_count"]) == ("va-vha-2", "2", "3")
    assert (care["minutes"], care["minutes_low"], care["minutes_high"]) == ("", "50.0", "")
    assert (care["minutes_unknown_steps"], care["steps_added_up"], care["hours_at_least"]) == (
        "1", "3", "true",
    )  # fmt: skip
    assert (care["hours_low"], care["method"]) == ("1000.0", "sum_of_steps")
    for one in (child, house):  # without steps nothing is added up: that is not nought
        assert (one["about"], one["minutes_low"], one["minutes_unknown_steps"], one["method"]) == ("",) * 4
    assert (child["stage_count"], child["step_count"], house["stage_count"]) == ("2", "0", "0")


def test_steps_are_in_order_with_their_ranges(files: dict[str, bytes]) -> None:
    call, form, visit = rows(files, "journey_steps")
    assert [one["position"] for one in (call, form, visit)] == ["1", "2", "3"]
    assert (form["stage"], form["minutes"], form["minutes_low"], form["cost_usd"]) == (
        "asking", "40", "30", "12.5",
    )  # fmt: skip
    assert (visit["minutes"], visit["waiting_days_high"], visit["feeling"], visit["channel"]) == (
        "", "60", "2", "",
    )  # fmt: skip
    stages = rows(files, "journey_stages")
    assert [(one["stage"], one["position"], one["step_count"]) for one in stages] == [
        ("asking", "1", "2"), ("visiting", "2", "1"), ("c-pregnancy", "1", "0"), ("c-birth", "2", "0"),
    ]  # fmt: skip


def test_pain_points_have_their_size_where_somebody_counted(files: dict[str, bytes]) -> None:
    slow, unclear, _ = rows(files, "pain_points")
    assert (slow["place"], slow["share"], slow["asked_count"], slow["people_per_year"]) == (
        "1", "0.25", "48", "300.0",
    )  # fmt: skip
    assert slow["evidence"] == "Many wrote so. (https://example.org/source)"
    assert (unclear["place"], unclear["share"], unclear["asked_count"], unclear["stage"]) == ("",) * 4


def test_every_table_is_there_once() -> None:
    assert sorted(table.name for table in TABLES) == sorted({table.name for table in TABLES})


def test_csv_and_json_say_the_same(files: dict[str, bytes]) -> None:
    for table in HEADS:
        told = json.loads(files[f"data/{table}.json"])["rows"]
        assert len(told) == len(rows(files, table)) > 0
        assert list(told[0]) == list(rows(files, table)[0])
    studies = json.loads(files["data/studies.json"])["rows"]
    assert studies[0]["groups"] == ["Veterans: 14", "clerks"]
    assert studies[0]["people_count"] is None


@pytest.mark.django_db
def test_what_a_release_holds_back_is_in_no_table(tmp_path: Path) -> None:
    at = datetime(2026, 1, 5, tzinfo=UTC)
    load_directory(write_directory(tmp_path / "directory"), by="operator", at=at)
    few: list[dict[str, Any]] = changed([0, "pain_points", 2], naming_count=4, asked_count=8)
    load_journeys(write(tmp_path / "learn", few), by="operator", at=at)
    files = data_files(gather(10, date(2026, 1, 5)))
    points = {one["pain_point"]: one for one in rows(files, "pain_points")}
    assert (points["slow"]["place"], points["slow"]["asked_count"]) == ("1", "48")
    for column in ("place", "share", "low", "high", "asked_count", "people_per_year"):
        assert points["dear"][column] == "", column
    (study,) = rows(files, "studies")
    assert (study["groups"], study["people_count"]) == ("fishers: 14; clerks", "")
    assert {one["story"] for one in rows(files, "stories")} == {"ann", "bea"}
    (insight,) = rows(files, "insights")
    assert (insight["insight"], insight["evidence_count"]) == ("i1", "2")
    assert insight["evidence"].endswith("; highlight: Not kept. (not there)")
    (persona,) = rows(files, "personas")
    assert (persona["persona"], persona["barriers"], persona["evidence"]) == (
        "newcomer", "words of the trade; office hours", "pain_point: Half of them wait for weeks. (slow)",
    )  # fmt: skip
    assert [(one["study"], one["name"]) for one in rows(files, "study_files")] == [("dockside", "Questions")]
    seen = JOURNEYS[0]["studies"][0]
    kept = (
        seen["observations"][0]["gist"],
        seen["highlights"][0]["text"],
        "Mine alone.",
        "neighbours",
        "Old hand",
        "inside.example.org",
    )
    for name, body in files.items():
        assert not [words for words in kept if words in body.decode(errors="replace")], name
