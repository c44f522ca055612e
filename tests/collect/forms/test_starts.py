"""Instruments of another government: a file in the home folder, and no code."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from hearback.collect.commands import group
from hearback.collect.queries import form, responses
from tests.collect.desk.conftest import owner, people
from tests.conftest import ROOT

__all__ = ["owner", "people"]
pytestmark = pytest.mark.django_db
ADDED = ROOT / "tests" / "collect" / "instruments" / "added" / "counter_service.yaml"


@pytest.fixture
def folder(home: Path, directory: None) -> Path:
    """The folder for added instruments, with one in it."""
    made = home / "instruments"
    made.mkdir(parents=True)
    shutil.copy(ADDED, made)
    return made


def run(*words: str) -> Result:
    return CliRunner().invoke(group, ["form", *words])


def new(key: str, begin: str) -> Result:
    return run("new", key, "--from", begin, "--service", "service-2", "--provider", "provider-21", "--json")


def test_a_file_is_an_instrument_to_start_from(folder: Path, client: Client) -> None:
    assert json.loads(new("guichet", "counter_service").stdout)["version"] == 1
    for move in ("submit", "publish"):
        assert run("move", "guichet", move).exit_code == 0
    found = form("guichet")
    assert found is not None
    assert found.newest.instrument.languages == ("fr", "de")
    assert found.newest.instrument.countries == ()
    page = client.get("/done/guichet", headers={"accept-language": "de"}).content.decode()
    assert "Sind Sie mit dem Service zufrieden?" in page
    body = {"answers": {"q1_service": "2", "q2_reason": "Z", "q2_reason.text": "x"}, "language": "fr"}
    assert client.post("/intake/guichet", body, content_type="application/json").status_code == 201
    (stored,) = responses("guichet")
    assert stored.response.answers == b'{"q1_service":"2","q2_reason":"Z","q2_reason.text":"x"}'


def test_it_is_offered_in_the_browser(folder: Path, owner: Client) -> None:
    page = owner.get("/dashboard/forms/new/").content.decode()
    assert "counter service (français, Deutsch)" in page
    sent = {"about": "service-2|provider-21", "key": "schalter", "start": "counter_service"}
    assert owner.post("/dashboard/forms/new/", sent).status_code == 302
    found = form("schalter")
    assert found is not None
    assert found.newest.instrument.questions[0].code == "q1_service"


def test_one_with_faults_is_not_offered_and_told_where_it_is_named(folder: Path, owner: Client) -> None:
    text = ADDED.read_text(encoding="utf-8")
    (folder / "bad.yaml").write_text(text.replace("question: q1_service", "question: q9"), encoding="utf-8")
    (folder / "worse.yaml").write_bytes(b"\xff")
    page = owner.get("/dashboard/forms/new/").content.decode()
    assert "counter service" in page
    assert 'value="bad"' not in page
    assert 'value="worse"' not in page
    refused = new("bad", "bad")
    assert (refused.exit_code, form("bad")) == (1, None)
    assert "questions.q2_reason.show_when" in refused.output
    assert "cannot be read" in new("worse", "worse").output


def test_an_instrument_of_the_program_stays_what_it_is(folder: Path) -> None:
    (folder / "thumbs.yaml").write_text("key: x", encoding="utf-8")
    assert new("ours", "thumbs").exit_code == 0
    assert "none of empty, " in new("nothing", "../thumbs").output
    assert "counter_service" in new("nothing", "nothing").output
