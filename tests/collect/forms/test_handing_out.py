"""The commands that hand out a form."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hearback.collect.actions import forms as actions
from hearback.collect.commands import group
from hearback.collect.instruments.definition import Instrument, Page, Question
from tests.collect.forms.conftest import Publish

pytestmark = pytest.mark.django_db


def run(*words: object) -> Result:
    return CliRunner().invoke(group, ["form", *map(str, words)])


def test_a_poster_is_written_where_somebody_could_answer(publish: Publish, tmp_path: Path, at: Any) -> None:
    key, file = publish(), tmp_path / "lobby.pdf"
    words = ("poster", key, file, "--place", "lobby", "--language", "es", "--paper", "letter", "--json")
    told = json.loads(run(*words, "--dry-run").stdout)
    assert not file.exists()
    assert told["address"].endswith("/done/service-2?place=lobby")
    assert json.loads(run(*words).stdout) == {**told, "dry_run": False}
    assert file.read_bytes().startswith(b"%PDF-")
    for wrong, message in (
        (("poster", "nothing", file), "There is no form 'nothing'"),
        (("poster", key, file, "--language", "fr"), "The form is not in fr; it is in en, es."),
        (("poster", key, tmp_path / "nowhere" / "x.pdf"), "cannot be written"),
    ):
        refused = run(*wrong)
        assert refused.exit_code == 1
        assert message in refused.output
    actions.close_form(key, by="owner", at=at)
    assert "is closed: nobody could answer" in run("poster", key, file).output


def test_an_email_block_is_printed_as_html_as_text_or_as_both(publish: Publish) -> None:
    key = publish()
    told = json.loads(run("email", key, "--campaign", "mail", "--language", "es", "--json").stdout)
    assert run("email", key, "--campaign", "mail", "--language", "es").stdout == told["html"]
    assert run("email", key, "--campaign", "mail", "--language", "es", "--plain").stdout == told["text"]
    assert told["links"]["0"].endswith("/done/service-2?campaign=mail&channel=email&lang=es&trust=0")
    assert 'lang="en"' in run("email", key).stdout, "without a language the first of the form"
    assert "The form is not in fr" in run("email", key, "--language", "fr").output
    text = Instrument("a", {"en": "A"}, ("en",), (Page((Question("why", "text", {"en": "Why?"}),)),))
    refused = run("email", publish(text, "a"))
    assert refused.exit_code == 1
    assert "Form a cannot be asked by e-mail: its first screen has no rating" in refused.output


def test_who_hands_out_an_address_of_this_machine_is_warned(
    publish: Publish, tmp_path: Path, settings: Any
) -> None:
    key = publish()
    words = (("email", key), ("embed", key), ("poster", key, tmp_path / "a.pdf"))
    settings.SITE_URL = "http://127.0.0.1:8000"
    for one in words:
        told = run(*one, "--json")
        assert "http://127.0.0.1:8000 is the address of this machine" in told.stderr
        assert "HEARBACK_SITE_URL" in told.stderr
        assert json.loads(told.stdout)["form"] == key
    settings.SITE_URL = "https://feedback.agency.example"
    assert [run(*one).stderr for one in words] == ["", "", ""]
