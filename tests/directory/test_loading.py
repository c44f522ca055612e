"""Loading the directory from files: what changes, what is noted, what stays."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.directory import queries
from hearback.directory.commands import load
from hearback.directory.rows import LoadReport, Wanted
from hearback.history.queries import latest_entries
from tests.directory.small import AGENCIES, PROVIDERS, SERVICES, write

pytestmark = pytest.mark.django_db


def changed(records: list[dict[str, Any]], key: str, **values: Any) -> list[dict[str, Any]]:
    return [{**record, **values} if record["key"] == key else record for record in records]


def test_everything_in_the_files_is_loaded(tmp_path: Path, at: datetime) -> None:
    report = load(write(tmp_path), by="operator", at=at)
    assert report.created == {
        "agency": 3, "provider": 2, "service": 2, "provision": 3, "designation": 1, "website": 1,
        "identifier": 5,
    }  # fmt: skip
    assert [a.key for a in queries.agencies()] == ["bureau", "department", "river-nation"]
    assert queries.agencies()[0].parent_key == "department"
    assert queries.codes("us-cx-organization") == {"7": "department", "8": "department"}
    assert [w.provider_key for w in queries.websites()] == ["docks"]


def test_what_a_file_leaves_out_is_null(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    post = next(s for s in queries.services() if s.key == "mooring-by-post")
    assert (post.designated, post.gist, post.first_quarter, post.source) == (None, None, None, None)
    assert post.replaced_by_key == "mooring"


def test_loading_twice_changes_nothing_and_notes_nothing(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    before = latest_entries(1000)
    again = load(write(tmp_path), by="somebody-else", at=at)
    assert again.n_changes == 0
    assert again.not_in_file == []
    assert sum(again.unchanged.values()) == 17
    assert latest_entries(1000) == before


def test_history_says_who_changed_what_from_what_to_what(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    assert len(latest_entries(1000)) == 17
    report = load(
        write(tmp_path, agencies=changed(AGENCIES, "bureau", name="Bureau of Ships")), by="editor", at=at
    )
    assert (report.created, report.changed) == ({}, {"agency": 1})
    newest = latest_entries(1)[0]
    assert (newest.by, newest.verb, newest.subject_type, newest.subject_key) == (
        "editor", "agency.loaded", "agency", "bureau",
    )  # fmt: skip
    assert newest.before is not None
    assert newest.after is not None
    assert newest.before["name"] == "Bureau of Boats"
    assert newest.after == {**newest.before, "name": "Bureau of Ships"}


def test_what_is_gone_from_the_files_stays_and_is_reported(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    fewer = changed(SERVICES, "mooring", provisions=[{"provider": "ports"}], identifiers={})
    report = load(write(tmp_path, services=fewer, websites=[]), by="operator", at=at)
    assert report.not_in_file == [
        "provision mooring by docks from 2022-01-01", "website boats.example.gov",
        "identifier us-cx-service 3",
    ]  # fmt: skip
    assert "not in the file: website boats.example.gov" in report.lines(False)
    assert len(queries.websites()) == 1
    assert ("docks", "mooring") in queries.provision_pairs()


def test_a_trial_says_what_would_change_and_changes_nothing(tmp_path: Path, at: datetime) -> None:
    report = load(write(tmp_path), by="operator", at=at, dry_run=True)
    assert report.created["agency"] == 3
    assert queries.agencies() == []
    assert latest_entries() == []


def test_one_bad_link_stops_everything(tmp_path: Path, at: datetime) -> None:
    bad = changed(PROVIDERS, "ports", agency="nowhere")
    with pytest.raises(Exception, match="nowhere"):
        load(write(tmp_path, providers=bad), by="operator", at=at)
    assert queries.agencies() == []
    assert latest_entries() == []


def test_a_code_may_move_to_another_agency(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    moved = changed(AGENCIES, "department", identifiers={"us-cx-organization": ["7"]})
    moved = changed(moved, "bureau", identifiers={"us-cx-organization": ["8"]})
    report = load(write(tmp_path, agencies=moved), by="operator", at=at)
    assert report.changed == {"identifier": 1}
    assert queries.codes("us-cx-organization") == {"7": "department", "8": "bureau"}


def test_parent_and_child_may_come_in_any_order(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path, agencies=list(reversed(AGENCIES))), by="operator", at=at)
    assert queries.agency_subtree("department") == {"department", "bureau"}


def test_an_agency_in_the_database_may_be_a_parent_without_being_in_the_file(
    tmp_path: Path, at: datetime
) -> None:
    load(write(tmp_path), by="operator", at=at)
    only = [
        {"key": "pier", "name": "Pier Office", "abbreviation": "PO", "level": "federal", "parent": "bureau"}
    ]
    load(write(tmp_path, agencies=only), by="operator", at=at)
    assert queries.agency_subtree("department") == {"department", "bureau", "pier"}


def test_a_file_may_start_with_a_byte_order_mark(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path, agencies="﻿" + json.dumps(AGENCIES)), by="operator", at=at)
    assert len(queries.agencies()) == 3


def test_long_values_are_told_around_where_they_differ() -> None:
    same, report = "a" * 200, LoadReport()
    one = Wanted("agency", "a", "agencies.json", "record 1", {"note": f"{same}new"}, {}, {})
    report.count(one, {"note": f"{same}old"}, one.state())
    assert report.changes[0].fields["note"] == (f"…{'a' * 20}old", f"…{'a' * 20}new")


def test_much_that_is_not_in_the_file_is_counted_by_kind() -> None:
    names = [*(f"website {n}.example.gov" for n in range(19)), "parent agency a", "parent agency b"]
    assert LoadReport(not_in_file=names).lines(False) == [
        "not in the file, and left as they are: website 19, parent agency 2; --json names them"
    ]
    assert len(LoadReport(not_in_file=names[1:]).lines(False)) == 20
