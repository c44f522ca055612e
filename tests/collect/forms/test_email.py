"""A form in an e-mail: what the block says, and that only a person who presses the button answers."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from hearback.collect.email import NothingRated, email_block
from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Choice, Instrument, Page, Question
from hearback.collect.links import handed_out
from hearback.collect.queries import responses
from tests.collect.forms.conftest import Publish
from tests.collect.forms.test_form_page import _carried, _fields
from tests.conftest import ROOT

OFFICE = files.read_yaml((ROOT / "tests/walks/instruments/every_type.yaml").read_text(encoding="utf-8"))


def address(**told: str) -> str:
    return handed_out("https://feedback.agency.example/done/office", "Desk 4", "día", **told)


class Read(HTMLParser):
    """What a mail program finds in a block: open elements, links with their names, attributes of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def links(self) -> list[dict[str, str]]:
        return [attributes for tag, attributes in self.found if tag == "a"]


def luminance(colour: str) -> float:
    """Source: WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_each_answer_is_a_link_that_tells_all_the_page_needs() -> None:
    block = email_block(files.ready("thumbs"), "An office", "es", address)
    links = Read(block.html).links()
    assert [one["href"] for one in links] == list(block.links.values())
    assert list(block.links) == ["1", "0"]
    assert block.links["1"].endswith("?place=Desk+4&campaign=d%C3%ADa&channel=email&lang=es&trust=1")
    assert links[0]["aria-label"].startswith("Pulgar arriba – Por esta experiencia")
    assert all(link in block.text for link in block.links.values())
    assert "No se envía nada antes" in block.text
    assert "No se envía nada antes" in block.html


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_mail_programs_have_nothing_to_fetch_to_run_or_to_take_out(language: str) -> None:
    read = Read(email_block(OFFICE, "An office", language, address).html)
    assert read.open == []
    assert {tag for tag, _ in read.found} == {"table", "tr", "td", "a", "span"}
    names = {name for _, attributes in read.found for name in attributes}
    assert not {
        name for name in names if name.startswith("on") or name in {"src", "background", "class", "id"}
    }
    assert all(
        attributes.get("role") == "presentation" for tag, attributes in read.found if tag == "table"
    ), "tables that only lay out"
    assert "url(" not in email_block(OFFICE, "An office", language, address).html
    first = read.found[0][1]
    assert (first["lang"], first["dir"]) == (language, "rtl" if language == "ar" else "ltr")


def test_words_that_are_not_translated_tell_their_language() -> None:
    html = email_block(OFFICE, "An office", "ar", address).html
    assert re.search(r'<span lang="en" dir="ltr">Your choice opens a page', html)
    assert "office@agency.example" in html


def test_links_stand_out_enough_for_everybody() -> None:
    html = email_block(OFFICE, "An office", "en", address).html
    back, front = re.search(r'bgcolor="(#1a4480)".*?color:(#ffffff)', html).groups()  # type: ignore[union-attr]
    assert (luminance(front) + 0.05) / (luminance(back) + 0.05) > 7


def test_what_a_form_says_is_text_and_no_markup() -> None:
    thumbs = files.ready("thumbs")
    trust = replace(thumbs.questions[0], words={"en": '<img src=x> & "so"', "es": "x"})
    form = replace(thumbs, pages=(replace(thumbs.pages[0], questions=(trust,)),))
    html = email_block(form, "An office", "en", address).html
    assert "<img" not in html
    assert '<img src=x> & "so"' in unescape(html)


def test_a_form_that_does_not_begin_with_a_rating_is_refused() -> None:
    text = Instrument("a", {"en": "A"}, ("en",), (Page((Question("why", "text", {"en": "Why?"}),)),))
    with pytest.raises(NothingRated, match="has no rating"):
        email_block(text, "An office", "en", address)
    two = (Choice("1", {"en": "Yes"}), Choice("0", {"en": "No"}))
    named = Question("place", "yes_no", {"en": "Here?"}, choices=two)
    with pytest.raises(NothingRated, match="give the question another code"):
        email_block(replace(text, pages=(Page((named,)),)), "An office", "en", address)


@pytest.mark.django_db
def test_whoever_only_opens_links_stores_nothing(client: Client, publish: Publish) -> None:
    key = publish()
    block = email_block(
        files.ready("thumbs"),
        "An office",
        "en",
        lambda **told: handed_out(f"/done/{key}", "lobby", "mail", **told),
    )
    waiting, seen = list(block.links.values()), set()
    while waiting:
        link = waiting.pop()
        seen.add(link)
        client.head(link)
        client.get(link, headers={"sec-purpose": "prefetch"})
        page = client.get(link).content.decode()
        found = {unescape(one) for one in re.findall(r'href="(\?[^"]*)"', page)}
        waiting += [one for one in (f"/done/{key}{query}" for query in found) if one not in seen]
    assert any("lang=es" in link and "trust=1" in link and "place=lobby" in link for link in seen)
    assert responses(key) == []


@pytest.mark.django_db
def test_one_press_stores_and_a_second_press_changes_nothing(client: Client, publish: Publish) -> None:
    address = f"/done/{publish()}"
    page = client.get(f"{address}?place=lobby&channel=email&lang=es&trust=1").content.decode()
    assert "Lo que eligió está marcado abajo" in page
    assert re.search(r'name="trust" value="1" checked', page)
    assert _fields(page) == {"trust", "positive", "positive.text", "comment"}
    sent = {**_carried(page), "trust": "1"}
    assert "Gracias" in client.post(address, sent).content.decode()
    assert "Gracias" in client.post(address, sent).content.decode()
    (stored,) = responses("service-2")
    assert stored.response.answers == b'{"trust":"1"}'
    told = stored.response
    assert (told.channel, told.place, told.language) == ("email", "lobby", "es")
    assert told.not_shown == ("negative",)


@pytest.mark.django_db
def test_who_thinks_again_is_asked_what_fits(client: Client, publish: Publish) -> None:
    address = f"/done/{publish()}"
    page = client.get(f"{address}?trust=1").content.decode()
    again = client.post(address, {**_carried(page), "trust": "0", "positive": ["ease"]}).content.decode()
    assert _fields(again) == {"negative", "negative.text"}
    client.post(address, {**_carried(again), "negative": ["ease"]})
    (stored,) = responses("service-2")
    assert stored.response.answers == b'{"trust":"0","negative":["ease"]}'
    assert stored.response.not_shown == ("positive",)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["?trust=9", "?trust=&channel=pigeon", "?nothing=1"])
def test_an_address_that_says_what_no_answer_is_opens_the_form(
    client: Client, publish: Publish, query: str
) -> None:
    address = f"/done/{publish()}"
    page = client.get(f"{address}{query}").content.decode()
    assert _fields(page) == {"trust"}
    assert "checked" not in page
    assert "marked below" not in page
    second = client.post(address, {**_carried(page), "trust": "1"}).content.decode()
    client.post(address, _carried(second))
    (stored,) = responses("service-2")
    assert stored.response.channel == "website"


@pytest.mark.django_db
def test_a_form_in_steps_shows_its_first_page_alone(client: Client, publish: Publish) -> None:
    thumbs = files.ready("thumbs")
    first, *rest = thumbs.questions
    pages = (replace(thumbs.pages[0], questions=(first,)), replace(thumbs.pages[0], questions=tuple(rest)))
    address = f"/done/{publish(replace(thumbs, pages=pages, delivery=replace(thumbs.delivery, steps=True)))}"
    page = client.get(f"{address}?trust=1").content.decode()
    assert _fields(page) == {"trust"}
    second: dict[str, Any] = _carried(client.post(address, {**_carried(page), "trust": "1"}).content.decode())
    assert responses("service-2") == []
    client.post(address, second)
    assert len(responses("service-2")) == 1
