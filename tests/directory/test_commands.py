"""The directory at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hearback.directory.commands import group
from tests.directory.small import AGENCIES, write

pytestmark = pytest.mark.django_db


def test_load_prints_one_object_for_scripts(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["load", str(write(tmp_path)), "--json"])
    assert done.exit_code == 0, done.output
    payload = json.loads(done.stdout)
    assert payload["created"]["agency"] == 3
    assert payload["dry_run"] is False
    again = json.loads(CliRunner().invoke(group, ["load", str(tmp_path), "--json"]).stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])


def test_load_refuses_a_bad_file_in_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(group, ["load", str(write(tmp_path, agencies=[{**AGENCIES[1], "level": "x"}]))])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: agencies.json: record 1 (department), field 'level'")
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(group, ["load", str(tmp_path / "none")]).exit_code == 2


def test_list_shows_a_shared_service_under_each_provider(tmp_path: Path) -> None:
    assert CliRunner().invoke(group, ["list"]).stdout == "The directory is empty.\n"
    CliRunner().invoke(group, ["load", str(write(tmp_path))])
    assert CliRunner().invoke(group, ["list"]).stdout.count("Mooring a boat (mooring)") == 2
    earlier = json.loads(CliRunner().invoke(group, ["list", "--on", "2021-12-31", "--json"]).stdout)
    bureau = next(agency for agency in earlier["agencies"] if agency["key"] == "bureau")
    assert [s["key"] for s in bureau["providers"][0]["services"]] == ["mooring-by-post"]
