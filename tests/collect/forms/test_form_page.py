"""The page that asks people, walked through as a browser without scripts does."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
import pytest
from django.test import Client, RequestFactory
from msgspec.structs import replace

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Choice, Condition, Delivery, Instrument, Page, Question
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import OpenForm
from hearback.collect.page_state import read_page
from hearback.collect.queries import responses
from tests.collect.forms.conftest import Publish
from tests.collect.instruments.examples import UP

pytestmark = pytest.mark.django_db


def _carried(page: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page):
        found.setdefault(name, []).append(value)
    return found


def _fields(page: str) -> set[str]:
    visible = re.sub(r'<input type="hidden"[^>]*>', "", page.partition("<form")[2])
    return set(re.findall(r' name="([a-z][^"_]*)"', visible))


def test_a_person_answers_screen_by_screen(client: Client, publish: Publish) -> None:
    address = f"/done/{publish()}"
    first = client.get(f"{address}?lang=es&place=lobby").content.decode()
    assert _fields(first) == {"trust"}
    second = client.post(address, {**_carried(first), "trust": "1"}).content.decode()
    assert _fields(second) == {"positive", "positive.text", "comment"}
    filled = {
        **_carried(second),
        "positive": ["ease", "other"],
        "positive.text": "the form",
        "comment": "Bien",
    }
    third = client.post(address, filled)
    assert third.status_code == 200
    (stored,) = responses("service-2")
    assert stored.response.language == "es"
    assert stored.response.place == "lobby"
    assert stored.response.not_shown == ("negative",)
    assert stored.response.answers == (
        b'{"trust":"1","positive":["ease","other"],"positive.text":"the form","comment":"Bien"}'
    )
    client.post(address, filled)
    assert len(responses("service-2")) == 1, "sent twice, stored once"
    other = client.post(address, {**filled, "comment": "Mejor"})
    assert other.status_code == 409
    assert "se conservan como estaban entonces" in other.content.decode(), "and nobody is told otherwise"


def test_who_sends_again_what_was_stored_is_thanked_though_the_form_is_full(
    client: Client, publish: Publish
) -> None:
    asked = (Question("why", "text", {"en": "Why?"}),)
    instrument = Instrument("x", {"en": "A form"}, ("en",), (Page(asked),), delivery=Delivery(quota=1))
    address = f"/done/{publish(instrument)}"
    filled = {**_carried(client.get(address).content.decode()), "why": "As it was quick"}
    assert client.post(address, filled).status_code == 200
    assert client.get(address).status_code == 410
    assert client.post(address, filled).status_code == 200
    assert client.post(address, {**filled, "why": "Another"}).status_code == 409
    assert client.post(address, {**filled, "_key": "0" * 32}).status_code == 410
    assert len(responses("service-2")) == 1


def test_a_number_is_carried_on_as_it_is_read_whatever_the_language(client: Client, publish: Publish) -> None:
    asked = (Question("minutes", "number", {"en": "Minutes?"}), Question("why", "text", {"en": "Why?"}))
    instrument = Instrument("x", {"en": "A form"}, ("en", "es"), (Page(asked),))
    address = f"/done/{publish(instrument)}"
    for number in ("20", "2.5", "0"):
        before = len(responses("service-2"))
        first = client.get(f"{address}?lang=es").content.decode()
        filled = {**_carried(first), "minutes": number, "why": "x@example.org"}
        review = client.post(address, filled).content.decode()
        assert _carried(review)["minutes"] == [number]
        client.post(address, {**_carried(review), "_confirmed": "yes"})
        assert len(responses("service-2")) == before + 1


def test_a_text_that_masking_made_too_long_is_sent_on(client: Client, publish: Publish) -> None:
    asked = (
        Question("why", "text", {"en": "Why?"}, max_length=15),
        Question("who", "single", {"en": "Who?"}, choices=(*UP, Choice("x", {"en": "x"}, asks_text=True))),
    )
    address = f"/done/{publish(Instrument('x', {'en': 'A form'}, ('en',), (Page(asked),)))}"
    first = client.get(address).content.decode()
    filled = {**_carried(first), "why": "202-555-0143", "who": "x", "who.text": f"{'y' * 485} 202-555-0143"}
    review = client.post(address, filled)
    assert review.status_code == 200
    thanks = client.post(address, {**_carried(review.content.decode()), "_confirmed": "yes"})
    assert thanks.status_code == 200
    (stored,) = responses("service-2")
    assert b'"why":"[phone number removed]"' in stored.response.answers
    assert stored.response.masked == {"phone": 2}
    assert client.post(address, {**_carried(first), "why": "x" * 16}).status_code == 422


def test_what_was_masked_is_shown_before_it_is_stored_and_counted(client: Client, publish: Publish) -> None:
    address = f"/done/{publish()}"
    first = client.get(address).content.decode()
    second = client.post(address, {**_carried(first), "trust": "1"}).content.decode()
    comment = "Write to ann@example.org or bob@example.org"
    review = client.post(address, {**_carried(second), "comment": comment}).content.decode()
    assert "We took out what looks like personal information" in review
    assert "example.org" not in review
    assert responses("service-2") == []
    carried = _carried(review)
    carried["_masked"] = [f"{carried['_masked'][0]} nothing_known:9"]
    client.post(address, {**carried, "_confirmed": "yes"})
    (stored,) = responses("service-2")
    assert stored.response.masked == {"email": 2}
    assert b"example.org" not in stored.response.answers


def test_a_required_question_left_open_is_asked_again(client: Client, publish: Publish) -> None:
    address = f"/done/{publish()}"
    first = client.get(address).content.decode()
    again = client.post(address, _carried(first))
    assert again.status_code == 422
    assert "Answer this question." in again.content.decode()
    assert responses("service-2") == []


def test_the_page_sets_no_cookie(client: Client, publish: Publish) -> None:
    answer = client.get(f"/done/{publish()}")
    assert not answer.cookies


def test_an_address_without_a_form_is_not_found(client: Client, directory: None) -> None:
    assert client.get("/done/nothing").status_code == 404


CONTEXT = Instrument("context", {"en": "Context"}, ("en",), (Page((
    Question("ref", "hidden", from_address="ref"),
    Question("why", "text", {"en": "Why?"}, required=True,
             show_when=Condition(question="ref", is_any_of=("a",))),
    Question("comment", "text", {"en": "Comment"}),
)),))  # fmt: skip


def test_hidden_context_decides_what_is_asked(client: Client, publish: Publish) -> None:
    address = f"/done/{publish(CONTEXT)}"
    assert _fields(client.get(f"{address}?ref=b").content.decode()) == {"comment"}
    first = client.get(f"{address}?ref=a").content.decode()
    assert _fields(first) == {"why", "comment"}
    assert client.post(address, {**_carried(first), "why": "x"}).status_code == 200
    (stored,) = responses("service-2")
    assert stored.response.answers == b'{"ref":"a","why":"x"}'


def test_what_the_address_tells_fills_in_no_question_of_an_older_form(at: datetime) -> None:
    questions = (Question("place", "text", {"en": "Where?"}), Question("ref", "hidden", from_address="ref"))
    older = Instrument("x", {"en": "A form"}, ("en",), (Page(questions),))
    receiver = Receiver(OpenForm("x", 1, msgspec.json.encode(older)))
    asked = RequestFactory().get("/done/x?place=lobby&ref=a")
    asking = read_page(asked, receiver, asked.GET)
    assert (asking.given, asking.carried["_place"]) == ({"ref": "a"}, "lobby")
    sent = RequestFactory().post("/done/x", {"place": "Dock 3", "_place": "lobby"})
    asking = read_page(sent, receiver, sent.POST)
    assert (asking.given, asking.carried["_place"]) == ({"place": "Dock 3"}, "lobby")


def test_hidden_context_is_masked_and_still_decides(client: Client, publish: Publish) -> None:
    """The page goes by what the address says, even after texts were shown masked."""
    page = CONTEXT.pages[0]
    rule = Condition(question="ref", is_any_of=("ann@example.org",))
    why = replace(page.questions[1], show_when=rule)
    form = replace(CONTEXT, pages=(replace(page, questions=(page.questions[0], why, page.questions[2])),))
    address = f"/done/{publish(form)}"
    first = client.get(f"{address}?ref=ann@example.org").content.decode()
    sent = {**_carried(first), "why": "x", "comment": "Ask bob@example.org"}
    review = client.post(address, sent).content.decode()
    assert "We took out what looks like personal information" in review
    client.post(address, {**_carried(review), "_confirmed": "yes"})
    (stored,) = responses("service-2")
    assert b"example.org" not in stored.response.answers
    assert b'"why":"x"' in stored.response.answers
    assert (stored.response.not_shown, stored.response.masked) == ((), {"email": 1})


def test_an_address_that_is_too_long_costs_nobody_the_answer(client: Client, publish: Publish) -> None:
    address = f"/done/{publish(CONTEXT)}"
    first = client.get(f"{address}?ref={'b' * 1_001}").content.decode()
    assert client.post(address, {**_carried(first), "comment": "x"}).status_code == 200
    (stored,) = responses("service-2")
    assert stored.response.answers == b'{"ref":"%s","comment":"x"}' % (b"b" * 1_000)


def test_a_field_that_a_later_version_has_no_more_costs_nobody_the_answer(
    client: Client, publish: Publish
) -> None:
    address = f"/done/{publish(CONTEXT)}"
    first = client.get(address).content.decode()
    sent = {**_carried(first), "comment": "x", "comment.text": "from a page of before"}
    assert client.post(address, sent).status_code == 200
    assert len(responses("service-2")) == 1


def test_who_has_an_earlier_version_open_answers_that_one(
    client: Client, publish: Publish, publish_again: Callable[[str], None]
) -> None:
    key = publish()
    page = client.get(f"/done/{key}").content.decode()
    publish_again(key)
    assert "Would you say so?" in client.get(f"/done/{key}").content.decode()
    second = client.post(f"/done/{key}", {**_carried(page), "trust": "1"}).content.decode()
    client.post(f"/done/{key}", {**_carried(second), "positive": ["ease"]})
    body = {"answers": {"trust": "0"}, "language": "en", "version": 1}
    client.post(f"/intake/{key}", body, content_type="application/json")
    client.post(f"/intake/{key}", {**body, "version": 2}, content_type="application/json")
    assert [one.response.version for one in responses(key)] == [1, 1, 2]


def test_a_form_closes_when_its_quota_is_full(client: Client, publish: Publish) -> None:
    thumbs = files.ready("thumbs")
    key = publish(replace(thumbs, delivery=replace(thumbs.delivery, quota=2)))
    body = {"answers": {"trust": "1"}, "language": "en"}
    sent = [client.post(f"/intake/{key}", body, content_type="application/json") for _ in range(3)]
    assert [one.status_code for one in sent] == [201, 201, 410]
    assert sent[2].json()["error"]["kind"] == "full"
    page = client.get(f"/done/{key}?lang=es")
    assert page.status_code == 410
    assert "todas las respuestas" in page.content.decode()
    assert len(responses(key)) == 2


def test_a_name_in_the_address_is_no_name_of_a_response(client: Client, publish: Publish) -> None:
    """Whoever shares a link shares no name: both people are stored."""
    key = publish()
    for _ in range(2):
        page = client.get(f"/done/{key}?key=shared").content.decode()
        second = client.post(f"/done/{key}", {**_carried(page), "trust": "0"}).content.decode()
        client.post(f"/done/{key}", _carried(second))
    assert len(responses(key)) == 2


def test_a_person_goes_back_and_changes_the_language_and_loses_nothing(
    client: Client, publish: Publish
) -> None:
    address = f"/done/{publish()}"
    first = client.get(f"{address}?lang=en").content.decode()
    assert 'name="_back"' not in first
    second = client.post(address, {**_carried(first), "trust": "1"}).content.decode()
    filled = {**_carried(second), "positive": ["ease"], "comment": "Bien"}
    spanish = client.post(address, {**filled, "_lang": "es"}).content.decode()
    assert '<html lang="es"' in spanish
    assert ">Bien</textarea>" in spanish
    assert 'role="alert"' not in spanish
    back = client.post(address, {**filled, **_carried(spanish), "comment": "Bien", "_back": "yes"})
    assert _fields(back.content.decode()) == {"trust"}
    assert re.search(r'name="trust" value="1" checked', back.content.decode())
    again = client.post(address, {**_carried(back.content.decode()), "trust": "1"}).content.decode()
    assert ">Bien</textarea>" in again
    client.post(address, {**_carried(again), "positive": ["ease"], "comment": "Bien"})
    (stored,) = responses("service-2")
    assert (stored.response.language, stored.response.answers) == (
        "es", b'{"trust":"1","positive":["ease"],"comment":"Bien"}',
    )  # fmt: skip


def test_a_page_says_who_asks(client: Client, publish: Publish) -> None:
    page = client.get(f"/done/{publish()}").content.decode()
    assert re.search(r'<p class="asking__asker" dir="auto">[^<]+</p>', page)
