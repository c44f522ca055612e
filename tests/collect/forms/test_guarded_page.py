"""The page and the intake's addresses on the site under attack: nobody loses what was filled in."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from django.test import Client
from msgspec.structs import replace
from psycopg.sql import SQL, Identifier

from hearback.collect.commands import group
from hearback.collect.guarding import guard
from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument
from hearback.collect.intake.guarding.challenges import Challenge, Challenges
from hearback.collect.intake.guarding.guard import Limits
from hearback.collect.queries import intake_database, intake_store, responses
from tests.collect.forms.conftest import Publish
from tests.collect.forms.test_form_page import _carried
from tests.collect.intake.guarding.test_challenges import solve
from tests.collect.intake.test_guarded_server import ADDRESSES, traces

pytestmark = pytest.mark.django_db
GOOD = {"key": "k1", "language": "en", "answers": {"trust": "1"}}
OFFICE = {"X-Forwarded-For": "203.0.113.77"}


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Iterator[Any]:
    """Limits of a test's own, counted anew."""
    settings.LIMITS = Limits(network=1, refused=20, proxies=("127.0.0.1",))
    guard.cache_clear()
    yield settings
    guard.cache_clear()


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the turn of whoever waits come at once."""
    monkeypatch.setattr(Challenges, "_next_turn", lambda self, queue, at: at - 1)


def _always() -> Instrument:
    """The thumbs form, which challenges everybody."""
    thumbs = files.ready("thumbs")
    return replace(thumbs, delivery=replace(thumbs.delivery, challenge_above=0))


def _filled(client: Client, address: str, **first: str) -> tuple[Any, dict[str, Any]]:
    """Answer both screens; gives what came, and what was sent last."""
    page = client.get(f"{address}?lang=es").content.decode()
    second = client.post(address, {**_carried(page), "trust": "0", **first}).content.decode()
    filled = {**_carried(second), **first, "negative": ["ease"], "comment": "Muy largo"}
    return client.post(address, filled, headers=OFFICE), filled


def _refused(key: str) -> dict[str, int]:
    with intake_store() as store:
        return {kind: n for _, kind, n in store.refused(key)}


def test_no_person_meets_the_trap(client: Client, publish: Publish) -> None:
    page = client.get(f"/done/{publish()}").content.decode()
    (trap,) = re.findall(r"<div class=\"asking__trap\".*?</div>", page)
    assert 'aria-hidden="true"' in trap
    assert 'tabindex="-1" autocomplete="off"' in trap
    assert "Leave this empty" in trap


def test_a_program_in_the_trap_is_thanked_and_nothing_of_it_is_stored(
    client: Client, publish: Publish
) -> None:
    key = publish()
    trapped, _ = _filled(client, f"/done/{key}", _homepage="https://pills.example")
    person, _ = _filled(client, f"/done/{key}")
    assert trapped.status_code == person.status_code == 200
    assert trapped.content == person.content
    assert len(responses(key)) == 1
    assert _refused(key) == {"trapped": 1}


def test_what_a_program_wrote_into_the_trap_of_an_earlier_screen_counts(
    client: Client, publish: Publish
) -> None:
    key = publish()
    page = client.get(f"/done/{key}").content.decode()
    second = client.post(
        f"/done/{key}", {**_carried(page), "trust": "1", "_homepage": "http://x.example"}
    ).content.decode()
    assert 'name="_homepage" value="http://x.example"' in second
    client.post(f"/done/{key}", {**_carried(second), "_homepage": "http://x.example"})
    assert (responses(key), _refused(key)) == ([], {"trapped": 1})


def test_a_person_without_scripts_waits_and_loses_nothing(
    client: Client, publish: Publish, no_waiting: None
) -> None:
    key = publish(_always())
    challenged, _ = _filled(client, f"/done/{key}")
    page = challenged.content.decode()
    assert challenged.status_code == 403
    assert "Un paso más" in page
    assert "siguen en esta página" in page
    assert responses(key) == []
    thanks = client.post(f"/done/{key}", {**_carried(page), "_confirmed": "yes"})
    assert thanks.status_code == 200
    (stored,) = responses(key)
    assert b"Muy largo" in stored.response.answers
    assert stored.response.language == "es"
    assert _refused(key) == {"challenged": 1}


def test_who_is_too_early_keeps_the_turn_and_all_that_was_filled_in(client: Client, publish: Publish) -> None:
    key = publish(_always())
    challenged, _ = _filled(client, f"/done/{key}")
    carried = _carried(challenged.content.decode())
    early = client.post(f"/done/{key}", {**carried, "_confirmed": "yes"}, headers=OFFICE)
    assert early.status_code == 403
    again = _carried(early.content.decode())
    assert again == carried
    assert again["comment"] == ["Muy largo"]
    assert responses(key) == []


def test_a_script_does_the_work_and_only_this_page_may_run_one(client: Client, publish: Publish) -> None:
    key = publish(_always())
    assert "script-src 'none'" in client.get(f"/done/{key}").headers["Content-Security-Policy"]
    challenged, _ = _filled(client, f"/done/{key}")
    assert "script-src 'self'" in challenged.headers["Content-Security-Policy"]
    page = challenged.content.decode()
    assert re.findall(r"<script[^>]*>", page) == ['<script type="module" src="/static/asking/challenge.js">']
    carried = _carried(page)
    (bits,) = re.findall(r'data-bits="(\d+)"', page)
    proof = solve(Challenge(carried["_proof"][0], int(bits), 8))
    thanks = client.post(f"/done/{key}", {**carried, "_proof": proof, "_confirmed": "yes"})
    assert thanks.status_code == 200
    assert len(responses(key)) == 1
    wrong = client.post(f"/done/{key}", {**carried, "_key": "f" * 32, "_proof": proof}, headers=OFFICE)
    assert wrong.status_code == 403, "good for one response"
    assert 'data-again="yes"' in wrong.content.decode(), "what did not help is not done again by itself"


def test_a_network_above_its_limit_is_challenged_on_every_way_in(client: Client, publish: Publish) -> None:
    key = publish()
    assert _filled(client, f"/done/{key}")[0].status_code == 200
    assert _filled(client, f"/done/{key}")[0].status_code == 403
    sent = client.post(f"/intake/{key}", GOOD, content_type="application/json", headers=OFFICE)
    assert (sent.status_code, sent.json()["error"]["kind"]) == (403, "challenge")
    other = client.post(f"/intake/{key}", GOOD, content_type="application/json")
    assert other.status_code == 201, "of an unknown network nothing is limited but the form"


def test_an_extreme_flood_is_told_when_to_come_again_and_loses_nothing(
    client: Client, publish: Publish, limits: Any
) -> None:
    limits.LIMITS = Limits(refused=0, proxies=("127.0.0.1",))
    key = publish()
    refused, _ = _filled(client, f"/done/{key}")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 600
    assert _carried(refused.content.decode())["comment"] == ["Muy largo"]
    sent = client.post(f"/intake/{key}", GOOD, content_type="application/json", headers=OFFICE)
    assert (sent.status_code, sent.json()["error"]["kind"]) == (429, "too_many")
    assert _refused(key) == {"over_limit": 2}
    assert client.get(f"/done/{key}", headers=OFFICE).status_code == 200


def test_the_trap_of_the_intake_on_the_site_tells_nothing(client: Client, publish: Publish) -> None:
    key = publish()
    sent = client.post(f"/intake/{key}", {**GOOD, "homepage": "x"}, content_type="application/json")
    assert (sent.status_code, sent.json()) == (201, {"form": key, "key": "k1", "version": 1, "masked": {}})
    assert (responses(key), _refused(key)) == ([], {"trapped": 1})


def test_the_operator_is_told_how_many_were_kept_out_and_nothing_of_them(publish: Publish) -> None:
    key = publish()
    with intake_store() as store:
        store.add_refused({(key, "2026-10-01", "trapped"): 12, (key, "2026-10-02", "challenged"): 3})
    told = CliRunner().invoke(group, ["form", "refused", key, "--json"])
    assert json.loads(told.stdout) == {
        "form": key,
        "refused": [
            {"day": "2026-10-01", "kind": "trapped", "count": 12},
            {"day": "2026-10-02", "kind": "challenged", "count": 3},
        ],
    }
    lines = CliRunner().invoke(group, ["form", "refused", key, "--since", "2026-10-02"]).stdout
    assert "filled in" not in lines
    assert "asked for proof" in lines
    assert CliRunner().invoke(group, ["form", "refused", "nothing"]).exit_code == 1


def _in_postgresql() -> list[bytes]:
    """Give all that lies in the tables of the intake, where those are in PostgreSQL."""
    address = intake_database()
    if not address:
        return []
    tables = ("intake_form", "intake_response", "intake_refused")
    with psycopg.connect(address) as link:
        return [
            str(link.execute(SQL("SELECT * FROM {}").format(Identifier(one))).fetchall()).encode()
            for one in tables
        ]


def test_no_address_nor_its_hash_is_left_on_disk_or_in_the_log_of_the_site(
    client: Client, publish: Publish, home: Path, limits: Any, caplog: pytest.LogCaptureFixture
) -> None:
    limits.LIMITS = Limits(network=1, refused=6, proxies=("127.0.0.1",))
    key = publish(_always())
    with caplog.at_level(logging.DEBUG):
        for address in ADDRESSES:
            from_there = {"X-Forwarded-For": address}
            for n in range(8):
                body = {**GOOD, "key": f"{address[:3]}-{n}", "homepage": "x" if n == 2 else ""}
                client.post(f"/intake/{key}", body, content_type="application/json", headers=from_there)
            client.post(f"/done/{key}", {"trust": "1", "_shown": "trust"}, headers=from_there)
    assert {"trapped", "challenged", "over_limit"} == _refused(key).keys()
    kept = [*(file.read_bytes() for file in home.rglob("*") if file.is_file()), *_in_postgresql()]
    assert any(key.encode() in one for one in kept), "it is read where responses lie"
    everything = b"\n".join([*kept, caplog.text.encode()])
    assert [one for address in ADDRESSES for one in traces(address) if one in everything] == []
