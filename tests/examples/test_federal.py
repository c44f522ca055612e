"""The bundled federal record: what it holds, and what it leaves out."""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from hearback.collect.commands import load_file
from hearback.directory import queries as directory
from hearback.directory.commands import load as load_directory
from hearback.measure.rules import MEASURES
from hearback.plan import queries as plan
from hearback.plan.commands import load as load_plan
from hearback.publish.charts import grid
from hearback.publish.pages.progress import status
from tests.publish.content import EMPTY

FEDERAL = Path(__file__).resolve().parents[2] / "examples" / "federal"
FILES = sorted(path.name for path in FEDERAL.glob("*.json"))
LEADERS = {
    "Jewel Bronaugh", "Robin Carnahan", "Donald Remy", "Xochitl Torres Small", "Tanya J. Bradsher",
}  # fmt: skip


def records(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FEDERAL / name).read_text(encoding="utf-8"))
    return found


def surveys() -> list[dict[str, str]]:
    with (FEDERAL / "reported_surveys.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Walk over every record with a key, however deep."""
    if isinstance(value, list):
        for item in value:
            yield from things(item)
    elif isinstance(value, dict):
        if "key" in value:
            yield value
        for item in value.values():
            yield from things(item)


@pytest.fixture
def _federal(at: datetime, db: None) -> None:
    load_directory(FEDERAL, by="operator", at=at)
    load_plan(FEDERAL, by="operator", at=at)


@pytest.mark.django_db
def test_the_bundled_record_loads_and_loads_again_without_a_change(at: datetime) -> None:
    assert load_directory(FEDERAL, by="operator", at=at).created["service"] == 53
    assert load_plan(FEDERAL, by="operator", at=at).created["commitment"] == 56
    for load in (load_directory, load_plan):
        again = load(FEDERAL, by="operator", at=at)
        assert (again.n_changes, again.not_in_file) == (0, [])


@pytest.mark.usefixtures("_federal")
def test_one_service_is_shared_by_two_providers() -> None:
    shared = [s for s in directory.services() if len(s.provisions) > 1]
    assert [(s.key, sorted(p.provider_key for p in s.provisions)) for s in shared] == [
        ("usda-fsa-3", ["usda-fsa", "usda-nrcs"])
    ]
    assert directory.codes("us-cx-service")["3"] == "usda-fsa-3"


@pytest.mark.usefixtures("_federal")
def test_two_bureaus_filed_as_departments_keep_their_codes_with_their_departments() -> None:
    codes = directory.codes("us-cx-organization")
    assert (codes["2123"], codes["2134"], codes["2139"], codes["2129"]) == ("treas", "dhs", "dhs", "va")
    assert len(codes) == 16
    assert directory.agency_subtree("omb") == {"omb", "omb-usds"}


@pytest.mark.usefixtures("_federal")
def test_every_survey_names_a_provider_and_a_service_that_belong_together() -> None:
    providers, services = directory.codes("us-cx-provider"), directory.codes("us-cx-service")
    pairs = {(providers[row["provider_code"]], services[row["service_code"]]) for row in surveys()}
    assert pairs <= directory.provision_pairs()
    assert len(surveys()) == 355


@pytest.mark.usefixtures("_federal")
def test_the_area_has_its_seats_strategies_and_measures() -> None:
    (area,) = plan.priority_areas()
    assert {seat.agency_key: len(seat.holders) for seat in area.seats} == {"gsa": 1, "usda": 3, "va": 3}
    assert [(len(s.goals), len(s.milestones)) for s in area.strategies] == [(2, 10), (3, 7), (1, 4)]
    assert {m.key: m.measure_key for m in area.success_measures} == {
        "pma-cx-m1": None, "pma-cx-m2": "trust_agree_share",
    }  # fmt: skip
    assert "trust_agree_share" in {getattr(m, "key", m) for m in MEASURES}
    replaced = [(g.key, g.replaced_by_key) for s in area.strategies for g in s.goals if g.replaced_by_key]
    assert replaced == [("pma-cx-2.1-2022", "pma-cx-2.1-2024")]


@pytest.mark.usefixtures("_federal")
def test_what_is_not_known_is_null() -> None:
    counted = Counter((c.kind, c.status is None) for c in plan.commitments())
    assert counted["agency_commitment", False] == 10
    assert counted["agency_commitment", True] == 26
    assert sum(f.amount_usd is None for f in plan.funding()) == 10
    assert all(u.approved for u in plan.updates())


@pytest.mark.usefixtures("_federal")
@pytest.mark.parametrize("narrow", [False, True])
def test_every_commitment_has_its_tile_whatever_its_status_and_whomever_it_binds(narrow: bool) -> None:
    bound = tuple(plan.commitments())
    content = replace(EMPTY, agencies=tuple(directory.agencies()), commitments=bound)
    (figure,) = grid.figures(content)
    svg = grid.draw(figure.numbers, narrow)
    drawn = Counter(_shapes(ElementTree.fromstring(svg)))
    due = Counter({one: 1 for one in drawn})  # each stands once in the legend
    for one in bound:
        due[status(one.status).shape] += len(one.agency_keys) + bool(one.bound_group) or 1
    assert drawn == due
    assert any(not one.agency_keys for one in bound)
    assert {row[1] for row in figure.rows} == {one.gist for one in bound}


def _shapes(root: ElementTree.Element) -> Iterator[str]:
    """Read from a drawing what each of its tiles looks like."""
    boxes = [node.attrib for node in root.iter("{http://www.w3.org/2000/svg}rect")]
    half = {(box["x"], box["y"]) for box in boxes if box["width"] != box["height"]}
    for box in boxes:
        if box["width"] == box["height"]:
            if (box["x"], box["y"]) in half:
                yield "open"
            elif "stroke-dasharray" in box:
                yield "unknown"
            else:
                yield "done" if box["fill"] == box["stroke"] else "planned"


@pytest.mark.parametrize("name", FILES)
def test_every_record_of_its_own_says_where_it_was_read(name: str) -> None:
    silent = [r.get("key", r.get("address")) for r in records(name) if not (r["source"] and r["confidence"])]
    assert silent == []


def test_only_the_leaders_of_the_area_are_named() -> None:
    seats = records("priority_areas.json")[0]["seats"]
    named = {holder["name"] for seat in seats for holder in seat["holders"]}
    assert named == LEADERS | {None}
    for name in FILES:
        fields = {field for thing in things(records(name)) for field in thing}
        assert fields.isdisjoint({"composite_stories", "email", "leader", "reflection"}), name


def test_no_wording_of_a_survey_is_in_the_file() -> None:
    words = [
        value
        for row in surveys()
        for field, value in row.items()
        if re.search("text|wording$|comment", field)
    ]
    assert words == []
    assert not any(value.rstrip().endswith("?") for row in surveys() for value in row.values())


def test_no_summary_is_a_story() -> None:
    long = [
        (thing["key"], len(thing["gist"].split()))
        for name in FILES
        for thing in things(records(name))
        if len((thing.get("gist") or "").split()) > 60
    ]
    assert long == []


def test_the_readme_counts_right() -> None:
    readme = (FEDERAL / "README.md").read_text(encoding="utf-8")
    for name in FILES:
        number = re.search(rf"`{name}` \| (\d+) ", readme)
        if number:
            assert int(number[1]) == len(records(name)), name
    assert f"{len(surveys())} reported surveys" in readme


@pytest.mark.shared
@pytest.mark.django_db
def test_the_bundled_surveys_say_the_same_as_the_published_files(shared: Path, at: datetime) -> None:
    load_directory(FEDERAL, by="operator", at=at)
    for name in ("cx_quarterly_v1.csv", "trust_counts.csv"):
        load_file(shared / "data" / "published" / name, by="operator", at=at)
    report = load_file(FEDERAL / "reported_surveys.csv", by="operator", at=at)
    assert (report.rows_read, report.rows_loaded, report.rows_changed) == (355, 355, 0)
