"""When a form takes answers, where a person left off, and what a phone on a slow line has to fetch."""

import gzip
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from msgspec.structs import replace

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Clearance, Delivery, Instrument
from hearback.collect.queries import form, responses
from tests.collect.forms.conftest import Publish
from tests.collect.forms.test_form_page import _carried, _fields
from tests.conftest import ROOT

pytestmark = pytest.mark.django_db
LONG_AGO, FAR_AHEAD = datetime(2001, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)
EXPIRED = Clearance("0000-0000", date(2001, 1, 1), 2, "An agency", "forms@agency.example")
MOST_COMPRESSED = 40_000
"""Bytes of page, styles and nothing else: about one second at 400 kbit/s, Chromium's "slow 3G"."""


def thumbs(clearance: Clearance | None = None, **delivery: object) -> Instrument:
    return replace(files.ready("thumbs"), delivery=Delivery(**delivery), clearance=clearance)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "english", "spanish"),
    [
        (thumbs(opens_at=FAR_AHEAD), "is not open yet", "aún no está abierto"),
        (thumbs(closes_at=LONG_AGO), "takes no more answers", "ya no recibe respuestas"),
        (thumbs(EXPIRED), "the permission to ask these questions has expired", "ha vencido"),
    ],
    ids=["not open yet", "closed by its time", "past its expiry"],
)
def test_a_form_that_does_not_ask_now_says_why_and_takes_nothing(
    client: Client, publish: Publish, asked: Instrument, english: str, spanish: str
) -> None:
    address = f"/done/{publish(asked)}"
    for language, words in (("en", english), ("es", spanish)):
        for answer in (
            client.get(f"{address}?lang={language}"),
            client.post(address, {"lang": language, "trust": "1", "_shown": "trust"}),
        ):
            assert answer.status_code == 410
            assert words in answer.content.decode()
            assert "<form" not in answer.content.decode()
    assert responses("service-2") == []
    found = form("service-2")
    assert found is not None
    assert found.state == "published", "it closes by itself: nobody has to close it"


def test_a_form_asks_between_its_times(client: Client, publish: Publish) -> None:
    key = publish(thumbs(opens_at=LONG_AGO, closes_at=FAR_AHEAD))
    assert _fields(client.get(f"/done/{key}").content.decode()) == {"trust"}


def in_steps() -> Instrument:
    office = (ROOT / "tests/walks/instruments/every_type.yaml").read_text(encoding="utf-8")
    return files.read_yaml(office)


def test_a_place_is_saved_only_for_who_asks_and_only_in_a_link(client: Client, publish: Publish) -> None:
    address = f"/done/{publish(in_steps())}"
    first = client.get(f"{address}?lang=es&place=lobby").content.decode()
    chosen = {"useful": "1", "ease": "4", "how": "other", "how.text": "By boat, with ann@example.org"}
    second = client.post(address, {**_carried(first), **chosen})
    third = client.post(address, {**_carried(second.content.decode()), "_save": "yes", "minutes": "20",
                                  "comment": "Call 202-555-0143"})  # fmt: skip
    page = third.content.decode()
    assert not (first + second.content.decode()).count("Continúe más tarde")
    assert "Continúe más tarde con este enlace" in page
    (link,) = {unescape(one) for one in re.findall(r'href="(http[^"]*)"', page)}
    assert "lang=es" in link
    assert "place=lobby" in link
    assert not any(text in link for text in ("boat", "example", "0143", "_key"))
    assert responses("service-2") == []
    assert not third.cookies

    later = client.get(link[link.index("/done/") :]).content.decode()
    assert _fields(later) == {"how", "how.text"}, "what was written is asked again"
    assert re.search(r'name="how" value="other" checked', later)
    again = client.post(address, {**_carried(later), "how": "other"}).content.decode()
    assert {"minutes", "comment"} <= _fields(again)
    assert 'value="20"' in again
    done = client.post(address, {**_carried(again), "minutes": "20", "desk": "3"})
    assert 'role="status"' in done.content.decode()
    (stored,) = responses("service-2")
    assert b'"useful":"1"' in stored.response.answers
    assert (stored.response.language, stored.response.place) == ("es", "lobby")


def test_going_on_at_once_loses_nothing(client: Client, publish: Publish) -> None:
    address = f"/done/{publish(in_steps())}"
    first = client.get(address).content.decode()
    second = client.post(address, {**_carried(first), "useful": "1", "how.text": ""}).content.decode()
    filled = {**_carried(second), "comment": "Fine", "desk": "3"}
    saved = client.post(address, {**filled, "_save": "yes"}).content.decode()
    (link,) = {unescape(one) for one in re.findall(r'href="(http[^"]*)"', saved)}
    later = client.get(link[link.index("/done/") :]).content.decode()
    assert "desk" in _fields(later), "nothing was written on the page before"
    assert "how" not in _fields(later)
    again = client.post(address, _carried(saved)).content.decode()
    assert ">Fine</textarea>" in again
    client.post(address, {**_carried(again), "comment": "Fine", "desk": "3"})
    (stored,) = responses("service-2")
    assert b'"comment":"Fine"' in stored.response.answers


def test_a_saved_place_stays_in_the_version_that_was_shown(
    client: Client, publish: Publish, publish_again: object
) -> None:
    steps = replace(thumbs(), delivery=Delivery(steps=True))
    first, *rest = steps.questions
    page = steps.pages[0]
    key = publish(
        replace(steps, pages=(replace(page, questions=(first,)), replace(page, questions=tuple(rest))))
    )
    address = f"/done/{key}"
    second = client.post(address, {**_carried(client.get(address).content.decode()), "trust": "0"})
    saved = client.post(address, {**_carried(second.content.decode()), "_save": "yes"}).content.decode()
    (link,) = {unescape(one) for one in re.findall(r'href="(http[^"]*)"', saved)}
    publish_again(key)  # type: ignore[operator]
    later = client.get(link[link.index("/done/") :]).content.decode()
    assert _fields(later) == {"negative", "negative.text", "comment"}
    client.post(address, _carried(later))
    (stored,) = responses(key)
    assert (stored.response.version, stored.response.answers) == (1, b'{"trust":"0"}')


@pytest.mark.parametrize("query", ["_seen=nothing", "_seen=trust", "_seen=trust&_seen=comment&_version=99"])
def test_an_address_that_no_place_is_saved_in_opens_the_form(
    client: Client, publish: Publish, query: str
) -> None:
    page = client.get(f"/done/{publish()}?{query}")
    assert page.status_code == 200
    assert "trust" in _fields(page.content.decode())
    assert "checked" not in page.content.decode()


def test_one_page_or_steps(client: Client, publish: Publish) -> None:
    trust, *_, comment = thumbs().questions
    page = thumbs().pages[0]
    both = replace(thumbs(), pages=(replace(page, questions=(trust,)), replace(page, questions=(comment,))))
    whole = client.get(f"/done/{publish(both)}").content.decode()
    steps = replace(both, key="steps", delivery=Delivery(steps=True))
    first = client.get(f"/done/{publish(steps, 'steps')}").content.decode()
    assert (_fields(whole), _fields(first)) == ({"trust", "comment"}, {"trust"})
    assert ("_save" in whole, "_save" in first) == (False, True)


def test_a_phone_on_a_slow_line_fetches_little_and_waits_for_no_script(
    client: Client, publish: Publish
) -> None:
    page = client.get(f"/done/{publish(in_steps())}").content
    assert b"<script" not in page
    assert b"<img" not in page
    styles = ROOT / "hearback" / "ui" / "static" / "ui" / "built" / "hearback.css"
    assert len(gzip.compress(page)) + len(gzip.compress(styles.read_bytes())) < MOST_COMPRESSED
