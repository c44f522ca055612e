"""The addresses of the intake on the site itself, and the command that starts the process of its own."""

from collections.abc import Callable

import msgspec
import pytest
from click.testing import CliRunner
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.commands import group
from hearback.collect.intake.messages import MOST_BYTES
from hearback.collect.queries import responses
from tests.collect.forms.conftest import Publish

GOOD = {"key": "k1", "language": "es", "answers": {"trust": "1", "positive": ["ease"], "comment": "Rápido."}}

pytestmark = pytest.mark.django_db


def test_the_site_answers_as_the_intake_does(publish: Publish, client: Client) -> None:
    key = publish()
    address = f"/intake/{key}"
    asked = client.get(address)
    assert (asked.status_code, asked.json()["languages"]) == (200, ["en", "es"])
    assert client.get(address, headers={"If-None-Match": asked.headers["ETag"]}).status_code == 304
    preview = client.post(f"{address}/preview", GOOD, content_type="application/json")
    assert (preview.status_code, preview.json()["answers"]) == (200, {"comment": "Rápido."})
    assert responses(key) == []
    sent = [client.post(address, GOOD, content_type="application/json") for _ in range(2)]
    assert [one.status_code for one in sent] == [201, 200]
    assert sent[0].json() == {"form": key, "key": "k1", "version": 1, "masked": {}}
    assert [one.response.key for one in responses(key)] == ["k1"]
    assert sent[0].headers["Access-Control-Allow-Origin"] == "*"
    assert not sent[0].cookies
    other = client.post(address, {**GOOD, "answers": {"trust": "0"}}, content_type="application/json")
    assert (other.status_code, other.json()["error"]["kind"]) == (409, "key_taken")


def test_the_site_refuses_as_the_intake_does(publish: Publish, client: Client) -> None:
    key = publish()
    address = f"/intake/{key}"
    long = b" " * (MOST_BYTES + 1)
    statuses = [
        client.post(address, b"{", content_type="application/json").status_code,
        client.get("/intake/unknown").status_code,
        client.put(address, GOOD, content_type="application/json").status_code,
        client.post(address, long, content_type="application/json").status_code,
        client.post(address, {"trust": "1"}).status_code,
        client.post(address, {**GOOD, "answers": {}}, content_type="application/json").status_code,
        client.options(address).status_code,
    ]
    assert statuses == [400, 404, 405, 413, 415, 422, 204]
    piecewise = client.post(address, GOOD, content_type="application/json", CONTENT_LENGTH="")
    assert (piecewise.status_code, piecewise.json()["error"]["kind"]) == (411, "length_missing")
    for path in ("/intake/", "/intake/a/b/c", "/intake/No such", f"{address}/"):
        missing = client.get(path)
        assert (missing.status_code, missing.json()["error"]["kind"]) == (404, "not_found")
        assert missing.headers["Access-Control-Allow-Origin"] == "*"


def test_a_closed_form_says_so(
    publish: Publish, client: Client, at: object, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    key = publish()
    address = f"/intake/{key}"
    assert client.post(address, GOOD, content_type="application/json").status_code == 201
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_form(key, by="owner", at=at)  # type: ignore[arg-type]
    for message in ({**GOOD, "key": "k2"}, {**GOOD, "key": ""}):
        answer = client.post(address, message, content_type="application/json")
        assert (answer.status_code, answer.json()["error"]["kind"]) == (410, "closed")
    assert client.post(f"{address}/preview", GOOD, content_type="application/json").status_code == 410
    again = client.post(address, GOOD, content_type="application/json")
    assert (again.status_code, again.json()["key"]) == (200, "k1"), "stored while the form was open"
    other = client.post(address, {**GOOD, "answers": {"trust": "0"}}, content_type="application/json")
    assert (other.status_code, other.json()["error"]["kind"]) == (409, "key_taken")


def test_a_trial_of_the_command_says_what_would_be_served(publish: Publish) -> None:
    publish()
    done = CliRunner().invoke(group, ["intake", "--port", "8917", "--dry-run", "--json"])
    assert done.exit_code == 0, done.output
    told = msgspec.json.decode(done.output)
    assert (told["port"], told["workers"], told["forms"]) == (8917, 1, 1)
