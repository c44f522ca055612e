"""The plan at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hearback.plan.commands import group
from tests.plan.small import COMMITMENTS, write

pytestmark = pytest.mark.django_db


def test_load_prints_one_object_for_scripts(plan_folder: Path) -> None:
    tried = CliRunner().invoke(group, ["load", str(write(plan_folder)), "--json", "--dry-run"])
    assert json.loads(tried.stdout)["dry_run"] is True
    done = CliRunner().invoke(group, ["load", str(plan_folder), "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["created"] == json.loads(tried.stdout)["created"]


def test_load_refuses_a_bad_file_in_one_line(plan_folder: Path) -> None:
    bad = [{**COMMITMENTS[0], "agencies": ["nowhere"]}]
    done = CliRunner().invoke(group, ["load", str(write(plan_folder, commitments=bad))])
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: commitments.json: record 1 (order-b), field 'agencies'")
    assert len(done.stderr.splitlines()) == 1


def test_list_counts_what_is_there(plan_folder: Path) -> None:
    CliRunner().invoke(group, ["load", str(write(plan_folder))])
    done = CliRunner().invoke(group, ["list"])
    assert "Better rivers (rivers)" in done.stdout
    assert "1 life experiences, 2 commitments, 2 funding, 2 updates" in done.stdout
    payload = json.loads(CliRunner().invoke(group, ["list", "--json"]).stdout)
    assert payload["priority_areas"][0]["strategies"][0]["milestones"] == 2
