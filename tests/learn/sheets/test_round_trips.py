"""Journeys go out as a workbook or as CSV and come in again as they were."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.apps import apps
from openpyxl import load_workbook

from hearback.learn.commands import group
from hearback.learn.dumping import records
from hearback.learn.models import Journey
from tests.learn.small import write

pytestmark = pytest.mark.django_db


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def empty() -> None:
    for name in (
        "insight",
        "persona",
        "story",
        "highlight",
        "observation",
        "study",
        "painpoint",
        "step",
        "stage",
    ):
        apps.get_model("learn", name)._default_manager.all().delete()
    Journey.objects.all().delete()


@pytest.mark.parametrize("target", ["journeys.xlsx", "csv"])
def test_by_sheets_journeys_are_the_same_to_the_byte(learn_folder: Path, tmp_path: Path, target: str) -> None:
    assert run("load", write(learn_folder)).exit_code == 0
    before = records()
    out = run("dump", tmp_path / target, "--format", "xlsx" if target.endswith("x") else "csv")
    assert out.exit_code == 0, out.output
    again = json.loads(run("load", tmp_path / target, "--json").stdout)
    assert (again["created"], again["changed"], again["not_in_file"]) == ({}, {}, [])
    empty()
    loaded = run("load", tmp_path / target)
    assert loaded.exit_code == 0, loaded.output
    assert records() == before


def test_all_that_is_wrong_in_a_workbook_is_told_at_once(learn_folder: Path, tmp_path: Path) -> None:
    run("load", write(learn_folder))
    file = tmp_path / "journeys.xlsx"
    assert run("dump", file).exit_code == 0
    empty()
    book = load_workbook(file)
    for sheet, key, column, value in (
        ("steps", "fill-form", "minutes", "many"), ("steps", "find-form", "measure_key", "joy"),
        ("pain_points", "slow", "stage", "flying"), ("stories", "cy", "published", "yes"),
    ):  # fmt: skip
        rows = {row[0].value: row for row in book[sheet].iter_rows()}
        names = [cell.value for cell in rows["key"]]
        rows[key][names.index(column)].value = value
    book.save(file)
    refused = run("load", file)
    assert refused.exit_code == 1
    for part in ("'minutes'", "no measure 'joy'", "no stage 'flying'", "nobody says how consent was given"):
        assert part in refused.stderr, refused.stderr
    assert not Journey.objects.exists()


def test_a_template_has_a_sheet_for_every_kind_and_loads_as_nothing(tmp_path: Path, db: None) -> None:
    made = json.loads(run("template", tmp_path / "empty.xlsx", "--json").stdout)
    assert set(made["sheets"]) >= {"journeys", "journey_stages", "steps", "pain_points", "insight_evidence"}
    loaded = run("load", tmp_path / "empty.xlsx", "--json")
    assert json.loads(loaded.stdout)["created"] == {}
