"""A response is taken from a program: stored once, however often it is sent."""

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from hearback.collect.actions import forms as actions
from hearback.collect.instruments import files
from hearback.collect.queries import responses
from hearback.directory.models import Agency
from tests.collect.api.conftest import ANSWER, KEY, RESPONSES, Api, NewKey
from tests.collect.forms.conftest import Publish

pytestmark = pytest.mark.django_db


def test_a_response_is_stored_and_told_of(api: Api, publish: Publish) -> None:
    publish()
    told = api.send({**ANSWER, "place": "lobby", "campaign": "spring"})
    assert told.status == 201
    assert told.body == {"form": "service-2", "key": KEY, "version": 1, "masked": {}}
    (stored,) = responses("service-2")
    assert stored.response.answers == b'{"trust":"1"}'
    assert (stored.response.channel, stored.response.place) == ("mobile_app", "lobby")
    assert stored.response.not_shown == ("negative",)
    assert api.get(RESPONSES).body["responses"][0]["key"] == KEY


def test_the_same_sent_again_is_stored_once(api: Api, publish: Publish) -> None:
    publish()
    first = api.send(ANSWER)
    again = api.send(json.dumps(ANSWER, indent=4))
    assert (first.status, again.status) == (201, 200)
    assert again.body == first.body
    assert len(responses("service-2")) == 1
    assert api.send(ANSWER, key=KEY[::-1]).status == 201, "another key is another response"


def test_personal_data_is_masked_and_counted_and_no_part_of_a_comparison(api: Api, publish: Publish) -> None:
    publish()

    def sent(address: str) -> tuple[int, object]:
        told = api.send({**ANSWER, "answers": {"trust": "1", "comment": f"Write to {address}."}})
        return told.status, told.body.get("masked")

    assert sent("one@example.org") == (201, {"email": 1})
    (stored,) = responses("service-2")
    assert b"one@" not in stored.response.answers
    assert sent("two@example.org") == (200, {"email": 1})
    assert sent("nobody") == (409, None)


@pytest.mark.parametrize(
    "change",
    [
        {"answers": {"trust": "0"}},
        {"answers": {"trust": "1", "positive": ["ease"]}},
        {"answers": {"nothing": "1"}},
        {"language": "es"},
        {"channel": "website"},
        {"place": "lobby"},
    ],
)
def test_a_key_that_comes_with_other_answers_is_refused(
    change: dict[str, object], api: Api, publish: Publish
) -> None:
    publish()
    api.send(ANSWER)
    told = api.send({**ANSWER, **change})
    assert (told.status, told.kind) == (409, "key_taken")
    assert [one.response.answers for one in responses("service-2")] == [b'{"trust":"1"}']


def test_what_was_stored_is_told_even_after_the_form_changed_or_closed(
    api: Api, publish: Publish, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    publish()
    assert api.send(ANSWER).status == 201
    actions.save_draft("service-2", files.ready("page_useful"), by="owner", at=at)
    for move in ("submit", "publish"):
        actions.move_version("service-2", move, by="owner", at=at)
    again = api.send(ANSWER)
    assert (again.status, again.body["version"]) == (200, 1)
    actions.close_form("service-2", by="owner", at=at)
    assert api.send(ANSWER).status == 200
    assert (api.send(ANSWER, key=KEY[::-1]).status, len(responses("service-2"))) == (410, 1)


def test_answers_that_do_not_fit_are_named_in_the_words_of_the_form(api: Api, publish: Publish) -> None:
    publish()
    told = api.send({**ANSWER, "language": "fr", "answers": {"trust": "5", "why": "x"}})
    assert (told.status, told.kind) == (422, "not_accepted")
    assert told.problems == [("", "not_asked"), ("language", "language"), ("trust", "not_a_choice")]
    assert told.body["error"]["problems"][2]["message"] == "Choose one of the answers offered."
    assert responses("service-2") == []


@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ({}, [("answers", "missing"), ("language", "missing"), ("channel", "missing")]),
        ([], [("message", "not_an_object")]),
        ({**ANSWER, "answers": ["1"]}, [("answers", "not_an_object")]),
        ({**ANSWER, "language": 1}, [("language", "not_text")]),
        ({**ANSWER, "language": "e" * 36}, [("language", "too_long")]),
        ({**ANSWER, "channel": "pigeon"}, [("channel", "not_a_channel")]),
        ({**ANSWER, "channel": ["website"]}, [("channel", "not_a_channel")]),
        ({**ANSWER, "place": "x" * 201}, [("place", "too_long")]),
        ({**ANSWER, "plaice": "lobby"}, [("plaice", "unknown")]),
    ],
)
def test_a_message_of_another_shape_is_refused(
    body: object, problems: list[tuple[str, str]], api: Api, publish: Publish
) -> None:
    publish()
    told = api.send(body)
    assert (told.status, told.kind, told.problems) == (422, "not_accepted", problems)


@pytest.mark.parametrize(
    "text",
    ["", "{", "null x", '{"answers": NaN}', '"\\ud800"', "[" * 100_000, b"\xff", "1" * 5_000],
)
def test_a_message_that_is_not_json_is_refused(text: str | bytes, api: Api, publish: Publish) -> None:
    publish()
    told = api.send(text)
    assert (told.status, told.kind, told.problems) == (400, "not_json", [])


@pytest.mark.parametrize("key", ["", "1", "x" * 15, "x" * 201, "six teen letters", "schlüssel-0000000"])
def test_without_a_good_idempotency_key_nothing_is_stored(key: str, api: Api, publish: Publish) -> None:
    publish()
    told = api.send(ANSWER, key=key)
    assert told.status == 422
    assert told.problems == [("Idempotency-Key", "not_an_idempotency_key" if key else "missing")]
    assert responses("service-2") == []


def test_what_is_no_json_by_its_headers_or_too_long_is_not_read(api: Api, publish: Publish) -> None:
    publish()
    assert api.send(ANSWER, content_type="text/plain").kind == "wrong_type"
    told = api.send({**ANSWER, "answers": {"comment": "x" * 300_000}})
    assert (told.status, told.kind) == (413, "too_large")
    pieces = api.send(ANSWER, length="", **{"Transfer-Encoding": "chunked"})
    assert (pieces.status, pieces.kind) == (411, "length_missing")


def test_a_form_that_was_never_published_takes_nothing(api: Api, directory: None, home: object) -> None:
    start, at = files.ready("thumbs"), datetime(2026, 3, 2, tzinfo=UTC)
    actions.create_form("service-2", start, service="service-2", provider="provider-21", by="owner", at=at)
    assert api.get("/api/v1/forms/service-2").body["version"] is None
    told = api.send(ANSWER)
    assert (told.status, told.kind) == (410, "not_yet")


def test_a_key_of_another_agency_finds_no_form_to_answer(
    client: Client, new_key: NewKey, publish: Publish
) -> None:
    publish()
    Agency.objects.create(key="other", name="Other", abbreviation="O", level="federal")
    told = Api(client, new_key(agency="other")).send(ANSWER)
    assert (told.status, told.kind) == (404, "not_found")
    assert responses("service-2") == []
