"""What the intake answers: statuses, and one shape of error with nothing in it of what was sent."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Condition, Delivery, Instrument
from hearback.collect.intake.desk import Request, acknowledge, answer, answer_again, check_message
from hearback.collect.intake.messages import MOST_BYTES, Refusal, Reply, refusal
from hearback.collect.intake.receiving import FormClosed, Receiver
from hearback.collect.intake.store import OpenForm, Received
from tests.collect.intake.made import response, thumbs

FORMS = {"thumbs": Receiver(thumbs())}
GOOD = {"key": "k1", "language": "es", "answers": {"trust": "0", "negative": ["ease"], "comment": "Largo."}}


def _instrument(**changes: Any) -> Instrument:
    return msgspec.structs.replace(files.ready("thumbs"), **changes)


def _form(instrument: Instrument) -> dict[str, Receiver]:
    return {"thumbs": Receiver(OpenForm("thumbs", 1, msgspec.json.encode(instrument)))}


def _post(message: object, path: str = "/intake/thumbs") -> Request:
    return Request("POST", path, body=msgspec.json.encode(message))


def _refused(request: Request, at: datetime, forms: dict[str, Receiver] | None = None) -> tuple[int, Any]:
    with pytest.raises(Refusal) as problem:
        answer(request, FORMS if forms is None else forms, at)
    reply = problem.value.reply
    error = msgspec.json.decode(reply.body)["error"]
    assert set(error) == {"kind", "message", "problems"}
    assert ("access-control-allow-origin", "*") in reply.headers
    assert ("cache-control", "no-store") in reply.headers
    return reply.status, error


def test_a_good_message_becomes_a_response_to_store(at: datetime) -> None:
    found = answer(_post({**GOOD, "place": "desk 3", "campaign": "spring", "channel": "email"}), FORMS, at)
    assert isinstance(found, Received)
    assert (found.form, found.version, found.key, found.language) == ("thumbs", 1, "k1", "es")
    assert (found.place, found.campaign, found.channel) == ("desk 3", "spring", "email")
    assert found.at == int(at.timestamp() * 1000)
    assert msgspec.json.decode(found.answers) == GOOD["answers"]
    assert found.not_shown == ("positive",)


def test_a_message_without_a_key_gets_one(at: datetime) -> None:
    found = [answer(_post({**GOOD, "key": ""}), FORMS, at) for _ in range(2)]
    keys = {one.key for one in found if isinstance(one, Received)}
    assert len(keys) == 2
    assert "" not in keys


def test_keeps_out_what_a_database_does_not_store(at: datetime) -> None:
    found = answer(_post({**GOOD, "place": "Gießen\x00"}), FORMS, at)
    assert isinstance(found, Received)
    assert found.place == "Gießen"


@pytest.mark.parametrize(
    "key", ["ann@example.org", "Ann Poe", "k\x00", "k" * 201, "555-123-4567", "219-09-9999", "Gießen", "a\n"]
)
def test_a_key_that_could_name_a_person_is_refused(key: str, at: datetime) -> None:
    status, error = _refused(_post({**GOOD, "key": key}), at)
    assert (status, error["kind"]) == (422, "not_accepted")
    assert key not in str(error)


@pytest.mark.parametrize(
    "key", ["kiosk-7:00012", "2026-11-27-0017", "k.1~2_3", "1800555019912345", "8" * 200]
)
def test_keys_that_programs_make_are_taken_as_they_are(key: str, at: datetime) -> None:
    found = answer(_post({**GOOD, "key": key}), FORMS, at)
    assert isinstance(found, Received)
    assert found.key == key


def test_place_and_campaign_are_masked(at: datetime) -> None:
    message = {**GOOD, "place": "desk of ann@example.org", "campaign": "call 202-555-0143"}
    found = answer(_post(message), FORMS, at)
    assert isinstance(found, Received)
    assert "example.org" not in found.place
    assert "0143" not in found.campaign
    assert (found.place.startswith("desk of "), found.masked) == (True, {}), "the person wrote none of it"


def test_the_same_answers_again_are_acknowledged_and_others_refused(at: datetime) -> None:
    first = answer(_post(GOOD), FORMS, at)
    assert isinstance(first, Received)
    again = answer(_post(GOOD), FORMS, at + timedelta(days=1))
    assert isinstance(again, Received)
    assert answer_again(_post(GOOD), FORMS, again, first).status == 200
    other = _post({**GOOD, "answers": {"trust": "1"}})
    now = answer(other, FORMS, at)
    assert isinstance(now, Received)
    with pytest.raises(Refusal) as problem:
        answer_again(other, FORMS, now, first)
    assert problem.value.reply.status == 409
    assert msgspec.json.decode(problem.value.reply.body)["error"]["kind"] == "key_taken"


def test_what_comes_again_is_compared_as_the_version_took_it_that_was_answered(at: datetime) -> None:
    """A new version asks only who is content for a comment; what was sent is the same."""
    before = answer(_post(GOOD), FORMS, at)
    assert isinstance(before, Received)
    page = _instrument().pages[0]
    if_content = Condition(question="trust", is_any_of=("1",))
    shown = msgspec.structs.replace(page.questions[-1], show_when=if_content)
    later = _instrument(pages=(msgspec.structs.replace(page, questions=(*page.questions[:-1], shown)),))
    form = OpenForm("thumbs", 2, msgspec.json.encode(later))
    forms = {"thumbs": Receiver(form, earlier=[thumbs()])}
    now = answer(_post(GOOD), forms, at)
    assert isinstance(now, Received)
    assert now.answers != before.answers
    assert answer_again(_post(GOOD), forms, now, before).status == 200


@pytest.mark.parametrize(("is_new", "status"), [(True, 201), (False, 200)])
def test_acknowledges_what_is_stored_now_or_was_already(is_new: bool, status: int) -> None:
    reply = acknowledge(response("k1"), is_new=is_new)
    assert reply.status == status
    told = {"form": "thumbs", "key": "k1", "version": 3, "masked": {"email": 2}}
    assert msgspec.json.decode(reply.body) == told


def test_a_field_that_no_message_has_is_refused_by_naming_those_that_it_may_have(at: datetime) -> None:
    status, error = _refused(_post({**GOOD, "jane@example.org": "1"}), at)
    assert (status, error["kind"]) == (422, "not_accepted")
    assert "answers, language, key, channel, place, campaign, version, proof, homepage" in error["message"]
    assert "jane" not in str(error)


def test_says_what_is_wrong_with_each_answer_and_repeats_none(at: datetime) -> None:
    status, error = _refused(_post({**GOOD, "answers": {"trust": "secret", "comment": 7, "secret": "1"}}), at)
    assert (status, error["kind"]) == (422, "not_accepted")
    kinds = {(one["question"], one["kind"]) for one in error["problems"]}
    assert kinds == {("", "not_asked"), ("trust", "not_a_choice"), ("comment", "not_text")}
    assert all(set(one) == {"question", "kind", "message", "values"} for one in error["problems"])
    assert "secret" not in str(error)


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"trust=1", 400, "not_json"),
        (b"", 400, "not_json"),
        (b'{"language":"en","answers":{"trust":"\xff"}}', 400, "not_json"),
        (b'{"language":"en","answers":{"trust":"\\ud800"}}', 400, "not_json"),
        (b'{"language":"en","answers":{"comment":' + b"[" * 5_000 + b"]" * 5_000 + b"}}", 400, "not_json"),
        (b"[]", 422, "not_accepted"),
        (b'{"answers":{}}', 422, "not_accepted"),
        (b'{"language":"en","answers":[]}', 422, "not_accepted"),
        (b'{"language":"en","answers":{},"key":"' + b"k" * 201 + b'"}', 422, "not_accepted"),
        (b'{"language":"en","answers":{"trust":"1"},"channel":"dream"}', 422, "not_accepted"),
        (b'{"language":"fr","answers":{"trust":"1"}}', 422, "not_accepted"),
    ],
)
def test_refuses_messages_that_are_not_as_they_should_be(
    body: bytes, status: int, kind: str, at: datetime
) -> None:
    found, error = _refused(Request("POST", "/intake/thumbs", body=body), at)
    assert (found, error["kind"]) == (status, kind)


@pytest.mark.parametrize(
    "path", ["/intake/nothing", "/intake/", "/thumbs", "/intake/thumbs/other", "/", "/preview"]
)
def test_knows_no_other_address(path: str, at: datetime) -> None:
    assert _refused(_post(GOOD, path), at)[0] == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/intake/thumbs"), ("DELETE", "/intake/thumbs"), ("GET", "/intake/thumbs/preview")],
)
def test_knows_no_other_method(method: str, path: str, at: datetime) -> None:
    assert _refused(Request(method, path), at)[0] == 405


@pytest.mark.parametrize(
    ("delivery", "closed", "reason"),
    [
        (Delivery(), True, "closed"),
        (Delivery(closes_at=datetime(2026, 3, 2, 15, tzinfo=UTC)), False, "closed"),
        (Delivery(opens_at=datetime(2026, 3, 2, 15, 1, tzinfo=UTC)), False, "not_yet"),
    ],
)
def test_a_form_that_is_not_open_says_why(
    delivery: Delivery, closed: bool, reason: str, at: datetime
) -> None:
    text = msgspec.json.encode(_instrument(delivery=delivery))
    forms = {"thumbs": Receiver(OpenForm("thumbs", 1, text, closed=closed))}
    for request in (_post(GOOD), Request("GET", "/intake/thumbs"), _post(GOOD, "/intake/thumbs/preview")):
        status, error = _refused(request, at, forms)
        assert (status, error["kind"]) == (410, reason)


def test_shows_texts_as_they_would_be_stored(at: datetime) -> None:
    masking = {"thumbs": Receiver(thumbs(), lambda text: (text.replace("Ana", "[name]"), {"name": 1}))}
    message = {
        **GOOD,
        "answers": {"trust": "0", "negative": ["other"], "negative.text": "x", "comment": "Ana"},
    }
    reply = answer(_post(message, "/intake/thumbs/preview"), masking, at)
    assert isinstance(reply, Reply)
    assert reply.status == 200
    shown = msgspec.json.decode(reply.body)
    assert shown == {"answers": {"comment": "[name]", "negative.text": "x"}, "masked": {"name": 2}}


def test_says_what_is_asked_and_answers_briefly_when_nothing_changed(at: datetime) -> None:
    reply = answer(Request("GET", "/intake/thumbs"), FORMS, at)
    assert isinstance(reply, Reply)
    headers = dict(reply.headers)
    assert (reply.status, headers["cache-control"]) == (200, "public, max-age=60")
    told = msgspec.json.decode(reply.body)
    assert (told["form"], told["version"], told["languages"]) == ("thumbs", 1, ["en", "es"])
    assert msgspec.convert(told["instrument"], Instrument) == files.ready("thumbs")
    again = answer(Request("GET", "/intake/thumbs", if_none_match=headers["etag"]), FORMS, at)
    assert isinstance(again, Reply)
    assert (again.status, again.body) == (304, b"")


def test_writes_out_the_choices_of_a_list_of_regions(at: datetime) -> None:
    from hearback.collect.instruments.definition import Page, Question

    pages = (
        Page((Question("state", "region", {"en": "State?", "es": "¿Estado?"}, vocabulary="us_states"),)),
    )
    reply = answer(Request("GET", "/intake/thumbs"), _form(_instrument(pages=pages)), at)
    assert isinstance(reply, Reply)
    choices = msgspec.json.decode(reply.body)["instrument"]["pages"][0]["questions"][0]["choices"]
    assert "TX" in {one["code"] for one in choices}


def test_any_page_may_send(at: datetime) -> None:
    reply = answer(Request("OPTIONS", "/intake/thumbs"), FORMS, at)
    assert isinstance(reply, Reply)
    headers = dict(reply.headers)
    assert (reply.status, headers["access-control-allow-origin"]) == (204, "*")
    assert "access-control-allow-credentials" not in headers


def test_before_the_store_was_read_nothing_is_ready(at: datetime) -> None:
    reply = answer(_post(GOOD), None, at)
    assert isinstance(reply, Reply)
    assert (reply.status, dict(reply.headers)["retry-after"]) == (503, "5")


def test_too_many_and_not_ready_say_when_to_come_again() -> None:
    assert [dict(refusal(status, "k", "m").headers).get("retry-after") for status in (429, 503, 422)] == [
        "5",
        "5",
        None,
    ]


@pytest.mark.parametrize(
    ("kind", "length", "status"),
    [
        ("text/plain", 10, 415),
        ("", 10, 415),
        ("application/jsonx", 10, 415),
        ("application/json", MOST_BYTES + 1, 413),
    ],
)
def test_refuses_by_headers_before_reading(kind: str, length: int, status: int) -> None:
    for good in ("application/json; charset=utf-8", "Application/JSON", "application/json ;charset=utf-8"):
        check_message(good, MOST_BYTES, MOST_BYTES)
    with pytest.raises(Refusal) as problem:
        check_message(kind, length, MOST_BYTES)
    assert problem.value.reply.status == status


def test_an_expired_clearance_closes_the_form(at: datetime) -> None:
    from hearback.collect.instruments.definition import Clearance

    clearance = Clearance("1234-5678", at.date(), 3, "Agency", "cx@example.gov")
    forms = _form(_instrument(clearance=clearance))
    assert isinstance(answer(_post(GOOD), forms, at), Received), "the last day still counts"
    status, error = _refused(_post(GOOD), at + timedelta(days=1), forms)
    assert (status, error["kind"]) == (410, "expired")


@pytest.mark.parametrize(
    ("zone", "is_open"), [("UTC", True), ("America/New_York", True), ("Asia/Tokyo", False)]
)
def test_a_clearance_expires_when_the_day_ends_where_the_form_is(
    at: datetime, zone: str, is_open: bool
) -> None:
    from hearback.collect.instruments.definition import Clearance

    clearance = Clearance("1234-5678", at.date(), 3, "Agency", "cx@example.gov")
    definition = msgspec.json.encode(_instrument(clearance=clearance))
    receiver = Receiver(OpenForm("form", 1, definition), zone=ZoneInfo(zone))
    with nullcontext() if is_open else pytest.raises(FormClosed, match="expired"):
        receiver.check_open(at)
