"""Money leads to what it is for, on pages and in open data."""

import csv
import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from hearback.publish.formats import data_files
from tests.publish.publishing import make_release
from tests.publish.site import small_site

pytestmark = pytest.mark.django_db


def test_money_leads_to_what_it_is_for(
    client: Client, tmp_path: Path, settings: Settings, at: datetime
) -> None:
    settings.HOME = tmp_path
    (tmp_path / "releases").mkdir()
    made = small_site()
    life, duty = made.life_experiences[0], made.commitments[0]
    project = life.projects[0]
    money = replace(
        made.funding[0], project_keys=(project.key,), commitment_keys=(duty.key,),
        note="Told at https://example.org/told/.",
    )  # fmt: skip
    made = replace(made, funding=(money,))
    make_release(made, data_files(made), by="reviewer", at=at)
    text = client.get("/funding/").content.decode()
    assert f'<a href="/life-experiences/{life.key}/#{project.key}">{project.name}</a>' in text
    assert f'<a href="/commitments/#{duty.key}">{duty.gist}</a>' in text
    assert 'Told at <a class="source" href="https://example.org/told/">example.org</a>.' in text
    (row,) = csv.DictReader(io.StringIO(data_files(made)["data/funding.csv"].decode()))
    assert (row["projects"], row["commitments"]) == (project.key, duty.key)
